"""Judgements in the library: only ever added to.

What is in force is worked out by the reader, from dates and from what supersedes what.
"""

from __future__ import annotations

import msgspec

from secondsource.model import Judgement
from secondsource.store.file import LibraryFile


class JudgementTable:
    """A `store.port.Judgements` in one SQLite file."""

    def __init__(self, file: LibraryFile) -> None:
        """Use the judgements of an open library."""
        self._file = file

    def put(self, judgement: Judgement) -> bool:
        """Keep a judgement; return False if it is kept already.

        Raises:
            LibraryError: the file cannot be written.
        """
        row = (
            judgement.id,
            judgement.subject.key,
            judgement.by,
            judgement.at.isoformat(),
            msgspec.json.encode(judgement).decode(),
        )
        with self._file.writing() as connection:
            added = connection.execute("insert or ignore into judgements values (?, ?, ?, ?, ?)", row)
        return bool(added.rowcount)

    def all(self) -> list[Judgement]:
        """Return every judgement ever made, by date and id."""
        rows = self._file.connection.execute("select data from judgements order by at, id")
        decode = msgspec.json.Decoder(Judgement).decode
        return [decode(row[0]) for row in rows]

    def of(self, subject: str) -> list[Judgement]:
        """Return the judgements on the subject of that key, by date and id."""
        rows = self._file.connection.execute(
            "select data from judgements where subject = ? order by at, id", (subject,)
        )
        return [msgspec.json.decode(row[0], type=Judgement) for row in rows]
