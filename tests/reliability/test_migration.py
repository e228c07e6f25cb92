"""A library of an older schema, with content, is migrated with a backup; a newer one is refused in words."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from secondsource.errors import LibraryError
from secondsource.store import file as library_file
from secondsource.store.file import APPLICATION_ID, LibraryFile
from secondsource.store.sqlite import SqliteStore

from .invented import OPENER, content

SHAPE = "select type, name, tbl_name, sql from sqlite_master order by 1, 2"


@pytest.fixture
def old(tmp_path):
    """Return a library of schema 1 with a report, its mentions and what was traced."""
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(library_file._steps()[0])
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma user_version = 1")
        connection.execute("insert into documents values ('d1', 'mem:d1', 'text/plain', null, x'41')")
        connection.execute(
            "insert into reports values ('r1', 'd1', 'velm-post', '2031-05-03', 'Title', 'It fell.',"
            """ '[{"role":"body","span":[0,8]}]', '', '', '', 'en', null, 'test/1', '[]', 'key')"""
        )
        connection.execute("insert into rejects values ('a', 'read', 'broken')")
        connection.execute("insert into extracted values ('r1', 'rules-0')")
    return path


def test_an_older_library_keeps_its_content_and_gets_the_present_shape(old, tmp_path):
    store = SqliteStore(old)
    assert store.report("r1").body == "It fell."
    assert [reject.reason for reject in store.rejects()] == ["broken"]
    assert store.unread("rules-1") == ["r1"]
    store.close()
    SqliteStore(tmp_path / "new.db").close()
    with closing(sqlite3.connect(old)) as left, closing(sqlite3.connect(tmp_path / "new.db")) as right:
        assert left.execute(SHAPE).fetchall() == right.execute(SHAPE).fetchall()


def test_the_backup_is_the_library_as_it_was(old):
    before = content_of_first_schema(old)
    SqliteStore(old).close()
    backup = old.with_name("library.db.schema1.bak")
    assert content_of_first_schema(backup) == before
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)
    assert [path.name for path in old.parent.glob("*.part")] == []


def content_of_first_schema(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return [connection.execute(f"select * from {table}").fetchall() for table in ("documents", "reports")]


def test_a_step_that_fails_changes_nothing(old, monkeypatch):
    steps = [*library_file._steps(), "create table more (a text);\ncreate table broken ("]
    monkeypatch.setattr(library_file, "_steps", lambda: steps)
    with pytest.raises(LibraryError):
        LibraryFile(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)
        names = {row[0] for row in connection.execute("select name from sqlite_master")}
    assert "more" not in names
    assert "kept" not in names


def test_processes_that_migrate_at_once_make_one_whole_backup(old):
    running = [subprocess.Popen([sys.executable, "-c", OPENER, str(old)]) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0] * 4
    assert len(content(old)["reports"]) == 1
    with closing(sqlite3.connect(old.with_name("library.db.schema1.bak"))) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)


def test_a_newer_library_is_refused_in_words_and_left_as_it_is(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("pragma user_version = 999")
    before = old.read_bytes()
    with pytest.raises(LibraryError, match=r"written by a newer secondsource .* upgrade"):
        SqliteStore(old)
    assert old.read_bytes() == before


def test_another_program_s_database_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table bookmarks (url text)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="no secondsource library: name another"):
        SqliteStore(path)
    assert path.read_bytes() == before
