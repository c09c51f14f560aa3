"""The stages of scripts/test: each is one command, its tests counted from the results that it writes.

A stage that ends badly without saying which test failed counts as one failure, so nothing is lost.
Exit code: 0 all passed, 1 a test failed, 2 usage.
"""

import collections
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from tally import Tally, read_junit, read_reports, read_text

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "test"
JOBS = os.environ.get("WINMEM_JOBS") or str(os.cpu_count() or 1)
MINUTES_OF_A_STAGE = 20
SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "second_deadlock_stack=1",
    "LLVM_SYMBOLIZER_PATH": "/usr/lib/llvm-19/bin/llvm-symbolizer",
}
TOOLS = [f"winmem-{verb}" for verb in ("run", "check", "normalize", "mutants", "rules", "explain", "probe")]


@dataclasses.dataclass
class Stage:
    """A command that writes `results`, a file or folder that `read` counts; without them a step that later stages need."""

    name: str
    command: list[str]
    results: pathlib.Path | None = None
    read: Callable[[pathlib.Path], Tally] = read_junit
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    shown: bool = False  # what it prints is told, also when all is well


def build(preset: str, *targets: str) -> list[Stage]:
    # Not where a cache of compiled files is used, which it would miss.
    precompiles = "CMAKE_CXX_COMPILER_LAUNCHER" not in os.environ and not preset.startswith("mingw")
    options = ["-DWINMEM_PRECOMPILE=ON"] if precompiles else []
    configure = Stage(f"configure-{preset}", ["cmake", "--preset", preset, *options])
    command = ["cmake", "--build", "--preset", preset, "--parallel", JOBS]
    return [configure, Stage(f"build-{preset}", command + (["--target", *targets] if targets else []))]


def ctest(name: str, folder: str) -> Stage:
    """Runs the GoogleTest programs of one build folder, or of one folder inside it."""
    results = RESULTS / f"{name}.xml"
    command = ["ctest", "--test-dir", folder, "--parallel", JOBS, "--output-on-failure", "--no-tests=error"]
    return Stage(name, [*command, "--output-junit", str(results)], results, environment=SANITIZERS)


def pytest(name: str, *arguments: str) -> Stage:
    results = RESULTS / f"{name}.xml"
    command = ["/usr/bin/python3", "-m", "pytest", "--quiet", f"--junitxml={results}"]
    return Stage(name, [*command, *arguments], results)


STAGES = [
    *build("release"),
    *build("mingw64"),
    *build("mingw32"),
    *build("asan", "impl/test/all", "model/all"),
    *build("tsan", "impl/test/all"),
    *build("gcc", "winmem", "winmem-agent", *TOOLS),
    Stage("wine-prefix", ["scripts/wine-prefix"]),
    ctest("unit", "build/release"),
    ctest("unit-asan-impl", "build/asan/impl"),
    ctest("unit-asan-model", "build/asan/model"),
    ctest("unit-tsan-impl", "build/tsan/impl"),
    pytest("project", "conformance/test/project"),
    Stage("ledger", ["scripts/ledger"], RESULTS / "ledger.txt", read_text, shown=True),
    pytest("suite", "conformance", "--ignore=conformance/test/project"),
    Stage("run", ["scripts/run", "--no-install"], ROOT / "build" / "report", read_reports),
]


def remove(results: pathlib.Path) -> None:
    """So that nothing of an earlier run is counted."""
    if results.is_dir():
        shutil.rmtree(results)
    results.unlink(missing_ok=True)


def log_of(stage: Stage) -> pathlib.Path:
    return RESULTS / f"{stage.name}.txt"


def play(stage: Stage) -> str:
    """Runs the command and all that it starts, its output in the log; says how it ended, nothing when well."""
    with open(log_of(stage), "wb") as log:
        process = subprocess.Popen(
            stage.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            env={**os.environ, **stage.environment}, start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(60 * MINUTES_OF_A_STAGE)
            return f"exit code {code}" if code else ""
        except subprocess.TimeoutExpired:
            return f"not over after {MINUTES_OF_A_STAGE} minutes"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def run(stage: Stage) -> Tally:
    if stage.results:
        remove(stage.results)
    ended = play(stage)
    tally = stage.read(stage.results) if stage.results else Tally()
    if stage.results and not tally.passed and not tally.failed:
        tally.failed.append(f"{stage.name}: no test passed ({ended or 'exit code 0'})")
    elif ended and not tally.failed:
        tally.failed.append(f"{stage.name}: {ended}")
    return tally


def show_failure(stage: Stage) -> None:
    """The end of the stage's output, without what ctest says of tests that began or passed."""
    text = log_of(stage).read_text(encoding="utf-8", errors="replace")
    lines = [line for line in text.splitlines() if not re.match(r"\s+Start\s+\d+: |.* \.+\s+Passed ", line)]
    print(*(f"    | {line}" for line in lines[-80:]), sep="\n")
    print(f"    all of it: {log_of(stage)}")


def run_all(stages: list[Stage]) -> Tally:
    total = Tally()
    for stage in stages:
        started = time.monotonic()
        print(f"{stage.name:18}", end="  ", flush=True)
        tally = run(stage)
        outcome = str(tally) if stage.results else "failed" if tally.failed else "ok"
        print(f"{outcome}, {time.monotonic() - started:.0f} s", flush=True)
        if tally.failed:
            show_failure(stage)
        elif stage.shown:
            print(*(f"    {line}" for line in log_of(stage).read_text(encoding="utf-8").splitlines()), sep="\n")
        total.add(tally)
        if tally.failed and not stage.results:
            print("The stages after this one need it and were not run.")
            break
    return total


def main(names: list[str]) -> int:
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        known = " ".join(stage.name for stage in STAGES)
        print(f"no such stage: {', '.join(sorted(unknown))}; there are: {known}", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    total = run_all([stage for stage in STAGES if not names or stage.name in names])
    for what, found in (("skipped", total.skipped), ("FAILED", total.failed)):
        for line, count in collections.Counter(found).items():
            print(f"{what}: {line}{f' ({count} times)' if count > 1 else ''}")
    print(f"all stages: {time.monotonic() - begin:.0f} s")
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
