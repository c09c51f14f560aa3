"""Each command of README.md is typed as it stands there, placeholders replaced; what no test types has a reason."""

import os
import re
import subprocess

import pytest
from conftest import BUILD, PE32, PE64, ROOT, built, runs_pe32

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECONDS = 300
CASE = "conformance/cases/virtual/VirtualUnlock/one-unlock-undoes-every-lock.txt"

TYPED = [
    f"scripts/winmem run --vendor wine {CASE}",
    "scripts/winmem explain VirtualUnlock.AllLocked",
    "scripts/winmem run --vendor native:path/to/libyours.so",
    "scripts/winmem run --vendor native:path/to/libyours.so VirtualAlloc HeapFree",
    "build/release/winmem-agent --library libyours.so --play SCRIPT",
    "scripts/winmem hunt --vendor native:path/to/libyours.so --seconds 60",
    "scripts/winmem reduce --vendor native:path/to/libyours.so script.txt",
    "scripts/winmem emit-c --vendor native:path/to/libyours.so script.txt",
    "scripts/winmem generate --seed 1 --scripts 3",
    'scripts/winmem run --vendor "exec:yourloader build/mingw64/winmem-agent.exe"',
    'scripts/winmem run --vendor "exec:yourloader build/mingw32/winmem-agent.exe"',
    'scripts/winmem run --vendor "exec:python3 your_driver.py"',
    "--vendor path/to/yours.toml",
]
AGAIN, EXPLAIN, NATIVE, FUNCTIONS, AGENT, HUNT, REDUCE, EMIT, GENERATE, LOADER64, LOADER32, DRIVER, FILE = TYPED
# What is the tests' own business: the file that types it, and its words there.
TYPED_ELSEWHERE = {
    "scripts/run [VENDOR...]": ("scripts/stages.py", '"scripts/run"'),
    "scripts/test": (".ci/run", "/scripts/test"),
    "scripts/build [PRESET...]": ("scripts/run", '/scripts/build"'),
    "scripts/winmem rules --format md": ("conformance/test/tools/test_rule_book.py", '"rules", "--format", "md"'),
    "scripts/record-wine": ("conformance/test/corpus/test_wine_records.py", "record_wine.record()"),
    "scripts/mutate-model": ("conformance/test/tools/test_mutate_model.py", 'run("scripts/mutate-model")'),
    "scripts/format [--check]": ("conformance/test/project/test_scripts.py", '"scripts/format", "--check"'),
}
NOT_TYPED = {
    "scripts/run yours": "it wants a file among the project's vendors; FILE is such a file elsewhere",
    "scripts/bench": "it measures for minutes; conformance/test/project/test_stages.py tests its table",
    "scripts/coverage": "it builds everything a second time; conformance/test/project/test_coverage_table.py tests its table",
    "scripts/lint": "clang-tidy reads all sources for longer than everything else takes",
}
LIBRARY = """\
#include <stdint.h>
#include <stdlib.h>
static uint32_t last_error;
uint32_t GetLastError(void) { return last_error; }
void SetLastError(uint32_t code) { last_error = code; }
void* GetProcessHeap(void) { return &last_error; }
void* HeapAlloc(void* heap, uint32_t flags, size_t size) {
  (void)heap;
  return flags & 8 ? calloc(1, size) : malloc(size);
}
int HeapFree(void* heap, uint32_t flags, void* block) { (void)heap; (void)flags; free(block); return 1; }
"""
VENDOR = 'title = "Yours"\ncommand = ["${{build}}/winmem-agent", "--library", "{}"]\n'


def commands() -> list[str]:
    """The lines of code blocks that begin with scripts/, or do so behind `again:`; and such words inside the text."""
    lines = re.findall(r"^    (?: *again: +)?(scripts/.*?)(?:  +#.*)?$", README, re.MULTILINE)
    return lines + re.findall(r"`((?:scripts/|build/|--vendor)[^`]* [^`]*)`", README)


def type_in(command: str, replaced: dict[str, str] | None = None, environment: dict[str, str] | None = None):
    """Types a command in the project's folder, in a shell, with placeholders replaced."""
    for placeholder, real in (replaced or {}).items():
        assert placeholder in command
        command = command.replace(placeholder, real)
    surroundings = {**os.environ, "WINMEM_BUILD": str(BUILD), **(environment or {})}
    return subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=SECONDS
    )


def counts(done: subprocess.CompletedProcess) -> dict[str, int]:
    """How many cases conform, deviate, ..., by the summary; the exit code must fit to that."""
    summary = re.search(r"^\S.* cases: (.*?)  +\(", done.stdout, re.MULTILINE)
    assert summary, done.stdout[-2000:] + done.stderr
    found = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", summary.group(1))}
    news = found["deviate"] - found.get("expected", 0) + found["crash"] + found["hang"] + found.get("garbage", 0)
    assert done.returncode == (1 if news else 0), done.stderr
    return found


def without_addresses(text: str) -> list[str]:
    return re.sub(r"-> 0x[0-9a-f]{5,}", "-> ADDRESS", text).splitlines()


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("yours")
    (folder / "yours.c").write_text(LIBRARY, encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "libyours.so", "yours.c"], cwd=folder, check=True, timeout=SECONDS)
    return str(folder / "libyours.so")


def test_every_command_is_typed_by_a_test_or_has_a_reason():
    assert sorted(set(commands())) == sorted([*TYPED, *TYPED_ELSEWHERE, *NOT_TYPED])


@pytest.mark.parametrize("command", TYPED_ELSEWHERE)
def test_what_is_typed_elsewhere_is(command):
    path, words = TYPED_ELSEWHERE[command]
    assert words in (ROOT / path).read_text(encoding="utf-8")


def test_a_shared_library_is_played_and_what_it_lacks_is_unsupported(library):
    found = counts(type_in(NATIVE, {"path/to/libyours.so": library}))
    assert found["conform"] > 0
    assert found["unsupported"] > 300
    assert found["hang"] == 0


def test_a_function_is_all_that_the_suite_has_on_it(library):
    found = counts(type_in(FUNCTIONS, {"path/to/libyours.so": library}))
    assert found["conform"] > 0
    assert 0 < found["unsupported"] < 300


def test_the_agent_plays_one_script_on_a_library(library, tmp_path):
    script = tmp_path / "script.txt"
    script.write_text("SetLastError(7)\nGetLastError()\n", encoding="utf-8")
    replaced = {"build/release": str(BUILD), "libyours.so": library, "SCRIPT": str(script)}
    done = type_in(AGENT, replaced)
    assert done.returncode == 0, done.stderr
    assert "GetLastError()  -> 0x7" in done.stdout


def test_a_hunt_finds_a_library_that_keeps_no_sizes_and_what_it_saves_is_reduced_and_compiled(library, tmp_path):
    out = tmp_path / "hunt"
    words = {"path/to/libyours.so": library, "--seconds 60": f"--seconds 0 --scripts 300 --out {out}"}
    found = type_in(HUNT, words)
    assert found.returncode == 1, found.stdout + found.stderr
    scripts = sorted(out.glob("*/script.txt"))
    assert scripts, found.stdout
    words = {"path/to/libyours.so": library, "script.txt": str(scripts[0])}
    reduced = type_in(REDUCE, words)
    assert reduced.returncode == 1, reduced.stderr
    assert reduced.stdout == scripts[0].read_text(encoding="utf-8")
    program = tmp_path / "program.c"
    program.write_text(type_in(EMIT, words).stdout, encoding="utf-8")
    headers = ROOT / "impl" / "include" / "winmem"
    subprocess.run(["cc", "-c", "-I", headers, "-o", tmp_path / "program.o", program], check=True, timeout=SECONDS)


def test_scripts_are_generated():
    assert type_in(GENERATE).stdout.count("# seed: ") == 3


def test_a_file_of_a_vendor_may_lie_anywhere(library, tmp_path):
    path = tmp_path / "yours.toml"
    path.write_text(VENDOR.format(library), encoding="utf-8")
    done = type_in(f"scripts/winmem run {FILE} conformance/cases/heap", {"path/to/yours.toml": str(path)})
    assert counts(done)["conform"] > 0
    assert "\nyours " in done.stdout


@pytest.mark.parametrize(("command", "path"), [(LOADER64, PE64), (LOADER32, PE32)], ids=["PE32+", "PE32"])
def test_our_agent_is_played_under_a_loader(wine, command, path):
    if path == PE32 and not runs_pe32():
        pytest.skip("there is no 32-bit Wine here")
    written = re.search(r"build/\S+\.exe", command).group(0)
    there = str(built(path, "scripts/build mingw64 mingw32"))
    found = counts(type_in(command, {"yourloader": "wine", written: there}, wine.environment))
    assert found["conform"] > 300


def test_a_driver_in_another_language_is_played():
    """On some of the cases: it is started anew for each that deviates."""
    driver = str(ROOT / "conformance" / "test" / "agent" / "toy_vendor.py")
    found = counts(type_in(f"{DRIVER} conformance/cases/heap/HeapFree", {"your_driver.py": driver}))
    assert found["conform"] > 0
    assert found["unsupported"] > 0


@pytest.mark.parametrize("name", ["VirtualUnlock.AllLocked", "VQ-057", "VirtualUnlock"])
def test_a_rule_a_fact_and_a_function_are_explained(name):
    done = type_in(EXPLAIN, {"VirtualUnlock.AllLocked": name})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith((name + "\n", f"rules of {name}:\n"))


def test_the_deviation_that_is_shown_is_the_one_that_is_told(wine):
    """Wine's file expects it, so it is told in full with --expected alone; addresses differ from run to run."""
    found = counts(type_in(AGAIN, environment=wine.environment))
    assert (found["deviate"], found["expected"]) == (1, 1)
    shown = re.search(r"^    wine deviates: .*?\n(?=\n)", README, re.MULTILINE | re.DOTALL).group(0)
    told = iter(without_addresses(type_in(f"{AGAIN} --expected", environment=wine.environment).stdout))
    for line in without_addresses(re.sub(r"^    ", "", shown, flags=re.MULTILINE)):
        assert line in told, line
