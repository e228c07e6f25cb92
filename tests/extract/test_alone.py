"""Claims said by themselves, and chains that name only who can speak; all texts invented."""

from __future__ import annotations

from datetime import date

import pytest

from secondsource.extract import Extractor
from secondsource.model import Kind, Mention, Report, Section, SectionRole

WEDNESDAY = date(2021, 3, 10)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def read(extractor: Extractor, text: str) -> tuple[Mention, ...]:
    sections = (Section(SectionRole.BODY, (0, len(text))),)
    return extractor.mentions(Report("r1", "d", text, sections, published=WEDNESDAY))


def the_one(extractor: Extractor, text: str, words: str) -> Mention:
    found = [m for m in read(extractor, text) if words in m.statement]
    assert len(found) == 1, [m.statement for m in read(extractor, text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The pump failed, its foreman, Colonel Petra Sund, said.", ["Colonel Petra Sund"]),
        ("The crane fell, said Vela Torn a member of the board of the port union.", ["Vela Torn"]),
        (
            "Mayor Irja Holm left. The shell fell at noon, said Holm, who sold bread.",
            ["Mayor Irja Holm"],
        ),
        (
            "Dano Reth, a spokesman for the pilots, said it sank. The pump failed, the spokesman said.",
            ["Dano Reth"],
        ),
    ],
)
def test_a_source_goes_by_its_name(extractor: Extractor, text: str, chain: list[str]) -> None:
    assert [link.name for link in read(extractor, text)[-1].links] == chain


@pytest.mark.parametrize(
    "text", ["Last week said it all: the harbour was lost.", "The attack said the truce was over."]
)
def test_what_cannot_speak_is_no_source(extractor: Extractor, text: str) -> None:
    assert all(not mention.links for mention in read(extractor, text))


def test_a_day_that_is_to_come_is_ahead(extractor: Extractor) -> None:
    coming = the_one(extractor, "The council is to meet in Tarn on Friday.", "to meet")
    past = the_one(extractor, "The council met in Tarn on Friday.", "met")
    assert coming.slots.time == (date(2021, 3, 12), date(2021, 3, 12))
    assert "(2021-03-12)" in coming.statement
    assert past.slots.time == (date(2021, 3, 5), date(2021, 3, 5))


def test_a_day_that_recurs_is_no_day(extractor: Extractor) -> None:
    assert the_one(extractor, "The market is held on the quay each Sunday.", "market").slots.time is None


def test_the_day_of_saying_is_not_the_day_of_what_is_said(extractor: Extractor) -> None:
    text = "“Nine boats sank in the storm,” Mayor Irja Holm said on Wednesday."
    assert the_one(extractor, text, "Nine boats").slots.time is None


def test_an_indirect_question_is_no_claim(extractor: Extractor) -> None:
    assert read(extractor, "The ministry did not say how many people were hurt.") == ()


def test_a_pronoun_in_a_quotation_stays_open(extractor: Extractor) -> None:
    text = "The crews had left the piers. “They have won a dock without cranes,” Dano Reth said."
    mention = the_one(extractor, text, "won a dock")
    assert mention.statement.startswith("They")
    assert not mention.self_contained


def test_a_pronoun_before_a_source_is_not_the_source(extractor: Extractor) -> None:
    text = "The navy left the port in May. It has since lost three boats, according to the harbour office."
    assert the_one(extractor, text, "three boats").statement.startswith("The navy has since lost")


def test_a_source_goes_on_about_itself(extractor: Extractor) -> None:
    text = "The navy said that a gun had gone off and that it was looking into the matter."
    assert the_one(extractor, text, "looking").statement == "the navy was looking into the matter"


def test_a_clause_stands_without_the_word_that_hung_it_on_another(extractor: Extractor) -> None:
    text = "The guards left the tower when the first shell fell into the ice store."
    assert the_one(extractor, text, "ice store").statement.startswith("the first shell fell")


def test_what_the_source_goes_on_to_do_is_not_denied(extractor: Extractor) -> None:
    text = "The ministry denied that the navy had fired on the ferry and blamed the pilots for the wreck."
    blaming = the_one(extractor, text, "blamed")
    assert blaming.certainty.value == "asserted"
    assert blaming.statement.startswith("The ministry blamed")


@pytest.mark.parametrize(
    "text",
    ["Nurses boil water on a camping stove.", "The Harbour Union did not comment.", "The taps are dry."],
)
def test_nothing_is_a_forecast_without_a_sign_of_what_is_to_come(extractor: Extractor, text: str) -> None:
    assert all(mention.kind is not Kind.FORECAST for mention in read(extractor, text))
