"""A scripted week on loopback: a watch, killed twice, ends with every version, change and alert once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .site import FEEDS, Site

WATCHER = Path(__file__).with_name("watcher.py")


@dataclass
class Watched:
    """What a week left behind, and how often the watch was started."""

    site: Site
    library: Path
    alerts: list[dict]
    starts: int

    def rows(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.library)) as connection:
            return connection.execute(query).fetchall()

    def told(self) -> Counter:
        """Count what was told, without the times and numbers that a restart may shift."""
        return Counter(
            (a["kind"], urlsplit(a["uri"]).path, a["quote"], a["before"], a["after"]) for a in self.alerts
        )


def week(folder: Path, kills: tuple) -> Watched:
    """Let a watch run through the site's week; `kills` tells when the site kills it."""
    site, children, left = Site(), [], list(kills)

    def kill_if(what: str, path: str) -> None:
        if left and left[0] == (what, path):
            left.pop(0)
            os.kill(children[-1].pid, signal.SIGKILL)
            children[-1].wait()

    site.on_page = lambda path, day: kill_if(f"page on day {day}", path)
    site.on_alert = lambda alert: kill_if("alert", alert["kind"])
    opml, library, alerts = folder / "feeds.opml", folder / "library.db", folder / "alerts.jsonl"
    outlines = "".join(f'<outline xmlUrl="{site.base}{feed}"/>' for feed in FEEDS)
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    try:
        while not children or children[-1].returncode == -signal.SIGKILL:
            named = [sys.executable, str(WATCHER), site.base, str(opml), str(library), str(alerts)]
            children.append(subprocess.Popen(named))
            children[-1].wait(timeout=500)
            assert len(children) <= len(kills) + 1
    finally:
        site.close()
    assert children[-1].returncode == 0
    assert not left, "a kill never came"
    lines = alerts.read_text(encoding="utf-8").splitlines()
    return Watched(site, library, [json.loads(line) for line in lines], len(children))


@pytest.fixture(scope="module")
def weeks(tmp_path_factory) -> tuple[Watched, Watched]:
    """Return an undisturbed week, and one killed in the middle of an article and of telling an alert."""
    undisturbed = week(tmp_path_factory.mktemp("undisturbed"), ())
    kills = (("page on day 3", "/herald/ferry"), ("alert", "edited"))
    return undisturbed, week(tmp_path_factory.mktemp("killed"), kills)


def test_every_version_is_kept_once_and_only_the_last_stands(weeks):
    for watched in weeks:
        held = watched.rows("select uri, number, until is null from versions order by uri, number")
        numbered = [
            (uri.removeprefix(watched.site.base), number, bool(stands)) for uri, number, stands in held
        ]
        assert numbered == [
            ("/herald/ferry", 1, False), ("/herald/ferry", 2, True),
            ("/herald/market", 1, False),
            ("/post/ferry", 1, False), ("/post/ferry", 2, False), ("/post/ferry", 3, False),
            ("/wire/ferry", 1, True),
        ]  # fmt: skip


def test_every_change_is_told_once_and_named(weeks):
    for watched in weeks:
        changes = [a for a in watched.alerts if a["kind"] in ("edited", "retracted", "gone")]
        assert [(a["kind"], a["silent"], a["uri"].removeprefix(watched.site.base)) for a in changes] == [
            ("edited", False, "/herald/ferry"),
            ("edited", True, "/post/ferry"),
            ("retracted", False, "/post/ferry"),
            ("gone", False, "/herald/market"),
        ]
        figures, dropped = changes[0]["changes"], changes[1]["changes"]
        assert any(
            c["kind"] == "number-changed" and "20" in c["before"] and "35" in c["after"] for c in figures
        )
        assert [(c["kind"], c["before"]) for c in dropped] == [
            ("cut", "The captain had been warned of the storm")
        ]


def test_a_toll_is_contested_until_it_is_corrected(weeks):
    for watched in weeks:
        moves = [
            (urlsplit(a["uri"]).path.split("/")[1], a["before"], a["after"])
            for a in watched.alerts
            if "20 people" in a["quote"] or "35 people" in a["quote"]
        ]
        assert moves == [
            ("herald", "uncorroborated", "contested"),
            ("post", "contested", "single-origin"),  # the herald owned up
        ]
        (because,) = [a["because"] for a in watched.alerts if a["before"] == "contested"]
        assert [one.partition("-")[2] for one in because] == ["", "v2"]


def test_a_killed_watch_tells_what_an_undisturbed_one_tells(weeks):
    undisturbed, killed = weeks
    assert (undisturbed.starts, killed.starts) == (1, 3)
    assert killed.told() == undisturbed.told()
    assert max(killed.told().values()) == 1
    query = "select data from standings"
    assert labels(killed.rows(query)) == labels(undisturbed.rows(query))


def labels(rows) -> Counter:
    held = [json.loads(data) for (data,) in rows]
    return Counter((one["statement"], one["label"], one["independent_origins"]) for one in held)


def test_each_alert_reaches_file_and_webhook_under_one_id(weeks):
    undisturbed, killed = weeks
    for watched in weeks:
        ids = [alert["id"] for alert in watched.alerts]
        assert len(set(ids)) == len(ids) > 0
        assert set(ids) == {key for key, _ in watched.site.posted}
        assert watched.rows("select id from alerts order by n") == [(one,) for one in ids]
    assert len(undisturbed.site.posted) == len(undisturbed.alerts)
    # The alert whose answer was lost came twice, under the same key.
    assert len(killed.site.posted) == len(killed.alerts) + 1


def test_what_did_not_change_is_not_sent_again(weeks):
    assert weeks[0].site.unchanged > 20
    (documents,) = weeks[0].rows("select count(*) from documents")[0]
    assert documents == 7
