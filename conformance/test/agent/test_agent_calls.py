"""Arguments, out parameters, last errors, repetition."""

import re

import pytest


def test_fields_that_were_not_written_are_untouched(plain, windows):
    alloc = "p = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)"
    assert plain.play(alloc, "VirtualProtect(p, 0x1000, 0x2, out)")[1] == "0x7 {old=untouched}"
    assert windows.play(alloc, "VirtualProtect(p, 0x1000, 0x2, out)")[1] == "0x1 {old=0x4}"
    short = windows.play(alloc, "VirtualQuery(p, out, 0x1b)")[1]
    assert short.startswith("0x0 {BaseAddress=untouched ")
    assert short.count("=untouched") == 7


def test_an_out_pointer_of_the_script_has_no_fields(windows):
    outcomes = windows.play(
        "p = VirtualAlloc(0x0, 0x2000, 0x3000, 0x4)", "VirtualProtect(p+0x1000, 0x1000, 0x2, p+0x8)", "load(p+0x8, 0x4)"
    )
    assert outcomes[1:] == ["0x1", "0x4"]


def test_the_last_error_is_poisoned_and_marked_when_it_was_written(windows):
    outcomes = windows.play(
        "GetLastError()",
        "p = VirtualAlloc(0x0, 0x0, 0x2000, 0x1)",
        "GetLastError()",
        "q = VirtualAlloc(0x0, 0x1000, 0x2000, 0x1)",
        "GetLastError()",
        "SetLastError(0x5)",
        "GetLastError()",
        "GetLastError()",
    )
    assert outcomes[:3] == ["poison", "0x0 !0x57", "0x57"]
    assert outcomes[4:] == ["poison", "ok !0x5", "0x5", "0x5"]


def test_the_call_right_after_setlasterror_finds_what_was_set(windows):
    outcomes = windows.play(
        "SetLastError(0x5)",
        "p = VirtualAlloc(0x0, 0x1000, 0x2000, 0x1)",
        "GetLastError()",
        "VirtualFree(p, 0x0, 0x8000)",
        "GetLastError()",
    )
    assert not outcomes[1].endswith("!0x5afe7a1e") and "!" not in outcomes[1]
    assert outcomes[2] == "0x5"
    assert outcomes[3:] == ["0x1", "poison"]


def test_a_last_error_of_zero_is_marked(plain):
    assert plain.play("LocalFree(0x0)") == ["0x0 !0x0"]


def test_the_last_error_is_poisoned_before_an_access_too(windows):
    fails = "VirtualAlloc(0x0, 0x0, 0x2000, 0x1)"
    assert windows.play(fails, "GetLastError()", "load(0x10, 0x4)", "GetLastError()")[1:] == [
        "0x57",
        "raises 0xc0000005(0x0, 0x10)",
        "poison",
    ]


def test_an_access_right_after_setlasterror_leaves_what_was_set(windows):
    outcomes = windows.play("SetLastError(0x5)", "image()", "GetLastError()", "load(0x10, 0x4)", "GetLastError()")
    assert (outcomes[2], outcomes[4]) == ("0x5", "poison")


def test_a_repetition_is_run_length_coded(windows):
    outcomes = windows.play("g = GlobalAlloc(0x2, 0x40)", "254 * GlobalLock(g)", "256 * GlobalUnlock(g)", end=True)
    assert re.fullmatch(r"0x[0-9a-f]+\*254", outcomes[1])
    assert outcomes[2].startswith("0x1*253, 0x0 !0x0, 0x0 !0x9e*2")
    assert outcomes[3] == "end"


def test_equal_distances_are_one_run_and_two_values_are_none(windows):
    handles, error, freed = windows.play(
        "b = 65536 * GlobalAlloc(0x2, 0x0)", "GlobalAlloc(0x2, 0x0)", "GlobalFree(each b)"
    )
    runs = [re.fullmatch(r"0x[0-9a-f]+(?:\*(\d+) by 0x[0-9a-f]+)?", run) for run in handles.split(", ")]
    assert all(runs), handles
    assert sum(int(run[1] or 1) for run in runs) == 65536
    assert all(int(run[1] or 3) > 2 for run in runs)
    assert error == "0x0 !0x8"
    assert freed == "0x0*65536"


def test_each_and_slices_and_elements_play_what_they_name(windows):
    outcomes = windows.play(
        "h = HeapCreate(0x0, 0x0, 0x0)",
        "b = 20 * HeapAlloc(h, 0x0, 0x10)",
        "HeapFree(h, 0x0, each b[0..18])",
        "HeapSize(h, 0x0, b[19])",
        "HeapFree(h, 0x0, each reversed b[18..20])",
        "HeapDestroy(h)",
    )
    assert outcomes[2:] == ["0x1*18", "0x10", "0x1*2", "0x1"]


def test_a_field_of_an_earlier_outcome_is_an_argument(windows):
    assert (
        windows.play("i = GetSystemInfo(out)", "VirtualQuery(i.lpMaximumApplicationAddress+0x1, out, 0x30)")[1].split()[
            0
        ]
        == "0x0"
    )


def test_lists_are_told_up_to_their_first_untouched_element(wine):
    outcomes = wine.play(
        "p = VirtualAlloc(0x0, 0x4000, 0x203000, 0x4)",
        "store(p+0x1000, 0x4, 0x1)",
        "store(p+0x2ffe, 0x4, 0x1)",
        "GetWriteWatch(0x0, p, 0x4000, out[0x10], inout(0x10), out)",
        "GetWriteWatch(0x0, p, 0x4000, 0x0, inout(0x10), out)",
    )
    p = int(outcomes[0], 16)
    listed = " ".join(f"{p + offset:#x}" for offset in (0x1000, 0x2000, 0x3000))
    assert outcomes[3] == f"0x0 {{addresses=[{listed}] count=0x3 granularity=0x1000}}"
    assert outcomes[4].startswith("0xffffffff {count=0x10 granularity=")


def test_a_repeated_heapwalk_is_one_walk(wine):
    outcome = wine.play("h = HeapCreate(0x0, 0x0, 0x0)", "b = HeapAlloc(h, 0x0, 0x123)", "9 * HeapWalk(h, out)")[2]
    assert "cbData=0x123 " in outcome
    assert re.search(r"0x0 \{[^}]*\} !0x103(\*\d+)?$", outcome)


def test_a_view_is_foreign_memory(windows):
    outcomes = windows.play("w = view(0x20000, 0x4)", "VirtualQuery(w, out, 0x30)", "fill(w, 0x20000, 0x1)", end=True)
    assert f"AllocationBase={outcomes[0]} " in outcomes[1] and outcomes[1].endswith("Type=0x40000}")
    assert outcomes[2:] == ["ok", "end"]


def test_a_view_is_opened_for_what_its_protection_says(windows):
    for protection, writable in ((0x2, False), (0x4, True), (0x8, True), (0x20, False), (0x40, True), (0x80, True)):
        outcomes = windows.play(f"w = view(0x1000, {protection:#x})", "read(w, 0x1)", "fill(w, 0x1, 0x1)", end=True)
        assert outcomes[1] == "0x00*1"
        assert (outcomes[2] == "ok") == writable, protection
        assert outcomes[3] == "end"


def test_what_is_no_view_gives_nothing(reference):
    for call in ("view(0x0, 0x4)", "view(0x1000, 0x1)", "view(0x1000, 0x10)", "view(0x1000, 0x104)"):
        assert reference.play(f"w = {call}", "read(w, 0x1)") == ["0x0", "skipped"]


def test_the_documented_profile_is_chosen_for_one_script(reference):
    script = "p = GlobalAlloc(0x0, 0x0)\nend\n"
    answers = reference.talk(
        f"begin 1 profile=documented\n{script}begin 2\n{script}begin 3 isolated profile=documented\n{script}"
    )
    outcomes = [answer for answer in answers if " -> " in answer]
    assert outcomes[0].startswith("1.1 -> 0x0")
    assert not outcomes[1].startswith("2.1 -> 0x0")
    assert outcomes[2].startswith("3.1 -> 0x0")


def test_functions_that_are_missing_are_unsupported(winpr):
    outcomes = winpr.play(
        "p = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)", "h = GetProcessHeap()", "3 * VirtualLock(p, 0x1)"
    )
    assert outcomes == ["unsupported", outcomes[1], "unsupported*3"]


def test_a_call_with_a_name_that_no_call_gave_is_not_made(winpr):
    lines = ["i = VirtualAlloc(0x0, 0x1000, 0x3000, 0x4)", "h = GetProcessHeap()", "p = HeapAlloc(h, 0x0, i+0x8)", "read(p, 0x1)"]
    assert winpr.play(*lines)[2:] == ["skipped", "skipped"]


@pytest.mark.parametrize("switches", ["", "isolated"])
def test_a_commit_limit_holds_until_its_script_is_over(reference, switches):
    lines = ["p = VirtualAlloc(0x0, 0x4000, 0x3000, 0x4)", "commit_limit(0x2000)"]
    lines += [lines[0].replace("p =", "q ="), "r = VirtualAlloc(0x0, 0x2000, 0x3000, 0x4)"]
    script = "".join(line + "\n" for line in lines)
    answers = reference.talk(f"begin 1 {switches}\n{script}end\nbegin 2\n{lines[0]}\nend\n")
    assert answers[1:3] == ["1.2 -> ok", "1.3 -> 0x0 !0x5af"]
    assert re.fullmatch(r"1.4 -> 0x[1-9a-f]\w+", answers[3])
    assert re.fullmatch(r"2.1 -> 0x[1-9a-f]\w+", answers[5])


def test_a_commit_limit_is_unsupported_where_there_is_no_switch_for_it(plain, wine):
    for agent in (plain, wine):
        assert agent.play("commit_limit(0x2000)", end=True) == ["unsupported", "end"]


def test_a_privilege_is_held_for_one_script(reference):
    script = "AllocateUserPhysicalPages(0xffffffffffffffff, inout(0x1), out[0x1])\nend\n"
    switch = "privilege=SeLockMemoryPrivilege"
    answers = reference.talk(f"begin 1 {switch}\n{script}begin 2\n{script}begin 3 isolated {switch}\n{script}")
    outcomes = [answer for answer in answers if " -> " in answer]
    assert outcomes[0] == "1.1 -> 0x1 {count=0x1 pages=[0x1]}"
    assert outcomes[1].endswith("!0x522")
    assert outcomes[2] == "3.1 -> 0x1 {count=0x1 pages=[0x1]}"
    # Pages that nobody freed keep the process from being used again.
    assert "1 end dirty" in answers and "2 end" in answers


def test_a_case_says_itself_which_privilege_it_needs(reference, tmp_path):
    path = tmp_path / "case.txt"
    call = "AllocateUserPhysicalPages(PTR(-1), inout(1), out[1])\n"
    path.write_text(f"# requires: bits=64 privilege=SeLockMemoryPrivilege\n{call}", encoding="utf-8")
    assert "-> TRUE {" in reference.run("--play", str(path)).stdout.decode()
    path.write_text(call, encoding="utf-8")
    assert "!ERROR_PRIVILEGE_NOT_HELD" in reference.run("--play", str(path)).stdout.decode()
