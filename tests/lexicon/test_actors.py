"""Actors: names found in text, ambiguity kept, kinship told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from secondsource.lexicon.actors import actors, find, find_names, kinship, same, wholes


def named(text):
    return [(text[a:b], ids) for (a, b), ids in find(text)]


def test_names_by_country_are_made_by_pattern():
    assert named("Kenyan troops and the Peruvian government") == [
        ("Kenyan troops", ("KE:army",)),
        ("Peruvian government", ("PE:government",)),
    ]


def test_the_longest_name_wins():
    assert named("The UN Security Council met.") == [("UN Security Council", ("un-security-council",))]


def test_short_capitals_must_be_printed_in_capitals():
    assert named("He told us that it is so.") == []
    assert named("US officials") == [("US officials", ("US:government",))]


def test_an_ambiguous_name_stays_ambiguous():
    ids = dict(named("the RSF said"))["RSF"]
    assert ids == ("rapid-support-forces", "rsf-reporters")
    assert same(ids, ("rapid-support-forces",)) is None


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (("KE:army",), ("KE:army",), "same"),
        (("KE:army",), ("KE:government",), "part"),
        (("KE:army",), ("PE:army",), "other"),
        (("generic:army",), ("KE:army",), "maybe"),
        (("generic:army",), ("generic:rebels",), "other"),
        ((), ("KE:army",), "maybe"),
    ],
)
def test_kinship(one, other, relation):
    assert kinship(one, other) == relation
    assert kinship(other, one) == relation


def test_wholes_climb_to_the_state():
    assert wholes("KE:air-force") == ("KE:army", "KE:government", "KE")


def test_a_loaded_name_tells_whose_word_it_is():
    text = "The Kenyan regime and the Kenyan government"
    assert [(text[a:b], name.actor, name.side, name.loaded) for (a, b), (name,) in find_names(text)] == [
        ("Kenyan regime", "KE:government", "opponents", True),
        ("Kenyan government", "KE:government", "", False),
    ]


def test_possessives_are_the_same_name():
    assert [ids for _, ids in find("Hezbollah's men")] == [("hezbollah",)]


def test_every_whole_is_an_actor():
    known = actors().actors
    assert [a.id for a in known.values() if any(whole not in known for whole in a.part_of)] == []


def test_spans_do_not_overlap():
    spans = [
        span
        for span, _ in find_names(
            "The Syrian army and Russian warplanes hit Islamic State fighters near the UN base."
        )
    ]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
