"""The ledger is whole, and README.md has its figures."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))
import ledger  # noqa: E402


def test_every_fact_has_its_disposition_and_every_rule_is_shown():
    done = subprocess.run([ROOT / "scripts" / "ledger"], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [line for line in done.stdout.splitlines() if f"    {line}\n" not in readme]
    assert not missing, "README.md should say, in the block behind scripts/ledger:\n" + done.stdout


def with_rules(*rules: str, exercised: list[str], listed: dict[str, str]) -> ledger.Ledger:
    definite = [{"id": rule, "kind": "check", "facts": [], "outcomes": ["!1", "!2"]} for rule in rules]
    played = [ledger.Played("a.txt", "case", set(), set(exercised))]
    return ledger.Ledger({}, {}, definite, played, {("A", "!1")}, listed)


def test_a_rule_that_nothing_exercises_needs_a_reason_and_only_such_a_rule_has_one():
    assert ledger.wrong_coverage(with_rules("A", exercised=["A"], listed={})) == []
    assert ledger.wrong_coverage(with_rules("A", "B", exercised=["A"], listed={"B": "No machine has it."})) == []
    for exercised, listed, told in (
        (["A"], {}, "exercises the rule B"),
        (["A", "B"], {"B": "So."}, "lists B, which is exercised"),
        (["A", "B"], {"C": "So."}, "lists C, and there is no such"),
        (["A"], {"B": " "}, "gives no reason for B"),
    ):
        [found] = ledger.wrong_coverage(with_rules("A", "B", exercised=exercised, listed=listed))
        assert told in found


def test_an_outcome_that_never_came_is_told_of_a_rule_of_which_another_did():
    assert with_rules("A", "B", exercised=[], listed={}).unseen() == [("A", "!2")]
