"""What scripts/coverage prints of a coverage that is made up."""

import json
import sys

import pytest
from project_files import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import coverage_table

HEAP, PAGE = "impl/src/heap/heap.cc", "model/rule/page.h"


def source(path: str, taken: int, branches: list[list[int]] | None = None) -> dict:
    """A file with 200 branches, of which so many were taken."""
    summary = {"branches": {"covered": taken, "count": 200}, "lines": {"covered": 90, "count": 100}}
    return {"filename": str(ROOT / path), "summary": summary, "branches": branches or []}


def branch(line: int, column: int, end: int, when_true: int, when_false: int) -> list[int]:
    return [line, column, line, end, when_true, when_false, 0, 0, 4]


def printed(tmp_path, capsys, *files: dict, options: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    path = tmp_path / "all.json"
    path.write_text(json.dumps({"data": [{"files": list(files)}]}), encoding="utf-8")
    code = coverage_table.main([*options, str(path)])
    return code, capsys.readouterr().out.splitlines()


def test_the_bar_is_met_where_each_layer_meets_it(tmp_path, capsys):
    code, lines = printed(tmp_path, capsys, source(HEAP, 190), source(PAGE, 200))
    assert code == 0
    assert lines == [
        "impl/src/heap             branches   190 of   200   95.0 %   lines    90 of   100   90.0 %",
        "impl, all                 branches   190 of   200   95.0 %   lines    90 of   100   90.0 %",
        "model/rule                branches   200 of   200  100.0 %   lines    90 of   100   90.0 %",
        "model, all                branches   200 of   200  100.0 %   lines    90 of   100   90.0 %",
        "the bar is 95 % of the branches of each layer: met",
    ]


@pytest.mark.parametrize("impl, model", [(189, 200), (200, 189)])
def test_one_layer_cannot_make_up_for_the_other(tmp_path, capsys, impl, model):
    code, lines = printed(tmp_path, capsys, source(HEAP, impl), source(PAGE, model))
    assert code == 1
    assert lines[-1] == "the bar is 95 % of the branches of each layer: not met"


def test_a_layer_of_which_nothing_is_known_does_not_meet_the_bar(tmp_path, capsys):
    assert printed(tmp_path, capsys, source(HEAP, 200))[0] == 1
    assert printed(tmp_path, capsys)[0] == 1


def test_tests_benchmarks_and_what_is_not_ours_do_not_count(tmp_path, capsys):
    others = [source(path, 0) for path in ("impl/test/heap/a.cc", "model/bench/a.cpp", "conformance/tools/a.cpp")]
    others.append({**source("", 0), "filename": "/usr/include/c++/12/vector"})
    code, lines = printed(tmp_path, capsys, source(HEAP, 200), source(PAGE, 200), *others)
    assert code == 0
    assert len(lines) == 5


def test_what_was_not_taken_is_listed_with_its_line(tmp_path, capsys):
    path = ROOT / HEAP
    first = path.read_text(encoding="utf-8").splitlines()[0]
    branches = [
        branch(1, 1, 9, 5, 0),
        branch(1, 2, 9, 0, 5),
        branch(1, 3, 9, 0, 0),
        branch(1, 4, 9, 5, 5),
    ]
    lines = printed(tmp_path, capsys, source(HEAP, 1, branches), options=("--missing",))[1]
    assert lines[:3] == [
        f"{HEAP}:1: never false: {first[:8]}",
        f"{HEAP}:1: never true: {first[1:8]}",
        f"{HEAP}:1: neither true nor false: {first[2:8]}",
    ]
    assert not any(f"{HEAP}:" in line for line in lines[3:])


def test_what_one_instantiation_took_is_not_listed(tmp_path, capsys):
    branches = [branch(1, 1, 9, 5, 0), branch(1, 1, 9, 0, 5)]
    lines = printed(tmp_path, capsys, source(HEAP, 1, branches), options=("--missing",))[1]
    assert not any(f"{HEAP}:" in line for line in lines)


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--missing"], ["--missing", "a", "b"]])
def test_a_wrong_call_says_how_it_is_called(capsys, arguments):
    assert coverage_table.main(arguments) == 2
    assert capsys.readouterr().err == "usage: coverage_table.py [--missing] FILE\n"
