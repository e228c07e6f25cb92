"""Which words of two reports are the same copy: word alignment, light edits bridged, moved text found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from secondsource.trace.fingerprint import Codes, Flags, grams_of

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


def align(a: Codes, b: Codes, grams: tuple[Codes, Codes] | None = None) -> list[Stretch]:
    """Return the passages that two word sequences share, in order of the first.

    Each word is in one passage at most. The order of arguments changes nothing but sides.
    `grams` are the sequences' `grams_of`, worked out if not given.
    """
    left, right = grams or (grams_of(a), grams_of(b))
    if len(a) > len(b) or (len(a) == len(b) and a.tolist() > b.tolist()):
        return sorted((_turned(s) for s in _align(b, a, (right, left))), key=lambda s: s.a)
    return _align(a, b, (left, right))


def _align(a: Codes, b: Codes, grams: tuple[Codes, Codes]) -> list[Stretch]:
    hits = np.isin(grams[0], grams[1]), np.isin(grams[1], grams[0])
    if not hits[0].any():
        return []
    (left, places_a), (right, places_b) = _window(a, hits[0], -1), _window(b, hits[1], -2)
    found: list[Stretch] = []
    for _ in range(PASSES):
        blocks = [Block(places_a[x], places_b[y], size) for x, y, size in _blocks(left, right)]
        new = _stretches(blocks)
        if not new:
            break
        found += new
        taken = (covered(found, "a", len(a)), covered(found, "b", len(b)))
        if not any(_open(hit, flags) for hit, flags in zip(hits, taken, strict=True)):
            break
        for words, places, flags, side in ((left, places_a, taken[0], 0), (right, places_b, taken[1], 1)):
            for i, place in enumerate(places):
                if place >= 0 and flags[place]:
                    words[i] = -4 * i - 5 - side  # matched words equal no code and no other
    return sorted(found, key=lambda s: s.a)


def _window(codes: Codes, hits: Flags, sign: int) -> tuple[list[int], list[int]]:
    """Return the words near a shared 5-gram with their places; a lone negative number parts two windows."""
    edges = np.zeros(len(codes) + 1, dtype=np.int64)
    at = np.flatnonzero(hits)
    np.add.at(edges, np.maximum(0, at - AROUND), 1)
    np.add.at(edges, np.minimum(len(codes), at + ANCHOR + AROUND), -1)
    places = np.flatnonzero(np.cumsum(edges[:-1]) > 0)
    gaps = np.flatnonzero(np.diff(places) > 1) + 1
    words = np.insert(codes[places], gaps, sign)
    return words.tolist(), np.insert(places, gaps, -1).tolist()


def _open(hits: Flags, taken: Flags) -> bool:
    """Tell whether a shared 5-gram has no word in a passage yet."""
    free = hits.copy()
    for j in range(ANCHOR):
        free &= ~taken[j : j + len(hits)]
    return bool(free.any())


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


def covered(stretches: list[Stretch], side: str, length: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which of `length` words on `side` ("a" or "b") lie in a block of the stretches."""
    flags = np.zeros(length, dtype=bool)
    for stretch in stretches:
        for block in stretch.blocks:
            at = block.a if side == "a" else block.b
            flags[at : at + block.size] = True
    return flags
