"""Files and functions stay small enough to be read in one go."""

import ast
import pathlib

from cpp_functions import functions
from project_files import DATA_SUFFIXES, assert_none, cpp_files, python_files, read, tracked

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 70
PRINTED = {"model/RULES.md"}  # by a tool: nobody reads it in one go
MOST_LINES_OF_THE_SPECIFICATION = 2500


def test_no_file_is_longer_than_500_lines():
    lengths = {
        path: len(read(path).splitlines())
        for path in tracked()
        if pathlib.PurePath(path).suffix not in DATA_SUFFIXES and path not in PRINTED
    }
    assert_none([f"{path}: {length} lines" for path, length in lengths.items() if length > MOST_LINES_OF_A_FILE])


def test_no_c_or_cpp_function_is_longer_than_70_lines():
    assert_none(
        [
            f"{path}:{line}: {name} has {length} lines"
            for path in cpp_files()
            if not path.endswith(".S")
            for name, line, length in functions(read(path))
            if length > MOST_LINES_OF_A_FUNCTION
        ]
    )


def test_no_python_function_is_longer_than_70_lines():
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(read(path), path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    found.append(f"{path}:{node.lineno}: {node.name} has {length} lines")
    assert_none(found)


def test_the_specification_has_at_most_2500_lines_in_all():
    lengths = {path: len(read(path).splitlines()) for path in cpp_files() if path.startswith("model/spec/")}
    assert lengths, "model/spec has no sources: the check looks in the wrong place"
    assert sum(lengths.values()) <= MOST_LINES_OF_THE_SPECIFICATION, lengths
