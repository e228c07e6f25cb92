"""Which words of two reports are the same copy: word alignment, light edits bridged, moved text found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from secondsource.trace.fingerprint import Codes

ANCHOR = 5  # words in a row that a stretch must hold
LEAST = 3  # words in a row that count inside a stretch
BRIDGE = 4  # words changed or added in either text that a stretch runs over
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


def align(a: Codes, b: Codes) -> list[Stretch]:
    """Return the passages that two word sequences share, in order of the first.

    Each word is in one passage at most. The order of arguments changes nothing but sides.
    """
    if len(a) > len(b) or (len(a) == len(b) and a.tolist() > b.tolist()):
        return sorted((_turned(s) for s in _align(b, a)), key=lambda s: s.a)
    return _align(a, b)


def _align(a: Codes, b: Codes) -> list[Stretch]:
    left, right = a.tolist(), b.tolist()
    found: list[Stretch] = []
    for round_ in range(PASSES):
        new = _stretches(_blocks(left, right))
        if not new:
            break
        found += new
        for block in (block for stretch in new for block in stretch.blocks):
            _take_out(left, block.a, block.size, 0)
            _take_out(right, block.b, block.size, 1)
        if round_ == 0 and sum(block.size for s in new for block in s.blocks) > 0.95 * len(a):
            break
    return sorted(found, key=lambda s: s.a)


def _take_out(words: list[int], at: int, size: int, side: int) -> None:
    """Replace matched words by negative numbers, which equal no code and no other."""
    words[at : at + size] = [-2 * position - 1 - side for position in range(at, at + size)]


def _blocks(left: list[int], right: list[int]) -> list[Block]:
    return [
        Block(op.src_start, op.dest_start, op.src_end - op.src_start)
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
