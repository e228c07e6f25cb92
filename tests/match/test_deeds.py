"""Who did the claim's own deed: names of groups are those of the lexicon, what they do is invented."""

from dataclasses import replace
from datetime import date

import pytest

from secondsource.match import Told, count_words
from secondsource.match.asked import Asked
from secondsource.match.compare import compare
from secondsource.match.deeds import other_culprit, other_owner, told_alike, unnamed_doer
from secondsource.model import Claim, Link, Mention, Report, Slots, SourceKind

CLAIM = "Hezbollah killed the ferry pilot taken near Orvel."


def mention(text, start, slots):
    span = (start, start + len(text))
    return Mention(f"r#{start}", "r", (span,), span, text, slots=slots)


def asked():
    slots = Slots(actor="Hezbollah", action="kill", patient="ferry pilot")
    return Asked(Claim("c", CLAIM, mention(CLAIM, 0, slots)))


def told(*sentences):
    """Return a report of sentences, each with who killed the pilot in it (None if it does not say)."""
    body, mentions = "", []
    for text, actor in sentences:
        mentions.append(mention(text, len(body), Slots(actor=actor, action="kill", patient="pilot")))
        body += text + " "
    return Told(Report("r", "d", body, ()), tuple(mentions))


def against(report, number=0):
    return [conflict.told for conflict in other_culprit(asked(), report, report.passages[number])]


def test_another_doer_of_the_deed_stands_against_the_claim():
    assert against(told(("The Taliban killed the pilot.", "Taliban"))) == ["Taliban"]


def test_the_doer_may_be_told_in_another_sentence():
    report = told(("The pilot was killed at noon.", None), ("The Taliban killed the pilot.", "Taliban"))
    assert against(report) == ["Taliban"]


def test_a_doer_is_known_by_whose_man_he_is():
    assert against(told(("A fighter from the Taliban killed the pilot.", "fighter"))) == ["Taliban"]


def test_nothing_stands_against_a_claim_that_the_report_also_tells():
    report = told(("The Taliban killed the pilot.", "Taliban"), ("Hezbollah killed the pilot.", "Hezbollah"))
    assert against(report) == []


def test_a_group_without_a_name_is_not_known_to_be_the_claimed_one():
    assert unnamed_doer(asked(), told(("Militants killed the pilot.", "Militants")).passages[0])
    assert not unnamed_doer(asked(), told(("Hezbollah killed the pilot.", "Hezbollah")).passages[0])
    assert not unnamed_doer(asked(), told(("The pilot was killed.", None)).passages[0])


@pytest.mark.parametrize(
    ("source", "unnamed"),
    [("harbour board spokeswoman Ann Reed", True), ("Hezbollah spokesman", False), ("a pilot", False)],
)
def test_it_is_the_house_of_the_spokesman_who_speaks(source, unnamed):
    passage = told(("it killed the ferry pilot taken near Orvel", None)).passages[0]
    links = (Link(source, SourceKind.OFFICIAL, (0, 0)),)
    spoken = replace(passage, mentions=tuple(replace(m, links=links) for m in passage.mentions))
    assert unnamed_doer(asked(), spoken) is unnamed


def owners(claimed, body):
    statement = Asked(Claim("c", claimed, mention(claimed, 0, Slots())))
    report = told((body, None))
    comparison = compare(statement, report, 0, count_words([report]))
    return [(c.claimed, c.told) for c in other_owner(statement, report.passages[0], comparison)]


def test_a_deed_that_is_anothers_stands_against_its_claimed_owner():
    by = "Air raids by the Taliban on Orvel wounded four miners."
    assert owners("Hezbollah air raids on Orvel wounded four miners.", by) == [("Hezbollah", "Taliban")]
    assert owners("Taliban air raids on Orvel wounded four miners.", by) == []
    assert owners("Hezbollah raids were feared.", by) == []


DAY, NEXT = date(2031, 5, 3), date(2031, 5, 4)


@pytest.mark.parametrize(
    ("changed", "alike"),
    [
        ({}, True),
        ({"actor": "Taliban fighters"}, False),
        ({"patient": "the hill"}, False),
        ({"action": "shelled"}, False),
        ({"time": (NEXT, NEXT)}, False),
    ],
)
def test_the_same_act_done_to_the_same_by_no_other_on_that_day_is_the_claimed_deed(changed, alike):
    text = "Hezbollah captured the stone bridge."
    mine = Slots(actor="Hezbollah", action="captured", patient="stone bridge", time=(DAY, DAY))
    statement = Asked(Claim("c", text, mention(text, 0, mine)))
    body = "It told what was done."
    theirs = replace(mine, **{"actor": "Hezbollah fighters", "patient": "the old bridge", **changed})
    report = Told(Report("r", "d", body, ()), (mention(body, 0, theirs),))
    assert told_alike(statement, report, report.passages[0]) is alike
