#!/usr/bin/python3
"""A few of the functions, made up, that speak the protocol of the agent (conformance/agent/PROTOCOL.md)."""
import re
import sys

POISON, HEAP, MEM_COMMIT, MEM_RESERVE, MEM_RELEASE = 0x5AFE7A1E, 0x560000, 0x1000, 0x2000, 0x8000


class Toy:
    def __init__(self):
        self.error, self.next, self.blocks, self.reserved = 0, 0x10000000, {}, {}

    def take(self, size):  # addresses are never used again
        self.next += (size + 0xFFFF & ~0xFFFF) + 0x10000
        return self.next

    def fail(self, code):
        return setattr(self, "error", code) or 0

    def VirtualAlloc(self, address, size, kind, protection):
        if size == 0 or kind & (MEM_COMMIT | MEM_RESERVE) == 0 or protection not in (1, 2, 4):
            return self.fail(87)
        if address:  # only what is reserved can be committed by its address
            inside = any(b <= address and address + size <= b + n for b, n in self.reserved.items())
            return address & ~0xFFF if inside else self.fail(487)
        base = self.take(size)
        self.reserved[base] = size + 0xFFF & ~0xFFF
        return base

    def VirtualFree(self, address, size, kind):
        if kind != MEM_RELEASE or size != 0:
            return self.fail(87)
        return int(self.reserved.pop(address & ~0xFFF, 0) != 0) or self.fail(487)

    def GetProcessHeap(self):
        return HEAP

    def HeapAlloc(self, heap, flags, size):
        self.blocks[block := self.take(size)] = size
        return block

    def HeapFree(self, heap, flags, block):
        return int(block == 0 or self.blocks.pop(block, None) is not None) or self.fail(87)

    def HeapSize(self, heap, flags, block):
        return self.blocks.get(block, 0xFFFFFFFFFFFFFFFF)


def number_of(text, names):  # a number, or a name with an offset
    name, sign, offset = re.fullmatch(r"([a-z]\w*)?([+-]?)(0x[0-9a-f]+)?", text).groups()
    return (names[name] if name else 0) + int(sign + (offset or "0"), 16)


def play(toy, line, names):
    match = re.fullmatch(r"(?:(\w+) = )?(\w+)\((.*)\)", line)
    function = match and match[2][0].isupper() and getattr(toy, match[2], None)
    try:
        toy.error = POISON
        value = function(*[number_of(a, names) for a in match[3].split(", ") if a])
    except (AttributeError, KeyError, TypeError):
        return "unsupported" if match else "error(1, a call)"
    names[match[1]] = value
    return hex(value) + (f" !{toy.error:#x}" if toy.error != POISON else "")


toy, number = Toy(), None
for line in map(str.strip, sys.stdin):
    if number is None and line == "hello":
        functions = ",".join(name for name in vars(Toy) if name[0].isupper())
        print(f"0 hello protocol=1 bits=64 agent=toy vendor=toy functions={functions}", flush=True)
    elif number is None and line.startswith("begin "):
        number, row, names = line.split()[1], 0, {}
    elif number is None and line == "bye":
        break
    elif line == "end":
        number = print(number, "end", flush=True)
    elif number is not None:
        row += 1
        print(f"{number}.{row} -> {play(toy, line, names)}", flush=True)
