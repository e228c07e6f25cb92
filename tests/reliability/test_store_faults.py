"""A full disk, files that may not be written, damaged files, several processes: words, and nothing lost."""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from secondsource.errors import LibraryError
from secondsource.store.file import LibraryFile
from secondsource.store.sqlite import SqliteStore

from .invented import OPENER, content, stored

NOBODY = 65_534  # a user who owns nothing


def test_a_full_disk_is_told_in_words_and_keeps_what_was_acknowledged(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteStore(path)
    pages = store._connection.execute("pragma page_count").fetchone()[0]
    store._connection.execute(f"pragma max_page_count = {pages + 8}")
    kept = []

    def fill():
        for number in range(100):
            store.put(*stored(f"r{number:03}", f"Report {number}. " + "It rained. " * 400))
            kept.append(f"r{number:03}")

    with pytest.raises(LibraryError, match=r"library\.db .* full; make room"):
        fill()
    assert kept
    assert store.ids() == kept
    store._connection.execute("pragma max_page_count = 100000")
    store.put(*stored("after"))
    store.close()
    assert {row[0] for row in content(path)["reports"]} == {*kept, "after"}


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_write_that_fails_at_its_end_is_undone(tmp_path, journal):
    file = LibraryFile(tmp_path / "library.db")
    file.connection.execute(f"pragma journal_mode = {journal}")

    def write():
        with file.writing() as connection:
            connection.execute("pragma defer_foreign_keys = on")
            connection.execute("insert into extracted values ('no such report', 'rules-1')")

    with pytest.raises(sqlite3.IntegrityError):
        write()
    assert not file.connection.in_transaction
    assert file.one("select count(*) from extracted") == 0
    file.close()


def as_reader(work):
    """Return what `work` gives in a child process of a user who is not root."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            sender.send(work())
        finally:
            os._exit(0)
    sender.close()
    try:
        return receiver.recv()
    finally:
        os.waitpid(child, 0)


@pytest.mark.parametrize("folder", [0o777, 0o555])
def test_a_library_that_may_not_be_written_is_read_and_refuses_writing_in_words(tmp_path, folder):
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "library.db"
        store = SqliteStore(path)
        store.put(*stored("r1"))
        store.close()
        path.chmod(0o444)
        Path(place).chmod(folder)

        def work():
            held = SqliteStore(path, create=False)
            body = held.report("r1").body
            try:
                held.keep("name", "state", b"value")
            except LibraryError as error:
                return body, str(error)

        try:
            body, refusal = as_reader(work)
        finally:
            Path(place).chmod(0o755)
    assert body == "A bridge fell in Velm."
    assert "readonly" in refusal
    assert "make the file and its folder writable, or use a copy" in refusal


def test_a_page_overwritten_with_noise_is_told_in_words(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteStore(path)
    for number in range(200):
        store.put(*stored(f"r{number}", f"Report {number}. " + "It rained. " * 40))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 8192))
    with pytest.raises(LibraryError, match="restore a copy"):
        SqliteStore(path, create=False).reports()


def test_a_file_cut_short_is_told_in_words(tmp_path):
    path = tmp_path / "library.db"
    store = SqliteStore(path)
    for number in range(50):
        store.put(*stored(f"r{number}", "It rained. " * 400))
    store.close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(LibraryError):
        SqliteStore(path, create=False).reports()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from invented import stored
from secondsource.store.sqlite import SqliteStore
import time
store, until, done = SqliteStore(Path(sys.argv[1])), time.monotonic() + float(sys.argv[3]), 0
while time.monotonic() < until:
    store.put(*stored(f"{sys.argv[2]}-{done:06}", f"Report {done} of {sys.argv[2]}."))
    done += 1
print(done)
"""
READER = """
import sys
from pathlib import Path
from secondsource.store.sqlite import SqliteStore
import time
store, until, seen = SqliteStore(Path(sys.argv[1])), time.monotonic() + float(sys.argv[3]), 0
looks = 0
while time.monotonic() < until:
    count = store.count()
    assert count >= seen
    assert len(store.ids()) >= count
    store.reports(store.ids()[-5:])
    seen, looks = count, looks + 1
print(looks)
"""


def test_two_writers_and_three_readers_lose_nothing(tmp_path):
    """SECONDSOURCE_SECONDS says for how long; five minutes were run for docs/reliability.md."""
    path, seconds = tmp_path / "library.db", os.environ.get("SECONDSOURCE_SECONDS", "4")
    SqliteStore(path).close()
    here = str(Path(__file__).parent)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), name, seconds, here],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for program, name in [(WRITER, "a"), (WRITER, "b"), *((READER, str(n)) for n in range(3))]
    ]
    results = [process.communicate(timeout=float(seconds) + 60) for process in running]
    assert [process.returncode for process in running] == [0] * 5, results
    written = [int(out) for out, _ in results[:2]]
    assert min(int(out) for out, _ in results) > 0
    assert len(content(path)["reports"]) == sum(written)


def test_processes_that_make_one_library_at_once_agree(tmp_path):
    """Many libraries in turn: the moments in which two of them meet are short."""
    paths = [tmp_path / f"{number}.db" for number in range(200)]
    running = [subprocess.Popen([sys.executable, "-c", OPENER, *map(str, paths)]) for _ in range(4)]
    assert [process.wait(120) for process in running] == [0] * 4
    assert all(content(path)["reports"] == [] for path in paths)
