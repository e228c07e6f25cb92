"""What a report changed in the text it took: cut, added, altered sentences; hedges, figures, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel

from secondsource.lexicon import actors, table, view
from secondsource.model import Report
from secondsource.text import fold
from secondsource.trace.align import align
from secondsource.trace.fingerprint import Prints, fingerprints

VERSION = "changes/1"
HEDGE_DROPPED, HEDGE_ADDED = "hedge-dropped", "hedge-added"
NUMBER_CHANGED, GROUP_RENAMED = "number-changed", "group-renamed"
ADDED, CUT, ALTERED = "added", "cut", "altered"

_SAME = 0.4  # share of the shorter sentence's words that makes two sentences one
_LEAST = 5  # words of a sentence worth naming
_AROUND = 3  # words shown on either side of an alteration

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One change from a source's text to a report that took it; `before` or `after` is "" where absent."""

    kind: str
    before: str
    after: str


def changes(source: Report, taken: Report) -> tuple[Change, ...]:
    """Return what `taken` changed in the text of `source`, in the source's order, additions last."""
    prints = fingerprints([source, taken])
    ours, theirs = _sentences(prints, 0), _sentences(prints, 1)
    match = _matched(prints)
    found: list[Change] = []
    for at in sorted(ours):
        if at in match:
            one, other = _words(source, prints, ours[at]), _words(taken, prints, theirs[match[at]])
            edits = list(_altered(source, taken, one, other))
            # A resent story gets a new dateline: what stands before the first shared word says nothing.
            opening = ours[at][0] == 0 and edits and edits[0].kind == ALTERED and _opens(one, other)
            found += edits[1:] if opening else edits
        elif ours[at][1] - ours[at][0] >= _LEAST and not prints.furniture[ours[at][0]]:
            found.append(Change(CUT, _text(source, prints, ours[at]), ""))
    kept = set(match.values())
    found += [
        Change(ADDED, "", _text(taken, prints, span))
        for at, span in sorted(theirs.items())
        if at not in kept and span[1] - span[0] >= _LEAST and not prints.furniture[span[0]]
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


def _sentences(prints: Prints, report: int) -> dict[int, Range]:
    """Return first and last-but-one word of every sentence of a report by its number."""
    words = prints.words(report)
    numbers, starts = np.unique(prints.sentence[words], return_index=True)
    edges = [*(starts + words.start).tolist(), words.stop]
    return dict(zip(numbers.tolist(), pairwise(edges), strict=True))


def _matched(prints: Prints) -> dict[int, int]:
    """Return for each sentence of the first report the sentence of the second that took most of its words."""
    _, at, to = align(prints.texts, np.array([0]), np.array([1])).words()
    pairs = zip(prints.sentence[at].tolist(), prints.sentence[to].tolist(), strict=True)
    sizes = np.bincount(prints.sentence).tolist()
    match: dict[int, int] = {}
    taken: set[int] = set()
    for (ours, theirs), count in sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0])):
        if ours not in match and theirs not in taken and count >= _SAME * min(sizes[ours], sizes[theirs]):
            match[ours] = theirs
            taken.add(theirs)
    return match


def _words(report: Report, prints: Prints, span: Range) -> list[_Word]:
    places = zip(prints.starts[slice(*span)].tolist(), prints.ends[slice(*span)].tolist(), strict=True)
    return [_Word(fold(report.body[start:end]), start, end) for start, end in places]


def _altered(source: Report, taken: Report, one: Sequence[_Word], other: Sequence[_Word]) -> Iterator[Change]:
    left, right = [w.folded for w in one], [w.folded for w in other]
    for start, end, from_, to in _edits(left, right):
        words = left[start:end], right[from_:to]
        texts = _around(source, one, (start, end)), _around(taken, other, (from_, to))
        kind = _kind(words, (_bare(source, one, (start, end)), _bare(taken, other, (from_, to))))
        if kind:
            yield Change(kind, *texts)


def _opens(one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    return bool(one and other) and one[0].folded != other[0].folded


def _edits(left: list[str], right: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the edited ranges of both sides; edits a word apart are one."""
    merged: list[tuple[int, int, int, int]] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            continue
        here = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if merged and here[0] - merged[-1][1] <= 1 and here[2] - merged[-1][3] <= 1:
            merged[-1] = (merged[-1][0], here[1], merged[-1][2], here[3])
        else:
            merged.append(here)
    return merged


def _kind(words: tuple[list[str], list[str]], texts: tuple[str, str]) -> str | None:
    """Return the kind of one edit; None for an edit of small words only."""
    before, after = words
    weak = [bool(_hedges() & set(side)) for side in words]
    if weak[0] != weak[1]:
        return HEDGE_DROPPED if weak[0] else HEDGE_ADDED
    figures = [[w for w in side if _is_figure(w)] for side in words]
    if figures[0] and figures[1] and figures[0] != figures[1]:
        return NUMBER_CHANGED
    names = [actors.find(text) for text in texts]
    if names[0] and names[1] and texts[0].casefold() != texts[1].casefold():
        return GROUP_RENAMED
    small = frozenset(table("trace")["source"]["small"])
    return ALTERED if (set(before) | set(after)) - small else None


def _is_figure(word: str) -> bool:
    return word[:1].isdigit() or word in _number_words()


def _bare(report: Report, words: Sequence[_Word], span: Range) -> str:
    start, end = span
    return report.body[words[start].start : words[end - 1].end] if end > start else ""


def _around(report: Report, words: Sequence[_Word], span: Range) -> str:
    start, end = max(0, span[0] - _AROUND), min(len(words), span[1] + _AROUND)
    return report.body[words[start].start : words[end - 1].end] if end > start else ""


def _text(report: Report, prints: Prints, span: Range) -> str:
    return report.body[prints.starts[span[0]] : prints.ends[span[1] - 1]]


@view
def _hedges() -> frozenset[str]:
    hedged = table("hedges")["hedged"]
    return frozenset((*hedged["adverbs"], *hedged["adjectives"], *hedged["modals"], "believed", "appeared"))


@view
def _number_words() -> frozenset[str]:
    return frozenset((*table("quantities")["words"], *table("quantities")["scales"]))
