"""What a watched library keeps beside its reports: versions, visits, verdicts as last told, alerts.

Everything that one step of watching changes is written in one transaction, so that a killed
watch repeats a step or finds it done, and nothing in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secondsource.store.file import LibraryFile

FEED, PAGE, FILE = "feed", "page", "file"


@dataclass(frozen=True, slots=True)
class Version:
    """One text that stood at an address: from the day `since` (None: its publication) to `until`."""

    report: str
    uri: str
    number: int
    seen_at: datetime
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What was last known of a watched address; `state` is "", "missing" or "gone"."""

    uri: str
    kind: str
    etag: str
    modified: str
    state: str
    first_at: datetime
    checked_at: datetime


class VersionTable:
    """The living part of a library; reads are in a fixed order, writes join an open transaction."""

    def __init__(self, file: LibraryFile) -> None:
        self._file = file

    @contextmanager
    def step(self) -> Iterator[None]:
        """Make all that the block writes into the library one transaction."""
        with self._file.writing():
            yield

    # -- versions -------------------------------------------------------------------------

    def of(self, uri: str) -> list[Version]:
        """Return the versions that stood at an address, by number."""
        query = "select * from versions where uri = ? order by number"
        return [_version(*row) for row in self._file.connection.execute(query, (uri,))]

    def holds(self, report: str) -> bool:
        """Tell whether a report is a version of some address."""
        return bool(self._file.one("select count(*) from versions where report = ?", report))

    def reports_at(self, uri: str) -> list[str]:
        """Return ids of the reports read from an address, whether watched or not, in order."""
        rows = self._file.connection.execute("select id from reports where uri = ? order by id", (uri,))
        return [row[0] for row in rows]

    def put(self, version: Version) -> None:
        """Let a version stand at its address from now on; the one before ends on the same day."""
        ends = (version.since or version.seen_at.date()).isoformat()
        with self._file.writing() as connection:
            connection.execute(
                "update versions set until = ? where uri = ? and until is null", (ends, version.uri)
            )
            connection.execute(
                "insert into versions values (?, ?, ?, ?, ?, ?)",
                (
                    version.report,
                    version.uri,
                    version.number,
                    version.seen_at.isoformat(),
                    version.since.isoformat() if version.since else None,
                    version.until.isoformat() if version.until else None,
                ),
            )

    def end(self, uri: str, day: date) -> None:
        """Let no version stand at an address from `day` on."""
        with self._file.writing() as connection:
            connection.execute(
                "update versions set until = ? where uri = ? and until is null", (day.isoformat(), uri)
            )

    def fallen(self, until: date | None = None) -> frozenset[str]:
        """Return ids of reports whose text does not stand on a day, or now."""
        where, values = fallen_on(until)
        return frozenset(row[0] for row in self._file.connection.execute(where, values))

    # -- visits ---------------------------------------------------------------------------

    def visit(self, uri: str) -> Visit | None:
        """Return what is known of an address, None if it was never visited."""
        query = "select * from visits where uri = ?"
        row = self._file.connection.execute(query, (uri,)).fetchone()
        return _visit(*row) if row else None

    def visits(self, kind: str) -> list[Visit]:
        """Return the addresses of one kind, in order."""
        query = "select * from visits where kind = ? order by uri"
        return [_visit(*row) for row in self._file.connection.execute(query, (kind,))]

    def put_visit(self, visit: Visit) -> None:
        """Keep what is known of an address in place of what was."""
        with self._file.writing() as connection:
            connection.execute(
                "insert or replace into visits values (?, ?, ?, ?, ?, ?, ?)",
                (
                    visit.uri,
                    visit.kind,
                    visit.etag,
                    visit.modified,
                    visit.state,
                    visit.first_at.isoformat(),
                    visit.checked_at.isoformat(),
                ),
            )

    # -- verdicts as last told --------------------------------------------------------------

    def put_unweighed(self, reports: Iterable[str]) -> None:
        """Note that reports came or went."""
        with self._file.writing() as connection:
            rows = [(report,) for report in sorted(set(reports))]
            connection.executemany("insert or ignore into unweighed values (?)", rows)

    def unweighed(self) -> list[str]:
        """Return the reports that came or went since the last weighing, in order."""
        rows = self._file.connection.execute("select report from unweighed order by report")
        return [row[0] for row in rows]

    def weighed(self, reports: Iterable[str]) -> None:
        """Note that the bearing of these reports was weighed."""
        with self._file.writing() as connection:
            connection.executemany("delete from unweighed where report = ?", [(r,) for r in reports])

    def standing(self, place: str) -> str:
        """Return the verdict on a claim as last told, as JSON; "" if none was."""
        return str(self._file.one("select data from standings where place = ?", place) or "")

    def standings(self, report: str | None = None) -> list[tuple[str, str]]:
        """Return place and JSON of the verdicts on the claims of a report, or of all, by place."""
        which, values = ("", ()) if report is None else ("where report = ?", (report,))
        query = f"select place, data from standings {which} order by place"
        return [(row[0], row[1]) for row in self._file.connection.execute(query, values)]

    def put_standing(self, place: str, report: str, data: str, rests_on: Sequence[str]) -> None:
        """Keep the verdict on a claim, with the reports that it rests on."""
        with self._file.writing() as connection:
            connection.execute("delete from standings where place = ?", (place,))
            connection.execute("insert into standings values (?, ?, ?)", (place, report, data))
            rows = [(other, place) for other in sorted(set(rests_on))]
            connection.executemany("insert into bearings values (?, ?)", rows)

    def drop_standings(self, report: str) -> None:
        """Forget the verdicts on the claims of a report that no longer stands."""
        with self._file.writing() as connection:
            connection.execute("delete from standings where report = ?", (report,))

    def resting_on(self, reports: Iterable[str]) -> frozenset[str]:
        """Return the places of claims whose verdict rests on any of these reports."""
        query = "select place from bearings where report = ?"
        found = (self._file.connection.execute(query, (report,)).fetchall() for report in reports)
        return frozenset(row[0] for rows in found for row in rows)

    # -- alerts -----------------------------------------------------------------------------

    def put_alert(self, alert: str, report: str, data: str) -> None:
        """Keep an alert for delivery, behind all earlier ones."""
        with self._file.writing() as connection:
            connection.execute(
                "insert into alerts (id, report, data) values (?, ?, ?)", (alert, report, data)
            )

    def alerts(self, after: int = 0) -> list[tuple[int, str, str]]:
        """Return number, id and JSON of the alerts behind number `after`, in order."""
        query = "select n, id, data from alerts where n > ? order by n"
        return [(row[0], row[1], row[2]) for row in self._file.connection.execute(query, (after,))]

    def last_alert(self) -> int:
        """Return the number of the newest alert, 0 if there is none."""
        return int(self._file.one("select max(n) from alerts") or 0)

    def served(self, sink: str) -> int:
        """Return the number of the last alert that a receiver got; a new receiver starts with the next."""
        found = self._file.one("select served from sinks where name = ?", sink)
        if found is None:
            found = self.last_alert()
            self.serve(sink, found)
        return int(found)

    def serve(self, sink: str, number: int) -> None:
        """Note that a receiver got the alerts up to a number."""
        with self._file.writing() as connection:
            connection.execute("insert or replace into sinks values (?, ?)", (sink, number))


def fallen_on(until: date | None) -> tuple[str, tuple[str, ...]]:
    """Return the query, with its values, for ids of reports whose text does not stand on a day, or now."""
    if until is None:
        return "select report from versions where until is not null", ()
    day = until.isoformat()
    return "select report from versions where since > ? or until <= ?", (day, day)


def _version(*row: Any) -> Version:
    report, uri, number, seen_at, *days = row
    since, until = (date.fromisoformat(day) if day else None for day in days)
    return Version(report, uri, number, datetime.fromisoformat(seen_at), since, until)


def _visit(*row: str) -> Visit:
    uri, kind, etag, modified, state, first_at, checked_at = row
    at = datetime.fromisoformat
    return Visit(uri, kind, etag, modified, state, at(first_at), at(checked_at))
