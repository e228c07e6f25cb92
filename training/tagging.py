"""A learned reading of who says what: cue words first, then the words that each cue rules.

The frozen reader gives every word piece of a window its states; a small net makes of them a cue
score and two projections; a second, once a found cue, labels the pieces around it as source, cue
or content. Conditioning on the cue gives links, nesting and discontinuous contents for free (the
idea of CofeNet, Wang et al. 2022, with one pass instead of three). Measured beside the rules and
not shipped: see `docs/models/tagger.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from secondsource import encode
from secondsource.model import Attribution, Span, Spans

OUTSIDE, SOURCE, CONTENT, CUE = range(4)
REACH = 96  # word pieces on each side of a cue that its roles may lie in
WINDOW, MARGIN = 208, 24  # word pieces that a window answers for, and those read on each side of it

_SENTENCE_END = re.compile(r"[.!?\u2026]$")
_EDGES = " \t\r\n,;:"

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
Read = Callable[[np.ndarray, np.ndarray], Arrays]
Rule = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A body as word pieces: vocabulary ids, features, offsets and the running number of their word."""

    ids: np.ndarray
    features: np.ndarray
    offsets: tuple[Span, ...]
    words: np.ndarray


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [left, right) are read; cues are answered for in [start, end)."""

    left: int
    start: int
    end: int
    right: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """One proposed attribution; `score` in [0, 1] is the cue's probability times its roles' mean."""

    attribution: Attribution
    score: float


@dataclass(frozen=True, slots=True)
class TaggerOptions:
    """How sure a cue must be, and how dear a change of role between neighbouring words is (nats)."""

    threshold: float = 0.5
    switch: float = 1.0


def pieces_of(body: str) -> Pieces:
    """Return `body` as word pieces of the models' tokenizer, without special ones."""
    encoded = encode.tokenizer().encode(body, add_special_tokens=False)
    offsets = tuple((int(s), int(e)) for s, e in encoded.offsets)
    words = np.array(encoded.word_ids, dtype=np.int64)
    return Pieces(np.array(encoded.ids, dtype=np.int64), features_of(body, offsets), offsets, words)


def features_of(body: str, offsets: Iterable[Span]) -> np.ndarray:
    """Return what lower-cased pieces lose: bit 0 capital, 1 all capitals, 2 new line, 3 new paragraph."""
    found, before = [], 0
    for start, end in offsets:
        piece, gap = body[start:end], body[before:start]
        value = int(piece[:1].isupper()) | int(len(piece) > 1 and piece.isupper()) << 1
        value |= int("\n" in gap) << 2 | int(gap.count("\n") > 1) << 3
        found.append(value)
        before = end
    return np.array(found, dtype=np.int64)


def windows_of(body: str, pieces: Pieces) -> Iterator[Window]:
    """Yield windows that tile the pieces, cut after a sentence where one ends in their second half."""
    total, start = len(pieces.ids), 0
    while start < total:
        end = min(total, start + WINDOW)
        if end < total:
            end = next((i for i in range(end, start + WINDOW // 2, -1) if _ends(body, pieces, i)), end)
        yield Window(max(0, start - MARGIN), start, end, min(total, end + MARGIN))
        start = end


def _ends(body: str, pieces: Pieces, at: int) -> bool:
    """Tell whether a sentence or paragraph ends before piece `at`."""
    gap = body[pieces.offsets[at - 1][1] : pieces.offsets[at][0]]
    return "\n" in gap or (bool(gap) and bool(_SENTENCE_END.search(body[slice(*pieces.offsets[at - 1])])))


def around(rows: np.ndarray, at: int) -> np.ndarray:
    """Return rows at-REACH .. at+REACH, zeros where there are none; shape [2 * REACH + 1, width]."""
    out = np.zeros((2 * REACH + 1, rows.shape[1]), dtype=rows.dtype)
    low, high = max(0, at - REACH), min(len(rows), at + REACH + 1)
    out[low - at + REACH : high - at + REACH] = rows[low:high]
    return out


def tag_body(body: str, read: Read, rule: Rule, options: TaggerOptions) -> Iterator[Tagged]:
    """Yield the proposed attributions of `body`, by place of their cue.

    `read` gives for ids and features [T] the cue scores [T] (logits) and two projections
    [T, width]; `rule` gives for [K, 2 * REACH + 1, width] and [K, width] the role scores
    [K, 2 * REACH + 1, 4] (logits).
    """
    pieces = pieces_of(body)
    for window in windows_of(body, pieces):
        part = slice(window.left, window.right)
        cue, tokens, anchors = read(pieces.ids[part], pieces.features[part])
        chance = 1 / (1 + np.exp(-cue.astype(np.float64)))
        heads = [i for i in _heads(pieces.words[part], chance, options.threshold)
                 if window.start <= i + window.left < window.end]  # fmt: skip
        if not heads:
            continue
        roles = rule(np.stack([around(tokens, i) for i in heads]), anchors[heads])
        yield from _decode(body, pieces, (window, heads, chance), roles, options)


def _heads(words: np.ndarray, chance: np.ndarray, threshold: float) -> list[int]:
    """Return the first pieces of the words whose cue probability reaches `threshold`."""
    firsts = np.flatnonzero(np.diff(words, prepend=-1))
    return [int(i) for i in firsts if chance[i] >= threshold]


def _decode(
    body: str, pieces: Pieces, found: tuple[Window, list[int], np.ndarray], roles: np.ndarray,
    options: TaggerOptions,
) -> Iterator[Tagged]:  # fmt: skip
    """Yield one attribution a cue that rules any content; a cue inside a surer cue's words yields none."""
    window, heads, chance = found
    read = [_roles(pieces, window, head, scores, options) for head, scores in zip(heads, roles, strict=True)]
    for index, (head, (labels, sure)) in enumerate(zip(heads, read, strict=True)):
        word = int(pieces.words[window.left + head])
        rivals = ((chance[heads[j]], other[0].get(word)) for j, other in enumerate(read) if j != index)
        if any(theirs > chance[head] and role == CUE for theirs, role in rivals):
            continue
        content = spans_of(body, pieces, labels, CONTENT)
        if not content:
            continue
        cue = spans_of(body, pieces, {**labels, word: CUE}, CUE)
        source = spans_of(body, pieces, labels, SOURCE)
        yield Tagged(Attribution(content, source, cue), round(float(chance[head]) * sure, 6))


def _roles(
    pieces: Pieces, window: Window, head: int, scores: np.ndarray, options: TaggerOptions
) -> tuple[dict[int, int], float]:
    """Return the role of each word around a cue, by least cost over the row, and their mean probability."""
    at = window.left + head
    low, high = max(window.left, at - REACH), min(window.right, at + REACH + 1)
    logits = scores[low - at + REACH : high - at + REACH].astype(np.float64)
    logits -= logits.max(1, keepdims=True)
    logs = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    words, firsts = np.unique(pieces.words[low:high], return_index=True)
    rows = np.add.reduceat(logs, firsts) / np.diff(np.append(firsts, high - low))[:, None]
    path = cheapest(rows, options.switch)
    chosen = np.exp(rows[np.arange(len(path)), path])
    ruled = path != OUTSIDE
    labels = {int(word): int(role) for word, role in zip(words, path, strict=True) if role != OUTSIDE}
    return labels, float(chosen[ruled].mean()) if ruled.any() else 0.0


def cheapest(rows: np.ndarray, switch: float) -> np.ndarray:
    """Return the best path of labels through log probabilities [T, 4] where each change costs `switch`."""
    best, back = rows[0].copy(), np.zeros(rows.shape, dtype=np.int64)
    labels = np.arange(rows.shape[1])
    for t in range(1, len(rows)):
        top = int(best.argmax())
        moved = best[top] - switch > best
        back[t] = np.where(moved, top, labels)
        best = np.where(moved, best[top] - switch, best) + rows[t]
    path = np.zeros(len(rows), dtype=np.int64)
    path[-1] = int(best.argmax())
    for t in range(len(rows) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


def spans_of(body: str, pieces: Pieces, labels: dict[int, int], role: int) -> Spans:
    """Return the words of one role as spans; words with nothing but marks between them are joined."""
    wanted = np.array([word for word, label in sorted(labels.items()) if label == role], dtype=np.int64)
    joined: list[list[int]] = []
    for word in wanted:
        first, last = np.searchsorted(pieces.words, [word, word + 1])
        start, end = pieces.offsets[first][0], pieces.offsets[last - 1][1]
        if joined and not any(map(str.isalnum, body[joined[-1][1] : start])):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(span for span in (_trimmed(body, s, e) for s, e in joined) if _worth(body, span, role))


def _trimmed(body: str, start: int, end: int) -> Span:
    while start < end and body[start] in _EDGES:
        start += 1
    while end > start and body[end - 1] in _EDGES:
        end -= 1
    return start, end


def _worth(body: str, span: Span, role: int) -> bool:
    """Tell whether a span says anything: marks alone may only be a cue."""
    return span[0] < span[1] and (role == CUE or any(map(str.isalnum, body[span[0] : span[1]])))
