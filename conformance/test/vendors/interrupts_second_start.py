"""Sets a wrong last error in every script; when it is started again (argument 1 remembers it), it interrupts the host and says nothing."""

import os
import pathlib
import signal
import sys
import time

from speaker import Speaker


class Interrupts(Speaker):
    def play(self, number, line):
        super().play(number, line.replace("0x3)", "0x4)"))


started = pathlib.Path(sys.argv[1])
if started.exists():
    os.kill(os.getppid(), signal.SIGINT)
    while True:
        time.sleep(1)
started.touch()
Interrupts().run()
