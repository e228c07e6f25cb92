"""One SQLite file as a library: opened, checked, brought to the present schema, written in transactions.

The schema is the numbered files of `schema/`; a file's `user_version` is how many of them it
has. A new table or column is a new file, never an edit of an old one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from secondsource.errors import LibraryError

APPLICATION_ID = 0x5EC0_50CE
_BUSY_SECONDS = 60.0
_TRIES = 100  # of what others may hold up, each after they have let go once

# What SQLite says, and what to do about it.
_REMEDIES = (
    ("disk is full", "make room and run it again; what was acknowledged is kept"),
    (
        "readonly",
        "this needs writing: make the file and its folder writable, or use a copy",
    ),
    ("locked", "another process is writing: try again when it is done"),
    ("malformed", "it is damaged: restore a copy, or add its reports to a new one"),
    ("not a database", "name a library, or another file to make one"),
)


class LibraryFile:
    """An open library file; `connection` is in autocommit mode, writes go through `writing`.

    What SQLite complains of while the file is used comes out as `LibraryError`, in words.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the file at `path`, or create it there.

        A library of an older schema is copied to `<path>.schema<N>.bak` and then migrated. A file
        that may not be written is opened for reading alone.

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
            self.connection = _connect(path)
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
        """Run the block as one immediate transaction, rolled back on any error; part of one that is open.

        Raises:
            LibraryError: the file cannot be written.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        self.connection.execute("begin immediate")
        try:
            yield self.connection
            self.connection.execute("commit")
        except BaseException:
            if self.connection.in_transaction:  # a full disk rolls back by itself
                self.connection.execute("rollback")
            raise

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the file or its journal, as far as the file system allows."""
        self.connection.execute("vacuum")
        self.connection.execute("pragma wal_checkpoint(truncate)")

    def _prepare(self) -> None:
        """Check what the file is, and apply the schema steps that it lacks."""
        steps = _steps()
        application, version, empty = self._what_it_is()
        if not empty and application != APPLICATION_ID:
            raise LibraryError(f"{self.path} is an SQLite file but no secondsource library: name another")
        if version > len(steps):
            raise LibraryError(
                f"{self.path} was written by a newer secondsource (library version {version}, this one"
                f" reads up to {len(steps)}): upgrade secondsource"
            )
        if empty:
            self._write_ahead()
        if version < len(steps):
            self._migrate(steps, version)
        self.connection.execute("pragma synchronous = normal")
        self.connection.execute("pragma foreign_keys = on")

    def _what_it_is(self) -> tuple[int, int, bool]:
        """Return application, schema version and whether it is empty: another process may be making it now.

        All three are of one moment, read in one transaction.
        """
        self.connection.execute("begin")
        try:
            application, version = self._pragma("application_id"), self._pragma("user_version")
            things = self.one("select count(*) from sqlite_master")
        finally:
            self.connection.execute("rollback")
        return application, version, application == 0 and things == 0

    def _write_ahead(self) -> None:
        """Switch to write-ahead logging once nobody holds the file; for that SQLite does not wait itself."""
        for left in reversed(range(_TRIES)):
            try:
                self.connection.execute("pragma journal_mode = wal")
                return
            except LibraryError as error:
                cause = error.__cause__
                busy = isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY
                if not busy or not left:
                    raise
            self.connection.execute("begin exclusive")  # for this it waits
            self.connection.execute("rollback")

    def _migrate(self, steps: list[str], version: int) -> None:
        with self.writing():
            version = self._pragma("user_version")  # another process may have been first
            if 0 < version < len(steps):
                self._back_up(version)
            for step in steps[version:]:
                for statement in step.split(";\n"):
                    self.connection.execute(statement)
            self.connection.execute(f"pragma application_id = {APPLICATION_ID}")
            self.connection.execute(f"pragma user_version = {len(steps)}")

    def _back_up(self, version: int) -> None:
        """Copy the file as it is; a copy under its final name is always whole."""
        copy = Path(f"{self.path}.schema{version}.bak")
        part = copy.with_name(f"{copy.name}.part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(copy)

    def _pragma(self, name: str) -> int:
        return int(self.connection.execute(f"pragma {name}").fetchone()[0])


class _Cursor(sqlite3.Cursor):
    """A cursor that complains in words, also of rows that come later."""

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        try:
            return super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.connection) from error

    def executemany(self, sql: str, parameters: Any, /) -> Self:
        try:
            return super().executemany(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.connection) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.connection) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.connection) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            raise _in_words(error, self.connection) from error


class _Connection(sqlite3.Connection):
    """A connection that knows the name of its file."""

    name = ""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Any:
        return self.cursor().executemany(sql, parameters)


def _connect(path: Path) -> _Connection:
    """Return a connection to the file, for reading alone where it or its folder may not be written."""
    target = f"file:{quote(str(path.absolute()))}"
    open_folder = os.access(path.absolute().parent, os.W_OK)
    if path.is_file() and not (open_folder and os.access(path, os.W_OK)):
        # Without a journal beside it, and no room for one, the file is as it was last closed.
        settled = not open_folder and not path.with_name(f"{path.name}-wal").exists()
        target += "?immutable=1" if settled else "?mode=ro"
    connection = sqlite3.connect(
        target, timeout=_BUSY_SECONDS, isolation_level=None, uri=True, factory=_Connection
    )
    connection.name = str(path)
    return connection


def _in_words(error: sqlite3.DatabaseError, connection: sqlite3.Connection) -> Exception:
    """Return what SQLite complains of as an error of the library; a mistake of ours stays what it is."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
        return error
    said = str(error)
    remedy = next((remedy for sign, remedy in _REMEDIES if sign in said), "check the file and its folder")
    return LibraryError(
        f"{getattr(connection, 'name', 'library')} cannot be used as a library: {said}; {remedy}"
    )


def _steps() -> list[str]:
    """Return the schema steps, in order."""
    folder = files("secondsource.store") / "schema"
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [entry.read_text(encoding="utf-8") for _, entry in named]
