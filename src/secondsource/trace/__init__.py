"""From reports to reuse, and from mentions to origins: who printed whom, who answers for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from secondsource.model import Mention, Origin, Report, Reuse, Span
from secondsource.trace.options import VERSION, Join, ReuseOptions

__all__ = [
    "KEYS",
    "Join",
    "ReuseOptions",
    "context_of",
    "context_over",
    "edges_of",
    "keys_of",
    "learn",
    "origin_of",
    "rarities_of",
    "same_text",
    "same_texts",
    "trace_one",
    "trace_reuse",
    "what_changed",
]

KEYS = VERSION  # names the kind of keys that `keys_of` gives, for a store of postings


def keys_of(report: Report) -> list[int]:
    """Return the distinct keys of one report, in order of size: what a library keeps of it."""
    from secondsource.trace import keys

    return keys.keys_of(report)


def trace_reuse(reports: Sequence[Report], join: Join, options: ReuseOptions | None = None) -> list[Reuse]:
    """Return how the reports of a pile share text, by (a, b), with origins and directions.

    `join` is the engine's. Reports of a pair that is not listed share nothing worth naming.
    """
    return _traced(reports, join, options or ReuseOptions(), None)


def trace_one(
    report: Report, others: Sequence[Report], join: Join, options: ReuseOptions | None = None
) -> list[Reuse]:
    """Return how one report shares text with others, by (a, b).

    `others` should hold every report that shares a key with it (`keys_of`), so that standing
    text is recognised as in the whole pile.
    """
    own = set(keys_of(report))
    near = (other for other in others if other.id != report.id and not own.isdisjoint(keys_of(other)))
    return _traced([report, *near], join, options or ReuseOptions(), report.id)


def _traced(reports: Sequence[Report], join: Join, options: ReuseOptions, only: str | None) -> list[Reuse]:
    from secondsource.trace.lineage import name_origins
    from secondsource.trace.reuse import compare_all, survey

    pile = survey(reports, join, options)
    wanted = None if only is None else lambda a, b: only in (a, b)
    return name_origins(reports, compare_all(pile, options.compare, wanted))


def what_changed(source: Report, taken: Report) -> tuple[Any, ...]:
    """Return what `taken` changed in the text of `source`: each with `kind`, `before`, `after`.

    Kinds: hedge-dropped, hedge-added, number-changed, group-renamed, altered, cut, added.
    """
    from secondsource.trace.changes import changes

    return changes(source, taken)


def learn(pile: Iterable[tuple[Report, Sequence[Mention]]]) -> bytes:
    """Return what a pile, each report with its mentions, says about its sources, as MessagePack."""
    import msgspec

    from secondsource.trace import names

    return msgspec.msgpack.encode(names.learn(pile))


def context_of(reports: Sequence[Report], mentions: Iterable[Mention], reuse: Iterable[Reuse]) -> Any:
    """Return what `origin_of` needs of a pile: its sources' names, copied text and credits."""
    from secondsource.trace import origin

    return origin.context_of(reports, mentions, reuse)


def context_over(pile: Any, *learned: bytes) -> Any:
    """Return the same of a pile that is read as it is needed (an `origin.Shelf`).

    `learned` is what `learn` made of the pile, and of a report beside it if there is one.
    """
    import msgspec

    from secondsource.trace import names, origin

    known, *own = (msgspec.msgpack.decode(part, type=names.Known) for part in learned)
    return origin.Context(names.joined(known, *own) if own else known, pile)


def origin_of(mention: Mention, report: Report, context: Any) -> Origin:
    """Return who began what a mention tells, with the reason in words; `context` is of `context_of`."""
    from secondsource.trace import origin

    return origin.origin_of(mention, report, context)


def same_text(one: tuple[str, Span], two: tuple[str, Span], context: Any) -> bool:
    """Tell whether two places `(report id, span)` are mostly the same copied text."""
    from secondsource.trace import same

    return same.same_text(one, two, context)


def same_texts(places: Sequence[tuple[str, Span]], context: Any) -> Iterator[tuple[int, int]]:
    """Yield which of some places `(report id, span)` are mostly the same copied text: pairs of numbers."""
    from secondsource.trace import same

    return same.same_texts(places, context)


def edges_of(tellings: Iterable[Mention], context: Any) -> tuple[Any, ...]:
    """Return who prints and who cites whom among the tellings of one claim: `graph.Edge`, in order."""
    from secondsource.trace import graph

    return graph.edges(tellings, context)


def rarities_of(
    reports: Sequence[Report], copies: Collection[frozenset[str]] = frozenset()
) -> tuple[Any, ...]:
    """Return the odd spellings, figures and phrases that few reports of one event share: `rare.Rarity`.

    `copies` are the pairs of ids that are known to copy one another.
    """
    from secondsource.trace import rare

    return rare.rarities(reports, copies)
