"""Hello, scripts batched and isolated, clean-up, garbage."""

import pathlib
import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import on_linux

TOY = pathlib.Path(__file__).with_name("toy_vendor.py")


def test_hello_says_who_it_is(windows):
    line = windows.talk("hello\nbye\n")[0]
    words = dict(word.split("=", 1) for word in line.removeprefix("0 hello ").split())
    assert line.startswith(f"0 hello protocol=1 bits={windows.bits} page=0x1000 granularity=0x10000 ")
    assert words["agent"] == "winmem-agent"
    assert words["version"].startswith("10.0.")
    assert words["heap"] == "nt"
    assert {"VirtualAlloc", "LocalFree", "fill", "image", "view"} <= set(words["functions"].split(","))
    assert ("commit_limit" in words["functions"].split(",")) == windows.name.startswith("reference")


def test_hello_lists_only_what_is_there(winpr):
    functions = winpr.talk("hello\n")[0].split("functions=")[1].split(",")
    assert "HeapAlloc" in functions
    assert "VirtualAlloc" not in functions


def test_hello_does_not_pass_on_numbers_that_no_system_has(tmp_path):
    source = """#include <stdint.h>
void GetSystemInfo(uint32_t* info) { info[1] = 3; info[10] = 0x20000; }
uintptr_t GetLargePageMinimum(void) { return 7; }
uint32_t GetLastError(void) { return 0; }
"""
    (tmp_path / "liar.c").write_text(source, encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "liar.so", "liar.c"], cwd=tmp_path, check=True, timeout=60)
    line = on_linux("liar", tmp_path / "liar.so").talk("hello\nbye\n")[0]
    assert " page=0x1000 granularity=0x10000 " in line
    assert " large=0x200000 " in line


@pytest.mark.parametrize(
    "garbage",
    [b"garbage\n", b"1.2 -> 0x0\n", b"end\n", bytes(range(256)) + b"\n", b"x" * 300000 + b"\n"],
    ids=["a word", "an answer", "an end", "every byte", "a long line"],
)
def test_a_line_outside_a_script_that_cannot_be_read_is_answered_with_an_error(windows, garbage):
    answers = windows.talk(garbage + b"begin 7\nGetLastError()\nend\n")
    assert answers[-2:] == ["7.1 -> poison", "7 end"]
    assert all(re.fullmatch(r"0 error\(\d+, .*\)", answer) for answer in answers[:-2])
    assert len(answers) > 2


@pytest.mark.parametrize("switch", ["", "x", "1 fast", "1 isolated=yes", "1 privilege=SeDebugPrivilege"])
def test_a_script_that_begins_wrongly_is_answered_with_an_error(reference, switch):
    assert reference.talk(f"begin {switch}\nbye\n")[0].startswith("0 error(7, ")


@pytest.mark.parametrize("switches", ["", "isolated", "buffered"])
def test_nothing_behind_a_line_that_cannot_be_read_is_played(windows, switches):
    answers = windows.play("GetLastError()", "Zork(0x1)", "GetLastError()", switches=switches, end=True)
    assert answers[0] == "poison"
    assert re.fullmatch(r"error\(\d+, .*\)", answers[1])
    assert answers[2:] == ["end"]


def test_line_numbers_count_every_line_of_the_script(reference):
    answers = reference.talk("begin 12\n# title: x\n\nGetLastError()\r\n\nGetLastError()\nend\n")
    assert answers == ["12.3 -> poison", "12.5 -> poison", "12 end"]


def test_lines_of_a_second_thread_are_unsupported(reference):
    assert reference.play("T2: GetLastError()", "GetLastError()") == ["unsupported", "poison"]


def test_answers_come_as_soon_as_they_are_known(reference):
    with subprocess.Popen(reference.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as agent:
        agent.stdin.write(b"begin 1\nGetLastError()\nGetLastError()\nend\n")
        agent.stdin.flush()
        assert [agent.stdout.readline() for _ in range(3)] == [b"1.1 -> poison\n", b"1.2 -> poison\n", b"1 end\n"]
        agent.stdin.write(b"bye\n")
        agent.stdin.flush()
        assert agent.stdout.readline() == b""
        assert agent.wait(timeout=10) == 0


def test_what_a_script_left_is_given_back(windows):
    script = [
        "p = VirtualAlloc(0x0, 0x20000, 0x2000, 0x1)",
        "q = VirtualAlloc(p, 0x1000, 0x1000, 0x4)",
        "h = HeapCreate(0x0, 0x0, 0x0)",
        "b = 3 * HeapAlloc(h, 0x0, 0x10)",
        "k = GetProcessHeap()",
        "c = HeapAlloc(k, 0x0, 0x10)",
        "d = HeapReAlloc(k, 0x0, c, 0x5000)",
        "g = GlobalAlloc(0x2, 0x10)",
        "3 * GlobalLock(g)",
        "l = LocalAlloc(0x0, 0x10)",
        "f = GlobalAlloc(0x0, 0x10)",
    ]
    assert windows.play(*script, end=True)[-1] == "end"


def test_handles_do_not_run_out_over_scripts(windows):
    script = "b = 40000 * GlobalAlloc(0x2, 0x0)\nend\n"
    answers = windows.talk("".join(f"begin {i}\n{script}" for i in (1, 2, 3)))
    assert [answer for answer in answers if " end" in answer] == ["1 end", "2 end", "3 end"]
    assert not [answer for answer in answers if "!0x8" in answer]


def test_what_cannot_be_given_back_is_dirt(plain):
    assert plain.play("p = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)", end=True)[-1] == "end dirty"
    assert plain.play("GlobalAlloc(0x2, 0x1000)", end=True)[-1] == "end"


def test_a_batched_script_can_end_the_agent(plain):
    ended = plain.run(text="begin 1\nLocalSize(0x0)\nLocalAlloc(0x0, 0x1)\nend\n")
    assert (ended.returncode, ended.stdout) == (3, b"1.1 -> 0x1\n")


def test_what_an_implementation_prints_does_not_break_up_the_answers(plain):
    ended = plain.run(text="begin 1\nLocalSize(0x0)\nend\n")
    assert ended.stdout == b"1.1 -> 0x1\n1 end\n"
    assert b"half a line" in ended.stderr


def test_an_isolated_script_that_dies_is_told_with_its_status(plain):
    assert plain.play("GetLastError()", "LocalAlloc(0x0, 0x1)", "GetLastError()", switches="isolated", end=True) == [
        "poison",
        "ends exit(3)",
    ]
    ends = plain.play("LocalAlloc(0x1, 0x1)", switches="isolated", end=True)
    assert ends == [f"ends signal({int(signal.SIGABRT)})"]
    assert plain.talk("begin 1 isolated\nLocalAlloc(0x0, 0x1)\nend\nbegin 2 isolated\nGetLastError()\nend\n")[1:] == [
        "2.1 -> poison",
        "2 end",
    ]


def test_an_isolated_script_ends_without_a_word_of_dirt(plain):
    assert plain.play("p = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)", switches="isolated", end=True)[-1] == "end"


def test_where_no_process_can_be_started_an_isolated_script_asks_for_a_restart(plain):
    few_files = ["prlimit", "--nofile=6:6", *plain.command]
    played = subprocess.run(
        few_files, input=b"begin 1 isolated\nGetLastError()\nend\n", capture_output=True, timeout=30
    )
    assert played.stdout.decode().splitlines() == ["1.1 -> poison", "1 end dirty"]


def test_an_unguarded_exception_ends_the_process_with_its_full_status(windows):
    raised = windows.play("GetLastError()", "RaiseException(0xc0000374, 0x1, 0x0, 0x0)", switches="unguarded", end=True)
    assert raised == ["poison", "ends 0xc0000374"]
    assert windows.play("load(0x10, 0x4)", switches="unguarded", end=True) == ["ends 0xc0000005"]


def test_an_unguarded_fault_without_a_filter_is_a_signal(plain):
    assert plain.play("load(0x10, 0x4)", switches="unguarded", end=True) == [f"ends signal({int(signal.SIGSEGV)})"]


def running(identity: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{identity}/stat").read_text().split()[2] not in "ZX"
    except OSError:
        return False


def test_an_isolated_child_does_not_outlive_an_agent_that_is_killed(plain):
    with subprocess.Popen(plain.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as agent:
        agent.stdin.write(b"begin 1 isolated\nGetLastError()\nLocalAlloc(0x2, 0x1)\nend\n")
        agent.stdin.flush()
        assert agent.stdout.readline() == b"1.1 -> poison\n"
        children = pathlib.Path(f"/proc/{agent.pid}/task/{agent.pid}/children").read_text().split()
        assert len(children) == 1
        agent.kill()
        agent.wait(timeout=10)
        deadline = time.monotonic() + 10
        while running(int(children[0])) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not running(int(children[0]))


def test_the_toy_vendor_speaks_the_protocol():
    script = [
        "p = VirtualAlloc(0x0, 0x20000, 0x2000, 0x1)",
        "q = VirtualAlloc(p+0x1234, 0x1, 0x1000, 0x4)",
        "VirtualFree(p, 0x1, 0x8000)",
        "VirtualFree(p, 0x0, 0x8000)",
        "h = GetProcessHeap()",
        "b = HeapAlloc(h, 0x0, 0x7)",
        "HeapSize(h, 0x0, b)",
        "HeapFree(h, 0x0, b)",
        "VirtualQuery(p, out, 0x30)",
    ]
    text = "hello\nbegin 1\n" + "\n".join(script) + "\nend\nbye\n"
    toy = subprocess.run([sys.executable, TOY], input=text, capture_output=True, text=True, timeout=30, check=True)
    hello, *answers, end = toy.stdout.splitlines()
    assert hello.startswith("0 hello protocol=1 bits=64 ")
    outcomes = [answer.split(" -> ")[1] for answer in answers]
    assert int(outcomes[1], 16) == int(outcomes[0], 16) + 0x1000
    assert outcomes[2:4] == ["0x0 !0x57", "0x1"]
    assert outcomes[6:] == ["0x7", "0x1", "unsupported"]
    assert end == "1 end"
    assert len(TOY.read_text(encoding="utf-8").splitlines()) < 80
