from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.trace.align import ANCHOR, BRIDGE, LEAST, Blocks, Texts, align, ranges

WORDS = st.lists(st.integers(0, 12), max_size=60)


def _texts(*texts: list[int]) -> Texts:
    codes = np.array([word for text in texts for word in text], dtype=np.int64)
    return Texts(codes * 0x9E3779B97F4A7 + 1, np.cumsum([0, *map(len, texts)]))


def _align(one: list[int], other: list[int]) -> list[tuple[int, int, int, int]]:
    """Return the blocks of two texts: place in either, size, stretch."""
    found = align(_texts(one, other), np.array([0]), np.array([1]))
    columns = (found.a, found.b - len(one), found.size, found.stretch)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_blocks_are_equal_words_and_never_overlap(one: list[int], other: list[int]) -> None:
    blocks = _align(one, other)
    assert all(one[a : a + size] == other[b : b + size] for a, b, size, _ in blocks)
    assert all(size >= LEAST for _, _, size, _ in blocks)
    for side in (0, 1):
        held = [block[side] + word for block in blocks for word in range(block[2])]
        assert len(held) == len(set(held))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_stretches_hold_an_anchor_and_bridge_few_words(one: list[int], other: list[int]) -> None:
    blocks = _align(one, other)
    for number in {stretch for *_, stretch in blocks}:
        own = [block for block in blocks if block[3] == number]
        assert max(size for _, _, size, _ in own) >= ANCHOR
        for (a, b, size, _), (next_a, next_b, _, _) in pairwise(own):
            assert 0 <= next_a - a - size <= BRIDGE
            assert 0 <= next_b - b - size <= BRIDGE


@given(WORDS, WORDS)
@settings(deadline=None)
def test_turning_the_pair_turns_the_blocks(one: list[int], other: list[int]) -> None:
    turned = {(a, b, size) for b, a, size, _ in _align(other, one)}
    assert {block[:3] for block in _align(one, other)} == turned


@given(st.lists(WORDS, min_size=2, max_size=5))
@settings(deadline=None)
def test_pairs_aligned_together_are_aligned_as_if_alone(texts: list[list[int]]) -> None:
    pairs = [(a, b) for a in range(len(texts)) for b in range(len(texts)) if a != b]
    together = _texts(*texts)
    found = align(together, *(np.array(side) for side in zip(*pairs, strict=True)))
    starts = together.bounds
    for number, (a, b) in enumerate(pairs):
        own = found.pair == number
        columns = (found.a[own] - starts[a], found.b[own] - starts[b], found.size[own])
        blocks = set(zip(*(column.tolist() for column in columns), strict=True))
        assert blocks == {block[:3] for block in _align(texts[a], texts[b])}


def test_a_text_without_repeats_is_found_whole_within_another() -> None:
    words = list(range(100, 160))
    assert _align(words, [*range(40), *words, *range(50, 90)]) == [(0, 40, 60, 0)]


def test_moved_text_is_found() -> None:
    first, second = list(range(100, 120)), list(range(200, 220))
    assert [block[:3] for block in _align(first + second, second + first)] == [(0, 20, 20), (20, 0, 20)]


def test_a_name_that_stands_elsewhere_is_no_moved_text() -> None:
    name, story = [1, 2, 3, 4, 5], list(range(100, 130))
    assert [block[:3] for block in _align([*name, 7, 8, *story], [*story, 9, 10, 11, 12, 13, *name])] == [
        (7, 0, 30)
    ]
    assert [block[2] for block in _align([*name, 7, 8, *story], [*name, 9, 10, *story])] == [5, 30]


def test_a_changed_word_is_in_no_block() -> None:
    words = list(range(100, 120))
    assert _align(words, [*words[:10], 7, *words[11:]]) == [(0, 0, 10, 0), (11, 11, 9, 0)]


def test_short_runs_beside_a_stretch_belong_to_it() -> None:
    one = [1, 2, 3, 50, 51, 10, 11, 12, 13, 14, 15, 52, 20, 21, 22, 53, 30, 31, 32, 33]
    other = [1, 2, 3, 60, 10, 11, 12, 13, 14, 15, 61, 62, 63, 20, 21, 22, 30, 31, 32, 33]
    found = _align(one, other)
    assert [block[2] for block in found] == [3, 6, 3, 4]
    assert {block[3] for block in found} == {0}


def test_the_longer_of_two_copies_of_a_headline_is_the_match() -> None:
    headline, more = list(range(10, 18)), list(range(30, 45))
    assert _align([*headline, 1, 2, 3, 4, 5, 6, 7, *headline, *more], [*headline, *more]) == [(15, 0, 23, 0)]


def test_chance_runs_are_no_copy() -> None:
    assert _align([1, 2, 3, 4, 9, 9, 8], [5, 1, 2, 3, 4, 7, 6]) == []


def test_no_pairs_share_nothing() -> None:
    none = np.empty(0, dtype=np.int64)
    found = align(_texts([1, 2], []), none, none)
    assert isinstance(found, Blocks)
    assert not len(found.size)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=12))
def test_ranges_count_up_from_each_start(asked: list[tuple[int, int]]) -> None:
    starts, counts = (
        (np.array(column, dtype=np.int64) for column in zip(*asked, strict=True))
        if asked
        else (np.empty(0, np.int64), np.empty(0, np.int64))
    )
    assert ranges(starts, counts).tolist() == [start + i for start, count in asked for i in range(count)]
