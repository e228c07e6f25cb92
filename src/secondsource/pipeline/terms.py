"""What the library keeps of reports to find them by, and which of them hold a term."""

from __future__ import annotations

from collections.abc import Iterable

from secondsource import match, trace
from secondsource.match import Told
from secondsource.store.port import Store
from secondsource.text import stable_hash


class Terms:
    """The terms of a pile's reports; each is looked up once.

    `allowed` are the ids of the pile; the report under check, if it is not held by the
    library, brings its own terms.
    """

    def __init__(self, store: Store, allowed: Iterable[str], subject: Told | None = None) -> None:
        self._store = store
        self._allowed = frozenset(allowed)
        self._subject = None if subject is None or subject.report.id in self._allowed else subject
        self._known: dict[str, frozenset[str]] = {}
        self.statistics = match.Statistics(len(self._allowed), lambda term: len(self.holders(term)))

    def holders(self, term: str) -> frozenset[str]:
        """Return the ids of the reports that hold `term`."""
        if term not in self._known:
            held = {report for _, report in self._store.holders(match.KEYS, [stable_hash(term)])}
            if self._subject is not None and term in self._subject.terms:
                held.add(self._subject.report.id)
                self._known[term] = frozenset(held & (self._allowed | {self._subject.report.id}))
            else:
                self._known[term] = frozenset(held & self._allowed)
        return self._known[term]


def keys(told: Told) -> dict[str, list[int]]:
    """Return what the library keeps of a report, by kind of key: its terms and its traces of text."""
    return {
        match.KEYS: sorted(stable_hash(term) for term in told.terms),
        trace.KEYS: trace.keys_of(told.report),
    }
