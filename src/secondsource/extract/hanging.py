"""Clauses that hang on another by time: what opens them, and how long before or after it they are."""

from __future__ import annotations

from datetime import timedelta

from secondsource.extract.parse import Tree
from secondsource.extract.sources import singular
from secondsource.lexicon import table

_SPACED = {"after": -1, "before": 1}  # which way from the day of the clause that they hang on
_MEASURE = 4  # words that may tell how long
_EXACT = 7  # days of the longest unit that still tells the day


def opener(tree: Tree, verb: int) -> int:
    """Return the word that opens a clause, without what measures the time: "six days | after they left"."""
    first, units = tree.left[verb], table("calendar")["units"]
    for at in range(first + 1, min(verb, first + _MEASURE)):
        if tree.lower[at] in _SPACED and singular(tree.lower[at - 1]) in units:
            return at
    return first


def lag(tree: Tree, verb: int) -> timedelta | None:
    """Return how far the day of a clause lies from that of the clause it hangs on, if it says so."""
    at, calendar = opener(tree, verb), table("calendar")
    unit = singular(tree.lower[at - 1]) if at else ""
    if tree.dep[verb] != "advcl" or tree.lower[at] not in _SPACED or unit not in calendar["units"]:
        return None
    days = calendar["units"][unit]
    if days == 0:  # hours
        return timedelta()
    counted = tree.lower[at - 2] if at > 1 else ""
    count = int(counted) if counted.isdecimal() else calendar["numbers"].get(counted)
    return _SPACED[tree.lower[at]] * timedelta(days=count * days) if count and days <= _EXACT else None
