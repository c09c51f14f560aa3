"""scripts/test counts what happened: nothing that fails, is skipped or does not run at all is lost."""

import json
import re
import sys

import pytest
from project_files import ROOT, read

sys.path.insert(0, str(ROOT / "scripts"))
import bench_table  # noqa: E402
import report_lines  # noqa: E402
import stages  # noqa: E402
import tally as tallies  # noqa: E402

GOOGLETEST = """<testsuite><testcase name="A.Passes" status="run"/>
<testcase name="A.Fails" status="fail"><failure message=""/></testcase>
<testcase name="A.Skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
<system-out>[ RUN      ] A.Skips
a_test.cc:3: Skipped
needs a thing

[  SKIPPED ] A.Skips (0 ms)</system-out></testcase></testsuite>"""
PYTEST = '<testsuites><testsuite><testcase name="p"/><testcase name="q"><skipped message="no 32-bit Wine"/></testcase></testsuite></testsuites>'


def stage(folder, monkeypatch, junit: str, code: int = 0) -> stages.Stage:
    """A stage whose command writes `junit` as its results and ends with `code`."""
    monkeypatch.setattr(stages, "RESULTS", folder)
    results = folder / "sample.xml"
    program = f"open({str(results)!r}, 'w').write({junit!r}); exit({code})"
    return stages.Stage("sample", [sys.executable, "-c", program], results)


def test_passed_failed_and_skipped_tests_are_told_apart_and_a_skip_keeps_its_reason(tmp_path, monkeypatch):
    tally = stages.run(stage(tmp_path, monkeypatch, GOOGLETEST, 8))
    assert (tally.passed, tally.failed, tally.skipped) == (1, ["A.Fails"], ["A.Skips: needs a thing"])
    tally = stages.run(stage(tmp_path, monkeypatch, PYTEST))
    assert (tally.passed, tally.failed, tally.skipped) == (1, [], ["q: no 32-bit Wine"])
    assert str(tally) == "1 passed, 0 failed, 1 skipped"


def test_a_bad_exit_code_fails_even_when_every_test_passed(tmp_path, monkeypatch):
    assert stages.run(stage(tmp_path, monkeypatch, PYTEST, 3)).failed == ["sample: exit code 3"]


def test_a_stage_that_ran_no_test_fails(tmp_path, monkeypatch):
    assert stages.run(stage(tmp_path, monkeypatch, "<testsuites/>")).failed == ["sample: no test passed (exit code 0)"]


def test_results_of_an_earlier_run_are_not_counted(tmp_path, monkeypatch):
    (tmp_path / "sample.xml").write_text(PYTEST)
    old = stage(tmp_path, monkeypatch, PYTEST)
    old.command = [sys.executable, "-c", ""]
    assert stages.run(old).failed


def figures_stage(code: int) -> stages.Stage:
    command = [sys.executable, "-c", f"print('facts: 9'); exit({code})"]
    return stages.Stage("figures", command, stages.RESULTS / "figures.txt", tallies.read_text, shown=True)


def test_the_figures_of_the_ledger_are_told_and_what_is_missing_fails(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stages, "RESULTS", tmp_path)
    assert stages.run_all([figures_stage(0)]).passed == 1
    assert "\n    facts: 9\n" in capsys.readouterr().out
    assert stages.run_all([figures_stage(1)]).failed == ["figures: exit code 1"]
    assert [one.command for one in stages.STAGES if one.shown] == [["scripts/ledger"]]


def test_a_stage_that_does_not_end_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(stages, "MINUTES_OF_A_STAGE", 1 / 600)
    endless = stage(tmp_path, monkeypatch, PYTEST)
    endless.command = [sys.executable, "-c", "import signal; signal.pause()"]
    assert "not over after" in stages.run(endless).failed[0]


def test_every_preset_but_two_is_built_by_a_stage_and_the_second_compiler_builds_what_people_run():
    """`dev` is `release` with assertions, and `coverage` is built where its figure is held: by scripts/coverage."""
    presets = [one["name"] for one in json.loads(read("CMakePresets.json"))["configurePresets"] if not one.get("hidden")]
    built = {one.name: one.command for one in stages.STAGES if one.name.startswith("build-")}
    assert set(built) == {f"build-{name}" for name in presets} - {"build-dev", "build-coverage"}
    verbs = re.search(r"foreach\(verb ([^)]*)\)", read("conformance/CMakeLists.txt")).group(1).split()
    assert {"winmem", "winmem-agent", *(f"winmem-{verb}" for verb in verbs)} <= set(built["build-gcc"])


RUN = {
    "vendor": "wine", "title": "Wine", "profile": "windows",
    "cases": [
        {"path": "a.txt", "title": "A", "verdict": "conform"},
        {"path": "b.txt", "title": "B", "verdict": "deviate", "expected": {"reason": "known", "fact": "VA-001"},
         "deviations": [{"line": 3, "call": "f()", "seen": "1", "allowed": [], "rule": "R", "facts": "VA-001"}]},
        {"path": "c.txt", "title": "C", "verdict": "deviate",
         "deviations": [{"line": 4, "call": "g()", "seen": "2", "allowed": [{"outcome": "3", "rule": "R"}], "rule": "R", "facts": "VA-002"}]},
    ],
}  # fmt: skip


def test_only_new_deviations_of_a_vendor_fail_and_every_case_of_the_reference_counts(tmp_path):
    (tmp_path / "wine.json").write_text(json.dumps([RUN]))
    assert tallies.read_reports(tmp_path).failed == ["wine, profile windows: new deviations"]
    (tmp_path / "wine.json").write_text(json.dumps([{**RUN, "cases": RUN["cases"][:2]}]))
    assert tallies.read_reports(tmp_path).passed == 1
    for vendor in ("reference", "reference32"):
        (tmp_path / "wine.json").write_text(json.dumps([{**RUN, "vendor": vendor}]))
        tally = tallies.read_reports(tmp_path)
        assert (tally.passed, len(tally.failed)) == (1, 2)


def test_the_report_tells_a_new_deviation_in_full_and_a_known_one_by_its_facts(tmp_path, capsys):
    (tmp_path / "wine.json").write_text(json.dumps([RUN]))
    assert report_lines.main([str(tmp_path / "wine.json")]) == 0
    told = capsys.readouterr().out
    assert "wine: B (VA-001)" in told
    assert "NEW: wine, profile windows, deviate: C" in told
    assert "seen:    2" in told and "allowed: 3" in told and "because: R (VA-002)" in told


def benchmark_files(folder, allocation: float) -> None:
    times = {"VirtualAllocFree64K": 14.0, "BareMapUnmap64K": 10.0, "HeapAllocFree/16": allocation, "MallocFree/16": 10.0}
    times |= {"VirtualQueryAmong/100": 10.0, "VirtualQueryAmong/100000": 20.0}
    rates = {"OracleJudge": 2e6, "parse_trace": 4e5}
    impl = [{"run_name": name, "aggregate_name": "median", "cpu_time": time} for name, time in times.items()]
    model = [{"run_name": name, "aggregate_name": "median", "items_per_second": rate} for name, rate in rates.items()]
    (folder / "impl.json").write_text(json.dumps({"benchmarks": impl}))
    (folder / "model.json").write_text(json.dumps({"benchmarks": model}))
    (folder / "pe_heap_loop.txt").write_text("16 50.0\n")


@pytest.mark.parametrize("allocation, code", [(30.0, 0), (60.0, 1), (120.0, 1)])
def test_the_table_of_figures_holds_each_to_its_bar(tmp_path, capsys, allocation, code):
    benchmark_files(tmp_path, allocation)
    assert bench_table.main(tmp_path) == code
    assert capsys.readouterr().out.count("FAIL") == {30.0: 0, 60.0: 1, 120.0: 2}[allocation]


def test_a_figure_that_was_not_measured_is_not_passed_over(tmp_path, capsys):
    benchmark_files(tmp_path, 30.0)
    (tmp_path / "model.json").write_text('{"benchmarks": []}')
    assert bench_table.main(tmp_path) == 2
    assert "OracleJudge" in capsys.readouterr().err
