"""Hold a dossier of the example case against its hand-written key, feature by feature.

`python tools/example_key.py dossier.json [pairs.jsonl]` prints one row a feature: right, asked, and
what is wrong. The tests hold the same figures to floors.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import Any

CASE = Path(__file__).resolve().parent.parent / "src" / "secondsource" / "example"
WORD = re.compile(r"\w+")
SMALL = {"a", "an", "the", "of"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """One thing asked: the feature it belongs to, whether it is right, and in which words."""

    feature: str
    right: bool
    what: str


def key() -> Json:
    """Return the key of the shipped case."""
    loaded: Json = json.loads((CASE / "key.json").read_text(encoding="utf-8"))
    return loaded


def compare(dossier: Json, wanted: Json) -> list[Mark]:
    """Return all marks of a dossier, given as parsed JSON, against the key."""
    marks: list[Mark] = []
    for entry in wanted["claims"]:
        claim = located(dossier["claims"], entry, dossier["report"]["body"])
        marks.append(Mark("found", claim is not None, entry["id"]))
        if claim is not None:
            marks += of_claim(claim, entry, dossier, wanted["unrelated"])
    marks += footer(dossier, wanted["no_claim"])
    marks += naming(dossier, wanted["naming"])
    marks += omissions(dossier, wanted["omissions"])
    as_of = dossier["as_of"] == wanted["as_of"]
    return [*marks, Mark("as-of", as_of, f"{dossier['as_of']} for {wanted['as_of']}")]


def located(claims: list[Json], entry: Json, body: str) -> Json | None:
    """Return the dossier's claim that covers the key's quote best, at least half of either."""
    start = body.index(entry["quote"])
    end = start + len(entry["quote"])

    def shared(claim: Json) -> float:
        s, e = claim["span"]
        common = min(e, end) - max(s, start)
        return common / max(e - s, end - start) if common > 0 else 0.0

    best = max(claims, key=lambda claim: (shared(claim), claim["id"]), default=None)
    return best if best is not None and shared(best) >= 0.5 else None


def of_claim(claim: Json, entry: Json, dossier: Json, unrelated: list[str]) -> Iterator[Mark]:
    """Yield the marks of one located claim."""
    name, also = entry["id"], entry.get("accept", {})
    for field in ("kind", "certainty", "source_kind", "verdict", "outcome", "independent_origins"):
        accepted = [entry[field], *also.get(field, [])]
        yield Mark(field, claim[field] in accepted, f"{name}: {claim[field]} for {entry[field]}")
    chains = [entry["chain"], *also.get("chain", [])]
    yield Mark(
        "chain", any(same_chain(claim["chain"], links) for links in chains), f"{name}: {claim['chain']}"
    )
    if "condition" in entry:
        words = " ".join(dossier["report"]["body"][s:e] for s, e in claim["condition"])
        yield Mark("condition", entry["condition"] in words, f"{name}: {words!r}")
    yield from tellings(claim, entry, unrelated)
    yield from origins(claim, entry)
    yield from conflicts(claim, entry)


def tellings(claim: Json, entry: Json, unrelated: list[str]) -> Iterator[Mark]:
    """Yield for each report whether it is said to repeat, support, refute, or be silent, rightly."""
    name = entry["id"]
    said = {telling["report"]: telling["relation"] for telling in claim["tellings"]}
    wanted = dict.fromkeys([*entry["own_origin"], *flat(entry["supports"])], "supports")
    wanted |= dict.fromkeys(flat(entry["refutes"]), "refutes")
    for report, relation in sorted(wanted.items()):
        if report not in entry.get("optional", []):
            yield Mark(relation, said.get(report) == relation, f"{name}: {report} {said.get(report)}")
    for report in entry["silent"]:
        yield Mark("silent", report in claim["silent"], f"{name}: {report} is not called silent")
    for report, relation in sorted(said.items()):
        right = wanted.get(report) == relation
        yield Mark(f"no false {relation}", right, f"{name}: {report}")
    named = {*said, *claim["silent"]}
    for report in unrelated:
        yield Mark("unrelated", report not in said, f"{name}: {report} speaks to it")
        yield Mark("another event", report not in named, f"{name}: {report} is said to cover the event")


def origins(claim: Json, entry: Json) -> Iterator[Mark]:
    """Yield for each two tellings whether they share an origin exactly when the key says so."""
    groups = [entry["own_origin"], *entry["supports"], *entry["refutes"]]
    where = {report: place for place, group in enumerate(groups) for report in group}
    told = {telling["report"]: telling for telling in claim["tellings"] if telling["report"] in where}
    for a, b in combinations(sorted(told), 2):
        same = told[a]["origin"] == told[b]["origin"]
        yield Mark("one origin", same == (where[a] == where[b]), f"{entry['id']}: {a} and {b}")
    for report, telling in sorted(told.items()):
        repeat = report in entry["own_origin"]
        yield Mark("repeats", telling["repeat"] == repeat, f"{entry['id']}: {report} repeats: {not repeat}")


def conflicts(claim: Json, entry: Json) -> Iterator[Mark]:
    """Yield whether each contradiction names its slot and both sides."""
    held = {
        (telling["report"], clash["slot"]): (clash["claimed"], clash["told"])
        for telling in claim["tellings"]
        for clash in telling["conflicts"]
    }
    for wanted in entry["conflicts"]:
        claimed, told = held.get((wanted["report"], wanted["slot"]), ("", ""))
        right = wanted["claimed"] in claimed and wanted["told"] in told
        yield Mark("conflict", right, f"{entry['id']}: {wanted['report']}: {claimed!r} against {told!r}")


def footer(dossier: Json, phrases: list[str]) -> Iterator[Mark]:
    """Yield whether no claim was taken from what is no story."""
    for phrase in phrases:
        wrong = [claim["quote"] for claim in dossier["claims"] if overlaps(dossier, claim, phrase)]
        yield Mark("footer", not wrong, f"{phrase!r} in {wrong}")


def overlaps(dossier: Json, claim: Json, phrase: str) -> bool:
    """Tell whether a claim covers any part of `phrase`."""
    start = dossier["report"]["body"].index(phrase)
    spans = claim["content"] or [claim["span"]]
    return any(s < start + len(phrase) and start < e for s, e in spans)


def naming(dossier: Json, wanted: list[Json]) -> Iterator[Mark]:
    """Yield whether some actor bears each of the names that an outlet gives it."""
    for actor in wanted:
        tables = [
            {(use["outlet"], use["name"].casefold()) for use in record["names"]}
            for record in dossier["naming"]
        ]
        asked = [(outlet, name) for outlet, names in actor["names"].items() for name in names]
        best = max(tables, key=lambda table: sum(pair in table for pair in asked), default=set())
        for pair in asked:
            yield Mark("naming", pair in best, f"{actor['actor']}: {' '.join(pair)}")


def omissions(dossier: Json, wanted: list[Json]) -> Iterator[Mark]:
    """Yield whether each thing left out is listed with at least two of its reports."""
    for left_out in wanted:
        asked = {*left_out["reports"], *left_out["prints"]}
        words = bare(left_out["statement"])
        right = any(
            len(asked & {*record["reports"], record["report"]}) >= 2
            and len(words & bare(f"{record['statement']} {record['quote']}")) * 2 >= len(words)
            for record in dossier["omissions"]
        )
        yield Mark("omission", right, left_out["statement"])


def pairs(found: list[Json], wanted: Json) -> list[Mark]:
    """Return the marks of `origins --pairs` output: kind, origin and direction of each pair asked."""
    held = {(pair["a"], pair["b"]): pair for pair in found}
    marks = []
    for entry in wanted["pairs"]:
        pair = held.get((entry["a"], entry["b"]))
        name = f"{entry['a']} {entry['b']}"
        kinds = [entry["kind"], *entry.get("accept", {}).get("kind", [])]
        marks.append(Mark("pair", pair is not None and pair["kind"] in kinds, f"{name}: {pair}"))
        if pair is not None:
            origin = squeezed(pair["origin"]) == squeezed(entry["origin"])
            marks.append(Mark("pair origin", origin, f"{name}: {pair['origin']} for {entry['origin']}"))
    asked = {(entry["a"], entry["b"]) for entry in wanted["pairs"]}
    wrong = [name for name, pair in held.items() if pair["kind"] == "copy" and name not in asked]
    marks.append(Mark("no false copy", not wrong, f"{wrong}"))
    return marks


def same_chain(told: list[str], wanted: list[str]) -> bool:
    """Tell whether two chains have as many links, each name holding the words of the key's."""
    return len(told) == len(wanted) and all(
        bare(name) <= bare(other) or (bare(other) and bare(other) <= bare(name))
        for name, other in zip(wanted, told, strict=True)
    )


def flat(groups: list[list[str]]) -> list[str]:
    """Return the members of all groups."""
    return list(chain.from_iterable(groups))


def bare(name: str) -> set[str]:
    """Return the words of a name without articles."""
    return set(WORD.findall(name.casefold())) - SMALL


def squeezed(name: str) -> str:
    """Return a name without case, spaces and marks."""
    return "".join(WORD.findall(name.casefold()))


def totals(marks: list[Mark]) -> dict[str, tuple[int, int]]:
    """Return right and asked per feature, features in order of first appearance."""
    summed: dict[str, tuple[int, int]] = {}
    for mark in marks:
        right, asked = summed.get(mark.feature, (0, 0))
        summed[mark.feature] = (right + mark.right, asked + 1)
    return summed


def main(arguments: list[str]) -> int:
    """Print the table; return 1 if anything is wrong."""
    wanted = key()
    marks = compare(json.loads(Path(arguments[0]).read_text(encoding="utf-8")), wanted)
    for file in arguments[1:]:
        rows = Path(file).read_text(encoding="utf-8").splitlines()
        marks += pairs([json.loads(row) for row in rows], wanted)
    for feature, (right, asked) in totals(marks).items():
        wrong = "; ".join(mark.what for mark in marks if mark.feature == feature and not mark.right)
        print(f"{feature:22} {right:3} of {asked:3}  {wrong}".rstrip())
    return int(not all(mark.right for mark in marks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
