"""Prints the branches that tests took, a line a folder of impl and model, from what `llvm-cov export` wrote.

usage: coverage_table.py [--missing] FILE. With --missing first the branches that nothing took, a line each. A template counts as
its instantiation that took most of its branches does; the list names those that no instantiation took.
Exit code: 0 every layer meets its bar, 1 one does not, 2 usage.
"""

import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BAR = 95.0  # per cent of the branches of a layer


def folder_of(path: pathlib.Path) -> str | None:
    """The folder that a source counts for, as `impl/src/heap`; None for tests, benchmarks and what is not ours."""
    if not path.is_relative_to(ROOT):
        return None
    parts = path.relative_to(ROOT).parts
    if parts[0] not in ("impl", "model") or {"test", "bench"} & set(parts):
        return None
    return "/".join(parts[:-1])


def counts(document: dict) -> dict[str, list[int]]:
    """By folder: branches taken, branches, lines run, lines."""
    result: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    for file in document["data"][0]["files"]:
        if folder := folder_of(pathlib.Path(file["filename"])):
            branches, lines = file["summary"]["branches"], file["summary"]["lines"]
            for i, count in enumerate((branches["covered"], branches["count"], lines["covered"], lines["count"])):
                result[folder][i] += count
    return result


def missing(document: dict, text_of=lambda path: path.read_text(encoding="utf-8")) -> list[str]:
    """What nothing took, as `impl/src/heap/heap.cc:73: never true: heap == nullptr`. A condition that is neither true nor false
    was not reached, or the compiler knows it."""
    found = []
    for file in document["data"][0]["files"]:
        path = pathlib.Path(file["filename"])
        if not folder_of(path):
            continue
        taken: dict[tuple, list[int]] = collections.defaultdict(lambda: [0, 0])
        for line, column, end_line, end_column, when_true, when_false, *_ in file["branches"]:
            both = taken[line, column, end_line, end_column]
            both[0] += when_true
            both[1] += when_false
        lines = text_of(path).splitlines()
        for (line, column, end_line, end_column), counts in sorted(taken.items()):
            if all(counts):
                continue
            what = "neither true nor false" if not any(counts) else "never true" if not counts[0] else "never false"
            source = lines[line - 1][column - 1 : end_column - 1 if end_line == line else None]
            found.append(f"{path.relative_to(ROOT)}:{line}: {what}: {source}")
    return found


def share(taken: int, all_of_them: int) -> str:
    return f"{taken:5} of {all_of_them:5} {100 * taken / all_of_them:6.1f} %" if all_of_them else f"{'-':>22}"


def show(name: str, found: list[int]) -> None:
    print(f"{name:24}  branches {share(*found[:2])}   lines {share(*found[2:])}")


def main(arguments: list[str]) -> int:
    listed = arguments[:1] == ["--missing"]
    if len(arguments) != 1 + listed:
        print("usage: coverage_table.py [--missing] FILE", file=sys.stderr)
        return 2
    document = json.loads(pathlib.Path(arguments[-1]).read_text(encoding="utf-8"))
    for line in missing(document) if listed else []:
        print(line)
    by_folder = counts(document)
    met = True
    for layer in ("impl", "model"):
        folders = {name: found for name, found in sorted(by_folder.items()) if name.split("/")[0] == layer}
        for name, found in folders.items():
            show(name, found)
        total = [sum(column) for column in zip(*folders.values(), strict=True)] or [0, 0, 0, 0]
        show(f"{layer}, all", total)
        met = met and total[1] > 0 and 100 * total[0] / total[1] >= BAR
    print(f"the bar is {BAR:.0f} % of the branches of each layer: {'met' if met else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
