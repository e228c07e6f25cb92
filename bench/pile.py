"""A pile of invented reports that knows who copied whom.

    pile.py --documents 50000 --seed 1 --pile PILE.jsonl --truth TRUTH.jsonl

Words are drawn by Zipf's law from an invented vocabulary. Of the documents half come in
families of five: a wire story, a print with light edits, an abridged one, an own story with
two to four sentences of wire copy in it, and an own story that shares a quotation only. The
rest are own stories. Outlets and agencies put their standing paragraphs under six in ten of
all stories, whatever the family.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

START = date(2030, 1, 1)
DAYS = 365
OUTLETS = 240
AGENCIES = 6
KINDS = ("light", "abridged", "partial", "quote")
_SYLLABLES = [
    a + b
    for a in ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"]
    for b in ["a", "e", "i", "o", "u", "al", "an", "er", "in", "or", "us"]
]


@dataclass(frozen=True, slots=True)
class Document:
    """One invented report."""

    id: str
    outlet: str
    published: date
    body: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One true relation: `kind` is one of `KINDS`; `a` is the wire story."""

    a: str
    b: str
    kind: str


class Writer:
    """Writes sentences, seeded."""

    def __init__(self, seed: int, words: int = 20_000) -> None:
        self.rng = np.random.default_rng(seed)
        lengths = self.rng.choice([1, 2, 3, 4], size=words, p=[0.05, 0.45, 0.4, 0.1])
        self.words = np.array(["".join(self.rng.choice(_SYLLABLES, size=n)) for n in lengths])
        self.chance = np.cumsum(1.0 / np.arange(3, words + 3))
        self.chance /= self.chance[-1]

    def draw(self, count: int) -> list[str]:
        """Return so many words, common ones often."""
        found: list[str] = self.words[np.searchsorted(self.chance, self.rng.random(count))].tolist()
        return found

    def sentences(self, low: int, high: int) -> list[list[str]]:
        """Return `low` to `high` sentences of 12 to 30 words."""
        lengths = self.rng.integers(12, 31, size=int(self.rng.integers(low, high + 1)))
        words = self.draw(int(lengths.sum()))
        ends = np.cumsum(lengths).tolist()
        return [words[end - length : end] for end, length in zip(ends, lengths.tolist(), strict=True)]

    def edited(self, sentences: list[list[str]], rate: float) -> list[list[str]]:
        """Return sentences with a share of their words replaced."""
        return [
            [
                self.draw(1)[0] if changed else word
                for word, changed in zip(s, self.rng.random(len(s)) < rate, strict=True)
            ]
            for s in sentences
        ]


def body(sentences: list[list[str]]) -> str:
    """Return sentences as text."""
    return " ".join(" ".join(s).capitalize() + "." for s in sentences)


def generate(documents: int, seed: int) -> tuple[list[Document], list[Pair]]:
    """Return a pile of about so many documents with every true pair of a wire story and a print of it."""
    writer = Writer(seed)
    standing = {f"outlet{n:03}": body(writer.sentences(1, 3)) for n in range(OUTLETS)}
    wires = [body(writer.sentences(1, 2)) for _ in range(AGENCIES)]
    found: list[Document] = []
    pairs: list[Pair] = []
    for family in range(documents // 10):
        wire = int(writer.rng.integers(AGENCIES))
        day = int(writer.rng.integers(DAYS))
        for kind, text in _family(writer):
            late = int(writer.rng.integers(3))
            ident = f"f{family:06}-{kind}"
            found.append(_document(ident, text, day + late, writer, (standing, wires[wire])))
            if kind != "wire":
                pairs.append(Pair(f"f{family:06}-wire", ident, kind))
    while len(found) < documents:
        day = int(writer.rng.integers(DAYS))
        text = body(writer.sentences(8, 20))
        wire = int(writer.rng.integers(AGENCIES))
        found.append(_document(f"o{len(found):06}", text, day, writer, (standing, wires[wire])))
    return found, pairs


def _family(writer: Writer) -> Iterator[tuple[str, str]]:
    wire = writer.sentences(10, 18)
    speech = '"' + " ".join(writer.draw(int(writer.rng.integers(25, 51)))) + '"'
    spoken = f"{speech} the {writer.draw(1)[0]} said."
    yield "wire", f"{body(wire[:4])} {spoken} {body(wire[4:])}"
    yield "light", f"{body(writer.edited(wire[:4], 0.05))} {spoken} {body(writer.edited(wire[4:], 0.05))}"
    kept = sorted(writer.rng.choice(len(wire), size=max(4, int(len(wire) * 0.45)), replace=False).tolist())
    yield "abridged", body(writer.edited([wire[i] for i in kept], 0.02))
    taken = int(writer.rng.integers(2, 5))
    at = int(writer.rng.integers(len(wire) - taken))
    own = writer.sentences(10, 16)
    yield "partial", body([*own[:5], *writer.edited(wire[at : at + taken], 0.02), *own[5:]])
    own = writer.sentences(10, 16)
    yield "quote", f"{body(own[:5])} {spoken} {body(own[5:])}"


def _document(
    ident: str, text: str, day: int, writer: Writer, standing: tuple[dict[str, str], str]
) -> Document:
    outlet = f"outlet{int(writer.rng.integers(OUTLETS)):03}"
    house = f" {standing[0][outlet]}" if writer.rng.random() < 0.6 else ""
    wire = f" {standing[1]}" if writer.rng.random() < 0.3 else ""
    return Document(ident, outlet, START + timedelta(days=day), text + house + wire)


def main() -> int:
    """Write a pile and its truth."""
    parser = argparse.ArgumentParser(description="Write an invented pile that knows who copied whom.")
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pile", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    options = parser.parse_args()
    documents, pairs = generate(options.documents, options.seed)
    with options.pile.open("w", encoding="utf-8") as file:
        for one in documents:
            record = {
                "id": one.id,
                "outlet": one.outlet,
                "published": one.published.isoformat(),
                "body": one.body,
            }
            file.write(json.dumps(record) + "\n")
    with options.truth.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"a": p.a, "b": p.b, "kind": p.kind}) + "\n" for p in pairs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
