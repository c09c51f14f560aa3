"""Scripted exception handlers: what they saw stands before the result."""

GUARDED = ("p = VirtualAlloc(0x0, 0x2000, 0x3000, 0x104)",)


def sighted(outcomes, token, base):
    return [outcome.replace(token, "V").replace(base, "P") for outcome in outcomes]


def test_a_handler_that_continues_lets_the_access_go_on(windows):
    base, token, *rest = windows.play(
        *GUARDED,
        "v = AddVectoredExceptionHandler(0x1, on=0x80000001 do=continue)",
        "store(p+0x10, 0x4, 0x5)",
        "load(p+0x10, 0x4)",
    )
    assert sighted(rest, token, base[:-2]) == ["[V 0x80000001(0x1, P10)] ok", "0x5"]


def test_a_handler_that_searches_sees_and_lets_pass(windows):
    base, token, *rest = windows.play(
        *GUARDED, "v = AddVectoredExceptionHandler(0x1, on=any do=search)", "load(p, 0x4)", "load(p, 0x4)"
    )
    assert sighted(rest, token, base) == ["[V 0x80000001(0x0, P)] raises 0x80000001(0x0, P)", "0x0"]


def test_a_handler_sees_only_the_status_that_it_is_on(windows):
    outcomes = windows.play("v = AddVectoredExceptionHandler(0x1, on=0x80000001 do=continue)", "load(0x10, 0x4)")
    assert outcomes[1] == "raises 0xc0000005(0x0, 0x10)"


def test_a_removed_handler_sees_nothing(windows):
    outcomes = windows.play(
        "v = AddVectoredExceptionHandler(0x1, on=any do=search)",
        "RemoveVectoredExceptionHandler(v)",
        "load(0x10, 0x4)",
        "RemoveVectoredExceptionHandler(v)",
    )
    assert outcomes[1] != "0x0"
    assert outcomes[2] == "raises 0xc0000005(0x0, 0x10)"
    assert outcomes[3] == "0x0"


def test_a_handler_continues_at_most_64_times(windows):
    token, outcome = windows.play("v = AddVectoredExceptionHandler(0x1, on=0xc0000005 do=continue)", "load(0x10, 0x4)")
    assert outcome == f"[{token} 0xc0000005(0x0, 0x10)] " * 64 + "raises 0xc0000005(0x0, 0x10)"


def test_handlers_do_not_outlive_their_script(windows):
    first = "begin 1\nv = AddVectoredExceptionHandler(0x1, on=any do=search)\nend\n"
    assert windows.talk(first + "begin 2\nload(0x10, 0x4)\nend\n")[1:] == [
        "1 end",
        "2.1 -> raises 0xc0000005(0x0, 0x10)",
        "2 end",
    ]


def test_a_seventeenth_handler_is_refused(windows):
    outcomes = windows.play(*["AddVectoredExceptionHandler(0x1, on=any do=search)"] * 17)
    assert outcomes[16] == "refused(too many handlers)"
    assert all(outcome.startswith("0x") for outcome in outcomes[:16])


def test_an_exception_that_a_handler_continues_is_a_return(windows):
    token, outcome = windows.play(
        "v = AddVectoredExceptionHandler(0x1, on=0xe0000001 do=continue)", "RaiseException(0xe0000001, 0x0, 0x0, 0x0)"
    )
    assert outcome == f"[{token} 0xe0000001()] ok"
