"""What tests of faults share: an invented pile, small reports, and a library's content to compare."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import Pipe

from secondsource.model import Document, Report, Section, SectionRole

TABLES = ("documents", "reports", "mentions", "extracted", "postings", "reuse", "rejects")
KILLS = int(os.environ.get("SECONDSOURCE_KILLS", "0"))  # how often to kill; 0: as often as a test does
TOWNS = ("Velm", "Orsa", "Tarn Ferry", "Quill Bay", "Dunmarsh", "Hollin")
OPENER = """
import sys
from pathlib import Path
from secondsource.store.sqlite import SqliteStore
for path in sys.argv[1:]:
    SqliteStore(Path(path)).close()
"""
SPEAKERS = ("the mayor", "police", "the ferry company", "a spokesman for the ministry", "residents")


def made(number: int, words: int = 1) -> dict[str, str]:
    """Return an invented report; no two numbers below 30 give the same."""
    town, speaker = TOWNS[number % 6], SPEAKERS[number % 5]
    body = f"The old bridge in {town} fell on Friday, {speaker} said. {number + 3} people were injured."
    told = f" Work on pier {number} had begun a week before."
    return {
        "id": f"r{number:03}",
        "outlet": f"outlet-{number}",
        "published": "2031-05-03",
        "title": f"Bridge falls in {town}",
        "body": body + told * words,
    }


def stored(report_id: str, body: str = "A bridge fell in Velm.") -> tuple[Document, Report]:
    """Return a report as a reader makes it."""
    document = Document.of(f"{report_id}{body}".encode(), f"mem:{report_id}", "text/plain")
    section = Section(SectionRole.BODY, (0, len(body)))
    return document, Report(report_id, document.id, body, (section,), reader="test/1")


def content(path, tables=TABLES) -> dict[str, list[tuple]]:
    """Return every row of these tables of a library, after SQLite's own checks of it."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        return {table: sorted(connection.execute(f"select * from {table}"), key=repr) for table in tables}


def write_pile(path, reports: int = 24) -> None:
    """Write a file of invented reports with a broken line among them."""
    lines = [json.dumps(made(number)) for number in range(reports)]
    lines[7:7] = ['{"id": "broken']
    path.write_text("\n".join(lines), encoding="utf-8")


def killed_after(seconds: float, work: Callable[[Callable[[object], None]], None]) -> list:
    """Work in a child process, kill it after so long, and return what it had told to be done."""
    receiver, sender = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        try:
            work(sender.send)
        finally:
            os._exit(0)
    sender.close()
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = []
    try:
        while True:
            told.append(receiver.recv())
    except EOFError:
        return told


def looked_at(folder, name="library.db", tables=TABLES):
    """Return the content of a copy, {} of one without tables: looking at a library recovers it."""
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-looked-at"), dirs_exist_ok=True)
    try:
        return content(copy / name, tables) if has_tables(copy / name) else {}
    finally:
        shutil.rmtree(copy)


def has_tables(path) -> bool:
    """Tell whether the schema was there when the run was killed: it comes whole or not at all."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("select count(*) from sqlite_master").fetchone() != (0,)
