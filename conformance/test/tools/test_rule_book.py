"""model/RULES.md is what the tool prints today."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
HOW = "it is not what the rules say now; scripts/winmem rules --format md >model/RULES.md makes it so"


def printed() -> str:
    command = [ROOT / "scripts" / "winmem", "rules", "--format", "md"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_rule_book_is_current():
    assert (ROOT / "model" / "RULES.md").read_text(encoding="utf-8") == printed(), HOW


def test_the_rule_book_tells_where_the_documentation_is_wrong():
    chapter = printed().partition("## Where the documentation is wrong")[2]
    assert "- The page says: " in chapter and "- Windows does: " in chapter
