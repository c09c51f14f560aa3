"""The command line, traces for people, and what the PE files import."""

import re
import subprocess

import pytest
from conftest import PE32, PE64, built

MOST_IMPORTS = 12
CASE = """\
# title: A commit takes whole pages
# cites: VA-026
# system: bits=32 page=0x1000
p = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS)
# a comment
q = VirtualAlloc(p+0x1234, 1, MEM_COMMIT, PAGE_READWRITE)   -> p+0x1000
VirtualQuery(q, out, sizeof)   -> sizeof {BaseAddress=q}
store(q, 4, 7)
read(q+0x1000, 1)
VirtualFree(p, 0, MEM_RELEASE)
"""


@pytest.mark.parametrize("where", [[], ["--here"]])
def test_a_script_is_played_to_a_trace_with_names(windows, tmp_path, where):
    path = tmp_path / "case.txt"
    path.write_text(CASE, encoding="utf-8")
    played = windows.run(*where, "--play", str(path))
    lines = played.stdout.decode().splitlines()
    assert played.returncode == 0, played.stderr
    assert lines[:2] == ["# title: A commit takes whole pages", "# cites: VA-026"]
    assert lines[2].startswith(f"# system: bits={windows.bits} page=0x1000 ")
    outcomes = [re.split(" +-> ", line)[-1] for line in lines[3:]]
    assert outcomes[1] == "# a comment"
    assert outcomes[3].startswith(
        "sizeof {BaseAddress=q AllocationBase=p AllocationProtect=PAGE_NOACCESS RegionSize=0x1000 "
    )
    assert outcomes[4:] == ["ok", "raises STATUS_ACCESS_VIOLATION(read, q+0x1000)", "TRUE"]


def test_a_script_that_ends_its_process_ends_its_own_line_alone(plain, tmp_path):
    deadly, harmless = tmp_path / "deadly.txt", tmp_path / "harmless.txt"
    deadly.write_text("GetLastError()\nLocalAlloc(0, 1)\nGetLastError()\n", encoding="utf-8")
    harmless.write_text("GetLastError()\n", encoding="utf-8")
    played = plain.run("--play", str(deadly), str(harmless))
    lines = [line for line in played.stdout.decode().splitlines() if line and not line.startswith("#")]
    assert lines == [
        "GetLastError()  -> poison",
        "LocalAlloc(LMEM_FIXED, 1)  -> ends exit(3)",
        "GetLastError()  -> poison",
    ]
    assert played.returncode == 1


def test_a_script_that_cannot_be_read_is_said_with_its_place(reference, tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text("GetLastError()\nVirtualAlloc(1, 2\n", encoding="utf-8")
    for where in ([], ["--here"]):
        played = reference.run(*where, "--play", str(path))
        assert played.returncode == 2
        assert re.search(rb"bad\.txt:2:\d+: expected ", played.stderr)
    missing = reference.run("--play", str(tmp_path / "none.txt"))
    assert missing.returncode == 2
    assert b"none.txt: cannot be read" in missing.stderr


@pytest.mark.parametrize("arguments", [["--library"], ["--play"], ["--zork"]])
def test_wrong_usage_is_said_and_ends_with_2(reference, arguments):
    ended = subprocess.run(
        [reference.command[0], *arguments], capture_output=True, timeout=30, stdin=subprocess.DEVNULL
    )
    assert ended.returncode == 2
    assert b"winmem-agent: " in ended.stderr


def test_a_library_that_is_not_there_is_said_and_ends_with_2(windows, tmp_path):
    ended = windows.run("--library", str(tmp_path / "none.so"), text="bye\n")
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"winmem-agent: ")


def test_help_is_help(windows):
    ended = windows.run("--help")
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"winmem-agent: plays scripts")


def test_the_self_test_passes(guarded):
    ended = guarded.run("--self-test")
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.endswith((b"# self-test: passed\n", b"# self-test: passed\r\n"))


@pytest.mark.parametrize(("path", "machine"), [(PE64, "pei-x86-64"), (PE32, "pei-i386")])
def test_a_pe_imports_a_dozen_names_of_kernel32_and_nothing_else(path, machine):
    dump = subprocess.run(
        ["objdump", "-p", built(path, "scripts/build mingw64 mingw32")], capture_output=True, text=True, check=True
    )
    assert machine in dump.stdout
    imports = (
        dump.stdout.split("The Import Tables")[1].split("The Export Tables")[0].split("PE File Base Relocations")[0]
    )
    assert re.findall(r"DLL Name: (\S+)", imports) == ["KERNEL32.dll"]
    names = re.findall(r"^\s+[0-9a-f]+\s+\d+\s+(\w+)\s*$", imports, re.MULTILINE)
    assert 0 < len(names) <= MOST_IMPORTS, names
    assert "GetProcAddress" in names
    assert not [name for name in names if re.match("Virtual|Heap|Global|Local", name)]


@pytest.mark.parametrize("path", [PE64, PE32])
def test_a_pe_needs_no_runtime_and_no_constructors(path):
    sections = subprocess.run(
        ["objdump", "-h", built(path, "scripts/build mingw64 mingw32")], capture_output=True, text=True, check=True
    )
    assert " .text " in sections.stdout
    assert not re.search(r" \.(tls|CRT|ctors) ", sections.stdout)


def test_the_32_bit_pe_plays_calls_raises_and_faults(wine32):
    assert "bits=32" in wine32.talk("hello\nbye\n")[0].split()
    outcomes = wine32.play(
        "p = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)",
        "VirtualQuery(p, out, 0x1c)",
        "VirtualFree(p, 0x1000, 0x8000)",
        "RaiseException(0xe0000001, 0x0, 0x0, 0x0)",
        "VirtualFree(p, 0x0, 0x8000)",
    )
    assert int(outcomes[0], 16) % 0x10000 == 0
    assert outcomes[1].startswith("0x1c {")
    assert outcomes[2] == "0x0 !0x57"
    assert outcomes[3].startswith("raises 0xe0000001")
    assert outcomes[4].split()[0] == "0x1"
