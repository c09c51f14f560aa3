"""Never answers the line that sets the last error to 3, but goes on writing its log."""

import time

from speaker import Speaker


class Hangs(Speaker):
    def play(self, number, line):
        while line == "SetLastError(0x3)":
            self.say("[log] waiting")
            time.sleep(0.05)
        super().play(number, line)


Hangs().run()
