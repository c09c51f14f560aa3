"""Exits in the third script of a process, but plays every script well when it is the first."""

import os

from speaker import Speaker


class Crashes(Speaker):
    played = 0

    def begin(self):
        self.played += 1
        if self.played == 3:
            os._exit(7)


Crashes().run()
