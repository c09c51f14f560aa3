"""Presses Ctrl-C, as it were, instead of playing the line that sets the last error to 3."""

import os
import signal

from speaker import Speaker


class Interrupts(Speaker):
    def play(self, number, line):
        if line == "SetLastError(0x3)":
            os.kill(os.getppid(), signal.SIGINT)
            signal.pause()
        else:
            super().play(number, line)


Interrupts().run()
