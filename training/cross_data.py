"""Write the cross-encoder's pairs: python training/cross_data.py --packs DIR --bodies FILE --out X.jsonl

A premise is a sentence after its report's headline and day (`premise`); a statement is a claim, its
paraphrase, one of its distorted forms, or one of these with a number, a place or a negation perturbed.
Sentences are those that `match` shortlists, and those that hold a quote.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from pair_data import REFUTES, SILENT, Packs, denied, moved, numbered, same_number

from match import LABELS, Question, carries, questions
from secondsource.extract import Extractor
from secondsource.match import Services, Told, count_words
from secondsource.match.asked import Asked
from secondsource.match.judge import shortlist
from secondsource.model import Claim
from secondsource.read import ReadOptions, read_path

SILENT_KEPT = 2  # shortlisted sentences of a silent report
LEFT_OUT = 0.3  # weight of a sentence of which no labeller said that it refutes a distorted statement
PERTURBED = 0.7


def premise(told: Told, number: int) -> str:
    """Return passage `number` of a report after the headline and the day of print.

    A statement names place and day where the sentence that tells it often does not.
    """
    published = told.report.published
    day = f"{published.day} {published:%B %Y}." if published else ""
    title = told.report.title.strip().rstrip(".")
    return " ".join(part for part in (title and f"{title}.", day, told.passages[number].text) if part)


class Asker:
    """Turns questions of the packs into pairs."""

    def __init__(self, packs: Packs, pile: dict[str, Told], seed: int) -> None:
        self.packs, self.pile, self.random = packs, pile, random.Random(seed)
        self.services = Services(count_words(list(pile.values())))
        self.extractor = Extractor()

    def of(self, asked: Question) -> Iterator[dict]:
        """Yield the pairs of one question with every report of its pack, then one of another pack."""
        claim = Asked(Claim("", asked.statement, self.extractor.statement(asked.statement)))
        for report, (relation, quotes, weight) in sorted(asked.told.items()):
            told = self.pile[report]
            numbers = shortlist(claim, told, self.services)
            if relation == "silent":
                kept = SILENT_KEPT if weight == 1.0 else 1
                for number in numbers[:kept]:
                    made = self.pair(asked, told, number, SILENT)
                    yield made if weight == 1.0 else made | {"weight": LEFT_OUT}
                continue
            shown = [n for n, p in enumerate(told.passages) if carries(p.text, quotes)]
            for number in [n for n in shown if n in numbers] or shown[:1]:
                made = self.pair(asked, told, number, LABELS[relation])
                yield made if weight == 1.0 else made | {"sort": "distorted"}
                if relation == "supports":
                    yield from self.perturbed(asked, told, number)
        yield from self.elsewhere(asked, claim)

    def pair(self, asked: Question, told: Told, number: int, label: int) -> dict:
        return {
            "premise": premise(told, number), "statement": asked.statement, "label": label,
            "weight": 1.0, "pack": asked.pack, "sort": "",
        }  # fmt: skip

    def perturbed(self, asked: Question, told: Told, number: int) -> Iterator[dict]:
        """Yield the statement made false in one word that the sentence tells otherwise."""
        r, text = self.random, told.passages[number].text
        made = self.pair(asked, told, number, REFUTES) | {"weight": PERTURBED}
        changed = numbered(asked.statement, r)
        if changed and same_number(changed[1], text) and r.random() < 0.5:
            yield made | {"sort": "number", "statement": changed[0]}
        changed = moved(asked.statement, self.packs.places, r)
        if changed and changed[1] in text and r.random() < 0.5:
            yield made | {"sort": "place", "statement": changed[0]}
        turned = denied(asked.statement)
        if turned and r.random() < 0.2:
            yield made | {"sort": "negation", "statement": turned}

    def elsewhere(self, asked: Question, claim: Asked) -> Iterator[dict]:
        """Yield the sentence of another pack's reports, of some drawn, that is most like the claim."""
        if self.random.random() < 0.5:
            return
        others = [p for p in self.packs.packs if p["event"] != asked.pack]
        drawn = [r for p in self.random.sample(others, 25) for r in p["reports"]]
        told = max((self.pile[r] for r in drawn), key=lambda t: len(t.terms & claim.terms))
        for number in shortlist(claim, told, self.services)[:1]:
            yield self.pair(asked, told, number, SILENT) | {"sort": "other-event"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("packs", "bodies", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    o = parser.parse_args()
    packs = Packs(o.packs, o.bodies)
    wanted = {report for pack in packs.packs for report in pack["reports"]}
    read = [one[1] for one in read_path(o.bodies, ReadOptions()) if isinstance(one, tuple)]
    reports = [report for report in read if report.id in wanted]
    pile = {report.id: Told(report, mentions) for report, mentions in Extractor().batch(reports)}
    asker = Asker(packs, pile, o.seed)
    pairs = [pair for asked in questions(o.packs) for pair in asker.of(asked)]
    lines = sorted({json.dumps(pair, sort_keys=True) for pair in pairs})
    o.out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    counts = {name: sum(pair["label"] == label for pair in pairs) for name, label in LABELS.items()}
    print(len(lines), "pairs", counts)


if __name__ == "__main__":
    main()
