"""Records of Wine: what it did with each case, normalized, one file a case. They are compared with Wine alone, and with the same package.

usage: record_wine.py [--check]; scripts/record-wine says the rest.
"""

import datetime
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CASES = ROOT / "conformance" / "cases"
GOLDEN = ROOT / "corpus" / "golden"
REWRITE = "scripts/record-wine"
CAPTURED = re.compile(r"^# captured: (?P<version>.*?), (?:(?P<date>\d{4}-\d\d-\d\d), )?(?P<rest>by .*)$", re.MULTILINE)

Records = dict[pathlib.PurePath, str]  # by the path of the case below conformance/cases


class CannotRun(Exception):
    """Why nothing could be recorded or compared."""


def installed() -> str:
    """The package version that Wine tells of itself; nothing where there is no Wine."""
    try:
        return subprocess.run(["wine", "--version"], capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def folder_of(version: str) -> pathlib.Path:
    """Where the records of a version lie: `wine-8.0 (Debian 8.0~repack-4)` in corpus/golden/wine-8.0."""
    return GOLDEN / version.split(" ")[0]


def tool(*words: str | pathlib.Path) -> None:
    """Runs a verb of scripts/winmem. That a vendor deviates (1) is no failure here."""
    done = subprocess.run([ROOT / "scripts" / "winmem", *words], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):
        raise CannotRun(f"scripts/winmem {' '.join(map(str, words))}: {done.stderr.strip()}")


def short(text: str) -> str:
    """Without title and facts: those are the case's, and a record of Wine proves nothing."""
    return re.sub(r"^# (title|cites): .*\n", "", text, flags=re.MULTILINE)


def dated(text: str, date: str) -> str:
    return CAPTURED.sub(lambda found: f"# captured: {found['version']}, {date}, {found['rest']}", text)


def undated(text: str) -> str:
    return CAPTURED.sub(lambda found: f"# captured: {found['version']}, {found['rest']}", text)


def read(folder: pathlib.Path) -> Records:
    return {path.relative_to(folder): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))}


def record() -> Records:
    """Plays the cases on Wine; without dates. Cases that cannot be played there have no record."""
    with tempfile.TemporaryDirectory() as name:
        out = pathlib.Path(name)
        tool("run", "--vendor", "wine", "--quiet", "--record", out, CASES)
        tool("normalize", "--out", out / "normalized", out / "wine")
        return {path: short(text) for path, text in read(out / "normalized").items()}


def version_of(records: Records) -> str:
    """The one package version that all the records are of."""
    found = {match["version"] for text in records.values() for match in CAPTURED.finditer(text)}
    if len(found) != 1:
        raise CannotRun(f"the records are of {len(found)} versions: {', '.join(sorted(found))}; type: {REWRITE}")
    return found.pop()


def first_difference(stored: str, seen: str) -> str:
    """The first line that is another one, as it is stored and as Wine did it now; nothing where all are alike."""
    old, new = undated(stored).splitlines(), undated(seen).splitlines()
    for number in range(max(len(old), len(new))):
        here = [lines[number] if number < len(lines) else "(no such line)" for lines in (old, new)]
        if here[0] != here[1]:
            return f"line {number + 1}\n    stored: {here[0]}\n    seen:   {here[1]}"
    return ""


def differences(stored: Records, seen: Records) -> list[str]:
    """What is wrong with the records, an entry each, the command to type behind the last."""
    found = [f"{path} has no record" for path in sorted(seen.keys() - stored.keys())]
    found += [f"{path} has a record, but is not played any more" for path in sorted(stored.keys() - seen.keys())]
    for path in sorted(stored.keys() & seen.keys()):
        if where := first_difference(stored[path], seen[path]):
            found.append(f"{path}: Wine does not do now what the record says, or the case has changed: {where}")
    return [*found, f"when this is right, type: {REWRITE}"] if found else []


def write(folder: pathlib.Path, records: Records) -> int:
    """Makes the folder hold these records; those that say the same keep their date. How many files changed."""
    stored = read(folder)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    changed = [path for path, text in records.items() if path not in stored or first_difference(stored[path], text)]
    for path in changed:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(dated(records[path], today), encoding="utf-8")
    gone = stored.keys() - records.keys()
    for path in gone:
        (folder / path).unlink()
    return len(changed) + len(gone)


def check(version: str) -> int:
    folder = folder_of(version)
    stored = read(folder)
    if not stored:
        raise CannotRun(f"there are no records in {folder.relative_to(ROOT)}; type: {REWRITE}")
    if (recorded := version_of(stored)) != version:
        raise CannotRun(f"the records are of {recorded}, and this is {version}")
    found = differences(stored, record())
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: scripts/record-wine [--check]", file=sys.stderr)
        return 2
    try:
        version = installed()
        if not version:
            raise CannotRun("Wine is not here; scripts/install installs it")
        if arguments:
            return check(version)
        records, folder = record(), folder_of(version)
        print(f"{folder.relative_to(ROOT)}: {len(records)} records, {write(folder, records)} of them changed or gone")
        return 0
    except CannotRun as reason:
        print(f"record-wine: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
