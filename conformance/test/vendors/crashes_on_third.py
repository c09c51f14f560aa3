"""Dies of a signal while it plays the script that sets the last error to 3."""

import os
import signal

from speaker import Speaker


class Crashes(Speaker):
    def play(self, number, line):
        if line == "SetLastError(0x3)":
            os.kill(os.getpid(), signal.SIGSEGV)
        super().play(number, line)


Crashes().run()
