"""What the vendors' files call a deviation, and what the rules call wrong, stands on facts that show it."""

import functools
import json
import pathlib
import subprocess
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[3]
OPEN = {"unspecified", "undefined"}
SHOWN = {"windows-tested", "observed", "documented"}


@functools.cache
def rules() -> dict[str, dict]:
    command = [ROOT / "scripts" / "winmem", "rules", "--format", "json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {rule["id"]: rule for rule in json.loads(printed)}


@functools.cache
def facts() -> dict[str, dict]:
    """By id, also by those that a fact took up."""
    found = {}
    for path in (ROOT / "conformance" / "evidence").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            found |= dict.fromkeys([fact["id"], *fact.get("also", [])], fact)
    return found


def expected() -> list[tuple[str, dict]]:
    """(vendor's file, entry) of each expected deviation."""
    files = sorted((ROOT / "conformance" / "vendors").glob("*.toml"))
    return [(path.name, entry) for path in files for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("expected", [])]


def cited_by(entry: dict) -> set[str]:
    """The facts that the entry's rule cites, and its case; one of the two may be left out."""
    words = list(rules()[entry["rule"]]["facts"]) if "rule" in entry else []
    lines = (ROOT / entry["case"]).read_text(encoding="utf-8").splitlines() if "case" in entry else []
    words += [word for line in lines if line.startswith("# cites: ") for word in line.split()[2:]]
    return {facts()[word]["id"] for word in words}


def told(name: str, entry: dict) -> str:
    return f"{name}: {entry.get('case', entry.get('rule'))}: {entry['fact']}"


def test_the_fact_of_an_expected_deviation_is_cited_by_its_rule_or_its_case():
    assert expected()
    wrong = [told(name, entry) for name, entry in expected() if facts()[entry["fact"]]["id"] not in cited_by(entry)]
    assert not wrong, "neither the rule nor the case cites the fact:\n" + "\n".join(wrong)


def test_the_fact_of_an_expected_deviation_was_shown_of_windows_and_is_a_rule():
    wrong = []
    for name, entry in expected():
        fact = facts()[entry["fact"]]
        shown = any(source["class"] in SHOWN for source in fact["evidence"])
        wrong += [told(name, entry)] if fact["disposition"] != "rule" or not shown else []
    assert not wrong, "nothing shows that Windows does otherwise:\n" + "\n".join(wrong)


def test_a_definite_rule_cites_a_fact_that_is_a_rule():
    definite = [rule for rule in rules().values() if rule["kind"] not in OPEN]
    assert definite
    wrong = [rule["id"] for rule in definite if not any(facts()[word]["disposition"] == "rule" for word in rule["facts"])]
    assert not wrong, "they stand on facts that are left open; make them unspecified, or cite what shows them:\n" + "\n".join(wrong)


def test_a_definite_rule_is_known_from_more_than_wine():
    definite = [rule for rule in rules().values() if rule["kind"] not in OPEN]
    wrong = [
        rule["id"]
        for rule in definite
        if not any(source["class"] in SHOWN for word in rule["facts"] for source in facts()[word]["evidence"])
    ]
    assert not wrong, "no fact of theirs was shown of Windows:\n" + "\n".join(wrong)
