"""Pairs of reports: what kind of reuse each pair is, and which words were copied.

Kinds after METER (Gaizauskas et al. 2001), refined: standing text and quotations never make
a copy, and one whole narrative sentence is the least that makes a partial one.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from secondsource.model import Reuse, ReuseKind, Span
from secondsource.trace.align import Codes, Flags, align
from secondsource.trace.fingerprint import Prints
from secondsource.trace.measure import Shared, Side, side
from secondsource.trace.options import CompareOptions
from secondsource.trace.standing import Stock

_KINDS = (None, *ReuseKind)
_NONE, _VERBATIM, _ABRIDGED, _PARTIAL, _QUOTATION, _BOILERPLATE = range(len(_KINDS))


def compare(
    prints: Prints, stock: Stock, pairs: Codes, options: CompareOptions | None = None
) -> list[Reuse | None]:
    """Return how pairs of reports share text, in order; None for those that share none worth naming.

    `pairs` are places in `prints`, two a row, that of the lesser id first; `stock` tells which words of
    `prints` lie in standing text. Origin and direction are left open.
    """
    options = options or CompareOptions()
    left, right = pairs.reshape(-1, 2).T
    shared = Shared.of(align(prints.texts, left, right), len(left), stock, options)
    one, other = (
        side(prints, stock, which, shared, options) for which in zip((left, right), shared.sides, strict=True)
    )
    shorter = one.length <= other.length
    short, long = one.where(shorter, other), other.where(shorter, one)
    copy = _copy(short, long, _sentences(prints, pairs, options), options)
    kind = np.where(copy > _NONE, copy, _lesser(prints, shared))
    words = np.minimum(prints.texts.lengths[left], prints.texts.lengths[right])
    every = np.bincount(shared.pair, minlength=len(left)) / np.maximum(1, words)
    share = np.minimum(1.0, np.where(copy > _NONE, short.share, every))
    shown = np.where(copy[shared.blocks.pair] > _NONE, shared.own_blocks, True)
    names = prints.reports
    return [
        Reuse(names[a], names[b], _KINDS[k], round(part, 4), spans=spans) if k else None
        for a, b, k, part, spans in zip(
            left.tolist(),
            right.tolist(),
            kind.tolist(),
            share.tolist(),
            _spans(prints, shared, shown),
            strict=True,
        )
    ]


def _copy(short: Side, long: Side, needed: Codes, options: CompareOptions) -> Codes:
    """Return which kind of copy each pair is; `needed` are the whole sentences that make a partial one."""
    whole = np.maximum(short.whole, long.whole)
    told = short.told / np.maximum(1, short.length)
    copied = (short.share >= np.where(whole > 0, options.copy, options.pieces)) & (told >= options.told)
    both = (short.share >= options.verbatim) & (long.copied >= options.verbatim * long.length)
    partial = (whole >= needed) & (short.told >= options.partial_words)
    return np.select([copied & both, copied, partial], [_VERBATIM, _ABRIDGED, _PARTIAL], _NONE)


def _sentences(prints: Prints, pairs: Codes, options: CompareOptions) -> Codes:
    """Return how many sentences make a partial copy of each pair: no number does of reports too far apart."""
    left, right = pairs.reshape(-1, 2).T
    voices = np.unique(prints.voices, return_inverse=True)[1]
    needed = np.where(voices[left] == voices[right], options.same_voice_sentences, 1)
    days_a, days_b = prints.days[left][:, :, None], prints.days[right][:, None, :]
    known = (days_a > 0) & (days_b > 0)
    far = np.iinfo(np.int64).max
    apart = np.where(known, abs(days_a - days_b), far).min(axis=(1, 2))
    return np.where((apart <= options.days) | ~known.any(axis=(1, 2)), needed, far)


def _lesser(prints: Prints, shared: Shared) -> Codes:
    """Return quotation or boilerplate, whichever more of the shared words are; none if chance."""
    words = np.bincount(shared.pair, minlength=shared.count)
    quoted = shared.per_pair(prints.quoted[shared.sides[0]])
    stock = shared.per_pair(shared.stock)
    kind = np.where(quoted > stock, _QUOTATION, _BOILERPLATE)
    return np.where((words > 0) & (2 * np.maximum(quoted, stock) >= words), kind, _NONE)


def _spans(prints: Prints, shared: Shared, shown: Flags) -> list[tuple[tuple[Span, Span], ...]]:
    """Return each pair's shown blocks: not what was changed between them, which is its own telling."""
    blocks = shared.blocks
    size = blocks.size[shown]
    sides = (
        zip(prints.starts[at].tolist(), prints.ends[at + size - 1].tolist(), strict=True)
        for at in (blocks.a[shown], blocks.b[shown])
    )
    spans = list(zip(*sides, strict=True))
    bounds = np.searchsorted(blocks.pair[shown], np.arange(shared.count + 1)).tolist()
    return [tuple(spans[first:last]) for first, last in pairwise(bounds)]
