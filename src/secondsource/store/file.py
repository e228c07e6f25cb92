"""One SQLite file as a library: opened, checked, brought to the present schema, written in transactions.

The schema is the numbered files of `schema/`; a file's `user_version` is how many of them it
has. A new table or column is a new file, never an edit of an old one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from secondsource.errors import LibraryError

APPLICATION_ID = 0x5EC0_50CE
_BUSY_SECONDS = 60.0


class LibraryFile:
    """An open library file; `connection` is in autocommit mode, writes go through `writing`."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the file at `path`, or create it there.

        A library of an older schema is copied to `<path>.schema<N>.bak` and then migrated.

        Raises:
            LibraryError: no such library (with `create` False), not a library, damaged,
                or written by a newer version.
        """
        self.path = path
        if not create and not path.is_file():
            raise LibraryError(
                f"no library at {path}: run 'secondsource add' first, or name one with --library"
            )
        try:
            self.connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"{path} cannot be used as a library: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def one(self, query: str, *values: Any) -> Any:
        """Return the first column of the first row of a query, None if there is no row."""
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one immediate transaction, rolled back on any error.

        Raises:
            LibraryError: the file cannot be written.
        """
        try:
            self.connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise LibraryError(f"{self.path} cannot be written: {error}") from error
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def _prepare(self) -> None:
        """Check what the file is, and apply the schema steps that it lacks."""
        steps = _steps()
        application, version = self._pragma("application_id"), self._pragma("user_version")
        empty = application == 0 and self.one("select count(*) from sqlite_master") == 0
        if not empty and application != APPLICATION_ID:
            raise LibraryError(f"{self.path} is an SQLite file but no secondsource library: name another")
        if version > len(steps):
            raise LibraryError(
                f"{self.path} was written by a newer secondsource (library version {version}, this one"
                f" reads up to {len(steps)}): upgrade secondsource"
            )
        if empty:
            self.connection.execute("pragma journal_mode = wal")
        if version < len(steps):
            self._migrate(steps, version)
        self.connection.execute("pragma synchronous = normal")
        self.connection.execute("pragma foreign_keys = on")

    def _migrate(self, steps: list[str], version: int) -> None:
        if version:
            with closing(sqlite3.connect(f"{self.path}.schema{version}.bak")) as backup:
                self.connection.backup(backup)
        with self.writing():
            version = self._pragma("user_version")  # another process may have been first
            for step in steps[version:]:
                for statement in step.split(";\n"):
                    self.connection.execute(statement)
            self.connection.execute(f"pragma application_id = {APPLICATION_ID}")
            self.connection.execute(f"pragma user_version = {len(steps)}")

    def _pragma(self, name: str) -> int:
        return int(self.connection.execute(f"pragma {name}").fetchone()[0])


def _steps() -> list[str]:
    """Return the schema steps, in order."""
    folder = files("secondsource.store") / "schema"
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [entry.read_text(encoding="utf-8") for _, entry in named]
