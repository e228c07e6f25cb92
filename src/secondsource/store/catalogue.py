"""A library as readers browse it: looked through by word, outlet and day, and asked what state it is in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from secondsource.store.sqlite import SqliteStore

_BEFORE, _EXCERPT = 60, 220  # code points of a body shown before the first word found, and in all


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: every word of `text` in title or body, an outlet, a day of publication.

    Letters of ASCII match in either case, all others as they are written.
    """

    text: str = ""
    outlet: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A report found, with the words around the first word that was looked for; … for what is left out."""

    id: str
    outlet: str
    published: date | None
    title: str
    uri: str
    excerpt: str


class Catalogue(SqliteStore):
    """A store that can be looked through; it writes nothing of its own."""

    def __init__(self, path: Path) -> None:
        """Open the library at `path`.

        Raises:
            LibraryError: there is none, or it cannot be used.
        """
        super().__init__(path, create=False)
        self._seen: tuple[int, str] | None = None

    def contents(self) -> str:
        """Return a digest of all that a dossier depends on: reports, judgements and rejects."""
        version = int(self._file.one("pragma data_version"))  # another one after every foreign commit
        if self._seen is None or self._seen[0] != version:
            digest = hashlib.sha256(self.state().encode())
            for query in (
                "select id from judgements order by id",
                "select place || char(31) || stage || char(31) || reason from rejects order by 1",
            ):
                for row in self._connection.execute(query):
                    digest.update(row[0].encode("utf-8", "surrogatepass") + b"\x1e")
                digest.update(b"\x1d")
            self._seen = version, digest.hexdigest()
        return self._seen[1]

    def find(self, search: Search, first: int = 0, most: int = 50) -> tuple[int, list[Entry]]:
        """Return how many reports are found, and those from `first` on, newest first, then by id."""
        which, values = _which(search)
        total = int(self._file.one(f"select count(*) from reports where {which}", *values))
        words = search.text.split()
        start = f"max(1, instr(lower(body), lower(?)) - {_BEFORE})"
        rows = self._connection.execute(
            "select id, outlet, published, title, uri, start, substr(body, start, ?), length(body) from"
            f" (select *, {start} as start from reports where {which})"
            " order by published is null, published desc, id limit ? offset ?",
            (_EXCERPT, words[0] if words else "", *values, most, first),
        )
        return total, [_entry(row) for row in rows]

    def outlets(self) -> list[tuple[str, int]]:
        """Return every outlet with how many reports it has, by name."""
        rows = self._connection.execute(
            "select outlet, count(*) from reports group by outlet order by outlet"
        )
        return [(row[0], row[1]) for row in rows]

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day of publication, None if no report has one."""
        row = self._connection.execute("select min(published), max(published) from reports").fetchone()
        return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row[0] else None


def _which(search: Search) -> tuple[str, tuple[Any, ...]]:
    """Return the condition of a search and its values."""
    parts, values = ["1"], list[Any]()
    for word in search.text.split():
        parts.append("instr(lower(title || char(10) || body), lower(?)) > 0")
        values.append(word)
    if search.outlet:
        parts.append("outlet = ?")
        values.append(search.outlet)
    if search.day:
        parts.append("published = ?")
        values.append(search.day.isoformat())
    return " and ".join(parts), tuple(values)


def _entry(row: tuple[Any, ...]) -> Entry:
    report, outlet, published, title, uri, start, excerpt, length = row
    day = date.fromisoformat(published) if published else None
    cut = start > 1, start - 1 + len(excerpt) < length
    return Entry(report, outlet, day, title, uri, _whole_words(excerpt, *cut))


def _whole_words(excerpt: str, begun: bool, broken_off: bool) -> str:
    """Return an excerpt without the words that it cuts, a sign for what is left out in their place."""
    if begun:
        excerpt = f"… {excerpt.partition(' ')[2] or excerpt}"
    if broken_off:
        excerpt = f"{excerpt.rpartition(' ')[0] or excerpt} …"
    return excerpt
