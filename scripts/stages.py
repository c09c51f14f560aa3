"""The stages of scripts/test: each is one command, its results read from the file that it writes.

A stage that ends badly without saying which test failed counts as one failure, so nothing is lost.
Exit code: 0 all passed, 1 a test failed, 2 usage.
"""

import collections
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "test"
JOBS = os.environ.get("WINMEM_JOBS") or str(os.cpu_count() or 1)
MINUTES_OF_A_STAGE = 10


@dataclasses.dataclass
class Stage:
    """A command. `read` counts its tests once it is over; a stage without is a step that the stages after it need."""

    name: str
    command: list[str]
    read: Callable[["Stage"], "Tally"] | None = None
    environment: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def junit(self) -> pathlib.Path:
        return RESULTS / f"{self.name}.xml"

    @property
    def log(self) -> pathlib.Path:
        return RESULTS / f"{self.name}.txt"


@dataclasses.dataclass
class Tally:
    passed: int = 0
    failed: list[str] = dataclasses.field(default_factory=list)
    skipped: list[str] = dataclasses.field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"{self.passed} passed, {len(self.failed)} failed{skipped}"


def build(preset: str, *targets: str) -> list[Stage]:
    configure = Stage(f"configure-{preset}", ["cmake", "--preset", preset])
    command = ["cmake", "--build", "--preset", preset, "--parallel", JOBS]
    return [configure, Stage(f"build-{preset}", command + (["--target", *targets] if targets else []))]


def ctest(name: str, folder: str, *options: str) -> Stage:
    """Runs the GoogleTest programs of one build folder (or of one folder inside it)."""
    stage = Stage(name, [], read_junit, SANITIZERS)
    stage.command = ["ctest", "--test-dir", folder, "--parallel", JOBS, "--output-on-failure", "--no-tests=error"]
    stage.command += ["--output-junit", str(stage.junit), *options]
    return stage


def pytest(name: str, *paths: str) -> Stage:
    stage = Stage(name, [], read_junit)
    stage.command = ["/usr/bin/python3", "-m", "pytest", "--quiet", f"--junitxml={stage.junit}", *paths]
    return stage


SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "second_deadlock_stack=1",
    "LLVM_SYMBOLIZER_PATH": "/usr/lib/llvm-19/bin/llvm-symbolizer",
}

STAGES = [
    *build("release"),
    *build("mingw64"),
    *build("mingw32"),
    *build("asan", "impl/all", "model/all"),
    *build("tsan", "impl/all"),
    Stage("wine-prefix", ["scripts/wine-prefix"]),
    ctest("unit", "build/release"),
    ctest("unit-asan-impl", "build/asan/impl"),
    ctest("unit-asan-model", "build/asan/model"),
    ctest("unit-tsan-impl", "build/tsan/impl", "--tests-regex", "[Tt]hread"),
    pytest("project", "conformance/test/project"),
    pytest("suite", "conformance", "--ignore=conformance/test/project"),
    Stage("run", ["scripts/run", "--no-install"], read=lambda stage: read_reports(ROOT / "build" / "report")),
]


def one_line(text: str) -> str:
    return " ".join(text.split())


def reason(case: ElementTree.Element, skipped: ElementTree.Element) -> str:
    """Why a test was skipped: pytest says it in the mark, a GoogleTest program in its output after the word Skipped."""
    said = skipped.get("message", "")
    if said.startswith("SKIP_REGULAR_EXPRESSION"):
        output = case.findtext("system-out") or ""
        said = next((after for _, mark, after in [output.partition("Skipped\n")] if mark), "no reason given")
        said = said.split("[  SKIPPED ]")[0]
    return one_line(said)


def read_junit(stage: Stage) -> Tally:
    """Each test of the JUnit file that ctest or pytest wrote."""
    tally = Tally()
    if not stage.junit.exists():
        return tally
    for case in ElementTree.parse(stage.junit).iter("testcase"):
        name = case.get("name", "?")
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            tally.failed.append(name)
        elif skipped is not None:
            tally.skipped.append(f"{name}: {reason(case, skipped)}")
        else:
            tally.passed += 1
    return tally


def read_reports(folder: pathlib.Path) -> Tally:
    """Each case that the reference was asked to conform to, in each profile; another vendor counts as one test."""
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        for played in json.loads(path.read_text(encoding="utf-8")):
            name = f"{played['vendor']}, profile {played['profile']}"
            if played["vendor"] == "reference":
                add_cases(tally, name, played["cases"])
            elif all("deviations" not in case or "expected" in case for case in played["cases"]):
                tally.passed += 1
            else:
                tally.failed.append(f"{name}: new deviations")
    return tally


def add_cases(tally: Tally, name: str, cases: list[dict]) -> None:
    for case in cases:
        if case["verdict"] == "conform":
            tally.passed += 1
        elif case["verdict"] == "unsupported":
            tally.skipped.append(f"{name}: {case.get('reason', '')}")
        else:
            tally.failed.append(f"{name}: {case['path']}: {case['verdict']}")


def run(stage: Stage) -> Tally:
    stage.junit.unlink(missing_ok=True)
    with open(stage.log, "wb") as log:
        try:
            code = subprocess.run(
                stage.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **stage.environment}, timeout=60 * MINUTES_OF_A_STAGE,
            ).returncode
            end = f"exit code {code}"
        except subprocess.TimeoutExpired:
            code, end = -1, f"not over after {MINUTES_OF_A_STAGE} minutes"
    tally = stage.read(stage) if stage.read else Tally()
    if stage.read and not tally.passed and not tally.failed:
        tally.failed.append(f"{stage.name}: no test passed ({end})")
    elif code != 0 and not tally.failed:
        tally.failed.append(f"{stage.name}: {end}")
    return tally


def show_failure(stage: Stage) -> None:
    lines = stage.log.read_text(encoding="utf-8", errors="replace").splitlines()
    print(*(f"    | {line}" for line in lines[-80:]), sep="\n")
    print(f"    all of it: {stage.log.relative_to(ROOT)}")


def main(names: list[str]) -> int:
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        print(f"no such stage: {', '.join(sorted(unknown))}; there are: {' '.join(s.name for s in STAGES)}", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    total, begin = Tally(), time.monotonic()
    for stage in STAGES:
        if names and stage.name not in names:
            continue
        started = time.monotonic()
        print(f"{stage.name:16}", end="  ", flush=True)
        tally = run(stage)
        outcome = str(tally) if stage.read else "failed" if tally.failed else "ok"
        print(f"{outcome}, {time.monotonic() - started:.0f} s", flush=True)
        if tally.failed:
            show_failure(stage)
        total.add(tally)
        if tally.failed and not stage.read:
            print("The stages after this one need it and were not run.")
            break
    for what, found in (("skipped", total.skipped), ("FAILED", total.failed)):
        for line, count in collections.Counter(found).items():
            print(f"{what}: {line}{f' ({count} times)' if count > 1 else ''}")
    print(f"all stages: {time.monotonic() - begin:.0f} s")
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
