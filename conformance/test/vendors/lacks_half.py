"""Has only SetLastError."""

from speaker import Speaker


class Lacks(Speaker):
    functions = ["SetLastError"]


Lacks().run()
