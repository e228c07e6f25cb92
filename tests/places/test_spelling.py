"""Alignment: letters that romanisations exchange, and words and endings that may lack."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondsource.places.spelling import aligned, coded, exchanges, letter_groups, steps

_names = st.text("abcdehiknostuy ", max_size=14)


def test_letter_groups_are_the_longest_and_double_consonants_one():
    model = exchanges()
    names = {code: name for name, code in model.groups.items()}
    codes = letter_groups("shchukhatta", model.groups, model.longest)
    assert [names[code] for code in codes] == ["shch", "u", "kh", "a", "t", "a"]


def test_a_kind_of_settlement_costs_little_and_another_word_much():
    near, far = aligned("Marua", ("Gorod Marua", "Kepler Marua"))
    assert near > far


def test_an_ending_written_onto_the_name_may_lack():
    assert [part for *_, part in coded("Akabanemachi").ends] == ["machi"]


@given(_names, _names)
def test_the_steps_add_up_to_the_alignment(one, other):
    told = sum(step.odds for step in steps(coded(one), coded(other)))
    assert abs(told - float(aligned(one, (other,))[0])) < 1e-3
