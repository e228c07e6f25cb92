"""Which reports are of some days, or tell of them, in one SQLite file: looked up, not gone through.

An interval is kept under its reach, a power of 4 greater than its days, so that those that meet
some days begin within that reach of them: what a look-up costs depends on what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from secondsource.model import Mention
from secondsource.store.file import LibraryFile

_REACHES = (1, 4, 16, 64, 256, 1024, 4096, 4194304)  # no two dates lie farther apart than the last


class DayTable:
    """The days of reports in one SQLite file."""

    def __init__(self, file: LibraryFile) -> None:
        """Use the days of an open library."""
        self._file = file

    def put(self, report: str, mentions: Iterable[Mention]) -> None:
        """Keep the days that the mentions of a report are told of, in place of earlier ones."""
        times = sorted({mention.slots.time for mention in mentions if mention.slots.time})
        rows = [(_reach(*time), *(day.isoformat() for day in time), report) for time in times]
        with self._file.writing() as connection:
            connection.execute("delete from told_days where report = ?", (report,))
            connection.executemany("insert into told_days values (?, ?, ?, ?)", rows)

    def telling(self, first: date, last: date) -> set[str]:
        """Return the ids of reports with a mention told of a day between two."""
        query = "select report from told_days where reach = ? and first between ? and ? and last >= ?"
        found: set[str] = set()
        for reach in _REACHES:
            begin = date.fromordinal(max(1, first.toordinal() - reach + 1))
            days = (day.isoformat() for day in (begin, last, first))
            found.update(row[0] for row in self._file.connection.execute(query, (reach, *days)))
        return found

    def within(self, first: date, last: date) -> set[str]:
        """Return the ids of reports published on a day between two, or that state one."""
        query = "select id from reports where published between ?1 and ?2 union select id from reports"
        days = first.isoformat(), last.isoformat()
        rows = self._file.connection.execute(f"{query} where stated between ?1 and ?2", days)
        return {row[0] for row in rows}

    def without(self) -> set[str]:
        """Return the ids of reports that have no day of publication and state none."""
        query = "select id from reports where published is null and +stated is null"  # few, by index
        return {row[0] for row in self._file.connection.execute(query)}

    def years(self) -> list[int]:
        """Return the years that reports are published in, or that they state, in order."""
        return sorted({*self._years("published"), *self._years("stated")})

    def _years(self, column: str) -> Iterator[int]:
        """Yield the years of a column, one look-up each: there are fewer of them than reports."""
        last = ""
        while day := self._file.one(f"select min({column}) from reports where {column} > ?", last):
            yield int(day[:4])
            last = f"{day[:4]}-99"


def _reach(first: date, last: date) -> int:
    days = (last - first).days
    return next(reach for reach in _REACHES if days < reach)
