"""Every fact that a rule or a case cites exists, and every fact is whole."""

import json
import re
import tomllib

from project_files import assert_none, read, tracked
from test_cases import CASES, header

FIELDS = {"id", "function", "title", "setup", "call", "expect", "applies", "evidence", "varies", "confidence", "notes"}
LEDGER = {"also", "disposition", "why", "page_says"}  # which facts it took up, what became of it, what a page says
CLASSES = {"windows-tested", "observed", "documented", "wine-only"}
FILES = [path for path in tracked() if path.startswith("conformance/evidence/") and path.endswith(".jsonl")]
FACTS = [(path, json.loads(line)) for path in FILES for line in read(path).splitlines()]
RULES = [path for path in tracked() if path.startswith("model/spec/") and path.endswith(".cpp")]


KNOWN_IDS = {word for _, fact in FACTS for word in [fact["id"], *fact.get("also", [])]}


def cited_by_rules() -> list[tuple[str, str]]:
    """(file, fact id) of each `.facts = "..." "..."` in the specification."""
    clauses = re.compile(r'\.facts\s*=\s*((?:"[^"]*"\s*)+)')
    return [(path, word) for path in RULES for found in clauses.findall(read(path)) for word in found.replace('"', " ").split()]


def test_every_fact_is_whole_and_has_an_id_of_its_own():
    assert FACTS
    ids = [word for _, fact in FACTS for word in [fact["id"], *fact.get("also", [])]]
    assert_none(sorted({word for word in ids if ids.count(word) > 1}))
    assert_none([f"{path}: {fact['id']}" for path, fact in FACTS if set(fact) - LEDGER != FIELDS or not fact["title"]])
    assert_none([fact["id"] for _, fact in FACTS if not fact["evidence"]])
    assert_none([fact["id"] for _, fact in FACTS for source in fact["evidence"] if source["class"] not in CLASSES])


def test_every_fact_that_a_rule_cites_exists():
    assert cited_by_rules()
    assert_none([f"{path}: {word}" for path, word in cited_by_rules() if word not in KNOWN_IDS])


def test_every_fact_that_a_case_cites_exists():
    assert_none([f"{path}: {word}" for path in CASES for word in header(path, "cites").split() if word not in KNOWN_IDS])


def test_a_fact_that_only_wine_shows_is_never_the_only_reason_of_a_case():
    by_id = {word: fact for _, fact in FACTS for word in [fact["id"], *fact.get("also", [])]}
    found = []
    for path in CASES:
        classes = {source["class"] for word in header(path, "cites").split() for source in by_id[word]["evidence"]}
        found += [path] if classes <= {"wine-only"} else []
    assert_none(found)


def test_only_what_is_a_rule_stands_where_the_documentation_is_wrong():
    assert any("page_says" in fact for _, fact in FACTS)
    assert_none([fact["id"] for _, fact in FACTS if "page_says" in fact and fact["disposition"] != "rule"])


def test_a_deviation_that_the_documentation_alone_shows_says_so():
    by_id = {word: fact for _, fact in FACTS for word in [fact["id"], *fact.get("also", [])]}
    found = []
    for path in [path for path in tracked() if path.startswith("conformance/vendors/") and path.endswith(".toml")]:
        for entry in tomllib.loads(read(path)).get("expected", []):
            classes = {source["class"] for source in by_id[entry["fact"]]["evidence"]} if "fact" in entry else {"observed"}
            seen = classes & {"windows-tested", "observed"}
            if bool(seen) == ("Documented;" in entry["reason"]):
                found.append(f"{path}: {entry['fact']}: {entry['reason']}")
    assert_none(found)
