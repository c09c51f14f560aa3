"""Prints the branches that tests took, a line a folder of impl and model, from what `llvm-cov export -summary-only` wrote.

usage: coverage_table.py FILE. Exit code: 0 every layer meets its bar, 1 one does not, 2 usage.
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


def share(taken: int, all_of_them: int) -> str:
    return f"{taken:5} of {all_of_them:5} {100 * taken / all_of_them:6.1f} %" if all_of_them else f"{'-':>22}"


def show(name: str, found: list[int]) -> None:
    print(f"{name:24}  branches {share(*found[:2])}   lines {share(*found[2:])}")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: coverage_table.py FILE", file=sys.stderr)
        return 2
    by_folder = counts(json.loads(pathlib.Path(arguments[0]).read_text(encoding="utf-8")))
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
