"""Pairs of passage and statement from packs of labelled claims, with perturbed ones beside them."""

from __future__ import annotations

import calendar
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SUPPORTS, SILENT, REFUTES = range(3)
_MONTHS = "|".join(calendar.month_name[1:])
_NUMBER = re.compile(rf"\b\d{{1,3}}(?:[,.]?\d{{3}})*\b(?! (?:{_MONTHS}))")
_MONTH = re.compile(rf"({_MONTHS}) $")
_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_WORD = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|near|of|from|on|outside) (?:the )?([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)")
_BE = re.compile(r"\b(was|were|is|are|has|have|had|will|would|could)\b(?! not)")
_SENTENCE = re.compile(r"(?<=[a-z0-9\"”)][.!?]) +(?=[\"“A-Z])")


@dataclass(frozen=True)
class Pair:
    """A passage, a statement, whether the one supports, leaves open or refutes the other, and its pack."""

    passage: str
    statement: str
    label: int
    pack: str
    weight: float = 1.0
    sort: str = ""


def numbered(statement: str, r: random.Random) -> tuple[str, str] | None:
    """Return the statement with one number changed and the number it had, or nothing."""
    spots = [
        m
        for m in _NUMBER.finditer(statement)
        if not _MONTH.search(statement[: m.start()]) and not re.fullmatch(r"(?:19|20)\d\d", m[0])
    ]
    if spots:
        spot = r.choice(spots)
        was = int(re.sub(r"\D", "", spot[0]))
        new = was + max(1, round(was * r.choice([0.3, 0.5, 1, 2]))) if r.random() < 0.7 else was * 10
        return statement[: spot.start()] + str(new) + statement[spot.end() :], spot[0]
    words = list(_WORD.finditer(statement))
    if not words:
        return None
    spot = r.choice(words)
    new = r.choice([w for w in _WORDS if _WORDS.index(w) > _WORDS.index(spot[0].lower())] or ["two hundred"])
    return statement[: spot.start()] + (new.capitalize() if spot[0][0].isupper() else new) + statement[
        spot.end() :
    ], spot[0]


def moved(statement: str, places: list[str], r: random.Random) -> tuple[str, str] | None:
    """Return the statement with one place exchanged and the place it had, or nothing."""
    spots = [m for m in _PLACE.finditer(statement) if m[1] in places]
    if not spots:
        return None
    spot = r.choice(spots)
    new = r.choice([p for p in places if p not in statement])
    return statement[: spot.start(1)] + new + statement[spot.end(1) :], spot[1]


def denied(statement: str) -> str | None:
    """Return the statement with its first auxiliary negated, or nothing."""
    found = _BE.search(statement)
    return statement[: found.end()] + " not" + statement[found.end() :] if found else None


def same_number(number: str, passage: str) -> bool:
    """Tell whether the passage has the number, in figures or in words up to ninety."""
    plain = re.sub(r"\D", "", number)
    names = {str(i + 2): w for i, w in enumerate(_WORDS[:19])}
    forms = {
        number.lower(),
        plain,
        names.get(plain, ""),
        next((k for k, v in names.items() if v == number.lower()), ""),
    } - {""}
    return any(re.search(rf"\b{re.escape(f)}\b", passage.lower()) for f in forms)


def content_words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.lower()) if len(w) > 3}


class Packs:
    """All packs of a folder, and the bodies they speak of."""

    def __init__(self, folder: Path, bodies: Path) -> None:
        self.packs = [json.loads(f.read_text("utf-8")) for f in sorted(folder.glob("s*.json"))]
        lines = (json.loads(line) for line in bodies.read_text("utf-8").splitlines())
        self.bodies = {x["id"]: x["text"] for x in lines}
        counts = Counter(m for p in self.packs for c in p["claims"] for m in _PLACE.findall(c["statement"]))
        self.places = sorted(p for p, n in counts.items() if n >= 2)

    def sentence(self, report: str, quote: str) -> str:
        """Return the sentence of the report that holds the quote (or the quote itself)."""
        body = self.bodies.get(report, "")
        at = body.find(quote)
        if at < 0:
            return quote
        starts = [0] + [m.end() for m in _SENTENCE.finditer(body)]
        start = max(s for s in starts if s <= at)
        end = min([s for s in starts if s >= at + len(quote)] + [len(body)])
        return body[start:end].strip()

    def pairs(self, seed: int = 7) -> list[Pair]:
        """Return every pair, in a fixed order for one seed."""
        r = random.Random(seed)
        return [pair for pack in self.packs for claim in pack["claims"] for pair in self._of(pack, claim, r)]

    def _of(self, pack: dict, claim: dict, r: random.Random):
        name, own = pack["event"], claim["report"]
        told = [(own, claim["quote"])]
        told += [
            (t["report"], t["quote"])
            for t in claim["tellings"]
            if t["relation"] == "supports" and "also" not in t
        ]
        statements = [claim["statement"], claim["paraphrase"]]

        def passage(report: str, quote: str) -> str:
            return self.sentence(report, quote) if r.random() < 0.6 else quote

        def pair(report: str, quote: str, statement: str, label: int, sort: str) -> Pair:
            return Pair(passage(report, quote), statement, label, name, 1.0, sort)

        for report, quote in told:
            for s in statements:
                yield pair(report, quote, s, SUPPORTS, "own" if report == own else "told")
            yield from self._perturbed(passage(report, quote), r.choice(statements), name, r)
        for t in claim["tellings"]:
            if t["relation"] == "refutes" and "also" not in t:
                for s in statements:
                    yield pair(t["report"], t["quote"], s, REFUTES, "refuting")
            elif t["relation"] == "silent" and t.get("near"):
                for s in statements:
                    yield pair(t["report"], t["near"], s, SILENT, "near")
        nears = [(t["report"], t["near"]) for t in claim["tellings"] if t.get("near")]
        for d in claim["distorted"]:
            for q in d["refuted_quotes"]:
                yield pair(q["report"], q["quote"], d["statement"], REFUTES, "distorted")
            if nears and r.random() < 0.5:
                yield pair(*r.choice(nears), d["statement"], SILENT, "near-distorted")
        yield from self._elsewhere(pack, claim, r)

    def _perturbed(self, passage: str, statement: str, name: str, r: random.Random):
        changed = numbered(statement, r)
        if changed and same_number(changed[1], passage) and r.random() < 0.6:
            yield Pair(passage, changed[0], REFUTES, name, 0.7, "number")
        changed = moved(statement, self.places, r)
        if changed and changed[1] in passage and r.random() < 0.5:
            yield Pair(passage, changed[0], REFUTES, name, 0.7, "place")
        turned = denied(statement)
        if turned and r.random() < 0.25:
            yield Pair(passage, turned, REFUTES, name, 0.7, "negation")

    def _elsewhere(self, pack: dict, claim: dict, r: random.Random):
        """Silent pairs: another claim's words of the same pack, and the most alike of another pack."""
        words = content_words(claim["statement"])
        supporting = {t["report"] for t in claim["tellings"] if t["relation"] != "silent"} | {claim["report"]}
        near = [
            c
            for c in pack["claims"]
            if c is not claim and len(content_words(c["quote"]) & words) / max(1, len(words)) < 0.5
        ]
        if near:
            c = r.choice(near)
            yield Pair(
                self.sentence(c["report"], c["quote"]) if c["report"] not in supporting else c["quote"],
                claim["statement"],
                SILENT,
                pack["event"],
                0.7,
                "other-claim",
            )
        far = [c for p in r.sample(self.packs, 30) if p is not pack for c in p["claims"]]
        c = max(far, key=lambda c: len(content_words(c["quote"]) & words))
        yield Pair(
            self.sentence(c["report"], c["quote"]),
            r.choice([claim["statement"], claim["paraphrase"]]),
            SILENT,
            pack["event"],
            1.0,
            "other-event",
        )
