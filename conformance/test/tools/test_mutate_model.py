"""The model is worth what notices when it is wrong: scripts/mutate-model."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
TRACE = "corpus/attested/virtual/VirtualFree/VF-003.txt"


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def mutants(*options: str) -> subprocess.CompletedProcess:
    least = () if "--least" in options else ("--least", "0")
    return run("scripts/winmem", "mutants", *least, *options, "--", TRACE)


def survivors(done: subprocess.CompletedProcess) -> list[tuple[str, str]]:
    return re.findall(r"^survives, and no reason is listed: (\S+): (.*)$", done.stdout, re.MULTILINE)


def listed(entries: list[tuple[str, str]]) -> str:
    return "".join(f'[[survivor]]\nrule = "{rule}"\nmutation = "{mutation}"\nwhy = "A test."\n' for rule, mutation in entries)


def test_at_least_95_per_cent_of_the_wrong_models_are_noticed_and_the_others_are_listed_exactly():
    done = run("scripts/mutate-model")
    assert done.returncode == 0, done.stdout + done.stderr
    share = re.search(r"mutants of the model: ([\d.]+)% noticed of (\d+)", done.stdout)
    assert share and float(share.group(1)) >= 95 and int(share.group(2)) > 500, done.stdout


def test_a_list_that_is_exact_is_needed_and_enough(tmp_path):
    unlisted = mutants()
    found = survivors(unlisted)
    assert unlisted.returncode == 1 and found
    known = tmp_path / "survivors.toml"
    known.write_text(listed(found), encoding="utf-8")
    exact = mutants("--survivors", str(known))
    assert exact.returncode == 0, exact.stdout
    known.write_text(listed(found[1:]), encoding="utf-8")
    assert survivors(mutants("--survivors", str(known))) == found[:1]


def test_an_entry_that_is_noticed_after_all_is_an_error(tmp_path):
    known = tmp_path / "survivors.toml"
    noticed = ("VirtualFree.Release.TakesNoSize", "another error")
    known.write_text(listed([*survivors(mutants()), noticed]), encoding="utf-8")
    done = mutants("--survivors", str(known))
    assert done.returncode == 1
    assert f"is noticed, though listed as a survivor: {': '.join(noticed)}\n" in done.stdout


def test_an_entry_that_is_no_mutant_is_an_error(tmp_path):
    known = tmp_path / "survivors.toml"
    none = ("SetLastError.Sets", "may fail")
    known.write_text(listed([*survivors(mutants()), none]), encoding="utf-8")
    done = mutants("--survivors", str(known))
    assert done.returncode == 1
    assert f"cannot be made wrong so: {': '.join(none)}\n" in done.stdout


def test_too_few_that_are_noticed_are_an_error(tmp_path):
    known = tmp_path / "survivors.toml"
    known.write_text(listed(survivors(mutants())), encoding="utf-8")
    done = mutants("--survivors", str(known), "--least", "95")
    assert done.returncode == 1
    assert "expected 95% at least" in done.stdout


def test_what_cannot_work_ends_with_2(tmp_path):
    assert run("scripts/mutate-model", "--help").returncode == 2
    assert mutants("--as", "documented").returncode == 2
    assert mutants("--survivors", str(tmp_path / "none.toml")).returncode == 2
