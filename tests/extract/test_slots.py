"""Who did what to whom, where, when: slots of whole sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from secondsource.extract.parse import Clause
from secondsource.extract.slots import SlotContext, read_slots


def slots(parser, text):
    tree = parser.tree(text)
    root = next(i for i in range(len(tree.words)) if tree.head[i] == i)
    clause = Clause(tree, tuple(range(len(tree.words))), root, (0, len(tree.words)))
    return read_slots(clause, SlotContext.of(tree, date(2016, 10, 5)))


def test_active_voice(parser):
    read = slots(parser, "Norvian troops captured the airport on Monday.")
    assert (read.actor, read.action, read.patient) == ("Norvian troops", "capture", "airport")
    assert read.time == (date(2016, 10, 3), date(2016, 10, 3))


def test_passive_voice_turns_the_roles(parser):
    read = slots(parser, "The airport was captured by Norvian troops.")
    assert (read.actor, read.action, read.patient) == ("Norvian troops", "capture", "airport")


def test_who_dies_is_no_actor(parser):
    read = slots(parser, "Three miners died in the explosion.")
    assert (read.actor, read.action, read.patient) == (None, "die", "Three miners")


def test_a_particle_belongs_to_the_action(parser):
    assert slots(parser, "Rebels shot down a helicopter.").action == "shoot down"


def test_a_light_verb_gives_way_to_the_happening(parser):
    assert slots(parser, "The army launched an offensive in June.").action == "offensive"


def test_a_pronoun_is_nobody(parser):
    assert slots(parser, "They attacked the village.").actor is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shells hit the village of Tarvak in Brennik province.", "Tarvak"),
        ("Fighting broke out near Nairobi on Sunday.", "Nairobi"),
        ("A bomb exploded in Kenya.", "Kenya"),
        ("Floods hit Khartoum in Sudan.", "Khartoum"),
        ("The president praised the doctors.", None),
        ("Obama and Merkel met the press.", None),
    ],
)
def test_the_most_specific_place(parser, text, place):
    assert slots(parser, text).place == place


def test_a_weekday_in_a_plan_lies_ahead(parser):
    read = slots(parser, "The ministers will meet on Saturday.")
    assert read.time == (date(2016, 10, 8), date(2016, 10, 8))


def test_an_empty_body_has_empty_slots(parser):
    tree = parser.tree("")
    assert SlotContext.of(tree, None).settings == ()
