"""The library as one SQLite file in WAL mode: safe with several processes, open to Datasette.

A write is one immediate transaction; readers never wait for it. Opening, schema and
transactions are `file`'s; this module says what is written and read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from secondsource.errors import LibraryError, UnknownReport
from secondsource.model import Document, Mention, Rejected, Report, Reuse
from secondsource.store.days import DayTable
from secondsource.store.file import LibraryFile
from secondsource.store.judgements import JudgementTable
from secondsource.store.port import Added, Arrival, free_id
from secondsource.store.tombstones import TombstoneTable
from secondsource.store.versions import VersionTable, fallen_on

_VARIABLES = 500  # ids per statement, below SQLite's limit on every build

_T = TypeVar("_T")
_REPORT_COLUMNS = tuple(column.name for column in fields(Report))
_JSON_COLUMNS = ("sections", "notes")


class SqliteStore:
    """A `store.port.Store` on one SQLite file."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the library at `path`, or create it there.

        Raises:
            LibraryError: no such library (with `create` False), not a library, damaged,
                or written by a newer version.
        """
        self.path = path
        self._file = LibraryFile(path, create=create)
        self._connection = self._file.connection
        self.judgements = JudgementTable(self._file)
        self.versions = VersionTable(self._file)
        self.tombstones = TombstoneTable(self._file)
        self.calendar = DayTable(self._file)

    def close(self) -> None:
        """Close the file; the store is of no use afterwards."""
        self._file.close()

    def put(self, document: Document, report: Report) -> Added:
        """Store one report with its document, or find that it is known already."""
        with self._file.writing():
            return self._put(document, report)

    def put_mentions(
        self, read: Iterable[tuple[str, Sequence[Mention], Mapping[str, Iterable[int]]]], method: str
    ) -> None:
        """Store what `method` read in reports, mentions and keys by kind, in place of earlier ones.

        All is one transaction: keys lie all over the file, and pages that several reports touch are
        written once.
        """
        with self._file.writing():
            for report, mentions, keys in read:
                self._put_mentions(report, mentions, keys, method)

    def put_read(
        self,
        read: Iterable[tuple[Document, Report, Sequence[Mention], Mapping[str, Iterable[int]]]],
        method: str,
    ) -> list[Added]:
        """Store reports with what `method` read in them, in one transaction; what is known stays as it is.

        The mentions of a report that had to be renamed name it otherwise: it stays unread.
        """
        found: list[Added] = []
        with self._file.writing():
            for document, report, mentions, keys in read:
                added = self._put(document, report)
                found.append(added)
                if added.arrival in (Arrival.NEW, Arrival.DUPLICATE):
                    self._put_mentions(report.id, mentions, keys, method)
        return found

    def settle(self) -> None:
        """Leave the file without a journal beside it, so that it can be read over a network."""
        self._connection.execute("pragma journal_mode = delete")

    def put_reject(self, rejected: Rejected) -> None:
        """Store what could not be read; the same reject is kept once."""
        with self._file.writing():
            self._connection.execute(
                "insert or ignore into rejects values (?, ?, ?)",
                (rejected.where, rejected.stage, rejected.reason),
            )

    def put_reuse(self, state: str, reuse: Iterable[Reuse]) -> None:
        """Replace all traced reuse by that of the reports whose `state()` is `state`."""
        rows = [(r.a, r.b, r.kind, r.share, _dump(r)) for r in reuse]
        with self._file.writing():
            self._connection.execute("delete from reuse")
            self._connection.executemany("insert into reuse values (?, ?, ?, ?, ?)", rows)
            self._connection.execute("insert or replace into meta values ('reuse_state', ?)", (state,))

    def state(self) -> str:
        """Return a digest of the ids and documents in the library; equal states, equal reports.

        It is kept until a report comes or goes, if the file may be written.
        """
        query = "select value from meta where key = 'state'"
        kept: str | None = self._file.one(query)
        if kept is None:
            with suppress(LibraryError), self._file.writing():
                kept = self._digest()
                self._connection.execute("insert or replace into meta values ('state', ?)", (kept,))
        return kept or self._digest()

    def report(self, report: str) -> Report:
        """Return one report.

        Raises:
            UnknownReport: the library has no report of that id.
        """
        found = self.reports([report])
        if not found:
            raise UnknownReport(f"no report {report!r} in {self.path}, and no file of that name")
        return found[0]

    def reports(self, ids: Iterable[str] | None = None) -> list[Report]:
        """Return the reports of `ids` that exist, or all, by id."""
        query = f"select {', '.join(_REPORT_COLUMNS)} from reports"
        return [_report(row) for row in self._by_id(query, "id", ids)]

    def mentions(self, reports: Iterable[str] | None = None) -> list[Mention]:
        """Return the mentions of these reports, or all, by report and place in it."""
        rows = self._by_id("select data, report, n from mentions", "report", reports, ", n")
        decode = msgspec.json.Decoder(Mention).decode
        return [decode(row[0]) for row in rows]

    def holders(self, kind: str, keys: Iterable[int]) -> list[tuple[int, str]]:
        """Return the `(key, report)` postings of these keys of one kind, in order."""
        found: list[tuple[int, str]] = []
        for batch in _batches(sorted(set(keys))):
            marks = ",".join("?" * len(batch))
            query = f"select key, report from postings where kind = ? and key in ({marks})"
            found += self._connection.execute(query, (kind, *batch)).fetchall()
        return sorted(found)

    def unread(self, method: str) -> list[str]:
        """Return ids of reports whose mentions are missing or were read by another method."""
        query = (
            "select id from reports left join extracted on report = id"
            " where method is null or method <> ? order by id"
        )
        return [row[0] for row in self._connection.execute(query, (method,))]

    def frequency(self, kind: str, key: int) -> int:
        """Return how many reports hold a key of one kind."""
        return int(self._file.one("select count(*) from postings where kind = ? and key = ?", kind, key))

    def commonest(self, kind: str, least: int) -> dict[int, int]:
        """Return how many reports hold each key of one kind that at least so many hold."""
        query = "select key, count(*) from postings where kind = ? group by key having count(*) >= ?"
        return dict(self._connection.execute(query, (kind, least)).fetchall())

    def frequencies(self, kind: str, reports: Iterable[str]) -> dict[int, int]:
        """Return how many of `reports` hold each key of one kind that any of them holds."""
        found: Counter[int] = Counter()
        for batch in _batches(sorted(set(reports))):
            marks = ",".join("?" * len(batch))
            query = f"select key, count(*) from postings where kind = ? and report in ({marks}) group by key"
            found.update(dict(self._connection.execute(query, (kind, *batch)).fetchall()))
        return dict(found)

    def holding(self, kind: str, key: int, reports: Iterable[str]) -> list[str]:
        """Return those of `reports` that hold a key of one kind, in order."""
        found: list[str] = []
        for batch in _batches(sorted(set(reports))):
            marks = ",".join("?" * len(batch))
            query = f"select report from postings where kind = ? and key = ? and report in ({marks})"
            found += [row[0] for row in self._connection.execute(query, (kind, key, *batch)).fetchall()]
        return sorted(found)

    def recall(self, name: str) -> tuple[str, bytes]:
        """Return what was kept under `name` with the state it was made for; ("", b"") if nothing was."""
        row = self._connection.execute("select state, value from kept where name = ?", (name,)).fetchone()
        return row or ("", b"")

    def keep(self, name: str, state: str, value: bytes) -> None:
        """Keep a value worked out from the whole library, in place of an earlier one."""
        with self._file.writing():
            self._connection.execute("insert or replace into kept values (?, ?, ?)", (name, state, value))

    def reuse(self, report: str | None = None) -> list[Reuse]:
        """Return all traced reuse, or that which one report is part of, by (a, b)."""
        decode = msgspec.json.Decoder(Reuse).decode
        which, values = ("", ()) if report is None else ("where a = ? or b = ?", (report, report))
        rows = self._connection.execute(f"select data from reuse {which} order by a, b", values)
        return [decode(row[0]) for row in rows]

    def reuse_state(self) -> str:
        """Return the state for which reuse was traced, "" if never."""
        return self._file.one("select value from meta where key = 'reuse_state'") or ""

    def rejects(self) -> list[Rejected]:
        """Return everything rejected, ordered by where."""
        rows = self._connection.execute("select place, stage, reason from rejects order by 1, 2, 3")
        return [Rejected(*row) for row in rows]

    def count(self) -> int:
        """Return the number of reports."""
        return int(self._file.one("select count(*) from reports") or 0)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Yield the documents of `ids` that exist, or all, by id, each with its bytes."""
        query = "select id, uri, media_type, content, fetched_at from documents"
        for name, uri, media_type, content, fetched in self._by_id(query, "id", ids):
            at = datetime.fromisoformat(fetched) if fetched else None
            # a hand that altered the file may have left text
            held = content.encode() if isinstance(content, str) else content
            yield Document(name, uri, media_type, held, at)

    def altered(self) -> list[str]:
        """Return ids of reports whose body is another than was stored, in order."""
        rows = self._connection.execute("select id, body, text_key from reports order by id")
        return [name for name, body, key in rows if text_key(body) != key]

    def ids(self, until: date | None = None) -> list[str]:
        """Return the ids of reports that stand now, or of those known to be published by a day, in order."""
        which, values = _until(until)
        return [
            row[0] for row in self._connection.execute(f"select id from reports {which} order by id", values)
        ]

    def languages(self, until: date | None = None) -> dict[str, int]:
        """Return how many reports there are in each language, of those that stand now or on a day."""
        which, values = _until(until)
        query = f"select language, count(*) from reports {which} group by language order by language"
        return dict(self._connection.execute(query, values).fetchall())

    def not_in(self, language: str, until: date | None = None) -> list[str]:
        """Return the ids of reports in other languages, of those that stand now or on a day, in order."""
        which, values = _until(until)
        query = f"select id from reports {which} {'and' if which else 'where'} language <> ? order by id"
        return [row[0] for row in self._connection.execute(query, (*values, language))]

    def twins(self, until: date | None = None) -> list[str]:
        """Return the ids of standing reports that print the text of one of a lower id, in order."""
        which, values = _until(until)
        printed = "select text_key from reports group by text_key having count(*) > 1"
        query = f"select text_key, id from reports {which} and text_key in ({printed}) order by text_key, id"
        rows = self._connection.execute(query, values).fetchall()
        return sorted(report for (one, _), (key, report) in pairwise(rows) if one == key)

    def newest(self, until: date | None = None) -> date | None:
        """Return the newest day of publication, up to a day; None if no report has one."""
        which, values = _until(until)
        day = self._file.one(f"select max(published) from reports {which}", *values)
        return _day(day)

    # -- inside ---------------------------------------------------------------------------

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for row in self._connection.execute("select id, document from reports order by id"):
            digest.update(f"{row[0]}\x1f{row[1]}\x1e".encode())
        return digest.hexdigest()

    def _put(self, document: Document, report: Report) -> Added:
        given = free_id(report.id, document.id, self._document_under)
        if given is None:
            return Added(report, Arrival.KNOWN)
        if self.tombstones.against(document.id, report.uri):
            return Added(report, Arrival.FORGOTTEN)
        stored = replace(report, id=given) if given != report.id else report
        twin = self._file.one("select min(id) from reports where text_key = ?", text_key(report.body))
        self._insert(document, stored)
        if stored.id != report.id:
            return Added(stored, Arrival.RENAMED, twin or "")
        return Added(stored, Arrival.DUPLICATE if twin else Arrival.NEW, twin or "")

    def _put_mentions(
        self, report: str, mentions: Sequence[Mention], keys: Mapping[str, Iterable[int]], method: str
    ) -> None:
        rows = [
            (report, n, m.statement, m.kind, m.certainty, m.source_kind, _dump(m))
            for n, m in enumerate(mentions)
        ]
        postings = sorted({(kind, key, report) for kind, held in keys.items() for key in held})
        self._connection.execute("delete from mentions where report = ?", (report,))
        self._connection.execute("delete from postings where report = ?", (report,))
        self._connection.executemany("insert into mentions values (?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.executemany("insert into postings values (?, ?, ?)", postings)
        self.calendar.put(report, mentions)
        self._connection.execute("insert or replace into extracted values (?, ?)", (report, method))

    def _document_under(self, report: str) -> str | None:
        held: str | None = self._file.one("select document from reports where id = ?", report)
        return held

    def _insert(self, document: Document, report: Report) -> None:
        fetched = document.fetched_at.isoformat() if document.fetched_at else None
        self._connection.execute(
            "insert or ignore into documents values (?, ?, ?, ?, ?)",
            (document.id, document.uri, document.media_type, fetched, document.content),
        )
        row = msgspec.to_builtins(replace(report, document=document.id))
        row |= {name: _dump(row[name]) for name in _JSON_COLUMNS} | {"text_key": text_key(report.body)}
        self._connection.execute(
            f"insert into reports ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row
        )

    def _by_id(
        self, query: str, column: str, ids: Iterable[str] | None, also_by: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of these ids, or all, in order of `column`."""
        order = f" order by {column}{also_by}"
        if ids is None:
            yield from self._connection.execute(query + order)
            return
        for batch in _batches(sorted(set(ids))):
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{query} where {column} in ({marks}){order}", batch)


def text_key(body: str) -> str:
    """Return the SHA-256 of `body` with its white space folded: equal for the same text."""
    return hashlib.sha256(" ".join(body.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _report(row: tuple[Any, ...]) -> Report:
    columns = dict(zip(_REPORT_COLUMNS, row, strict=True))
    columns |= {name: msgspec.json.decode(columns[name]) for name in _JSON_COLUMNS}
    return msgspec.convert(columns, Report)


def _until(day: date | None) -> tuple[str, tuple[str, ...]]:
    fallen, values = fallen_on(day)
    if day is None:
        return f"where id not in ({fallen})", values
    return f"where published <= ? and id not in ({fallen})", (day.isoformat(), *values)


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _VARIABLES):
        yield items[start : start + _VARIABLES]
