"""One pair of reports: which words are the same copy, and so what kind of reuse it is.

Kinds after METER (Gaizauskas et al. 2001), refined: standing text and quotations never make
a copy, and one whole narrative sentence is the least that makes a partial one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondsource.model import Reuse, ReuseKind, Span
from secondsource.trace.align import Codes, Flags, Stretch, align, covered
from secondsource.trace.fingerprint import Print
from secondsource.trace.options import CompareOptions
from secondsource.trace.standing import Stock, runs


@dataclass(frozen=True, slots=True)
class Side:
    """What was measured on one side, in words: copied, copied narration, whole sentences, length."""

    copied: int
    told: int
    sentences: int
    length: int


def compare(
    a: Print, b: Print, stock: tuple[Stock, Stock], options: CompareOptions | None = None
) -> Reuse | None:
    """Return how two reports share text; None if they share none worth naming.

    `stock` tells for each which words lie in standing text (`Standing.in_print`). The result has
    the lesser id as `a`; origin and direction are left open.
    """
    stock_a, stock_b = stock
    if a.report > b.report:
        a, b, stock_a, stock_b = b, a, stock_b, stock_a
    options = options or CompareOptions()
    shared = align(a.text, b.text)
    if not shared:
        return None
    copied = [s for s in shared if _is_own(s, stock_a.words, stock_b.words, options)]
    left = _side(a, covered(copied, "a", len(a.codes)), stock_a, options)
    right = _side(b, covered(copied, "b", len(b.codes)), stock_b, options)
    short, long = sorted((left, right), key=lambda side: side.length)
    share = short.copied / max(1, short.length)
    kind = _kind(a, b, (short, long), options)
    spans = copied
    if kind is None:
        kind = _lesser(a, shared, stock_a.words, stock_b.words)
        spans = shared
        share = sum(block.size for s in shared for block in s.blocks) / max(
            1, min(len(a.codes), len(b.codes))
        )
    if kind is None:
        return None
    return Reuse(a.report, b.report, kind, min(1.0, round(share, 4)), spans=_spans(a, b, spans))


def _is_own(stretch: Stretch, mask_a: Flags, mask_b: Flags, options: CompareOptions) -> bool:
    own = total = sum(block.size for block in stretch.blocks)
    if mask_a[slice(*stretch.a)].any() or mask_b[slice(*stretch.b)].any():
        for block in stretch.blocks:
            stock = mask_a[block.a : block.a + block.size] | mask_b[block.b : block.b + block.size]
            own -= int(stock.sum())
    return own >= options.own_words and own >= options.own_share * total


def _side(one: Print, copied: Flags, stock: Stock, options: CompareOptions) -> Side:
    mask, left_out = stock.words, one.furniture
    if stock.some:
        kept = runs(mask & ~copied, options.passage) if (mask & copied).any() else stock.passages
        left_out = left_out | kept
    copied = copied & ~left_out
    told = copied & ~one.quoted
    same = _by_sentence(one, told)
    own = _by_sentence(one, told & ~mask) if stock.some else same
    whole = (
        (one.narration >= options.sentence_words)
        & (same >= options.sentence_share * one.narration)
        & (own >= options.own_share * same)
    )
    return Side(int(copied.sum()), int(told.sum()), int(whole.sum()), len(mask) - int(left_out.sum()))


def _kind(a: Print, b: Print, sides: tuple[Side, Side], options: CompareOptions) -> ReuseKind | None:
    short, long = sides
    share, told = short.copied / max(1, short.length), short.told / max(1, short.length)
    whole = max(short.sentences, long.sentences)
    if share >= (options.copy if whole else options.pieces) and told >= options.told:
        both = share >= options.verbatim and long.copied >= options.verbatim * long.length
        return ReuseKind.VERBATIM if both else ReuseKind.ABRIDGED
    needed = options.same_voice_sentences if a.voice == b.voice else 1
    if whole >= needed and short.told >= options.partial_words and _apart(a, b) <= options.days:
        return ReuseKind.PARTIAL
    return None


def _lesser(a: Print, shared: list[Stretch], mask_a: Flags, mask_b: Flags) -> ReuseKind | None:
    """Return quotation or boilerplate, whichever more of the shared words are; None if chance."""
    words = quoted = stock = 0
    for block in (block for stretch in shared for block in stretch.blocks):
        words += block.size
        quoted += int(a.quoted[block.a : block.a + block.size].sum())
        stock += int((mask_a[block.a : block.a + block.size] | mask_b[block.b : block.b + block.size]).sum())
    if 2 * max(quoted, stock) < words:
        return None
    return ReuseKind.QUOTATION if quoted > stock else ReuseKind.BOILERPLATE


def _apart(a: Print, b: Print) -> int:
    """Return the days between two reports, 0 if a day is unknown."""
    return min((abs(x - y) for x in a.days for y in b.days), default=0)


def _by_sentence(one: Print, flags: Flags) -> Codes:
    return np.bincount(one.sentence[flags], minlength=len(one.narration))


def _spans(a: Print, b: Print, stretches: list[Stretch]) -> tuple[tuple[Span, Span], ...]:
    """Return the copied blocks, not what was changed between them: a changed word is its own telling."""
    return tuple(
        (a.span(block.a, block.a + block.size), b.span(block.b, block.b + block.size))
        for stretch in stretches
        for block in stretch.blocks
    )
