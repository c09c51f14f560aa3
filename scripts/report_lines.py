"""Prints the findings in files that `winmem run --json` wrote, for people: known ones on a line each, new ones in full.

usage: report_lines.py FILE...
"""

import json
import sys

WIDEST = 160


def cut(text: str) -> str:
    return text if len(text) <= WIDEST else text[:WIDEST] + " ..."


def new_lines(run: dict, case: dict) -> list[str]:
    """Title and place of a finding, then for each line: what was seen, what is allowed, by which rule and facts."""
    lines = [f"NEW: {run['vendor']}, profile {run['profile']}, {case['verdict']}: {case['title']}", f"    {case['path']}"]
    for deviation in case["deviations"]:
        allowed = " or ".join(one["outcome"] for one in deviation["allowed"])
        why = f"{deviation['rule'] or 'the case expects it'} ({deviation['facts']})"
        lines.append(f"    line {deviation['line']}: {cut(deviation['call'])}")
        lines += [f"        seen:    {cut(deviation['seen'])}", f"        allowed: {cut(allowed)}", f"        because: {why}"]
    return lines + ([f"    {cut(case['reason'])}"] if case.get("reason") else [])


def known_line(run: dict, case: dict) -> str:
    """A finding that the vendor's file expects: its title and the facts that prove it."""
    facts = sorted({fact for deviation in case["deviations"] for fact in deviation["facts"].split()})
    return f"{run['vendor']}: {case['title']} ({' '.join(facts) or case['expected']['fact']})"


def main(paths: list[str]) -> int:
    for path in paths:
        with open(path, encoding="utf-8") as file:
            runs = json.load(file)
        for run in runs:
            findings = [case for case in run["cases"] if "deviations" in case]
            known = [known_line(run, case) for case in findings if "expected" in case]
            new = [new_lines(run, case) for case in findings if "expected" not in case]
            if known:
                print(f"{run['title']} is known to deviate from Windows where the cases say:")
                print(*(f"    {line}" for line in known), sep="\n")
            for lines in new:
                print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
