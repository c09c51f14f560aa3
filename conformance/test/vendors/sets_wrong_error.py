"""SetLastError(3) sets 4: one plain deviation."""

from speaker import Speaker


class Wrong(Speaker):
    def play(self, number, line):
        super().play(number, line.replace("(0x3)", "(0x4)"))


Wrong().run()
