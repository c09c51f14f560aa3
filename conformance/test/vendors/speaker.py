"""A vendor of two functions that speaks the agent's protocol: what the misbehaving vendors beside it are made from."""

import re
import sys

HELLO = ("0 hello protocol=1 bits=64 page=0x1000 granularity=0x10000 minimum=0x10000 maximum=0x7ffffffeffff large=0x200000 "
         "version=10.0.19045 heap=nt agent=speaker vendor=speaker functions={}")
POISON = 0x5AFE7A1E


class Speaker:
    """Keeps a last error. A misbehaving vendor overrides what it does badly."""

    functions = ["GetLastError", "SetLastError"]

    def __init__(self):
        self.last_error = POISON
        self.script = 0
        self.isolated = False

    def say(self, text):
        print(text, flush=True)

    def play(self, number, line):
        """Answers one line of a script."""
        match = re.fullmatch(r"(?:\w+ = )?(\w+)\((.*)\)", line)
        name, arguments = match[1], match[2]
        if name not in self.functions:
            outcome = "unsupported"
        elif name == "SetLastError":
            self.last_error = int(arguments, 0)
            outcome = f"ok !0x{self.last_error:x}"
        else:
            outcome = f"0x{self.last_error:x}"
        self.say(f"{self.script}.{number} -> {outcome}")

    def begin(self):
        """Called when a script begins, before its lines are played."""

    def end(self):
        self.say(f"{self.script} end")

    def run(self):
        lines = []
        for line in sys.stdin:
            words = line.split()
            if words[0] == "hello":
                self.say(HELLO.format(",".join(self.functions)))
            elif words[0] == "begin":
                self.script, self.isolated, lines = int(words[1]), "isolated" in words, []
                self.last_error = POISON
            elif words[0] == "end":
                self.begin()
                for number, text in enumerate(lines, 1):
                    self.play(number, text)
                self.end()
            elif words[0] == "bye":
                return
            else:
                lines.append(line.strip())


if __name__ == "__main__":
    Speaker().run()
