from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.trace.align import ANCHOR, Text, align, covered, text_of
from secondsource.trace.fingerprint import grams_of

WORDS = st.lists(st.integers(0, 12), max_size=60)


def _codes(words: list[int]) -> Text:
    codes = np.array(words, dtype=np.int64)
    return text_of(codes, grams_of(codes))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_blocks_are_equal_words_and_never_overlap(a: list[int], b: list[int]) -> None:
    stretches = align(_codes(a), _codes(b))
    blocks = [block for stretch in stretches for block in stretch.blocks]
    assert all(a[x.a : x.a + x.size] == b[x.b : x.b + x.size] for x in blocks)
    for words, side in ((a, "a"), (b, "b")):
        assert covered(stretches, side, len(words)).sum() == sum(block.size for block in blocks)
    assert all(max(block.size for block in stretch.blocks) >= ANCHOR for stretch in stretches)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_turning_the_pair_turns_the_blocks(a: list[int], b: list[int]) -> None:
    one = {(x.a, x.b, x.size) for s in align(_codes(a), _codes(b)) for x in s.blocks}
    two = {(x.b, x.a, x.size) for s in align(_codes(b), _codes(a)) for x in s.blocks}
    assert one == two


def test_moved_text_is_found() -> None:
    first, second = list(range(100, 120)), list(range(200, 220))
    stretches = align(_codes(first + second), _codes(second + first))
    assert covered(stretches, "a", 40).all()


def test_a_changed_word_is_in_no_block() -> None:
    words = list(range(100, 120))
    other = [*words[:10], 7, *words[11:]]
    (stretch,) = align(_codes(words), _codes(other))
    assert [(x.a, x.size) for x in stretch.blocks] == [(0, 10), (11, 9)]


def test_chance_runs_are_no_copy() -> None:
    assert align(_codes([1, 2, 3, 4, 9, 9, 8]), _codes([5, 1, 2, 3, 4, 7, 6])) == []
