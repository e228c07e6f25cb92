"""Mentions: one proposition each, under the chain that answers for it, said by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.extract import Extractor
from secondsource.model import Certainty, Mention, Report, Section, SectionRole, SourceKind

BODY = SectionRole.BODY


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def read(extractor: Extractor, text: str, published: date | None = date(2021, 3, 10)) -> tuple[Mention, ...]:
    return extractor.mentions(Report("r1", "d", text, (Section(BODY, (0, len(text))),), published=published))


def quote(text: str, mention: Mention) -> str:
    return " ".join(text[s:e] for s, e in mention.content)


def about(text: str, mentions: tuple[Mention, ...], words: str) -> Mention:
    found = [m for m in mentions if words in quote(text, m)]
    assert found, [quote(text, m) for m in mentions]
    return found[0]


def test_coordinated_clauses_are_split_and_share_their_subject(extractor: Extractor) -> None:
    text = "The storm flooded the port and it cut the railway. Rescuers left two villages and shut the dam."
    mentions = read(extractor, text)
    assert [quote(text, m) for m in mentions] == [
        "The storm flooded the port",
        "it cut the railway",
        "Rescuers left two villages",
        "shut the dam",
    ]
    assert mentions[3].statement == "Rescuers shut the dam"


def test_relative_clause_is_a_mention_of_its_own(extractor: Extractor) -> None:
    text = "The tanker, which left Port Velmar on Sunday, ran aground near Tarn."
    mentions = read(extractor, text)
    assert about(text, mentions, "ran aground").statement == "The tanker ran aground near Tarn"
    assert about(text, mentions, "left Port").statement.startswith("The tanker left Port Velmar on Sunday")


def test_condition_is_shared_and_out_of_content(extractor: Extractor) -> None:
    text = "The engineer said that if the rain goes on, the dam will break and the valley will be flooded."
    mentions = read(extractor, text)
    assert [quote(text, m) for m in mentions] == ["the dam will break", "the valley will be flooded"]
    for mention in mentions:
        assert mention.certainty is Certainty.CONDITIONAL
        assert [text[s:e] for s, e in mention.condition] == ["if the rain goes on"]
        assert mention.chain == ("engineer",)


def test_semicolon_ends_a_clause(extractor: Extractor) -> None:
    text = "The bridge is closed; the ferry runs twice a day."
    assert [quote(text, m) for m in read(extractor, text)] == [
        "The bridge is closed",
        "the ferry runs twice a day",
    ]


def test_chain_holds_the_outlet_that_was_told_and_keeps_it(extractor: Extractor) -> None:
    text = (
        "“The tunnel has caved in,” a foreman of the Tarn mine, who spoke on condition of anonymity for "
        "fear of losing his job, told Radio Velmar. According to the foreman, nine men are missing."
    )
    mentions = read(extractor, text)
    first, last = about(text, mentions, "caved in"), about(text, mentions, "nine men")
    assert first.chain == ("a foreman of the Tarn mine", "Radio Velmar")
    assert last.chain == first.chain
    assert last.source_kind is SourceKind.UNNAMED
    assert "for fear of losing his job" in first.links[0].note


def test_nested_speech_gives_a_chain_nearest_the_fact_first(extractor: Extractor) -> None:
    text = "State radio reported that the police had said that the bank was robbed."
    assert about(text, read(extractor, text), "bank was robbed").chain == ("police", "State radio")


def test_citing_puts_the_cited_source_next_to_the_fact(extractor: Extractor) -> None:
    text = "State radio reported that the talks had failed, citing two diplomats."
    assert about(text, read(extractor, text), "talks had failed").chain == ("two diplomats", "State radio")


@pytest.mark.parametrize(
    "later",
    ["The Observatory said", "The Britain-based monitor said", "The monitoring group said", "It said"],
)
def test_short_names_lead_back_to_the_full_name(extractor: Extractor, later: str) -> None:
    text = (
        f"The Lorian Observatory for Coastal Waters said oil had reached the bay. {later} the reef was dying."
    )
    assert about(text, read(extractor, text), "reef was dying").chain == (
        "Lorian Observatory for Coastal Waters",
    )


def test_surname_and_pronoun_lead_back_to_the_person(extractor: Extractor) -> None:
    text = (
        "Harbour pilot Marek Dovan said the buoy was dark. He said the crew had no chart. "
        "Dovan said the wreck blocks the channel."
    )
    mentions = read(extractor, text)
    assert {m.chain for m in mentions} == {("Harbour pilot Marek Dovan",)}
    assert {m.source_kind for m in mentions} == {SourceKind.NAMED_PERSON}


def test_lead_without_a_source_takes_that_of_the_sentence_that_repeats_it(extractor: Extractor) -> None:
    text = (
        "Nine miners died in a gas blast in Tarn. The Tarn rescue service said nine miners died in the blast."
    )
    mentions = read(extractor, text)
    assert mentions[0].chain == mentions[1].chain == ("Tarn rescue service",)
    assert mentions[0].cue == ()


def test_account_ends_with_another_subject(extractor: Extractor) -> None:
    text = (
        "The rescue service said nine miners died in the blast. "
        "Elsewhere the parliament of Loria elected a new speaker."
    )
    assert about(text, read(extractor, text), "elected").source_kind is SourceKind.OWN_VOICE


def test_attitude_leaves_the_clause_to_the_outlet(extractor: Extractor) -> None:
    text = "The opposition welcomed the new tax law."
    (mention,) = read(extractor, text)
    assert mention.source_kind is SourceKind.OWN_VOICE
    assert quote(text, mention) == text.rstrip(".")


def test_statement_names_pronouns_and_days(extractor: Extractor) -> None:
    text = "Mayor Ines Talvik said she closed the port on Monday."
    (mention,) = read(extractor, text)
    assert mention.statement == "Mayor Ines Talvik closed the port on Monday (2021-03-08)"
    assert mention.self_contained


def test_unresolved_pronoun_is_marked_not_guessed(extractor: Extractor) -> None:
    (mention,) = read(extractor, "They opened fire near the river.")
    assert not mention.self_contained
    assert mention.statement.startswith("They opened")


def test_only_telling_sections_yield_mentions(extractor: Extractor) -> None:
    parts = {
        SectionRole.HEADLINE: "Ferry sinks off Velmar\n\n",
        SectionRole.DATELINE: "VELMAR, March 9\n\n",
        SectionRole.BODY: "A ferry sank off Velmar on Tuesday.\n\n",
        SectionRole.CAPTION: "The ferry seen in 2019.\n\n",
        SectionRole.CREDIT: "Reporting by A. Writer\n\n",
        SectionRole.DISCLAIMER: "The publisher takes no position.\n\n",
        SectionRole.BOILERPLATE: "Subscribe to our letter today.",
    }
    body, sections = "", []
    for role, text in parts.items():
        sections.append(Section(role, (len(body), len(body) + len(text))))
        body += text
    mentions = extractor.mentions(Report("r", "d", body, tuple(sections)))
    assert {quote(body, m) for m in mentions} == {
        "Ferry sinks off Velmar",
        "A ferry sank off Velmar on Tuesday",
    }


def test_ids_run_in_reading_order(extractor: Extractor) -> None:
    mentions = read(extractor, "The port is shut. The mayor said the crane fell. Two men were hurt.")
    assert [m.id for m in mentions] == [f"r1#{n}" for n in range(len(mentions))]
    assert [m.content[0][0] for m in mentions] == sorted(m.content[0][0] for m in mentions)


def test_bare_statement_is_one_claim(extractor: Extractor) -> None:
    text = "At least 12 people were killed and 30 wounded in a train crash in Tarn on 3 March 2021."
    mention = extractor.statement(text)
    assert mention.content == ((0, len(text)),)
    assert mention.report == ""
    assert {(q.of, q.low) for q in mention.slots.quantity} == {("killed", 12.0), ("wounded", 30.0)}
    assert mention.slots.time == (date(2021, 3, 3), date(2021, 3, 3))


SENTENCES = [
    "The mayor said the bridge was closed.",
    "Two ships sank off Velmar on Monday.",
    "“It is over,” he told Radio Tarn.",
    "According to the ministry, if it rains, the dam will break.",
    "They fled; nobody was hurt and the port reopened, which surprised traders.",
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
def test_every_narrative_sentence_yields_a_mention_inside_it(
    extractor: Extractor, sentences: list[str]
) -> None:
    text = " ".join(sentences)
    mentions = read(extractor, text)
    starts, at = [], 0
    for sentence in sentences:
        starts.append((at, at + len(sentence)))
        at += len(sentence) + 1
    for low, high in starts:
        assert any(low <= s and e <= high for m in mentions for s, e in m.content)
    for mention in mentions:
        assert all(0 <= s < e <= len(text) for s, e in (*mention.content, *mention.source, *mention.cue))
        assert mention.statement.strip()


def test_evidence_that_a_source_cites_is_no_link_of_its_chain(extractor: Extractor) -> None:
    (one,) = read(extractor, "The evidence suggests that the dam was mined, the Lorian Observatory said.")
    assert one.chain == ("Lorian Observatory",)


def test_words_in_the_first_person_take_the_speaker_beside_them(extractor: Extractor) -> None:
    body = "We believe the pier will hold. The harbour master said the pier had been inspected."
    assert read(extractor, body)[0].chain == ("harbour master",)


def test_headline_is_one_sentence_with_its_figure(extractor: Extractor) -> None:
    title = "5 Drowned as Ferry Sinks off Tarn"
    body = f"{title} A ferry sank off Tarn."
    sections = (Section(SectionRole.HEADLINE, (0, len(title))), Section(BODY, (len(title), len(body))))
    assert extractor.mentions(Report("r1", "d", body, sections))[0].statement == title


def test_setting_an_event_beside_others_is_the_outlets_own(extractor: Extractor) -> None:
    body = (
        "Nine boats burned in the attack on Tarn harbour, the navy said. "
        "The attack comes a week after gunmen burned the harbour of Velm."
    )
    last = about(body, read(extractor, body), "The attack comes")
    assert last.source_kind is SourceKind.OWN_VOICE
