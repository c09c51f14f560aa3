"""Every text file is clean, and says nothing of the machine that it was written on."""

import re

from project_files import assert_none, read, shebang, tracked

# Paths of one person's machine, and papers that are not part of the repository. Written so that no pattern finds itself.
OUTSIDE = re.compile(r"/wor[k]/|/hom[e]/\w|/Use[r]s/\w|\.\./shar[e]d|\bDESIG[N]\.md|\bANCHOR[S]\.md|\bPEER[S]\.md|/tm[p]/(brief|facts)")
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b(?!_)")


def lines() -> list[tuple[str, int, str]]:
    """(path, line number, line without its end) of every tracked file."""
    return [(path, i, line) for path in tracked() for i, line in enumerate(read(path).split("\n"), 1)]


def test_no_line_has_a_tab_or_space_at_its_end_or_a_carriage_return():
    assert_none([f"{path}:{i}" for path, i, line in lines() if line != line.rstrip()])


def test_no_line_holds_a_tab():
    assert_none([f"{path}:{i}" for path, i, line in lines() if "\t" in line and not path.endswith(".tsv")])


def test_every_file_ends_with_one_line_break():
    texts = {path: read(path) for path in tracked()}
    assert_none([path for path, text in texts.items() if text and (not text.endswith("\n") or text.endswith("\n\n"))])


def test_nothing_names_a_path_or_paper_outside_the_repository():
    assert_none([f"{path}:{i}: {line.strip()}" for path, i, line in lines() if OUTSIDE.search(line)])


def test_nothing_is_marked_as_unfinished():
    sources = [(path, i, line) for path, i, line in lines() if not path.startswith(("corpus/", "conformance/evidence/"))]
    assert_none([f"{path}:{i}: {line.strip()}" for path, i, line in sources if UNFINISHED.search(line)])


def test_the_outside_check_finds_what_it_looks_for():
    assert OUTSIDE.search("see " + "/".join(["", "work", "main"]))
    assert OUTSIDE.search("as " + "DESIGN" + ".md says")
    assert not OUTSIDE.search("model/language/README.md")


def test_every_shell_script_is_bash_or_posix_sh():
    shells = {shebang(path) for path in tracked() if "sh" in shebang(path).split("/")[-1]}
    assert shells <= {"#!/bin/bash", "#!/bin/sh"}
