"""The records of Wine in corpus/golden are what it does now, and a difference is told with what to type."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))

import record_wine  # noqa: E402

FOLDER = record_wine.GOLDEN / "wine-8.0"
STORED = record_wine.read(FOLDER)
HEADER = "# system: bits=64\n# captured: wine-8.0 (Debian 1), 2026-01-01, by winmem-agent, from conformance/cases/a/b/c.txt\n"
PATH = pathlib.PurePath("a/b/c.txt")


def test_wine_does_with_each_case_what_its_record_says():
    recorded, here = record_wine.version_of(STORED), record_wine.installed()
    if here != recorded:
        pytest.skip(f"the records are of {recorded}, and here is {here or 'no Wine'}")
    found = record_wine.differences(STORED, record_wine.record())
    assert not found, "\n" + "\n".join(found)


def test_each_record_says_of_which_case_and_package_it_is_and_when_and_cites_nothing():
    assert STORED
    for path, text in STORED.items():
        header = record_wine.CAPTURED.search(text)
        assert header and header["date"] and header["rest"] == f"by winmem-agent, from conformance/cases/{path}", path
        assert "# cites:" not in text, path


def test_a_first_difference_is_told_with_both_lines_whatever_the_day():
    stored = HEADER + "f() -> TRUE\ng() -> 0x1\n"
    assert record_wine.first_difference(stored, stored.replace("2026-01-01, ", "")) == ""
    told = record_wine.first_difference(stored, stored.replace("2026-01-01, ", "").replace("0x1", "0x2"))
    assert told == "line 4\n    stored: g() -> 0x1\n    seen:   g() -> 0x2"
    assert "seen:   (no such line)" in record_wine.first_difference(stored, HEADER + "f() -> TRUE\n")


def test_what_has_no_record_or_no_case_is_told_with_what_to_type():
    for stored, seen in (({}, {PATH: HEADER}), ({PATH: HEADER}, {}), ({PATH: HEADER + "f() -> 1\n"}, {PATH: HEADER + "f() -> 2\n"})):
        told = record_wine.differences(stored, seen)
        assert len(told) == 2 and told[0].startswith("a/b/c.txt")
        assert "scripts/record-wine" in told[1]
    assert record_wine.differences({PATH: HEADER}, {PATH: HEADER}) == []


def test_records_of_two_packages_are_no_records():
    mixed = {PATH: HEADER, pathlib.PurePath("d.txt"): HEADER.replace("Debian 1", "Debian 2")}
    with pytest.raises(record_wine.CannotRun, match="scripts/record-wine"):
        record_wine.version_of(mixed)


def test_writing_keeps_the_day_of_a_record_that_says_the_same_and_drops_what_is_gone(tmp_path):
    (tmp_path / "gone.txt").write_text(HEADER)
    (tmp_path / "same.txt").write_text(HEADER + "f() -> TRUE\n")
    fresh = record_wine.undated(HEADER)
    records = {pathlib.PurePath("same.txt"): fresh + "f() -> TRUE\n", PATH: fresh + "g() -> TRUE\n"}
    assert record_wine.write(tmp_path, records) == 2
    written = record_wine.read(tmp_path)
    assert set(written) == set(records)
    assert "2026-01-01" in written[pathlib.PurePath("same.txt")]
    assert record_wine.CAPTURED.search(written[PATH])["date"]


def test_an_option_that_there_is_not_is_refused():
    done = subprocess.run([ROOT / "scripts" / "record-wine", "--write"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (2, "usage: scripts/record-wine [--check]\n")


def test_a_record_is_short_of_title_and_facts():
    assert record_wine.short("# title: T\n# cites: VA-001\n# system: bits=64\nf() -> TRUE\n") == "# system: bits=64\nf() -> TRUE\n"
