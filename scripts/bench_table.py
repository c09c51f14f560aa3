"""Reads what the benchmarks of one run wrote and prints each figure of the project beside its bar.

usage: bench_table.py FOLDER, which holds impl.json and model.json (Google Benchmark) and pe_heap_loop.txt (size, nanoseconds).
Times are medians of processor time over the repetitions, those of the heap summed over the sizes from 16 to 512 bytes.
Exit code 1 where a bar is not met, 2 where a figure is missing.
"""

import json
import pathlib
import sys


def medians(path: pathlib.Path) -> dict[str, dict]:
    """The median aggregate of each benchmark, by its name without the aggregate's."""
    runs = json.loads(path.read_text(encoding="utf-8"))["benchmarks"]
    return {run["run_name"]: run for run in runs if run.get("aggregate_name") == "median"}


def figures(folder: pathlib.Path) -> list[tuple[str, float, str, float]]:
    """(what, figure, at least or at most, bar), in the order of the table."""
    impl, model = medians(folder / "impl.json"), medians(folder / "model.json")
    wine = dict(line.split() for line in (folder / "pe_heap_loop.txt").read_text().splitlines())

    def time(name: str) -> float:
        return impl[name]["cpu_time"]

    heap = sum(time(f"HeapAllocFree/{size}") for size in wine)
    malloc = sum(time(f"MallocFree/{size}") for size in wine)
    under_wine = sum(float(nanoseconds) for nanoseconds in wine.values())
    return [
        ("oracle: judged calls a second", model["OracleJudge"]["items_per_second"], ">=", 1_000_000),
        ("parser: lines a second", model["parse_trace"]["items_per_second"], ">=", 300_000),
        ("VirtualAlloc + VirtualFree of 64 KiB / mmap + munmap", time("VirtualAllocFree64K") / time("BareMapUnmap64K"), "<=", 1.5),
        ("HeapAlloc + HeapFree of 16 to 512 bytes / malloc + free", heap / malloc, "<=", 10),
        ("HeapAlloc + HeapFree / the same loop under Wine", heap / under_wine, "<=", 1),
        ("VirtualQuery among 100,000 reservations / among 100", time("VirtualQueryAmong/100000") / time("VirtualQueryAmong/100"), "<=", 3),
    ]


def main(folder: pathlib.Path) -> int:
    try:
        rows = figures(folder)
    except KeyError as missing:
        print(f"bench_table.py: no benchmark is named {missing}", file=sys.stderr)
        return 2
    met = [figure >= bar if sign == ">=" else figure <= bar for _, figure, sign, bar in rows]
    for (what, figure, sign, bar), good in zip(rows, met):
        shown = f"{figure:,.0f}" if figure >= 1000 else f"{figure:.2f}"
        print(f"{what:58} {shown:>12}  {sign} {bar:<11,}  {'pass' if good else 'FAIL'}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
