"""`kill -9` at random moments of adding: nothing acknowledged is lost, and the next run completes the work.

SECONDSOURCE_KILLS says how many times to kill; a hundred were run for docs/reliability.md.
"""

import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path

import pytest

from secondsource.pipeline import Library

from .invented import content, write_pile

EMPTY = {"reports": [], "rejects": [], "extracted": []}
KILLS = int(os.environ.get("SECONDSOURCE_KILLS", "10"))


@dataclass
class Acknowledged:
    """How much a killed run had told to be done: reports put, reports read for their mentions."""

    reading: int = 0
    extracting: int = 0


def add(path, pile, on_progress=lambda *_: None):
    library = Library(path)
    try:
        return library.add([str(pile)], on_progress=on_progress)
    finally:
        library.close()


def killed_after(seconds, path, pile) -> Acknowledged:
    """Add the pile in a child process, kill it after so long, and return what it had acknowledged."""
    receiver, sender = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        try:
            add(path, pile, lambda stage, done, _: sender.send((stage, done)))
        finally:
            os._exit(0)
    sender.close()
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = Acknowledged()
    try:
        while True:
            stage, done = receiver.recv()
            # An item is told when the one before it has been put, a report when its mentions have been.
            setattr(told, stage, done - 1 if stage == "reading" else done)
    except EOFError:
        return told


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return a pile, what a library holds after adding it in peace, and how long that took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_pile(folder / "pile.jsonl")
    add(folder / "warm.db", folder / "pile.jsonl")  # loads the parser, so that children have it
    started = time.monotonic()
    add(folder / "library.db", folder / "pile.jsonl")
    return folder / "pile.jsonl", content(folder / "library.db"), time.monotonic() - started


def test_a_killed_add_loses_nothing_acknowledged_and_is_completed_by_the_next(undisturbed, tmp_path):
    pile, whole, seconds = undisturbed
    moments = random.Random(7)
    path, cut_short = tmp_path / "library.db", 0
    for _ in range(KILLS):
        for left in tmp_path.iterdir():
            left.unlink()
        told = killed_after(moments.uniform(0, 1.1 * seconds), path, pile)
        if path.exists() and path.stat().st_size:
            held = looked_at(tmp_path)
            assert len(held["reports"]) + len(held["rejects"]) >= told.reading
            assert len(held["extracted"]) >= told.extracting
            cut_short += len(held["extracted"]) < len(whole["extracted"])
        add(path, pile)
        assert content(path) == whole
    assert cut_short, "no kill came while there was work left"


def looked_at(folder: Path):
    """Return the content of a copy: looking at the library itself would recover it before `add` does."""
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-looked-at"), dirs_exist_ok=True)
    try:
        return content(copy / "library.db") if has_tables(copy / "library.db") else EMPTY
    finally:
        shutil.rmtree(copy)


def has_tables(path: Path) -> bool:
    """Tell whether the schema was there when the run was killed: it comes whole or not at all."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("select count(*) from sqlite_master").fetchone() != (0,)
