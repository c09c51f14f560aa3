"""Behaves, but cannot give back what each second script of a process took."""

from speaker import Speaker


class Dirty(Speaker):
    played = 0

    def end(self):
        self.played += 1
        self.say(f"{self.script} end dirty" if self.played == 2 else f"{self.script} end")


Dirty().run()
