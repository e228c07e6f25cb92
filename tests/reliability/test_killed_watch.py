"""`kill -9` of `watch` while it follows, weighs and tells, and of reviewing while others write.

SECONDSOURCE_KILLS says how many times to kill; a hundred of each were run for docs/reliability.md.
"""

import json
import os
import random
import shutil
import signal
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest

from secondsource.model import Decision, Judgement
from secondsource.pipeline import Library, review
from secondsource.pipeline.watch import Outside, WatchOptions, into_file, one_round
from secondsource.store.sqlite import SqliteStore

from .invented import KILLS, TABLES, content, killed_after, looked_at, stored

NOON = datetime(2031, 5, 9, 12, tzinfo=UTC)
WATCHED = (*TABLES, "versions", "visits", "unweighed", "standings", "bearings", "alerts", "sinks")
FIRST = {
    "herald": "A ferry sank off Port Velm on Monday, killing 20 people, the coast guard said.",
    "market": "A fire destroyed the grain market of Dunmarsh on Monday, the fire brigade said.",
}
LATER = {
    "post": "The ferry that sank off Port Velm on Monday killed 35 people, the mayor of Velm said.",
    "wire": "Twenty people died when a ferry sank off Port Velm on Monday, a survivor told Orsa Wire.",
    "echo": "The blaze that destroyed the grain market of Dunmarsh on Monday began in a store, police said.",
}


def lay(folder, reports):
    """Put reports into a watched folder, one file each."""
    for name, body in reports.items():
        row = {"id": name, "outlet": f"Velm {name}", "published": "2031-05-06", "title": "", "body": body}
        (folder / f"{name}.json").write_text(json.dumps([row]), encoding="utf-8")


def watched(place):
    """Watch the folder of a place for one round, and write alerts beside the library."""
    library = Library(place / "own" / "library.db")
    sinks = {"file": into_file(place / "own" / "alerts.jsonl")}
    for name in sinks:
        library.store.versions.served(name)
    outside = Outside(guest=None, now=lambda: NOON, sleep=lambda _: None)
    one_round(library, ((), (place / "folder",)), outside, sinks, WatchOptions())
    library.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder that was watched once, since when reports came that move verdicts."""
    place = tmp_path_factory.mktemp("watched")
    (place / "folder").mkdir()
    (place / "own").mkdir()
    lay(place / "folder", FIRST)
    watched(place)
    shutil.move(place / "own", place / "before")
    lay(place / "folder", LATER)
    return place


def anew(place):
    """Set the library back to what it was before the later reports came."""
    shutil.rmtree(place / "own", ignore_errors=True)
    shutil.copytree(place / "before", place / "own")


def alerts(place):
    """Return the alerts that were told, in order; a line half written is none."""
    file = place / "own" / "alerts.jsonl"
    whole = file.read_bytes().splitlines(keepends=True) if file.exists() else []
    return [json.loads(line)["id"] for line in whole if line.endswith(b"\n")]


def test_a_killed_watch_tells_every_change_once_and_ends_as_one_undisturbed(place):
    anew(place)
    started = time.monotonic()
    watched(place)
    seconds, whole, told = (
        time.monotonic() - started,
        content(place / "own" / "library.db", WATCHED),
        alerts(place),
    )
    assert told, "nothing moved: the test shows nothing"
    moments, cut_short, weighing = random.Random(11), 0, 0
    for _ in range(KILLS or 8):
        anew(place)
        killed_after(moments.uniform(0, 1.1 * seconds), lambda _: watched(place))
        held = looked_at(place / "own", tables=WATCHED)
        assert set(alerts(place)) <= {row[1] for row in held["alerts"]}, "told before it was kept"
        cut_short += held != whole
        weighing += bool(held["unweighed"])
        watched(place)
        assert content(place / "own" / "library.db", WATCHED) == whole
        assert alerts(place) == told
    assert cut_short, "no kill came while there was work left"
    assert weighing, "no kill came while verdicts were weighed"


def judgements(library):
    """Return judgements, each of another grade, on the outlets of a pile and in one order."""
    names = sorted({report.outlet for report in library.store.reports()})
    return [
        Judgement.of(
            review.grade_subject(outlet), Decision.CHANGE, "A. Reader", NOON, reason=f"look {n}", value=value
        )
        for n, value in enumerate("ABCDE" * 4)
        for outlet in names
    ]


@contextmanager
def loaded(path):
    """Have another process put reports into a library all the while."""
    child = os.fork()
    if child == 0:
        try:
            store, number = SqliteStore(path), 0
            while True:
                store.put(*stored(f"load-{number:06}", f"Report {number}: it rained."))
                number += 1
        finally:
            os._exit(1)
    try:
        yield
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the writer beside it failed"
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def said(one):
    """Return what tells one judgement of the pile from the others."""
    return one.subject.place, one.reason


def kept(path):
    """Return what was judged, after SQLite's own checks of the library."""
    content(path, ("judgements", "reports"))
    store = SqliteStore(path)
    try:
        return {said(one) for one in store.judgements.all()}
    finally:
        store.close()


def test_a_killed_review_loses_no_judgement_that_it_acknowledged_while_others_write(place):
    anew(place)
    library = Library(place / "own" / "library.db")
    made = judgements(library)
    library.close()

    def judging(path, tell=lambda _: None):
        own = Library(path)
        for one in made:
            review.judge(own, one)
            tell(said(one))
        own.close()

    moments, cut_short, seconds = random.Random(13), 0, 0.0
    for kill in range(1 + (KILLS or 8)):  # the first goes undisturbed and says how long it takes
        path = shutil.copy(place / "before" / "library.db", place / "own" / f"library-{kill}.db")
        started = time.monotonic()
        with loaded(path):
            if kill:
                told = killed_after(
                    moments.uniform(0, 1.1 * seconds), lambda tell, path=path: judging(path, tell)
                )
                assert set(told) <= kept(path)
                cut_short += len(kept(path)) < len(made)
            judging(path)
        seconds = seconds or time.monotonic() - started
        assert kept(path) == set(map(said, made))
        path.unlink()
    assert cut_short, "no kill came while there was work left"
