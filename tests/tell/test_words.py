import dataclasses

import pytest

from secondsource.tell import lines, words


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1804, "1,804")]
)
def test_small_numbers_are_words(count, said):
    assert words.number(count) == said


def test_days_are_spelled_out():
    assert words.day("2019-03-02") == "2 March 2019"
    assert words.day(None) == "undated"


def test_a_verdict_counts_origins_and_never_says_true(dossier):
    said = {claim.id: words.verdict(claim) for claim in dossier.claims}
    assert said["bridge"] == "Three independent origins tell it; none contradicts it."
    assert said["toll"] == "One origin contradicts it; one tells it."
    assert said["denial"] == "Two origins contradict this denial; one makes it."
    assert said["trucks"] == "Told elsewhere, but every telling goes back to one origin."
    assert said["convoy"] == "Told nowhere else in this library."


def test_a_bare_statement_is_told_nowhere_rather_than_nowhere_else(material):
    pile = {report.id: report for report in material.pile}
    answers = [lines.answer(verdict, pile) for verdict in material.verdicts]
    bare = [dataclasses.replace(answer, own_origin=None) for answer in answers]
    assert words.verdict(bare[7]) == "Told nowhere in this library."
    assert words.verdict(bare[1]) == "Told, but every telling goes back to one origin."
    untold = dataclasses.replace(bare[4], independent_origins=0)
    assert words.verdict(untold) == "One origin contradicts it; none tells it."


def test_an_unknown_word_is_shown_as_it_is(dossier):
    claim = dataclasses.replace(dossier.claims[0], certainty="guessed")
    assert words.manner(claim) == "event, guessed"
