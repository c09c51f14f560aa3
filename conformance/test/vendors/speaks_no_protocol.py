"""Says something else than hello and ends."""

import sys

print("Usage: emulator [options] program.exe")
print("emulator: cannot open display", file=sys.stderr)
