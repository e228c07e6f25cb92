"""Work that takes longer than an answer may: a bounded crew of threads, each with its own library.

What changes the library, and the first look at one that was changed, is done alone, so that texts are
read and traced once; checks of a library that stands still run side by side.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from secondsource.errors import SecondsourceError
from secondsource.pipeline import Library, OnProgress
from secondsource.store.catalogue import Catalogue
from secondsource.web.crew import Crew
from secondsource.web.faults import MISTAKE, Refused, refusal
from secondsource.web.options import ServeOptions
from secondsource.web.records import JobKind, JobRecord

log = logging.getLogger(__name__)

_KEPT = 300  # jobs remembered


@dataclass(slots=True)
class Bench:
    """What one thread of the crew works with; opened by the thread that uses it."""

    library: Library
    catalogue: Catalogue

    def close(self) -> None:
        """Close both."""
        self.library.close()
        self.catalogue.close()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to, in words; `reports` are those it brought in, `value` what it worked out."""

    said: str
    address: str
    reports: tuple[str, ...] = ()
    value: Any = None


Work = Callable[[Bench, OnProgress], Outcome]


class Gate:
    """Several at once, or one alone; who wants to be alone keeps newcomers waiting."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = False
        self._wanting = 0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be inside with others."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and not self._wanting)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be inside alone."""
        with self._changed:
            self._wanting += 1
            self._changed.wait_for(lambda: not self._alone and not self._inside)
            self._wanting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()


@dataclass(slots=True)
class _Held:
    record: JobRecord
    future: Future[Outcome] = field(default_factory=Future)


class Jobs:
    """The jobs of a server, by id."""

    def __init__(self, options: ServeOptions) -> None:
        """Hire the crew; it opens the library at its first job."""
        self._options = options
        self._crew = Crew(options.workers, "check", lambda: _bench(options))
        self._closing = False
        self._lock = threading.Lock()
        self._gate = Gate()
        self._settled = ""  # what the library held when it was last looked at whole
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def start(self, kind: JobKind, report: str, work: Work) -> JobRecord:
        """Put work in line and return its record; a check that is under way already is not begun twice.

        Raises:
            Refused: too much stands in line.
        """
        with self._lock:
            open_jobs = [held for held in self._held.values() if not held.record.over]
            for held in open_jobs:
                if kind in ("check", "origins") and (held.record.kind, held.record.report) == (kind, report):
                    return held.record
            if len(open_jobs) >= self._options.workers + self._options.waiting:
                raise Refused(503, "Too much stands in line already: try again in a minute.")
            record = JobRecord(id=secrets.token_hex(8), kind=kind, report=report, state="waiting")
            held = self._held[record.id] = _Held(record)
            while len(self._held) > _KEPT:
                oldest = next((name for name, each in self._held.items() if each.record.over), record.id)
                del self._held[oldest]
        self._crew.submit(lambda bench: self._run(held, work, bench))
        return record

    def record(self, job: str) -> JobRecord:
        """Return how a job stands.

        Raises:
            Refused: there is no such job.
        """
        return self._of(job).record

    def future(self, job: str) -> Future[Outcome]:
        """Return what will hold a job's outcome.

        Raises:
            Refused: there is no such job.
        """
        return self._of(job).future

    def close(self) -> None:
        """Finish what is being done, drop what waits, and close the libraries."""
        self._closing = True
        self._crew.close()

    def _of(self, job: str) -> _Held:
        with self._lock:
            if job not in self._held:
                raise Refused(404, "There is no such job, or it was long ago.")
            return self._held[job]

    def _run(self, held: _Held, work: Work, bench: Bench) -> None:
        def on_progress(stage: str, done: int, total: int | None) -> None:
            held.record = replace(held.record, stage=stage, done=done, total=total)

        held.record = replace(held.record, state="running")
        try:
            if self._closing:
                raise Refused(503, "The server is closing.")
            with self._place(held.record.kind, bench):
                outcome = work(bench, on_progress)
                if held.record.kind != "add":  # what was added is not traced yet
                    self._settled = bench.catalogue.contents()
        except Exception as error:
            refused = _refused(error, held.record)
            held.record = replace(held.record, state="failed", said=refused.detail)
            held.future.set_exception(refused)
        else:
            held.record = replace(
                held.record, state="done", said=outcome.said, address=outcome.address, reports=outcome.reports
            )
            held.future.set_result(outcome)

    @contextmanager
    def _place(self, kind: JobKind, bench: Bench) -> Iterator[None]:
        still = kind in ("check", "ask") and bench.catalogue.contents() == self._settled
        with self._gate.shared() if still else self._gate.alone():
            yield


def _bench(options: ServeOptions) -> Bench:
    library = Library(options.library, create=False, held_only=True)
    return Bench(library, Catalogue(options.library))


def _refused(error: Exception, record: JobRecord) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, SecondsourceError):
        log.info("%s of %r: %s", record.kind, record.report, error)
        return refusal(error)
    log.error("%s of %r failed", record.kind, record.report, exc_info=error)
    return Refused(500, MISTAKE)
