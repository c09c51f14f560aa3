"""Every case says what it shows and on which facts it stands."""

import collections
import pathlib
import re

from project_files import assert_none, read, tracked

CASES = [path for path in tracked() if path.startswith("conformance/cases/") and path.endswith(".txt")]
CITATION = re.compile(r"(V[AFQ]|H[AFX]|G[AFX]|L[AFX]|E[RX])-\d{3}|CP-\d{2}")


def header(path: str, key: str) -> str:
    found = re.search(rf"^# {key}: (.*)$", read(path), re.MULTILINE)
    return found.group(1).strip() if found else ""


def test_there_are_cases_and_each_lies_in_a_folder_of_its_family_and_function():
    assert CASES
    assert_none([path for path in CASES if not re.fullmatch(r"conformance/cases/\w+/\w+/[a-z0-9-]+\.txt", path)])


def test_every_case_has_a_title_of_its_own():
    assert_none([path for path in CASES if not header(path, "title")])
    counted = collections.Counter(header(path, "title") for path in CASES)
    assert_none([f"{count} cases: {title}" for title, count in counted.items() if count > 1])


def test_every_case_cites_facts_or_sentences_of_the_contract_page():
    found = []
    for path in CASES:
        cited = header(path, "cites").split()
        found += [f"{path}: cites {word}" for word in cited if not CITATION.fullmatch(word)]
        found += [f"{path}: cites nothing"] if not cited else []
    assert_none(found)


def test_every_case_calls_the_function_whose_folder_it_lies_in():
    found = [path for path in CASES if not re.search(rf"\b{pathlib.PurePath(path).parent.name}\(", read(path))]
    assert_none([path for path in found if pathlib.PurePath(path).parent.name[0].isupper()])


def test_every_case_states_what_the_line_under_test_gives():
    steps = {path: [line for line in read(path).splitlines() if line and not line.startswith("#")] for path in CASES}
    assert_none([path for path, lines in steps.items() if not any(" -> " in line for line in lines)])
