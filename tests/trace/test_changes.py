from __future__ import annotations

import pytest
from invented import report, story

from secondsource.trace.changes import ADDED, ALTERED, CUT, Change, changes

LEAD = "Carts blocked the toll road near Lomia on market day while the reeve looked on from his porch."


def _changed(before: str, after: str) -> list[Change]:
    text = story(1, 4)
    return list(changes(report("a", [*text, before]), report("b", [*text, after])))


def test_an_unaltered_reprint_changed_nothing() -> None:
    assert changes(report("a", story(1)), report("b", story(1))) == ()


def test_cut_and_added_sentences_are_listed_whole() -> None:
    text = story(1, 6)
    found = changes(report("a", text), report("b", [*text[:2], LEAD, *text[3:]]))
    assert found == (Change(CUT, text[2][:-1], ""), Change(ADDED, "", LEAD[:-1]))


@pytest.mark.parametrize(
    ("before", "after", "kind", "words"),
    [
        (
            "The shots may have been fired from the mill on the north bank of the river.",
            "The shots were fired from the mill on the north bank of the river.",
            "hedge-dropped",
            ("may have been", "were"),
        ),
        (
            "The reeve ordered the gates to be shut before the fair began on market day.",
            "The reeve allegedly ordered the gates to be shut before the fair began on market day.",
            "hedge-added",
            ("", "allegedly"),
        ),
        (
            "The flood drowned 18 people in the lower town and swept away both of its bridges.",
            "The flood drowned 58 people in the lower town and swept away both of its bridges.",
            "number-changed",
            ("18", "58"),
        ),
        (
            "The flood drowned twelve people in the lower town and swept away both of its bridges.",
            "The flood drowned ninety people in the lower town and swept away both of its bridges.",
            "number-changed",
            ("twelve", "ninety"),
        ),
        (
            "On Monday rebels entered the lower town and took both of its bridges without a fight.",
            "On Monday terrorists entered the lower town and took both of its bridges without a fight.",
            "group-renamed",
            ("rebels", "terrorists"),
        ),
        (
            "The flood drowned cattle in the lower town and swept away both of its bridges.",
            "The flood drowned horses in the lower town and swept away both of its bridges.",
            ALTERED,
            ("cattle", "horses"),
        ),
    ],
)
def test_an_altered_sentence_says_what_was_altered(
    before: str, after: str, kind: str, words: tuple[str, str]
) -> None:
    (change,) = _changed(before, after)
    assert change.kind == kind
    assert words[0] in change.before
    assert change.before in before
    assert words[1] in change.after
    assert change.after in after


def test_small_words_alone_are_no_change() -> None:
    assert _changed(LEAD, LEAD.replace("on market day", "at market day")) == []
