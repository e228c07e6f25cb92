"""How far a negation reaches, by the words alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from secondsource.match.words import Word, relations

_SCOPE = 3  # words that a negation reaches


def negating(words: Sequence[Word], told: Collection[str] = ()) -> tuple[int, ...]:
    """Return which of `words` negate: "not", "denied", "failed" before "to", "stopped" before -ing.

    What was stopped is told alike by whoever tells of the stopping: it does not count where `told`,
    the terms of the other side, hold the very word.
    """
    lists = relations()
    found = []
    for at, word in enumerate(words):
        after = words[at + 1].form if at + 1 < len(words) else ""
        led = word.form in lists.reach["to"] and after == "to"
        stopped = word.form in lists.reach["doing"] and after.endswith("ing") and word.stem not in told
        if word.stem in lists.negators or led or stopped:
            found.append(at)
    return tuple(found)


def ended(words: Sequence[Word], told: Collection[str]) -> bool:
    """Tell whether `words` tell an end ("stopped the ferry") that `told`, the other side's terms, do not."""
    return any(word.form in relations().reach["doing"] and word.stem not in told for word in words)


def negated(words: Sequence[Word]) -> frozenset[int]:
    """Return where the words start that a negating word reaches; two of them undo each other.

    A denial reaches to the next mark or clause, "no" and "without" to the next function word; "failed"
    negates only what it failed to do, "stopped" only what it stopped doing.
    """
    lists = relations()
    reached: set[int] = set()
    for at in negating(words):
        word = words[at]
        left = len(words) if word.stem in lists.denials or word.form in lists.reach["clause"] else _SCOPE
        left = 1 if word.form in lists.reach["doing"] else left
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
