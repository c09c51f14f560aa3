"""Cannot read the line that sets the last error to 3, and says so as the protocol has it."""

from speaker import Speaker


class Reader(Speaker):
    unread = False

    def begin(self):
        self.unread = False

    def play(self, number, line):
        if line == "SetLastError(0x3)":
            self.unread = True
            self.say(f"{self.script}.{number} -> error(14, a digit)")
        elif not self.unread:
            super().play(number, line)


Reader().run()
