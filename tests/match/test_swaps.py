import pytest

from secondsource.match.swaps import alternatives, parts_of_names, unnamed
from secondsource.match.told import terms
from secondsource.match.who import actors_in
from secondsource.match.words import read_words


def _text(text):
    words = read_words(text)
    return words, parts_of_names(words, actors_in(text), 0)


def _swaps(claim, told):
    near = terms(read_words(told))
    return [
        (s.slot, s.claimed.form, s.told.form, s.held) for s in alternatives(_text(claim), _text(told), near)
    ]


@pytest.mark.parametrize(
    ("claim", "told", "swap"),
    [
        ("A shell hit a school.", "A shell hit the hospital.", ("place", "school", "hospital")),
        ("Rebels massed along the eastern edges.", "Rebels massed along the western edges and push east.",
         ("place", "eastern", "western")),
        ("He was jailed for fraud.", "He was jailed for murder.", ("reason", "fraud", "murder")),
    ],
)  # fmt: skip
def test_a_word_of_the_same_group_in_the_same_place_stands_for_the_claimed_one(claim, told, swap):
    assert (*swap, True) in _swaps(claim, told)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("A shell hit a school in Orvel.", "A shell hit a school and a hospital in Orvel."),
        ("A shell hit a school and a hospital.", "A shell hit a hospital."),
        ("A clinic burned.", "A hospital burned."),
    ],
)
def test_what_both_tell_is_no_swap(claim, told):
    assert not [swap for swap in _swaps(claim, told) if swap[3]]


def test_what_an_actor_is_called_is_no_means():
    assert ("means", "air", "shells", True) in _swaps("Two died in air raids.", "Two died in shells raids.")
    assert not _swaps("An air force pilot died.", "A shelling pilot died.")


def test_a_kind_of_building_must_be_named_somewhere_near():
    claim = read_words("A bomb at a hospital in Orvel killed two.")
    assert [w.form for w in unnamed(claim, terms(read_words("Two died in Orvel.")))] == ["hospital"]
    assert not unnamed(claim, terms(read_words("Two died when the clinic burned.")))
