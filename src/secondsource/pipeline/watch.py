"""Watching feeds for weeks: follow, weigh again what is touched, tell what changed; then wait.

All state is in the library. A watch that is killed goes on where it stopped: a step is done or
it is not, and what is told is marked per receiver after it was handed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from secondsource.errors import UndeliveredAlert
from secondsource.model import Rejected
from secondsource.pipeline.follow import Followed, Follower, FollowOptions, Guest, sources
from secondsource.pipeline.library import Library
from secondsource.pipeline.reweigh import Weighed, reweigh
from secondsource.tell import lines
from secondsource.tell.alerts import AlertRecord

Sink = Callable[[AlertRecord], None]


@dataclass(frozen=True, slots=True)
class Outside:
    """What a watch needs of the world: who asks, the time (aware UTC), and waiting some seconds."""

    guest: Guest
    now: Callable[[], datetime]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """Seconds between the ends and starts of rounds, how many rounds (None: no end), and following."""

    every: float = 900.0
    rounds: int | None = None
    follow: FollowOptions = field(default_factory=FollowOptions)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to; `undelivered` says which receivers are to be tried again, and why."""

    followed: Followed
    weighed: tuple[Weighed, ...]
    told: int
    undelivered: tuple[Rejected, ...] = ()


def watch(
    library: Library,
    names: Sequence[str],
    outside: Outside,
    sinks: Mapping[str, Sink],
    options: WatchOptions | None = None,
) -> Iterator[Round]:
    """Yield what each round came to; `names` are OPML files, addresses of feeds or sitemaps, folders.

    `sinks` take the alerts, each under a name that is remembered: a receiver that is new gets what
    changes from now on.

    Raises:
        UnreadableInput: a name is none of these.
    """
    wishes = options or WatchOptions()
    feeds, folders = sources(names)
    for name in sinks:
        library.store.versions.served(name)
    number = 0
    while True:
        yield one_round(library, (feeds, folders), outside, sinks, wishes)
        number += 1
        if wishes.rounds is not None and number >= wishes.rounds:
            return
        outside.sleep(wishes.every)


def one_round(
    library: Library,
    named: tuple[Sequence[str], Sequence[Path]],
    outside: Outside,
    sinks: Mapping[str, Sink],
    options: WatchOptions,
) -> Round:
    """Visit all feeds and folders once, weigh what is touched, and hand out the alerts."""
    follower = Follower(library.store, outside.guest, outside.now, options.follow)
    for feed in named[0]:
        follower.feed(feed)
    follower.known_pages()
    for folder in named[1]:
        follower.folder(folder)
    weighed = reweigh(library, outside.now)
    told, undelivered = deliver(library, sinks)
    return Round(follower.done, tuple(weighed), told, tuple(undelivered))


def deliver(library: Library, sinks: Mapping[str, Sink]) -> tuple[int, list[Rejected]]:
    """Hand each receiver the alerts it has not got, in order; return how many, and who failed."""
    versions, told, failed = library.store.versions, 0, []
    for name, sink in sinks.items():
        for number, _, data in versions.alerts(after=versions.served(name)):
            try:
                sink(msgspec.json.decode(data, type=AlertRecord))
            except UndeliveredAlert as error:
                failed.append(Rejected(name, "alert", str(error)))
                break
            versions.serve(name, number)
            told += 1
    return told, failed


def into_file(path: Path) -> Sink:
    """Return a receiver that appends alerts to a JSONL file, each once even if it was killed while writing.

    What was half written is cut off, and what the file holds already is not written again.
    """
    held: set[str] = set()
    if path.exists():
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.truncate(path, len(whole))
        held = {msgspec.json.decode(line, type=AlertRecord).id for line in whole.splitlines() if line.strip()}

    def write(alert: AlertRecord) -> None:
        if alert.id in held:
            return
        try:
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(lines.to_line(alert))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise UndeliveredAlert(f"{path}: cannot be written ({error.strerror})") from error
        held.add(alert.id)

    return write
