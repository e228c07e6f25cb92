"""Reports of the pile as match reads them: passages with their words, made once and kept.

A passage is a sentence that carries at least one mention (furniture carries none), with
the mentions in it. Words are read on first use: a large pile costs only what is looked at.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from secondsource.match.vectors import stacked
from secondsource.match.who import Named, actors_in, places_in
from secondsource.match.words import Word, counts, read_words, terms, terms_in
from secondsource.model import Mention, Quantity, Report, Span
from secondsource.text import hull

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Passage:
    """A sentence of a report with its mentions, in reading order."""

    body: str
    span: Span
    mentions: tuple[Mention, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return its words."""
        return read_words(self.body, *self.span)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """Return its content words, each once."""
        return content(self.words)

    @cached_property
    def meanings(self) -> np.ndarray:
        """Return the vectors of its content words as [words, width]."""
        return stacked([word.form for word in self.content])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all its words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return what its words can be matched by."""
        return terms_in(self.body, *self.span)

    @cached_property
    def clauses(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        """Return the span of each mention, in their order, with the terms of what it says and counts."""
        spans = [hull(mention.content) for mention in self.mentions]
        return tuple(
            (span, terms(content(read_words(self.body, *span))) | self._figures(span)) for span in spans
        )

    def _figures(self, span: Span) -> frozenset[str]:
        return terms(w for w in self.words if w.kind == "number" and span[0] <= w.start < span[1])

    @cached_property
    def times(self) -> frozenset[tuple[date, date]]:
        """Return the days that its mentions are told of, first and last."""
        return frozenset(m.slots.time for m in self.mentions if m.slots.time)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return what it counts, each figure once."""
        return tuple(dict.fromkeys(q for m in self.mentions for q in m.slots.quantity if counts(q)))

    @cached_property
    def text(self) -> str:
        """Return the sentence verbatim."""
        return self.body[self.span[0] : self.span[1]]

    @cached_property
    def actors(self) -> tuple[Named, ...]:
        """Return the actors it names; spans count from its start."""
        return actors_in(self.text)

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Return the settlements it names; spans count from its start."""
        return places_in(self.text)


@dataclass(frozen=True)
class Told:
    """A report of the pile with its mentions (reading order); equality is by identity of content."""

    report: Report
    mentions: tuple[Mention, ...]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the sentences that carry mentions, in reading order."""
        by_sentence: dict[Span, list[Mention]] = {}
        for mention in self.mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        return tuple(Passage(self.report.body, span, tuple(ms)) for span, ms in sorted(by_sentence.items()))

    @cached_property
    def title(self) -> frozenset[str]:
        """Return the terms of the headline."""
        return terms(read_words(self.report.title))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return the terms of headline and all passages."""
        return self.title.union(*(p.terms for p in self.passages))

    @cached_property
    def index(self) -> Mapping[str, Sequence[int]]:
        """Return the numbers of the passages that hold each term, in order."""
        found: dict[str, list[int]] = {}
        for number, passage in enumerate(self.passages):
            for term in passage.terms:
                found.setdefault(term, []).append(number)
        return found

    @cached_property
    def actors(self) -> tuple[Named, ...]:
        """Return the actors that headline and passages name, each name once."""
        found = {
            n.ids: n
            for part in (actors_in(self.report.title), *(p.actors for p in self.passages))
            for n in part
        }
        return tuple(found.values())

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Return the settlements that headline and passages name, each name once."""
        found = {
            n.ids: n
            for part in (places_in(self.report.title), *(p.places for p in self.passages))
            for n in part
        }
        return tuple(found.values())


def content(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the first occurrence of each content word, function words, figures and dates left out."""
    seen: dict[str, Word] = {}
    for word in words:
        if word.kind in ("word", "name"):
            seen.setdefault(word.stem, word)
    return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many of `documents` reports hold each term: rare words weigh more (idf, in (0, 1])."""

    documents: int
    seen: Callable[[str], int]
    _known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def weight(self, word: Word) -> float:
        """Return the weight of `word` in (0, 1]."""
        key = word.stem, word.name
        if key not in self._known:
            seen = self.seen(word.stem)
            if word.name:
                seen = max(seen, self.seen("@" + word.name))
            self._known[key] = math.log((self.documents + 10) / (seen + 1)) / math.log(self.documents + 10)
        return self._known[key]


def count_words(pile: Sequence[Told]) -> Statistics:
    """Count in how many reports of `pile` each term occurs."""
    counts: Counter[str] = Counter()
    for told in pile:
        counts.update(told.terms)
    return Statistics(len(pile), counts.__getitem__)
