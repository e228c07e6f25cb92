"""Which words of two reports are the same copy: word alignment, light edits bridged, moved text found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ANCHOR = 5  # words in a row that a stretch must hold
LEAST = 3  # words in a row that count inside a stretch
BRIDGE = 4  # words changed or added in either text that a stretch runs over
AROUND = 24  # words on either side of a shared 5-gram that are aligned
PASSES = 3  # rounds, so that moved text is found too


@dataclass(frozen=True, slots=True)
class Block:
    """`size` words, alike from position `a` in the one text and `b` in the other."""

    a: int
    b: int
    size: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks near each other in both texts: one passage, copied with light edits."""

    blocks: tuple[Block, ...]

    @property
    def a(self) -> tuple[int, int]:
        """First and last-but-one word position in the one text."""
        return self.blocks[0].a, self.blocks[-1].a + self.blocks[-1].size

    @property
    def b(self) -> tuple[int, int]:
        """First and last-but-one word position in the other text."""
        return self.blocks[0].b, self.blocks[-1].b + self.blocks[-1].size


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A word sequence ready to align: its codes, and where each run of `ANCHOR` words (last) stands."""

    words: list[int]
    runs: dict[int, int]


def text_of(codes: Codes, grams: Codes) -> Text:
    """Return a sequence ready to align; `grams` are hashes of its runs of `ANCHOR` words."""
    return Text(codes.tolist(), dict(zip(grams.tolist(), range(len(grams)), strict=True)))


def align(a: Text, b: Text) -> list[Stretch]:
    """Return the passages that two texts share, in order of the first.

    Each word is in one passage at most. The order of arguments changes nothing but sides.
    """
    common = a.runs.keys() & b.runs.keys()
    if not common:
        return []
    turned = len(a.words) > len(b.words) or (len(a.words) == len(b.words) and a.words > b.words)
    if not turned:
        return _align(a, b, common)
    return sorted((_turned(s) for s in _align(b, a, common)), key=lambda s: s.a)


def _align(a: Text, b: Text, common: set[int]) -> list[Stretch]:
    at_a, at_b = sorted(a.runs[run] for run in common), sorted(b.runs[run] for run in common)
    (left, places_a), (right, places_b) = _window(a.words, at_a, -1), _window(b.words, at_b, -2)
    found: list[Stretch] = []
    for _ in range(PASSES):
        new = _stretches([Block(places_a[x], places_b[y], size) for x, y, size in _blocks(left, right)])
        if not new:
            break
        found += new
        if not _open(at_a, sorted(s.a for s in found)) and not _open(at_b, sorted(s.b for s in found)):
            break
        for stretch in new:
            for block in stretch.blocks:
                _take_out(left, places_a, (block.a, block.size), 0)
                _take_out(right, places_b, (block.b, block.size), 1)
    return sorted(found, key=lambda s: s.a)


def _window(words: list[int], at: list[int], mark: int) -> tuple[list[int], list[int]]:
    """Return the words near shared runs with their places; `mark` parts two windows."""
    spans: list[tuple[int, int]] = []
    first = last = at[0]
    for place in at:
        if place - last > 2 * AROUND + ANCHOR:
            spans.append((first, last))
            first = place
        last = place
    spans.append((first, last))
    near: list[int] = []
    places: list[int] = []
    for first, last in spans:
        if near:
            near.append(mark)
            places.append(-1)
        start, stop = max(0, first - AROUND), min(len(words), last + ANCHOR + AROUND)
        near += words[start:stop]
        places += range(start, stop)
    return near, places


def _open(at: list[int], passages: list[tuple[int, int]]) -> bool:
    """Tell whether a shared run lies in no passage yet."""
    rest = iter(passages)
    start, end = next(rest)
    for place in at:
        while place >= end:
            start, end = next(rest, (len(at) + place, len(at) + place + 1))
        if place < start:
            return True
    return False


def _take_out(words: list[int], places: list[int], span: tuple[int, int], side: int) -> None:
    """Replace matched words by negative numbers, which equal no code, no mark and no other."""
    first = places.index(span[0])
    for i in range(first, first + span[1]):
        words[i] = -2 * i - 3 - side


def _blocks(left: list[int], right: list[int]) -> list[tuple[int, int, int]]:
    """Return the runs of equal words of the best alignment: place in either list, size."""
    return [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(left, right)
        if op.tag == "equal" and op.src_end - op.src_start >= LEAST
    ]


def _stretches(blocks: list[Block]) -> list[Stretch]:
    groups: list[list[Block]] = []
    for block in blocks:
        if groups:
            last = groups[-1][-1]
            if block.a - last.a - last.size <= BRIDGE and block.b - last.b - last.size <= BRIDGE:
                groups[-1].append(block)
                continue
        groups.append([block])
    return [Stretch(tuple(group)) for group in groups if max(block.size for block in group) >= ANCHOR]


def _turned(stretch: Stretch) -> Stretch:
    return Stretch(tuple(Block(block.b, block.a, block.size) for block in stretch.blocks))


def covered(stretches: list[Stretch], side: str, length: int) -> Flags:
    """Return which of `length` words on `side` ("a" or "b") lie in a block of the stretches."""
    flags = np.zeros(length, dtype=bool)
    for stretch in stretches:
        for block in stretch.blocks:
            at = block.a if side == "a" else block.b
            flags[at : at + block.size] = True
    return flags
