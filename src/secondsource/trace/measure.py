"""What pairs of reports share, in words: copied, copied narration, sentences copied whole, text that counts.

All pairs are measured at once, in arrays over the words that they share and over their sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondsource.trace.align import Blocks, Codes, Flags, Texts, ranges
from secondsource.trace.fingerprint import Prints
from secondsource.trace.options import CompareOptions
from secondsource.trace.standing import Stock, runs


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The words that `count` pairs share: each one's pair and its places in both texts.

    `stock` flags words in standing text on either side, `own` those of passages that are more than
    that, and `own_blocks` the blocks of these.
    """

    count: int
    blocks: Blocks
    pair: Codes
    sides: tuple[Codes, Codes]
    stock: Flags
    own: Flags
    own_blocks: Flags

    @classmethod
    def of(cls, blocks: Blocks, count: int, stock: Stock, options: CompareOptions) -> Shared:
        """Return the words in the blocks of so many pairs."""
        block, a, b = blocks.words()
        flags = stock.words[a] | stock.words[b]
        stretch = blocks.stretch[block]
        passages = int(blocks.stretch.max(initial=-1)) + 1
        total = np.bincount(stretch, minlength=passages)
        own = np.bincount(stretch[~flags], minlength=passages)
        copied = (own >= options.own_words) & (own >= options.own_share * total)
        pair = blocks.pair[block]
        return cls(count, blocks, pair, (a, b), flags, copied[stretch], copied[blocks.stretch])

    def per_pair(self, words: Flags) -> Codes:
        """Return how many of the flagged words each pair has."""
        return np.bincount(self.pair[words], minlength=self.count)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of each pair, in words: copied, copied narration, sentences copied whole, text that counts."""

    copied: Codes
    told: Codes
    whole: Codes
    length: Codes

    @property
    def share(self) -> npt.NDArray[np.float64]:
        """Return how much of each text is copied."""
        return self.copied / np.maximum(1, self.length)

    def where(self, wanted: Flags, other: Side) -> Side:
        """Return this side of the wanted pairs, the other of the rest."""
        columns = ((self.copied, other.copied), (self.told, other.told), (self.whole, other.whole))
        return Side(*(np.where(wanted, *both) for both in (*columns, (self.length, other.length))))


def side(
    prints: Prints, stock: Stock, which: tuple[Codes, Codes], shared: Shared, options: CompareOptions
) -> Side:
    """Return what was measured on one side of pairs; `which` are its texts and its shared words' places."""
    texts, at = which
    copied = shared.own & ~prints.furniture[at]
    told = copied & ~prints.quoted[at]
    return Side(
        shared.per_pair(copied),
        shared.per_pair(told),
        _whole(prints, which, shared, (told, told & ~stock.words[at]), options),
        _length(prints, stock, texts, _copied_stock(stock, at, shared), options),
    )


def _whole(
    prints: Prints,
    which: tuple[Codes, Codes],
    shared: Shared,
    words: tuple[Flags, Flags],
    options: CompareOptions,
) -> Codes:
    """Return how many sentences of narration are copied whole, and are more than standing text."""
    texts, at = which
    first, last = prints.lines[texts], prints.lines[texts + 1]
    sentences = ranges(first, last - first)
    pair = np.repeat(np.arange(len(texts)), last - first)
    shift = np.cumsum(last - first) - (last - first) - first
    place = prints.sentence[at] + shift[shared.pair]
    same, own = (np.bincount(place[flags], minlength=len(sentences)) for flags in words)
    narration = prints.narration[sentences]
    whole = (
        (narration >= options.sentence_words)
        & (same >= options.sentence_share * narration)
        & (own >= options.own_share * same)
    )
    return np.bincount(pair[whole], minlength=len(texts))


def _copied_stock(stock: Stock, at: Codes, shared: Shared) -> tuple[Codes, Codes]:
    """Return the words of standing text that are copied in a passage of more than that: pair, place."""
    words = shared.own & stock.words[at]
    return shared.pair[words], at[words]


def _length(
    prints: Prints, stock: Stock, texts: Codes, copied: tuple[Codes, Codes], options: CompareOptions
) -> Codes:
    """Return the words of each pair's text without furniture and passages of standing text.

    A passage of which words are copied with others of the story's own counts by what is left of it.
    """
    left_out = np.r_[0, np.cumsum(stock.passages | prints.furniture)]
    bounds = prints.texts.bounds
    length = prints.texts.lengths[texts] - np.diff(left_out[bounds])[texts]
    pairs, row = np.unique(copied[0], return_inverse=True)
    counts = prints.texts.lengths[texts[pairs]]
    ends = np.r_[0, np.cumsum(counts)]
    words = ranges(bounds[texts[pairs]], counts)
    mask = stock.words[words]
    mask[copied[1] - bounds[texts[pairs]][row] + ends[row]] = False
    kept = runs(mask, Texts(words, ends), options.passage) | prints.furniture[words]
    length[pairs] = counts - np.diff(np.r_[0, np.cumsum(kept)][ends])
    return np.asarray(length, dtype=np.int64)
