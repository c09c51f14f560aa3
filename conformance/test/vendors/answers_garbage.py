"""Answers one line with what is no outcome, one out of order, and one script with no answers at all."""

from speaker import Speaker


class Garbage(Speaker):
    def play(self, number, line):
        if line == "SetLastError(0x2)":
            self.say(f"{self.script}.{number} -> \x01\x02 what?")
        elif line == "SetLastError(0x3)":
            self.say(f"{self.script}.{number + 7} -> ok")
        elif line != "SetLastError(0x4)":
            super().play(number, line)


Garbage().run()
