"""Quantities: what is counted, how many, what happened to it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extract.numerals import numerals
from secondsource.extract.slots import SlotContext

from .quantity_cases import CASES


def read(parser, text):
    tree = parser.tree(text)
    context = SlotContext.of(tree, date(2016, 10, 5))
    found = [one.quantity for sentence in tree.sentences for one in context.quantities(sentence)]
    return [(q.low, q.high, q.unit, q.of) for q in found]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:50] for text, _ in CASES])
def test_quantities_of_a_sentence(parser, text, wanted):
    assert read(parser, text) == wanted


@given(number=st.integers(min_value=2, max_value=1899))
def test_any_plain_figure_is_read_as_itself(parser, number):
    assert read(parser, f"The blast killed {number} people.") == [(number, number, "people", "killed")]


@given(low=st.integers(min_value=2, max_value=400), more=st.integers(min_value=1, max_value=400))
def test_a_range_keeps_both_ends(parser, low, more):
    found = read(parser, f"Between {low} and {low + more} people were killed.")
    assert found == [(low, low + more, "people", "killed")]


def test_an_open_interval_has_no_other_end(parser):
    tree = parser.tree("at least 20 or up to 50")
    assert [(n.low, n.high) for n in numerals(tree, 0, len(tree.words))] == [(20, None), (None, 50)]


def test_a_number_inside_a_date_counts_nothing(parser):
    assert read(parser, "It happened on 3 October 2016 and on 15-02-2016.") == []
