"""A call or an access that faults ends as an outcome, and the agent goes on."""

import pytest

ALLOCATE = "p = VirtualAlloc(0x0, 0x3000, 0x3000, {protection:#x})"
NOACCESS, READONLY, READWRITE, EXECUTE_READWRITE = 0x1, 0x2, 0x4, 0x40
READ, WRITE, EXECUTE = "0x0", "0x1", "0x8"


def play_on(agent, protection, *lines):
    """Outcomes, the block's address taken out of them."""
    base, *outcomes = agent.play(ALLOCATE.format(protection=protection), *lines)
    address = int(base, 16)
    return [outcome.replace(f"{address:#x}", "P").replace(f"{address + 0x1000:#x}", "P+0x1000") for outcome in outcomes]


@pytest.mark.parametrize(
    ("access", "kind"),
    [
        ("fill(p, 0x10, 0xa5)", WRITE),
        ("pattern(p, 0x10, 0x7)", WRITE),
        ("read(p, 0x10)", READ),
        ("load(p, 0x1)", READ),
        ("load(p, 0x8)", READ),
        ("store(p, 0x2, 0x1)", WRITE),
        ("store(p, 0x8, 0x1)", WRITE),
    ],
)
def test_an_access_to_a_page_without_access_raises_and_says_what_it_did(guarded, access, kind):
    assert play_on(guarded, NOACCESS, access, "load(p, 0x4)") == [
        f"raises 0xc0000005({kind}, P)",
        f"raises 0xc0000005({READ}, P)",
    ]


@pytest.mark.parametrize(
    ("access", "kind"), [("fill(p+0xff0, 0x20, 0x5)", WRITE), ("pattern(p+0xff0, 0x20, 0x7)", WRITE)]
)
def test_a_write_stops_at_the_first_fault_and_what_lies_before_it_is_done(guarded, access, kind):
    written = {"fill": "0x05*16", "pattern": "pattern(7)+0x0*16"}[access.split("(")[0]]
    outcomes = play_on(
        guarded,
        READWRITE,
        "VirtualProtect(p+0x1000, 0x1000, 0x1, out)",
        access,
        "read(p+0xfe0, 0x20)",
        "VirtualProtect(p+0x1000, 0x1000, 0x4, out)",
        "read(p+0x1000, 0x10)",
    )
    assert outcomes[1:3] == [f"raises 0xc0000005({kind}, P+0x1000)", f"0x00*16 {written}"]
    assert outcomes[4] == "0x00*16"


@pytest.mark.parametrize("size", [2, 4, 8])
def test_a_load_or_store_across_the_end_of_a_page_is_one_instruction(guarded, size):
    before = f"p+{0x1000 - size // 2:#x}"
    outcomes = play_on(
        guarded,
        READWRITE,
        "VirtualProtect(p+0x1000, 0x1000, 0x1, out)",
        f"store({before}, {size:#x}, 0x1111111111111111)",
        f"load({before}, {size:#x})",
        "read(p+0xff8, 0x8)",
    )
    assert outcomes[1] == f"raises 0xc0000005({WRITE}, P+0x1000)"
    assert outcomes[2] == f"raises 0xc0000005({READ}, P+0x1000)"
    assert outcomes[3] == "0x00*8"


def test_memory_that_may_not_be_executed_raises_with_the_kind_execute(guarded):
    assert play_on(guarded, READWRITE, "fill(p, 0x1, 0xc3)", "execute(p)") == ["ok", f"raises 0xc0000005({EXECUTE}, P)"]


def test_memory_that_may_be_executed_is(guarded):
    assert play_on(guarded, EXECUTE_READWRITE, "store(p+0x5, 0x1, 0xc3)", "execute(p+0x5)") == ["ok", "ok"]


def test_nothing_is_executed_where_the_script_wrote_no_return(guarded):
    outcomes = play_on(
        guarded, EXECUTE_READWRITE, "execute(p)", "fill(p, 0x2, 0xc3)", "store(p+0x1, 0x1, 0x0)", "execute(p+0x1)"
    )
    assert outcomes == ["refused(no known 0xC3)", "ok", "ok", "refused(no known 0xC3)"]


def test_a_write_to_read_only_memory_raises_and_changes_nothing(guarded):
    assert play_on(guarded, READONLY, "store(p, 0x4, 0x1)", "load(p, 0x4)") == [f"raises 0xc0000005({WRITE}, P)", "0x0"]


def test_an_address_that_no_processor_knows_is_told_as_the_last_address(guarded):
    if guarded.bits == 32:
        pytest.skip("every 32-bit number is an address")
    assert guarded.play("load(0x8000000000000000, 0x1)") == ["raises 0xc0000005(0x0, 0xffffffffffffffff)"]


def test_a_megabyte_is_written_and_read(guarded):
    base, *outcomes = guarded.play(
        "p = VirtualAlloc(0x0, 0x200000, 0x3000, 0x4)", "pattern(p+0x7, 0x100000, 0x3)", "read(p, 0x200000)"
    )
    assert outcomes == ["ok", "0x00*7 pattern(3)+0x0*1048576 0x00*1048569"]


def test_many_faults_in_a_row_are_all_caught(guarded):
    assert guarded.play("20000 * load(0x10, 0x4)") == ["raises 0xc0000005(0x0, 0x10)*20000"]


def test_the_agents_own_memory_is_refused(guarded):
    outcomes = guarded.play(
        "i = image()",
        "s = stack()",
        "fill(i, 0x1, 0x0)",
        "store(s, 0x8, 0x0)",
        "read(i+0x0, 0x2)",
        "load(s, 0x1)",
        "fill(0x10000, 0xffffffffffff0000, 0x0)",
    )
    refused = "refused(overlaps agent)"
    assert outcomes[2:4] == [refused, refused]
    assert outcomes[4] == ("0x4d*1 0x5a*1" if guarded.name == "wine" else "0x7f*1 0x45*1")
    assert outcomes[5].startswith("0x")
    assert outcomes[6] == refused


def test_an_access_through_a_name_that_got_no_pointer_is_skipped(windows):
    assert windows.play("p = VirtualAlloc(0x0, 0x0, 0x2000, 0x1)", "read(p, 0x1)", "fill(p+0x10, 0x1, 0x1)") == [
        "0x0 !0x57",
        "skipped",
        "skipped",
    ]


def test_a_fault_inside_a_vendors_function_ends_the_call_alone(plain):
    outcomes = plain.play("GlobalLock(0x18)", "GlobalSize(0x5)", "LocalFlags(0x0)", "GlobalLock(0x20)", end=True)
    assert outcomes == [
        "raises 0xc0000005(0x0, 0x18)",
        "raises 0xc0000094()",
        "raises 0xc000001d()",
        "raises 0xc0000005(0x0, 0x20)",
        "end dirty",
    ]


def test_a_fault_that_an_implementation_catches_itself_is_none(wine):
    outcomes = wine.play("GlobalLock(0xdeadbee0)", "GlobalFree(0xdeadbee0)", "LocalSize(0xdeadbee0)", end=True)
    assert outcomes[0].split()[0] == "0x0"
    assert outcomes[1].split()[0] == "0xdeadbee0"
    assert outcomes[2].split()[0] == "0x0"
    assert outcomes[3] == "end"


@pytest.mark.parametrize("flags", ["0x0", "0x1"])
def test_an_exception_that_is_raised_is_told_with_its_parameters(windows, flags):
    assert windows.play(f"RaiseException(0xe0001234, {flags}, 0x2, inout[0x2])", "GetProcessHeap()")[0] == (
        "raises 0xe0001234(0x0, 0x0)"
    )
