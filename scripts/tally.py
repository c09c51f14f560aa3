"""Counts tests: from the JUnit files of ctest and pytest, and from the reports of scripts/run."""

import dataclasses
import json
import pathlib
import xml.etree.ElementTree as ElementTree

REFERENCES = ("reference", "reference32")  # the reference implementation, as the builds that there are of it


@dataclasses.dataclass
class Tally:
    """How many passed; which failed, and which were skipped for what reason, a sentence each."""

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


def read_junit(path: pathlib.Path) -> Tally:
    """Each test of the JUnit file that ctest or pytest wrote; nothing where there is no file."""
    tally = Tally()
    if not path.exists():
        return tally
    for case in ElementTree.parse(path).iter("testcase"):
        name = case.get("name", "?")
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            tally.failed.append(name)
        elif skipped is not None:
            tally.skipped.append(f"{name}: {_reason(case, skipped)}")
        else:
            tally.passed += 1
    return tally


def read_text(path: pathlib.Path) -> Tally:
    """One test, where the command printed anything: its exit code says whether it passed."""
    return Tally(passed=1 if path.exists() and path.read_text(encoding="utf-8").strip() else 0)


def _reason(case: ElementTree.Element, skipped: ElementTree.Element) -> str:
    """Why a test was skipped: pytest says it in the mark, a GoogleTest program in its output after the word Skipped."""
    said = skipped.get("message", "")
    if said.startswith("SKIP_REGULAR_EXPRESSION"):
        output = case.findtext("system-out") or ""
        said = output.partition("Skipped\n")[2].split("[  SKIPPED ]")[0] or "no reason given"
    return " ".join(said.split())


def read_reports(folder: pathlib.Path) -> Tally:
    """Each case that the reference was asked to conform to, in each profile; another vendor counts as one test."""
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        for played in json.loads(path.read_text(encoding="utf-8")):
            name = f"{played['vendor']}, profile {played['profile']}"
            if played["vendor"] in REFERENCES:
                _add_cases(tally, name, played["cases"])
            elif all("deviations" not in case or "expected" in case for case in played["cases"]):
                tally.passed += 1
            else:
                tally.failed.append(f"{name}: new deviations")
    return tally


def _add_cases(tally: Tally, name: str, cases: list[dict]) -> None:
    for case in cases:
        if case["verdict"] == "conform":
            tally.passed += 1
        elif case["verdict"] == "unsupported":
            tally.skipped.append(f"{name}: {case.get('reason', '')}")
        else:
            tally.failed.append(f"{name}: {case['path']}: {case['verdict']}")
