from datetime import date
from importlib.resources import files

import pytest

from secondsource import lexicon
from secondsource.pipeline import Library
from secondsource.pipeline.forecasts import forecasts
from secondsource.tell.ledger import in_words, records


def of(found, words):
    return next(one for one in found if words in one.quote)


def test_a_promise_is_settled_by_a_later_report(library):
    one = of(forecasts(library), "reopen the port")
    assert (one.report, one.due, one.due_is) == ("h1", "2031-05-12", "stated")
    assert one.outcome == "came-true"
    assert [(by.report, by.relation) for by in one.settled_by] == [("q1", "supports")]
    assert "ministry" in one.who.casefold()


def test_before_that_day_it_is_open(library):
    one = of(forecasts(library, date(2031, 5, 10)), "reopen the port")
    assert (one.outcome, one.settled_by) == ("open", ())


@pytest.mark.parametrize(("day", "outcome"), [(date(2031, 5, 25), "open"), (date(2031, 7, 20), "lapsed")])
def test_words_without_a_date_give_an_inferred_one_that_lapses(library, day, outcome):
    one = of(forecasts(library, day), "publish its findings")
    assert one.due_is == "inferred"
    assert (one.due, one.outcome) == ("2031-06-03", outcome)


def test_every_source_has_a_record(library):
    found = forecasts(library)
    told = records(found)
    assert sum(one.came_true + one.did_not + one.lapsed + one.open for one in told) == len(found)
    assert [one.who for one in told] == sorted({one.who for one in found})
    text = in_words(found)
    assert "came-true: " in text
    assert "supports (Quill Times, 2031-05-12)" in text


def test_the_forecast_of_the_example_is_settled_by_the_later_report(example):
    one = of(forecasts(example), "reach the Mirkhan air base within a week")
    assert (one.report, one.due, one.outcome) == ("ksna-1", "2019-03-19", "came-true")
    assert one.repeats == ("halvet-1", "ledger-1")
    assert ("cw-2", "supports") in [(by.report, by.relation) for by in one.settled_by]
    before = of(forecasts(example, date(2019, 3, 14)), "reach the Mirkhan air base within a week")
    assert (before.outcome, before.settled_by) == ("open", ())


@pytest.fixture
def example(tmp_path):
    """The shipped case, read with its own tables."""
    case = files("secondsource") / "example"
    lexicon.use(case / "lexicon")
    library = Library(tmp_path / "example.db")
    library.add([str(case / "reports.jsonl")])
    yield library
    library.close()
    lexicon.use()
