"""The whole story on one screen: read, extract, trace, match, weigh, tell.

`Library` is the public face. Its methods bind the steps to one store; the steps
themselves know neither the store nor each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from secondsource import plugins, trace
from secondsource.engine.port import Engine
from secondsource.errors import UnreadableInput
from secondsource.extract import METHOD, Extractor
from secondsource.model import Document, Mention, Rejected, Report, Reuse
from secondsource.read import ReadOptions, read_bytes, read_path
from secondsource.store.port import Added, Arrival, Store
from secondsource.store.sqlite import SqliteStore
from secondsource.tell import lines
from secondsource.tell.records import AttributionRecord, PairRecord

OnProgress = Callable[[str, int, int | None], None]
Reading = Iterator[tuple[Document, Report] | Rejected]

BATCH = 64  # reports parsed together; what is lost to an interruption is at most this much parsing


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Take progress and do nothing."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding inputs, in the order of reading.

    `read` reports were new (duplicates and renamed ones among them), `known` were there
    already; `duplicates` pairs a new report with an earlier one of the same text, `renamed`
    the id that was asked for with the one given.
    """

    read: int
    known: int
    total: int
    duplicates: tuple[tuple[str, str], ...]
    renamed: tuple[tuple[str, str], ...]
    rejected: tuple[Rejected, ...]


class Library:
    """A pile of reports that is kept, and the questions it answers."""

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        """Open the library at `path`.

        Raises:
            LibraryError: it cannot be opened, or is missing and `create` is False.
        """
        self._store: Store = SqliteStore(Path(path), create=create)
        self._extractor = Extractor()

    def close(self) -> None:
        """Close the library's file."""
        self._store.close()

    def add(
        self, inputs: Sequence[str], options: ReadOptions | None = None, on_progress: OnProgress = silent
    ) -> Addition:
        """Read files and URLs into the library and extract their mentions; safe to repeat.

        An interrupted run has lost nothing: the next one goes on where it stopped.

        Raises:
            UnreadableInput: the only input cannot be read at all.
        """
        wanted: list[tuple[str, Added]] = []
        rejected: list[Rejected] = []
        for done, item in enumerate(_read_many(inputs, options or ReadOptions()), 1):
            on_progress("reading", done, None)
            if isinstance(item, Rejected):
                self._store.put_reject(item)
                rejected.append(item)
            else:
                wanted.append((item[1].id, self._store.put(*item)))
        self._extract(on_progress)
        return Addition(
            read=sum(added.arrival is not Arrival.KNOWN for _, added in wanted),
            known=sum(added.arrival is Arrival.KNOWN for _, added in wanted),
            total=self._store.count(),
            duplicates=tuple((a.report.id, a.same_text_as) for _, a in wanted if a.same_text_as),
            renamed=tuple((asked, a.report.id) for asked, a in wanted if a.arrival is Arrival.RENAMED),
            rejected=tuple(rejected),
        )

    def origins(self, on_progress: OnProgress = silent) -> list[PairRecord]:
        """Return every pair of reports that share text, by (a, b)."""
        return [lines.pair(reuse) for reuse in self._reuse(on_progress)]

    def _reuse(self, on_progress: OnProgress) -> list[Reuse]:
        """Return the reuse within the library, traced anew if reports came in since."""
        state = self._store.state()
        traced_for, reuse = self._store.reuse()
        if traced_for != f"{trace.KEYS} {state}":
            on_progress("tracing", 0, 1)
            reuse = trace.trace_reuse(self._store.reports(), self._engine.join_on_key)
            self._store.put_reuse(f"{trace.KEYS} {state}", reuse)
            on_progress("tracing", 1, 1)
        return reuse

    @cached_property
    def _engine(self) -> Engine:
        engine: Engine = plugins.load(plugins.ENGINES, "duckdb")()
        return engine

    def _extract(self, on_progress: OnProgress) -> None:
        """Read the mentions of every report that has none by the present method."""
        unread = self._store.unread(METHOD)
        for first in range(0, len(unread), BATCH):
            batch = self._store.reports(unread[first : first + BATCH])
            for done, (report, found) in enumerate(self._extractor.batch(batch), first + 1):
                self._store.put_mentions(report.id, found, METHOD)
                on_progress("extracting", done, len(unread))


def mentions(
    reports: Sequence[Report], on_progress: OnProgress = silent
) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
    """Yield each report with its mentions, in order; no library is needed."""
    for done, found in enumerate(Extractor().batch(reports), 1):
        on_progress("extracting", done, len(reports))
        yield found


def attributions(reports: Sequence[Report], on_progress: OnProgress = silent) -> Iterator[AttributionRecord]:
    """Yield every attribution of each report, whole and unsplit, in order."""
    extractor = Extractor()
    for done, report in enumerate(reports, 1):
        on_progress("extracting", done, len(reports))
        for found in extractor.attributions(report):
            yield lines.attribution(report.id, found)


def read_input(name: str, options: ReadOptions) -> Reading:
    """Yield what one file or URL holds."""
    if not name.startswith(("http://", "https://")):
        return read_path(Path(name), options)
    from secondsource.reach import fetch

    page = fetch(name)
    return read_bytes(page.content, page.uri, page.media_type, replace(options, uri=options.uri or page.uri))


def read_all(inputs: Sequence[str], options: ReadOptions) -> tuple[list[Report], list[Rejected]]:
    """Return the reports of all inputs, in order, and what was rejected.

    Raises:
        UnreadableInput: an input cannot be read at all and it is the only one.
    """
    reports, rejects = [], []
    for item in _read_many(inputs, options):
        if isinstance(item, Rejected):
            rejects.append(item)
        else:
            reports.append(item[1])
    return reports, rejects


def _read_many(inputs: Sequence[str], options: ReadOptions) -> Reading:
    """Yield what all inputs hold; one unreadable input among several is a reject."""
    for name in inputs:
        try:
            yield from read_input(name, options)
        except UnreadableInput as error:
            if len(inputs) == 1:
                raise
            yield Rejected(name, "read", str(error))
