"""Forgetting a report: everything that was derived from it goes, a tombstone without its text stays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

import msgspec

from secondsource.errors import UnknownReport
from secondsource.model import Judgement, Tombstone
from secondsource.store.file import LibraryFile


class TombstoneTable:
    """A `store.port.Tombstones` in one SQLite file."""

    def __init__(self, file: LibraryFile) -> None:
        """Use the tombstones of an open library."""
        self._file = file

    def bury(self, stone: Tombstone) -> None:
        """Remove a report with all that was derived from it, and leave its tombstone.

        Its document goes too unless another report was read from it. What was worked out from the
        whole library goes and is worked out anew; the freed pages are overwritten.

        Raises:
            UnknownReport: the library has no report of that id.
            LibraryError: the file cannot be written.
        """
        self._file.connection.execute("pragma secure_delete = on")
        with self._file.writing() as connection:
            document = self._file.one("select document from reports where id = ?", stone.report)
            if document is None:
                raise UnknownReport(f"no report {stone.report!r} in {self._file.path}: nothing to forget")
            _remove(connection, stone.report, document)
            connection.execute(
                "insert or replace into tombstones values (?, ?, ?, ?)",
                (stone.report, document, stone.day.isoformat(), stone.reason),
            )
        self._file.scrub()

    def of(self, sha256: str) -> list[Tombstone]:
        """Return the tombstones of a document's bytes, by report."""
        return self._read("where sha256 = ? order by report", [sha256])

    def all(self) -> list[Tombstone]:
        """Return every tombstone, by report."""
        return self._read("order by report, sha256", [])

    def lift(self, sha256: str) -> None:
        """Allow a document's bytes to be added again."""
        with self._file.writing() as connection:
            connection.execute("delete from tombstones where sha256 = ?", (sha256,))

    def _read(self, which: str, values: Iterable[str]) -> list[Tombstone]:
        rows = self._file.connection.execute(
            f"select report, day, reason, sha256 from tombstones {which}", tuple(values)
        )
        return [msgspec.convert(row, Tombstone) for row in map(_named, rows)]


def _named(row: tuple[str, str, str, str]) -> dict[str, str]:
    return dict(zip(("report", "day", "reason", "sha256"), row, strict=True))


def _remove(connection: Connection, report: str, document: str) -> None:
    """Delete a report: tables that name it follow by themselves, the others are named here."""
    connection.execute("delete from reuse where a = ? or b = ?", (report, report))
    connection.execute("delete from meta where key = 'reuse_state'")
    connection.execute("delete from kept")
    for row in connection.execute("select id, data from judgements").fetchall():
        subject = msgspec.json.decode(row[1], type=Judgement).subject
        if report in (_report_of(subject.claim), _report_of(subject.place)):
            connection.execute("delete from judgements where id = ?", (row[0],))
    told = "in (select place from bearings where report = ?)"
    connection.execute(f"delete from standings where place {told}", (report,))
    connection.execute("delete from alerts where instr(data, ?) > 0", (json.dumps(report),))
    connection.execute("delete from reports where id = ?", (report,))
    connection.execute(
        "delete from documents where id = ? and not exists (select 1 from reports where document = ?)",
        (document, document),
    )


def _report_of(place: str) -> str:
    """Return the report of a place in text (`report@start-end`)."""
    return place.rpartition("@")[0]
