"""Forgetting a report: everything that was derived from it goes, a tombstone without its text stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from sqlite3 import Connection

import msgspec

from secondsource.errors import UnknownReport
from secondsource.model import Judgement, Tombstone
from secondsource.store.file import LibraryFile

_COLUMNS = ("report", "sha256", "day", "reason", "address")


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
            query = "select document, uri from reports where id = ?"
            held = connection.execute(query, (stone.report,)).fetchone()
            if held is None:
                raise UnknownReport(f"no report {stone.report!r} in {self._file.path}: nothing to forget")
            document, uri = held
            _remove(connection, stone.report, document)
            connection.execute("delete from visits where uri = ?", (uri,))
            connection.execute(
                f"insert or replace into tombstones ({', '.join(_COLUMNS)}) values (?, ?, ?, ?, ?)",
                (stone.report, document, stone.day.isoformat(), stone.reason, address_key(uri)),
            )
        self._file.scrub()

    def against(self, sha256: str, uri: str) -> list[Tombstone]:
        """Return the tombstones that keep out these bytes, or what stands at this web address, by report."""
        which = "where sha256 = ?1 or (address = ?2 and ?2 <> '') order by report, sha256"
        return self._read(which, [sha256, address_key(uri)])

    def all(self) -> list[Tombstone]:
        """Return every tombstone, by report."""
        return self._read("order by report, sha256", [])

    def lift(self, stones: Iterable[Tombstone]) -> None:
        """Allow to be added again what these tombstones keep out."""
        with self._file.writing() as connection:
            connection.executemany(
                "delete from tombstones where sha256 = ? and report = ?",
                [(stone.sha256, stone.report) for stone in stones],
            )

    def _read(self, which: str, values: Iterable[str]) -> list[Tombstone]:
        rows = self._file.connection.execute(
            f"select {', '.join(_COLUMNS)} from tombstones {which}", tuple(values)
        )
        return [msgspec.convert(row, Tombstone) for row in map(_named, rows)]


def address_key(uri: str) -> str:
    """Return the SHA-256 of a web address however its ends are written; "" for what is none (a file's path).

    Only the digest is kept: an address often spells the title out.
    """
    address = re.fullmatch(r"https?://(?:www\.)?([^/?#]+)(.*?)/?", uri.partition("#")[0].strip(), re.I | re.S)
    if address is None:
        return ""
    return hashlib.sha256(f"{address[1].lower()}{address[2]}".encode("utf-8", "surrogatepass")).hexdigest()


def _named(row: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(_COLUMNS, row, strict=True))


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
