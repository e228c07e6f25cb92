from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import report, story

from secondsource.trace import rarities_of
from secondsource.trace.rare import FIGURE, PHRASE, SPELLING, Rarity


def _pile(*sentences: str):
    return [report(f"r{i}", [*story(i, 2), text]) for i, text in enumerate(sentences)]


def test_a_shared_odd_spelling_is_listed_with_the_usual_one() -> None:
    pile = _pile(*["They met in Kallomare at noon."] * 3, *["Rain fell on Kalomarre."] * 2)
    assert Rarity(SPELLING, "kalomarre", "kallomare", ("r3", "r4")) in rarities_of(pile)


def test_one_odd_spelling_alone_proves_nothing() -> None:
    pile = _pile(*["They met in Kallomare at noon."] * 3, "Rain fell on Kalomarre.")
    assert not [r for r in rarities_of(pile) if r.kind == SPELLING]


def test_a_shared_other_figure_is_listed_and_the_usual_one_is_not() -> None:
    pile = _pile(*["It sank with 41 sailors."] * 3, *["Lost were 14 sailors."] * 2)
    assert [r for r in rarities_of(pile) if r.kind == FIGURE] == [
        Rarity(FIGURE, "14 sailors", "41 sailors", ("r3", "r4"))
    ]


def test_an_unusual_phrase_is_listed_unless_it_is_quoted_or_many_have_it() -> None:
    phrase = "like a kettle left alone on Sunday"
    pile = _pile(f"It hissed {phrase}.", f"The valve whistled {phrase}, twice.", "Nobody heard it.")
    assert [r.words for r in rarities_of(pile) if r.kind == PHRASE] == [phrase.lower()]
    quoted = _pile(f'"It hissed {phrase}," he said.', f'She said: "A valve {phrase}."', "Nobody heard it.")
    assert not [r for r in rarities_of(quoted) if r.kind == PHRASE]
    assert not [r for r in rarities_of(_pile(*[f"It hissed {phrase}."] * 4)) if r.kind == PHRASE]


def test_what_known_copies_share_is_no_news() -> None:
    pile = _pile(*["They met in Kallomare at noon."] * 3, *["Rain fell on Kalomarre."] * 2)
    assert rarities_of(pile)
    assert not rarities_of(pile, {frozenset(("r3", "r4")), frozenset(("r0", "r1"))})


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_reports_does_not_matter(rng) -> None:
    pile = _pile(*["Lost in Kallomare were 41 sailors."] * 3, *["In Kalomarre 14 sailors were lost."] * 2)
    expected = rarities_of(pile)
    rng.shuffle(pile)
    assert rarities_of(pile) == expected
