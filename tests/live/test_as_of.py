"""Gold: what is asked as of a day cites nothing published later, and no text that did not stand then."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Document, Report, Section, SectionRole
from secondsource.pipeline import Library
from secondsource.pipeline.forecasts import forecasts
from secondsource.pipeline.moves import moves
from secondsource.store.versions import Version
from secondsource.tell.custody import cited

from .conftest import PILE

DAYS = {row[0]: date.fromisoformat(row[2]) for row in PILE}
FIRST = min(DAYS.values())


@settings(max_examples=25)
@given(st.sampled_from(sorted(DAYS)), st.integers(0, 80))
def test_a_dossier_never_cites_later_reports(library, subject, after):
    day = FIRST + timedelta(days=after)
    dossier = library.check(subject, as_of=day)
    later = {report for report in DAYS if DAYS[report] > day} - {subject}
    named = {*cited(dossier), *(one.id for one in dossier.pile)}
    assert not named & later


@settings(max_examples=10)
@given(st.integers(0, 80))
def test_the_ledger_never_cites_later_reports(library, after):
    day = FIRST + timedelta(days=after)
    for one in forecasts(library, day):
        assert all(DAYS[report] <= day for report in (one.report, *(by.report for by in one.settled_by)))


def test_a_day_before_the_other_report_knows_of_no_conflict(library):
    def toll(day):
        claims = library.check("h1", as_of=date.fromisoformat(day)).claims
        return next(claim.verdict for claim in claims if "20 people" in claim.quote)

    assert toll("2031-05-05") == "uncorroborated"
    assert toll("2031-05-06") == "contested"


def test_moves_tell_the_days_on_which_a_verdict_changed(library):
    told = [(one.day.isoformat(), one.label) for one in moves(library, "h1") if "20 people" in one.quote]
    assert told[0] == ("2031-05-05", "uncorroborated")
    assert told[1] == ("2031-05-06", "contested")
    assert len({label for _, label in told[1:]}) == 1


def test_a_text_stands_from_its_day_to_the_next(tmp_path):

    opened = Library(tmp_path / "library.db")
    store = opened.store
    for name, body in (("a", "Twenty died in Velm."), ("a-v2", "Thirty died in Velm.")):
        document = Document.of(body.encode(), "u", "text/plain")
        section = Section(SectionRole.BODY, (0, len(body)))
        store.put(document, Report(name, document.id, body, (section,), published=date(2031, 5, 1)))
    seen = datetime(2031, 5, 3, 9, tzinfo=UTC)
    store.versions.put(Version("a", "u", 1, seen - timedelta(days=2)))
    store.versions.put(Version("a-v2", "u", 2, seen, date(2031, 5, 3)))
    assert store.ids(date(2031, 5, 2)) == ["a"]
    assert store.ids(date(2031, 5, 3)) == ["a-v2"] == store.ids()
    store.versions.end("u", date(2031, 5, 6))
    assert store.ids(date(2031, 5, 5)) == ["a-v2"]
    assert store.ids(date(2031, 5, 6)) == [] == store.ids()
    assert store.languages() == {}
    opened.close()
