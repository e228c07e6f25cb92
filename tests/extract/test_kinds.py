"""Kind and certainty of clauses of our own."""

from __future__ import annotations

import pytest

from secondsource.extract.kinds import certainty_of, kind_of, signs
from secondsource.extract.parse import Clause
from secondsource.model import Certainty, Kind


def clause(parser, text):
    tree = parser.tree(text)
    root = next(i for i in range(len(tree.words)) if tree.head[i] == i)
    return Clause(tree, tuple(range(len(tree.words))), root, (0, len(tree.words)))


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army captured the town.", Certainty.ASSERTED),
        ("The army reportedly captured the town.", Certainty.HEDGED),
        ("The death toll may rise.", Certainty.HEDGED),
        ("The pilot is believed to have survived.", Certainty.HEDGED),
        ("Gunmen appear to have fled.", Certainty.HEDGED),
        ("The ministry denied the attack.", Certainty.DENIED),
        ("There was no evidence of a leak.", Certainty.DENIED),
        ("The talks will fail if the shelling goes on.", Certainty.CONDITIONAL),
        # a hedge inside a phrase does not weaken the clause
        ("Two doctors died on Monday at the site of a suspected leak.", Certainty.ASSERTED),
    ],
)
def test_certainty(parser, text, certainty):
    assert certainty_of(clause(parser, text))[0] is certainty


def test_the_condition_is_told_apart(parser):
    text = "The talks will fail if the shelling goes on."
    found = certainty_of(clause(parser, text))[1]
    assert [text[a:b] for a, b in found] == ["if the shelling goes on"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A bomb killed 13 people in the market on Monday.", Kind.EVENT),
        ("The toll is expected to rise in the coming days.", Kind.FORECAST),
        ("The group vowed to recapture the town.", Kind.INTENTION),
    ],
)
def test_kind(parser, text, kind):
    assert kind_of(clause(parser, text)) is kind


def test_signs_are_sorted_and_named(parser):
    shown = signs(clause(parser, "The conflict has killed 40,000 people since 2011."))
    assert list(shown) == sorted(set(shown))
    assert {"year", "large", "perfect"} <= set(shown)
