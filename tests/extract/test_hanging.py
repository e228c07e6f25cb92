"""Clauses that hang on another by time, and days that count from one told before; sentences of our own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from secondsource.extract import Extractor
from secondsource.extract.hanging import lag, opener
from secondsource.model import Certainty, Report, Section, SectionRole

PRINTED = date(2031, 5, 9)  # a Friday


def mentions(body):
    sections = (Section(SectionRole.BODY, (0, len(body))),)
    return Extractor().mentions(Report("r", "d", body, sections, published=PRINTED))


def of(found, words):
    return next(one for one in found if words in one.statement)


@pytest.mark.parametrize(
    ("text", "verb", "opens", "days"),
    [
        ("The dam broke three days after the engineers left the valley.", "left", "after", -3),
        ("The dam broke two weeks after the engineers left the valley.", "left", "after", -14),
        ("The dam broke hours after the engineers left the valley.", "left", "after", 0),
        ("The dam broke several months after the engineers left the valley.", "left", "after", None),
        ("The dam broke after the engineers left the valley.", "left", "after", None),
    ],
)
def test_a_clause_says_how_long_before_another_it_is(parser, text, verb, opens, days):
    tree = parser.tree(text)
    at = tree.words.index(verb)
    assert tree.lower[opener(tree, at)] == opens
    assert lag(tree, at) == (None if days is None else timedelta(days=days))


def test_what_was_before_is_a_proposition_of_its_own_day():
    found = mentions("The dam at Velm broke on Thursday, three days after the engineers left the valley.")
    assert of(found, "broke").slots.time == (date(2031, 5, 8), date(2031, 5, 8))
    left = of(found, "left the valley")
    assert left.statement == "the engineers left the valley"
    assert left.slots.time == (date(2031, 5, 5), date(2031, 5, 5))


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("the same evening", date(2031, 5, 6)),
        ("the next day", date(2031, 5, 7)),
        ("the night before", date(2031, 5, 5)),
    ],
)
def test_a_day_counts_from_the_one_told_last(phrase, day):
    found = mentions(f"The dam at Velm broke on Tuesday. Two villages were flooded {phrase}.")
    assert of(found, "flooded").slots.time == (day, day)


def test_without_a_day_before_it_there_is_none_to_count_from():
    assert of(mentions("Two villages were flooded the same evening."), "flooded").slots.time is None


def test_the_day_on_which_something_was_said_is_no_day_to_count_from():
    body = "The dam at Velm broke on Tuesday, the mayor said on Thursday. Farms were flooded the next day."
    assert of(mentions(body), "flooded").slots.time == (date(2031, 5, 7), date(2031, 5, 7))


def test_what_nobody_did_is_denied_by_who_says_so():
    (mention,) = mentions("“No engineer of the company left the valley,” the ministry said in a statement.")
    assert mention.certainty is Certainty.DENIED
    assert mention.statement.startswith("No engineer")
