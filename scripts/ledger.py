"""The ledger: what became of each fact, and by which rules, cases and traces it is shown.

usage: ledger.py [--list]; scripts/ledger says the rest. The tools of build/release are asked for all that they know: the rules, and
which of them decide in which case or trace.
"""

import collections
import dataclasses
import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "conformance" / "evidence"
UNEXERCISED = ROOT / "model" / "unexercised.toml"
CORPORA = {"attested": "attested", "golden": "golden/windows-*"}  # of each kind those traces that are Windows', below corpus/
REFERENCES = ("reference", "reference32")
DISPOSITIONS = ("rule", "unspecified", "undefined", "out of scope")
STRENGTHS = ("windows-tested", "observed", "documented", "wine-only")
SHARE_OF_RULES = 0.8


@dataclasses.dataclass
class Played:
    """A case, or a recorded trace: what it cites, the rules that decided in it with a definite outcome, and those of them that its
    lines under test show."""

    path: str
    kind: str  # case, attested, golden
    cites: set[str]
    exercised: set[str] = dataclasses.field(default_factory=set)
    tested: set[str] = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class Ledger:
    facts: dict[str, dict]  # by id
    names: dict[str, str]  # every id, also of those that were taken up, and the id that stays
    rules: list[dict]
    played: list[Played]
    outcomes: set[tuple[str, str]]  # rule and outcome, of the rules that have several: those that came, in Wine's records too
    unexercised: dict[str, str]  # by rule: why nothing exercises it

    def rules_of(self, fact: str) -> set[str]:
        """The rules that say something definite and cite the fact."""
        return {rule["id"] for rule in self.definite() if fact in self.ids(rule["facts"])}

    def ids(self, cited: list[str] | set[str]) -> set[str]:
        return {self.names[word] for word in cited if word in self.names}

    def showing(self, fact: str) -> list[Played]:
        """What cites the fact, and has one of its rules decide on a line under test."""
        rules = self.rules_of(fact)
        return [one for one in self.played if fact in self.ids(one.cites) and one.tested & rules]

    def definite(self) -> list[dict]:
        return [rule for rule in self.rules if rule["kind"] not in ("unspecified", "undefined")]

    def exercised(self) -> set[str]:
        return {rule for one in self.played for rule in one.exercised}

    def unseen(self) -> list[tuple[str, str]]:
        """Rules of which an outcome never came, though another did."""
        came = {rule for rule, _ in self.outcomes}
        every = [(rule["id"], outcome) for rule in self.definite() for outcome in rule["outcomes"] if len(rule["outcomes"]) > 1]
        return [one for one in every if one[0] in came and one not in self.outcomes]

    def in_scope(self) -> list[dict]:
        return [fact for fact in self.facts.values() if fact.get("disposition") != "out of scope"]


def ask(*command: str) -> list | dict:
    """What a tool of build/release prints as JSON; SystemExit 2 where it cannot run."""
    done = subprocess.run([ROOT / "scripts" / "winmem", *command], capture_output=True, text=True, check=False)
    if done.returncode == 2 or not done.stdout:
        print(f"ledger: scripts/winmem {' '.join(command)} could not run:\n{done.stderr.strip()}", file=sys.stderr)
        raise SystemExit(2)
    return json.loads(done.stdout)


def read_facts() -> tuple[dict[str, dict], dict[str, str]]:
    facts: dict[str, dict] = {}
    names: dict[str, str] = {}
    for path in sorted(EVIDENCE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            facts[fact["id"]] = fact
            for name in [fact["id"], *fact.get("also", [])]:
                names[name] = fact["id"]
    return facts, names


def kind_of(path: str) -> str:
    """What a script is by where it lies: a case, or a trace of one of the corpora."""
    folders = pathlib.PurePath(path).parts
    return folders[1] if folders[0] == "corpus" and folders[1] in CORPORA else "case"


def played_of(cases: list[dict], known: dict[str, Played]) -> None:
    """Takes up what one run tells: a rule may decide in one profile alone."""
    for case in cases:
        one = known.setdefault(case["path"], Played(case["path"], kind_of(case["path"]), set(case["cites"])))
        if case["verdict"] == "conform":
            one.exercised |= set(case["exercised"])
            one.tested |= set(case["tested"])


def outcomes_of(cases: list[dict]) -> set[tuple[str, str]]:
    """What came of the rules with several outcomes, wherever nothing deviates."""
    return {
        (rule, outcome)
        for case in cases
        if case["verdict"] == "conform"
        for rule, outcomes in case["outcomes"].items()
        for outcome in outcomes
    }


def read_unexercised() -> dict[str, str]:
    return {one["rule"]: one["why"] for one in tomllib.loads(UNEXERCISED.read_text(encoding="utf-8"))["unexercised"]}


def read_ledger() -> Ledger:
    facts, names = read_facts()
    played: dict[str, Played] = {}
    outcomes = outcomes_of(list(ask("check", "--json", "-", "corpus/golden/wine-8.0")))
    for vendor in REFERENCES:
        if vendor == "reference32" and not (ROOT / "build" / "release" / "winmem-agent-i386").exists():
            continue  # the compiler does not build for 32 bits
        for profile in ("windows", "documented"):
            [run] = ask("run", "--vendor", vendor, "--profile", profile, "--json", "-")
            played_of(run["cases"], played)
            outcomes |= outcomes_of(run["cases"])
    for folder in sorted(path for pattern in CORPORA.values() for path in (ROOT / "corpus").glob(pattern)):
        checked = list(ask("check", "--json", "-", str(folder.relative_to(ROOT))))
        played_of(checked, played)
        outcomes |= outcomes_of(checked)
    return Ledger(facts, names, list(ask("rules", "--format", "json")), list(played.values()), outcomes, read_unexercised())


def attested_facts(ledger: Ledger) -> list[dict]:
    """Those that have to be there as a trace: seen on Windows, and a rule."""
    seen = {"windows-tested", "observed"}
    return [
        fact
        for fact in ledger.facts.values()
        if fact.get("disposition") == "rule" and seen & {source["class"] for source in fact["evidence"]}
    ]


def gaps(ledger: Ledger) -> list[str]:
    """What is missing or wrong, a sentence each."""
    found = []
    for id_, fact in ledger.facts.items():
        disposition = fact.get("disposition")
        if disposition not in DISPOSITIONS:
            found.append(f"{id_} has no disposition: expected one of {', '.join(DISPOSITIONS)}")
        elif not fact.get("why", "").strip():
            found.append(f"{id_} does not say why it is {disposition}")
        elif disposition == "rule" and not ledger.rules_of(id_):
            found.append(f"{id_} is a rule, but no rule cites it")
        elif disposition == "rule" and not ledger.showing(id_):
            rules = ", ".join(sorted(ledger.rules_of(id_)))
            found.append(f"{id_} is a rule, but in nothing that cites it does such a rule decide on a line under test: {rules}")
    attested = {id_ for one in ledger.played if one.kind == "attested" for id_ in ledger.ids(one.cites)}
    found += [f"{fact['id']} was seen on Windows, but corpus/attested has no trace of it" for fact in attested_facts(ledger) if fact["id"] not in attested]
    found += [f"the rule {rule['id']} cites no fact" for rule in ledger.rules if not rule["facts"] and rule["kind"] not in ("unspecified", "undefined")]
    for who, cited in [(rule["id"], rule["facts"]) for rule in ledger.rules] + [(one.path, one.cites) for one in ledger.played]:
        found += [f"{who} cites {word}, and there is no such fact" for word in sorted(set(cited) - set(ledger.names))]
    found += wrong_coverage(ledger)
    share = share_of_rules(ledger)
    if share < SHARE_OF_RULES:
        found.append(f"of the facts in scope with high confidence {share:.1%} are rules: expected {SHARE_OF_RULES:.0%} at least")
    return found


def wrong_coverage(ledger: Ledger) -> list[str]:
    """Rules that nothing exercises without a reason in the list, and entries of the list that say so wrongly."""
    definite = {rule["id"] for rule in ledger.definite()}
    missing = definite - ledger.exercised()
    listed = set(ledger.unexercised)
    return [
        *(f"no case and no trace of Windows exercises the rule {rule}: write one, or list it in {UNEXERCISED.name}" for rule in sorted(missing - listed)),
        *(f"{UNEXERCISED.name} lists {rule}, which is exercised" for rule in sorted(listed & definite - missing)),
        *(f"{UNEXERCISED.name} lists {rule}, and there is no such definite rule" for rule in sorted(listed - definite)),
        *(f"{UNEXERCISED.name} gives no reason for {rule}" for rule in sorted(listed) if not ledger.unexercised[rule].strip()),
    ]


def share_of_rules(ledger: Ledger) -> float:
    high = [fact for fact in ledger.in_scope() if fact["confidence"] == "high"]
    return sum(fact.get("disposition") == "rule" for fact in high) / max(1, len(high))


def figures(ledger: Ledger) -> list[str]:
    """The ledger in numbers, as README.md has them."""
    counted = collections.Counter(fact.get("disposition", "none") for fact in ledger.facts.values())
    kinds = collections.Counter(one.kind for one in ledger.played)
    definite = [rule["id"] for rule in ledger.definite()]
    exercised = ledger.exercised() & set(definite)
    several = [(rule["id"], outcome) for rule in ledger.definite() for outcome in rule["outcomes"] if len(rule["outcomes"]) > 1]
    taken_up = len(ledger.names) - len(ledger.facts)
    return [
        f"facts: {len(ledger.facts)} ({taken_up} more were merged into them): " + ", ".join(f"{counted[one]} {one}" for one in DISPOSITIONS),
        f"of the facts in scope with high confidence {share_of_rules(ledger):.1%} are rules",
        f"rules: {len(definite)} definite ones, {len(exercised)} exercised, {len(definite) - len(exercised)} not, with a reason; {len(ledger.rules) - len(definite)} say what is open",
        f"outcomes of rules with several: {len(several)}, {len(ledger.outcomes & set(several))} seen",
        f"cases: {kinds['case']}; attested traces: {kinds['attested']}; golden traces: {kinds['golden']}",
    ]


def line_of(ledger: Ledger, fact: dict) -> str:
    shown = [pathlib.PurePath(one.path).name for one in ledger.showing(fact["id"])]
    rules = ", ".join(sorted(ledger.rules_of(fact["id"]))) if fact.get("disposition") == "rule" else ""
    return f"{fact['id']}  {fact.get('disposition', 'none'):12}  {fact.get('why', '')}  {rules}  {' '.join(shown)}".rstrip()


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--list"]):
        print("usage: scripts/ledger [--list]", file=sys.stderr)
        return 2
    ledger = read_ledger()
    if arguments:
        print(*(line_of(ledger, fact) for fact in ledger.facts.values()), sep="\n")
        print(*(f"never seen: {outcome} of {rule}" for rule, outcome in ledger.unseen()), sep="\n")
    print(*figures(ledger), sep="\n")
    found = gaps(ledger)
    if found:
        print(*found, f"{len(found)} gaps", sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
