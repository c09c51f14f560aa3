"""The scripts are what people type: they can be run, and say what is wrong with a call that cannot work."""

import os
import subprocess

import pytest
from project_files import ROOT, assert_none, read, shebang, tracked

COMMANDS = [path for path in tracked() if path.startswith(("scripts/", ".ci/")) and "." not in os.path.basename(path)]


def test_every_script_is_executable_and_begins_with_a_shebang():
    scripts = [path for path in COMMANDS if path.count("/") == 1]
    assert {"scripts/run", "scripts/test", "scripts/bench", "scripts/winmem", ".ci/run"} <= set(scripts)
    assert_none([path for path in scripts if not shebang(path) or not os.access(ROOT / path, os.X_OK)])


def test_only_files_with_a_shebang_are_executable_and_all_of_them_are():
    assert_none([path for path in tracked() if bool(shebang(path)) != os.access(ROOT / path, os.X_OK)])


def test_ci_runs_the_test_script():
    assert "/scripts/test" in read(".ci/run")


def test_packages_are_named_in_one_place_only():
    wanted = [line.split("#")[0].strip() for line in read("scripts/packages.txt").splitlines()]
    assert len([name for name in wanted if name]) == len({name for name in wanted if name})
    others = [path for path in COMMANDS if path != "scripts/install"]
    assert_none([path for path in others if "apt-get" in read(path)])


@pytest.mark.parametrize(
    "command, said",
    [
        (["scripts/build", "no-such-preset"], "no-such-preset"),
        (["scripts/format", "--no-such-option"], "usage: scripts/format"),
        (["scripts/test", "no-such-stage"], "no such stage: no-such-stage"),
        (["scripts/run", "--no-such-option"], "usage: scripts/run"),
        (["scripts/bench", "--no-such-option"], "usage: scripts/bench"),
        (["scripts/coverage", "--no-such-option"], "usage: scripts/coverage"),
        (["scripts/coverage", "--missing", "--html"], "usage: scripts/coverage"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_call_that_cannot_work_ends_with_2_and_says_why(command, said):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr


def test_every_source_is_formatted():
    done = subprocess.run(["scripts/format", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert_none(sorted({line.split(":")[0] for line in done.stderr.splitlines() if ": error:" in line}))
    assert done.returncode == 0, done.stderr
