"""What each part of `match` is worth, and how it does on events that nothing was chosen on.

    match.py --library FILE [--gold FOLDER]

Judges every labelled claim within the reports of its event: whole, without the words that stand for
others, with the trees alone (nothing refutes), with the slots alone (what they leave open is decided by
likeness of words), by likeness of words alone, and at other thresholds of support. Then chooses the
threshold on all events but one, scores the one left out with it, and adds up.
Relations only: what is counted as an origin is not judged here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from secondsource.extract import Extractor
from secondsource.match import Services, Told, judge
from secondsource.match.asked import Asked
from secondsource.match.compare import Comparison
from secondsource.model import Claim
from secondsource.pipeline.shelf import Shelf
from secondsource.store.sqlite import SqliteStore

GOLD = Path(__file__).resolve().parents[2] / "shared/gold/dev"
LABELS = ("supports", "refutes", "silent")
LIKENESS = (0.5, 0.6, 0.7, 0.8)
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65)
JUDGE = sys.modules["secondsource.match.judge"]  # the package's `judge` is the function
Cells = Counter[tuple[str, str]]


def questions(gold: Path, extractor: Extractor, shelf: Shelf) -> list[tuple[str, Claim, dict]]:
    """Return event, claim and labels of every labelled claim."""
    found = []
    for path in sorted(gold.glob("events/*.json")):
        event = json.loads(path.read_text("utf-8"))
        for label in event["claims"]:
            place = shelf.read([label["report"]])[0].report.day if label.get("report") else None
            mention = extractor.statement(label["statement"], place or shelf.as_of)
            claim = Claim(label["id"], label["statement"], mention, label.get("report") or "")
            found.append((event["event"], claim, {**label, "among": event["reports"], "day": place}))
    return found


# What one way of judging says of the reports of a claim's event: relation by report.
Answer = Callable[[Asked, list[Told]], dict[str, str]]


def by_match(services: Services) -> Answer:
    """Return the judging that ships."""
    return lambda claim, pile: {e.report: e.relation.value for e in judge(claim, pile, services).evidence}


def by_likeness(services: Services, least: float) -> Answer:
    """Return judging by likeness alone: so much of the claim's words in one passage supports it."""

    def answer(claim: Asked, pile: list[Told]) -> dict[str, str]:
        return {t.report.id: "supports" for t in pile if _likest(claim, t, services) >= least}

    return answer


def _likest(claim: Asked, told: Told, services: Services) -> float:
    if told.report.id == claim.claim.report:
        return 0.0
    numbers = JUDGE.shortlist(claim, told, services)
    found = (JUDGE.compare(claim, told, n, services.statistics).features["here"] for n in numbers)
    return max(found, default=0.0)


def judged(asked: list[tuple[str, Claim, dict]], shelf: Shelf, answer: Answer) -> dict[str, Cells]:
    """Return by event how labelled relations were answered, and what became of distorted statements."""
    cells: dict[str, Cells] = {}
    for event, claim, label in asked:
        said = answer(Asked(claim, label["day"]), shelf.read(label["among"]))
        here = cells.setdefault(event, Counter())
        if label.get("distorted"):
            refuted = any(said.get(report) == "refutes" for report in label["refuted_by"])
            accepted = "supports" in said.values() and "refutes" not in said.values()
            here["distorted", "accepted" if accepted else "refuted" if refuted else "open"] += 1
            continue
        for telling in label["tellings"]:
            given = said.get(telling["report"], "silent")
            right = {telling["relation"], telling.get("also"), *telling.get("accept", ())}
            here[given if given in right else telling["relation"], given] += 1
    return cells


def figures(cells: Cells) -> dict[str, float]:
    """Return F1 of each relation, their mean, and the shares of distorted statements accepted and refuted."""
    f1 = {}
    for label in LABELS:
        hit = cells[label, label]
        wrong = sum(n for (g, p), n in cells.items() if (g == label) != (p == label) and g != "distorted")
        f1[label] = 2 * hit / max(1, 2 * hit + wrong)
    false = sum(n for (g, _), n in cells.items() if g == "distorted") or 1
    shares = {name: cells["distorted", name] / false for name in ("accepted", "refuted")}
    return {"relation": sum(f1.values()) / len(LABELS), **f1, **shares}


def told(name: str, cells: Cells) -> None:
    """Print one row."""
    print(f"{name:28}", *(f"{key} {value:.3f}" for key, value in figures(cells).items()), flush=True)


def main() -> None:
    """Judge, switch parts off, leave events out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=GOLD)
    given = parser.parse_args()
    shelf = Shelf(SqliteStore(given.library, create=False), None)
    asked = questions(given.gold, Extractor(), shelf)
    services = Services(shelf.statistics)

    def run(answer: Answer) -> dict[str, Cells]:
        return judged(asked, shelf, answer)

    trees = JUDGE.forest()
    told("all", total(run(by_match(services))))
    for name, switch in (("without words in the place", _no_swaps), ("trees alone", _no_slots)):
        undo = switch()
        told(name, total(run(by_match(services))))
        undo()
    alone = {}
    for least in LIKENESS:
        slots = _Likeness({**trees.options, "supports": least})
        JUDGE.forest = lambda slots=slots: slots
        alone[least] = run(by_match(services))
    JUDGE.forest = lambda: trees
    told("slots alone, left out", left_out(alone))
    alike = {least: run(by_likeness(services, least)) for least in LIKENESS}
    told("likeness alone, left out", left_out(alike))
    runs = {}
    for least in THRESHOLDS:
        chosen = replace(trees, options={**trees.options, "supports": least})
        JUDGE.forest = lambda chosen=chosen: chosen
        runs[least] = run(by_match(services))
        told(f"support from {least}", total(runs[least]))
    told("each event left out", left_out(runs))


def total(run: dict[str, Cells]) -> Cells:
    """Return the cells of all events together."""
    return sum(run.values(), Counter())


def left_out(runs: dict[float, dict[str, Cells]]) -> Cells:
    """Return the cells where each event is judged by the threshold that is best for all others."""
    found: Cells = Counter()
    for event in next(iter(runs.values())):
        rest = {at: total({e: c for e, c in run.items() if e != event}) for at, run in runs.items()}
        found += runs[max(runs, key=lambda at: figures(rest[at])["relation"])][event]
    return found


@dataclass(frozen=True)
class _Likeness:
    """In place of the trees: a passage supports a claim as far as it holds its words."""

    options: Mapping[str, float]
    version: str = "likeness"

    def scores(self, rows: Sequence[Mapping[str, float]]) -> list[tuple[float, float, float]]:
        """Return the chances of support, silence and contradiction of each row."""
        return [(row["here"], 1 - row["here"], 0.0) for row in rows]


def _no_swaps() -> Callable[[], None]:
    before = JUDGE.compare

    def bare(asked: Asked, *rest: object) -> Comparison:
        return replace(before(asked, *rest), swaps=(), unnamed=())

    JUDGE.compare = bare
    return lambda: setattr(JUDGE, "compare", before)


def _no_slots() -> Callable[[], None]:
    names = ("against", "untold", "seemingly")
    before = {name: getattr(JUDGE, name) for name in names}
    for name in names:
        setattr(JUDGE, name, lambda *_: ())
    return lambda: [setattr(JUDGE, name, kept) for name, kept in before.items()] and None


if __name__ == "__main__":
    main()
