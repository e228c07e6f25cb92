"""How far a source answers for sentences that do not name it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from secondsource.extract.account import Told, donors


def told(number: int, words: str, *, source: bool = False, opening: str = "a") -> Told:
    return Told(
        number, number, 0, source, not source, False, frozenset(words.split()), tuple(opening.split())
    )


def test_lead_takes_the_source_that_repeats_it() -> None:
    assert donors([told(0, "nine miner die blast"), told(1, "blast kill nine miner", source=True)]) == {0: 1}


def test_lead_of_other_facts_stays_the_outlets() -> None:
    assert donors([told(0, "harbour open season"), told(1, "blast kill nine miner", source=True)]) == {}


def test_account_goes_on_with_what_happened() -> None:
    sentences = [
        told(0, "blast kill nine miner", source=True),
        told(1, "wound twenty", opening="the blast also wounded"),
    ]
    assert donors(sentences) == {1: 0}


def test_background_is_never_carried() -> None:
    later = replace(told(1, "wound twenty", opening="the blast also wounded"), standing=True)
    assert donors([told(0, "blast kill nine miner", source=True), later]) == {}


def test_another_section_is_another_account() -> None:
    later = replace(told(1, "wound twenty", opening="the blast also wounded"), section=1)
    assert donors([told(0, "blast kill nine miner", source=True), later]) == {}


def test_meanwhile_ends_an_account() -> None:
    later = told(1, "blast kill nine goat", opening="meanwhile the blast killed")
    assert donors([told(0, "blast kill nine miner", source=True), later]) == {}


def test_first_person_belongs_to_the_speaker_beside_it() -> None:
    spoken = replace(told(1, "lose boat"), first_person=True)
    assert donors([told(0, "storm sink fleet", source=True), spoken]) == {1: 0}


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["nine miner die", "port open", "blast kill"])), max_size=8
    )
)
def test_only_unattributed_sentences_borrow_and_only_attributed_ones_lend(
    sentences: list[tuple[bool, str]],
) -> None:
    given_ = [told(n, words, source=source) for n, (source, words) in enumerate(sentences)]
    for borrower, lender in donors(given_).items():
        assert not given_[borrower].attributed
        assert given_[lender].attributed
