"""What README.md tells people to type exists, and is what CI runs."""

import json
import pathlib
import re

from project_files import ROOT, assert_none, read, tracked


def markdown_files() -> list[str]:
    return [path for path in tracked() if path.endswith(".md")]


def code_blocks(text: str) -> list[str]:
    return re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE) + re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)


def test_the_two_commands_stand_in_the_readme_and_both_are_run_by_ci():
    blocks = "\n".join(code_blocks(read("README.md")))
    assert re.search(r"^\s*scripts/run\b", blocks, re.MULTILINE)
    assert re.search(r"^\s*scripts/test\b", blocks, re.MULTILINE)
    assert "scripts/test" in read(".ci/run")
    assert '"scripts/run"' in read("scripts/stages.py")


def test_every_script_named_in_a_text_exists():
    named = {(path, name) for path in markdown_files() for name in re.findall(r"\bscripts/[\w.-]*\w", read(path))}
    assert_none([f"{path}: {name}" for path, name in sorted(named) if not (ROOT / name).exists()])


def test_the_readme_names_exactly_the_presets_that_exist():
    presets = json.loads(read("CMakePresets.json"))["configurePresets"]
    existing = {preset["name"] for preset in presets if not preset.get("hidden")}
    row = re.search(r"^Presets: (.*?)\.$", read("README.md"), re.MULTILINE | re.DOTALL)
    assert row, "README.md has no line that begins with 'Presets: '"
    assert set(re.findall(r"`([\w-]+)`", row.group(1))) == existing


def test_every_link_to_a_file_leads_somewhere():
    found = []
    for path in markdown_files():
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(path)):
            if not re.match(r"\w+:", target) and not (ROOT / pathlib.PurePath(path).parent / target).exists():
                found.append(f"{path}: {target}")
    assert_none(found)


def test_the_readme_names_every_top_folder():
    folders = {path.split("/")[0] for path in tracked() if "/" in path and not path.startswith(".")}
    assert_none([folder for folder in sorted(folders) if f"`{folder}/`" not in read("README.md")])
