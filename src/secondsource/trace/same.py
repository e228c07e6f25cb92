"""Whether places in reports are the same copied text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondsource.model import Span
from secondsource.trace.origin import Context


def same_text(one: tuple[str, Span], two: tuple[str, Span], context: Context) -> bool:
    """Tell whether two places `(report, span)` are mostly the same copied text.

    Words changed by a reprint are in no copied stretch, so that an altered clause is copied
    only as far as half of it or more is not altered.
    """
    (report, place), (other, there) = one, two
    copies = [c for c in context.copied(report) if c.other == other]
    here = sum(max(0, min(place[1], c.span[1]) - max(place[0], c.span[0])) for c in copies)
    back = sum(max(0, min(there[1], c.there[1]) - max(there[0], c.there[0])) for c in copies)
    return 2 * here >= place[1] - place[0] and 2 * back >= there[1] - there[0]


def same_texts(places: Sequence[tuple[str, Span]], context: Context) -> Iterator[tuple[int, int]]:
    """Yield which of some places are mostly the same copied text, as pairs of their numbers, greater first.

    An empty place is no text. Only places in reports that share text are compared.
    """
    standing: dict[str, list[int]] = {}
    for i, (report, span) in enumerate(places):
        if span[0] < span[1]:
            sharing = {copied.other for copied in context.copied(report)} & standing.keys() - {report}
            for other in sorted(sharing):
                yield from ((i, j) for j in standing[other] if same_text(places[i], places[j], context))
            standing.setdefault(report, []).append(i)
