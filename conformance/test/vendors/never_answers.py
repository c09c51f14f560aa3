"""Says hello and nothing more."""

from speaker import Speaker


class Silent(Speaker):
    def play(self, number, line):
        pass

    def end(self):
        pass


Silent().run()
