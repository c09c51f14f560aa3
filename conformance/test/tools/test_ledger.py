"""The ledger is whole, and README.md has its figures."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]


def test_every_fact_has_its_disposition_and_every_rule_is_shown():
    done = subprocess.run([ROOT / "scripts" / "ledger"], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [line for line in done.stdout.splitlines() if f"    {line}\n" not in readme]
    assert not missing, "README.md should say, in the block behind scripts/ledger:\n" + done.stdout
