"""What a library offers to the pipeline: reports, mentions, rejects, keys, and traced reuse.

Every write is one transaction; what a call returned as done survives `kill -9`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from secondsource.model import Document, Judgement, Mention, Rejected, Report, Reuse
from secondsource.store.days import DayTable
from secondsource.store.tombstones import TombstoneTable
from secondsource.store.versions import VersionTable


class Arrival(StrEnum):
    """What adding a report came to."""

    NEW = "new"
    KNOWN = "known"
    RENAMED = "renamed"
    DUPLICATE = "duplicate"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome for one report.

    `report` is as stored (its id may have got a suffix); `same_text_as` is the id of an
    earlier report with the same text, or "".
    """

    report: Report
    arrival: Arrival
    same_text_as: str = ""


class Judgements(Protocol):
    """What people judged; only ever added to."""

    def put(self, judgement: Judgement) -> bool:
        """Keep a judgement; return False if it is kept already."""
        ...

    def all(self) -> list[Judgement]:
        """Return every judgement ever made, by date and id."""
        ...

    def of(self, subject: str) -> list[Judgement]:
        """Return the judgements on the subject of that key, by date and id."""
        ...


def free_id(wanted: str, document: str, held: Callable[[str], str | None]) -> str | None:
    """Return the id under which to store a document; None if it is known under `wanted` or a suffix of it.

    `held` gives the document that stands under an id, None if the id is free.
    """
    candidate, suffix = wanted, 1
    while (standing := held(candidate)) is not None:
        if standing == document:
            return None
        suffix += 1
        candidate = f"{wanted}-{suffix}"
    return candidate


class Store(Protocol):
    """The library. Iteration order is always by report id, whatever the order of adding."""

    @property
    def judgements(self) -> Judgements:
        """What people judged."""
        ...

    @property
    def tombstones(self) -> TombstoneTable:
        """What was forgotten; `put` stores nothing of such bytes or of such an address."""
        ...

    @property
    def versions(self) -> VersionTable:
        """What a watched library keeps: versions, visits, verdicts as last told, alerts."""
        ...

    @property
    def calendar(self) -> DayTable:
        """Which reports are of some days, or tell of them."""
        ...

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Yield the documents of `ids` that exist, or all, by id, each with its bytes."""
        ...

    def altered(self) -> list[str]:
        """Return ids of reports whose body is another than was stored, in order."""
        ...

    def put(self, document: Document, report: Report) -> Added:
        """Store one report with its document, or find that it is known already."""
        ...

    def put_mentions(
        self, read: Iterable[tuple[str, Sequence[Mention], Mapping[str, Iterable[int]]]], method: str
    ) -> None:
        """Store what `method` read in reports, mentions and keys by kind, in place of earlier ones."""
        ...

    def holders(self, kind: str, keys: Iterable[int]) -> list[tuple[int, str]]:
        """Return the `(key, report)` postings of these keys of one kind, in order."""
        ...

    def frequency(self, kind: str, key: int) -> int:
        """Return how many reports hold a key of one kind."""
        ...

    def commonest(self, kind: str, least: int) -> dict[int, int]:
        """Return how many reports hold each key of one kind that at least so many hold."""
        ...

    def frequencies(self, kind: str, reports: Iterable[str]) -> dict[int, int]:
        """Return how many of `reports` hold each key of one kind that any of them holds."""
        ...

    def holding(self, kind: str, key: int, reports: Iterable[str]) -> list[str]:
        """Return those of `reports` that hold a key of one kind, in order."""
        ...

    def recall(self, name: str) -> tuple[str, bytes]:
        """Return what was kept under `name` with the state it was made for; ("", b"") if nothing was."""
        ...

    def keep(self, name: str, state: str, value: bytes) -> None:
        """Keep a value worked out from the whole library, in place of an earlier one."""
        ...

    def put_reject(self, rejected: Rejected) -> None:
        """Store what could not be read; the same reject is kept once."""
        ...

    def put_reuse(self, state: str, reuse: Iterable[Reuse]) -> None:
        """Replace all traced reuse by that of the reports whose `state()` is `state`."""
        ...

    def state(self) -> str:
        """Return a digest of the ids and documents in the library; equal states, equal reports."""
        ...

    def report(self, report: str) -> Report:
        """Return one report.

        Raises:
            UnknownReport: the library has no report of that id.
        """
        ...

    def reports(self, ids: Iterable[str] | None = None) -> list[Report]:
        """Return the reports of `ids` that exist, or all, by id."""
        ...

    def mentions(self, reports: Iterable[str] | None = None) -> list[Mention]:
        """Return the mentions of these reports, or all, by report and place in it."""
        ...

    def unread(self, method: str) -> list[str]:
        """Return ids of reports whose mentions are missing or were read by another method."""
        ...

    def reuse(self, report: str | None = None) -> list[Reuse]:
        """Return all traced reuse, or that which one report is part of, by (a, b)."""
        ...

    def reuse_state(self) -> str:
        """Return the state for which reuse was traced, "" if never."""
        ...

    def rejects(self) -> list[Rejected]:
        """Return everything rejected, ordered by where."""
        ...

    def count(self) -> int:
        """Return the number of reports."""
        ...

    def ids(self, until: date | None = None) -> list[str]:
        """Return the ids of reports that stand now, or of those known to be published by a day, in order."""
        ...

    def languages(self, until: date | None = None) -> dict[str, int]:
        """Return how many reports there are in each language, of those that stand now or on a day."""
        ...

    def not_in(self, language: str, until: date | None = None) -> list[str]:
        """Return the ids of reports in other languages, of those that stand now or on a day, in order."""
        ...

    def twins(self, until: date | None = None) -> list[str]:
        """Return the ids of standing reports that print the text of one of a lower id, in order."""
        ...

    def newest(self, until: date | None = None) -> date | None:
        """Return the newest day of publication, up to a day; None if no report has one."""
        ...

    def close(self) -> None:
        """Close the library; the store is of no use afterwards."""
        ...
