"""How near two words are in meaning, by the frozen word table of the learned models (no inference).

Nearness finds paraphrase ("revenge", "retaliation"); it cannot tell support from
contradiction (rivals are near too), so it is one feature among many.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from secondsource import encode

if TYPE_CHECKING:
    import numpy as np


@lru_cache(maxsize=50_000)
def vector(word: str) -> np.ndarray:
    """Return the unit vector of a word: the mean of its word pieces."""
    import numpy as np

    ids = np.array(encode.tokenizer().encode(word, add_special_tokens=False).ids, dtype=np.int64)
    if not len(ids):
        return np.zeros(encode.embeddings().codes.shape[1], dtype=np.float32)
    mean = encode.embeddings().rows(ids).mean(axis=0)
    norm = float(np.linalg.norm(mean))
    unit: np.ndarray = mean / norm if norm else mean
    return unit


def stacked(words: Sequence[str]) -> np.ndarray:
    """Return the vectors of `words` as [words, width]."""
    import numpy as np

    return np.stack([vector(word) for word in words]) if words else np.zeros((0, 0), dtype=np.float32)


def nearest(words: Sequence[str], others: np.ndarray) -> list[float]:
    """Return for each word the cosine of the nearest of `others` [n, width], in [-1, 1]; 0 if there are none.

    Cosines are rounded, so that the order of adding up does not show.
    """
    if not words or not len(others):
        return [0.0] * len(words)
    return [round(float(one), 4) for one in (others @ stacked(words).T).max(axis=0)]
