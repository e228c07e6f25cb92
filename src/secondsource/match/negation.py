"""How far a negation reaches, by the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from secondsource.match.words import Word, relations

_SCOPE = 3  # words that a negation reaches


def negated(words: Sequence[Word]) -> frozenset[int]:
    """Return where the words start that a negating word reaches; two of them undo each other.

    A denial reaches to the next mark or clause, "no" and "without" to the next function word; "failed"
    negates only what it failed to do.
    """
    lists = relations()
    reached: set[int] = set()
    for at, word in enumerate(words):
        led = word.form in lists.reach["to"] and [w.form for w in words[at + 1 : at + 2]] == ["to"]
        if word.stem not in lists.negators and not led:
            continue
        left = len(words) if word.stem in lists.denials or word.form in lists.reach["clause"] else _SCOPE
        for before, after in pairwise(words[at:]):
            if (
                after.start - before.end > 1
                or after.form in lists.reach["stops"]
                or left == 0
                or (word.form in lists.reach["noun"] and after.kind == "stop")
            ):
                break
            reached ^= {after.start}
            left -= after.kind != "stop"
    return frozenset(reached)
