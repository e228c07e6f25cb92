"""Reports with attributions made ready to learn from: variants of a text, windows, labels."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import tagging
from reader import Reader
from synthetic import Maker, W

# Words that open a cue without carrying it: the cue is known by the next one.
OPENERS = frozenset(W["openers"])
_QUOTES = re.compile(r"[\"“”,]")
_STOP = re.compile(r"(?<=[a-z0-9\"”)][.!?]) (?=[\"“A-Z])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


@dataclass
class Example:
    """A window ready for a batch: reader states, features, cue labels, and the roles around each cue."""

    states: np.ndarray
    features: np.ndarray
    cue: np.ndarray
    answer: np.ndarray
    heads: list[int]
    roles: list[np.ndarray]


def edited(report: dict, edits: list[tuple[int, int, str]]) -> dict:
    """Return the report with non-overlapping (start, end, new text) edits made and its spans moved."""
    edits = sorted(edits)
    body, points, shifts, at, shift = "", [], [], 0, 0
    for start, end, new in edits:
        if start < at:
            continue
        body += report["body"][at:start] + new
        shift += len(new) - (end - start)
        points.append((start, end))
        shifts.append(shift)
        at = end
    body += report["body"][at:]
    ends = [end for _, end in points]

    def moved(p: int, closing: bool) -> int:
        # an insertion at a span's end stays outside it; one at its start too
        i = bisect_right(ends, p)
        if closing:
            while i and ends[i - 1] == p and points[i - 1][0] == p:
                i -= 1
        return p + (shifts[i - 1] if i else 0)

    new = [
        {k: [[moved(s, False), moved(e, True)] for s, e in a[k]] for k in ("source", "cue", "content")}
        | {"direct": a.get("direct", "")}
        for a in report["attributions"]
    ]
    for a in new:
        for k in ("source", "cue", "content"):
            a[k] = [[s, e] for s, e in a[k] if s < e]
    return {"body": body, "attributions": new}


def variant(report: dict, r: random.Random) -> dict:
    """Return a report as another outlet might print it: marks restored or lost, names and verbs changed."""
    kind = r.random()
    if kind < 0.25:
        return report
    made = report
    if r.random() < 0.7:
        made = edited(made, punctuation(made, r))
    elif r.random() < 0.4:
        made = edited(made, [(m.start(), m.end(), "") for m in _QUOTES.finditer(made["body"])])
    if r.random() < 0.5:
        made = edited(made, swaps(made, r))
    if r.random() < 0.4:
        made = edited(made, names(made["body"], r))
    if r.random() < 0.5:
        stops = [m for m in _STOP.finditer(made["body"]) if r.random() < 0.6]
        made = edited(made, [(m.start(), m.end(), "\n\n") for m in stops])
    return made


def punctuation(report: dict, r: random.Random) -> list[tuple[int, int, str]]:
    """Edits that put back the comma before a trailing cue, the quotation marks around direct speech."""
    body, edits, opened, closed = report["body"], [], r.choice(["“", '"']), ""
    closed = "”" if opened == "“" else '"'
    for a in report["attributions"]:
        if not a["content"] or not a["cue"]:
            continue
        last, first = a["content"][-1][1], a["content"][0][0]
        others = [s for k in ("source", "cue") for s, _ in a[k]]
        trails = min(others) > last and min(others) - last < 3
        leads = 0 < first - max(e for k in ("source", "cue") for _, e in a[k]) < 3
        direct = a.get("direct") == "direct" and len(a["content"]) == 1
        if direct and not _QUOTES.search(body[max(0, first - 2) : first + 1]):
            edits.append((first, first, (r.choice([": ", ", "]).strip() + " " if leads else "") + opened))
            edits.append((last, last, ("," if trails else "") + closed))
        elif trails and body[last - 1] not in ',."”':
            edits.append((last, last, ","))
    return edits


def swaps(report: dict, r: random.Random) -> list[tuple[int, int, str]]:
    """Edits that give some attributions another source or another verb of saying."""
    body, edits, maker = report["body"], [], Maker(r)
    for a in report["attributions"]:
        if len(a["source"]) == 1 and r.random() < 0.35:
            start, end = a["source"][0]
            new = maker.source()
            edits.append(
                (start, end, new[:1].upper() + new[1:] if start < 2 or body[start - 2] in ".!?" else new)
            )
        if len(a["cue"]) == 1 and body[slice(*a["cue"][0])] == "said" and r.random() < 0.4:
            edits.append((*a["cue"][0], r.choice(W["say"])[0]))
    return edits


def names(body: str, r: random.Random) -> list[tuple[int, int, str]]:
    """Edits that replace some capitalised words, each by the same other name everywhere."""
    pool = [w for w in W["last"] + [p for p in W["place"] if p[0].isupper()] if " " not in w]
    new = {w: r.choice(pool) for w in sorted(set(_NAME.findall(body))) if r.random() < 0.4}
    return [(m.start(), m.end(), new[m[0]]) for m in re.finditer(r"\b[A-Z][a-z]{3,}\b", body) if m[0] in new]


def head_piece(body: str, pieces: tagging.Pieces, cue: list[list[int]]) -> int | None:
    """Return the first piece of the word that stands for a cue: the first that is no mere opener."""
    starts, ends = np.array(pieces.offsets).T if pieces.offsets else np.zeros((2, 0))
    inside = sorted({int(i) for s, e in cue for i in np.flatnonzero((starts < e) & (ends > s))})
    firsts = [i for i in inside if i == 0 or pieces.words[i - 1] != pieces.words[i]]
    for i in firsts:
        word = body[slice(*pieces.offsets[i])].lower()
        if word not in OPENERS and (any(map(str.isalnum, word)) or len(firsts) == 1):
            return i
    return firsts[-1] if firsts else None


def labels_of(pieces: tagging.Pieces, attribution: dict) -> np.ndarray:
    """Return the role of every piece of the body for one attribution."""
    starts = np.array([s for s, _ in pieces.offsets])
    ends = np.array([e for _, e in pieces.offsets])
    labels = np.zeros(len(starts), dtype=np.int64)
    for name, role in (("content", tagging.CONTENT), ("source", tagging.SOURCE), ("cue", tagging.CUE)):
        for s, e in attribution[name]:
            labels[(starts < e) & (ends > s)] = role
    return labels


def examples(report: dict, reader: Reader) -> list[Example]:
    """Return the windows of a report with the cues they answer for."""
    body = report["body"]
    pieces = tagging.pieces_of(body)
    known: dict[int, np.ndarray] = {}
    for a in report["attributions"]:
        head = head_piece(body, pieces, a["cue"])
        if head is not None and head not in known:
            known[head] = labels_of(pieces, a)
    found = []
    for w in tagging.windows_of(body, pieces):
        size = w.right - w.left
        cue, answer = np.zeros(size, np.float32), np.zeros(size, np.float32)
        answer[w.start - w.left : w.end - w.left] = 1
        heads = [h for h in sorted(known) if w.start <= h < w.end]
        cue[[h - w.left for h in heads]] = 1
        roles = []
        for h in heads:
            row = np.full(2 * tagging.REACH + 1, -100, np.int64)
            low, high = max(w.left, h - tagging.REACH), min(w.right, h + tagging.REACH + 1)
            row[low - h + tagging.REACH : high - h + tagging.REACH] = known[h][low:high]
            roles.append(row)
        part = slice(w.left, w.right)
        found.append(
            Example(
                reader.states(pieces.ids[part])[1:-1].astype(np.float16),
                pieces.features[part],
                cue,
                answer,
                [h - w.left for h in heads],
                roles,
            )
        )
    return found
