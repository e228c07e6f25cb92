"""Numbers compared as intervals with what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from secondsource.lexicon import remembered
from secondsource.match.words import relations, stem
from secondsource.model import Quantity
from secondsource.text import words

_ROUNDING = 0.03  # "nearly 75" and 75 are one figure; 40 and 43 are not
_ANYONE = "person"
_SAME_SCALE = 4  # times a claimed bound up to which another figure bears it out: tolls rise, not tenfold


class Fit(StrEnum):
    """How a told number bears on a claimed one."""

    AGREES = "agrees"
    CONFLICTS = "conflicts"
    OTHER_KIND = "other-kind"  # the same figure, but of people of an excluding kind
    OPEN = "open"  # comparable, yet neither confirms nor excludes
    APART = "apart"  # counts another thing


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A claimed number, the told one nearest to it, and how they fit."""

    claimed: Quantity
    told: Quantity | None
    fit: Fit


@remembered(20_000)
def person_kind(unit: str) -> str:
    """Return the kind of people that `unit` counts ("civilian", "militant"), or ""."""
    persons = relations().persons
    for word in reversed(words(unit)):
        kind = persons.get(stem(word))
        if kind:
            return kind
    return ""


def widened(kind: str) -> tuple[str, ...]:
    """Return `kind` and every wider kind, narrowest first."""
    chain = [kind]
    while chain[-1] in relations().within:
        chain.append(relations().within[chain[-1]])
    return tuple(chain)


@remembered(50_000)
def units_relate(claimed: str, told: str) -> str:
    """Return "same", "part" (told is part of claimed), "whole" (told holds claimed), "other" or "apart".

    "other" are kinds of people that exclude one another (civilians, fighters); "apart" are
    things that have nothing to do with one another.
    """
    a, b = person_kind(claimed), person_kind(told)
    if a and b:
        if a == b:
            return "same"
        if a in widened(b):
            return "part"
        if b in widened(a):
            return "whole"
        return "other"
    if (not claimed and b) or (not told and a) or not (claimed and told):
        return "same"
    if a or b:
        return "apart"
    return "same" if _shared(claimed, told) else "apart"


def _shared(claimed: str, told: str) -> bool:
    a, b = {stem(w) for w in words(claimed)}, {stem(w) for w in words(told)}
    concepts = relations().concepts
    return bool(a & b) or bool(
        {c for w in a for c in concepts.get(w, ())} & {c for w in b for c in concepts.get(w, ())}
    )


def fit(claimed: Quantity, told: Quantity) -> Fit:
    """Return how `told` bears on `claimed`.

    "at least N" is met by any figure from N up; a plain N by N, "at least N" or "about N". A
    part of the whole (children among civilians) conflicts only where it exceeds the whole.
    """
    if claimed.of and told.of and claimed.of != told.of:
        return Fit.APART
    relation = units_relate(claimed.unit, told.unit)
    if relation == "apart":
        return Fit.APART
    meets = _meets(claimed, told)
    if relation == "other":
        return Fit.OTHER_KIND if meets is Fit.AGREES and claimed.of == told.of else Fit.APART
    if relation == "part":
        return _part(claimed, told)
    if relation == "whole":
        return _whole(claimed, told)
    return meets


def _meets(claimed: Quantity, told: Quantity) -> Fit:
    low, high = claimed.low, claimed.high
    told_low, told_high = told.low, told.high
    if low is not None and high is None:  # at least N
        if told_low is not None and told_low >= low * (1 - _ROUNDING):
            return Fit.AGREES if told_low <= low * _SAME_SCALE else Fit.OPEN
        return Fit.CONFLICTS if told_high is not None and told_high < low else Fit.OPEN
    if low is None:  # up to N
        if told_high is not None and high is not None and told_high <= high * (1 + _ROUNDING):
            return Fit.AGREES if told_high * _SAME_SCALE >= high else Fit.OPEN
        return Fit.CONFLICTS if told_low is not None and high is not None and told_low > high else Fit.OPEN
    if (
        told_low is not None
        and _near(told_low, low)
        and (told_high is None or high is None or _near(told_high, high))
    ):
        return Fit.AGREES
    if told_high is not None and high is not None and told_low is None:
        return Fit.AGREES if _near(told_high, high) else Fit.OPEN
    below = told_high is not None and told_high < low
    above = told_low is not None and high is not None and told_low > high
    if below or above:
        return Fit.CONFLICTS
    if told_high is None:  # "at least M" told, a plain larger N claimed
        return Fit.OPEN
    return Fit.AGREES if low != high else Fit.OPEN


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= _ROUNDING * max(abs(a), abs(b))


def _part(claimed: Quantity, told: Quantity) -> Fit:
    """Fit of a told part (civilians) to a claimed whole (people)."""
    if claimed.high is None and claimed.low is not None and told.low is not None and told.low >= claimed.low:
        return Fit.AGREES
    if claimed.low is not None and claimed.low == claimed.high and told.low is not None:
        if told.low > claimed.low:
            return Fit.CONFLICTS
        return Fit.AGREES if told.low == claimed.low else Fit.OPEN
    return Fit.OPEN


def _whole(claimed: Quantity, told: Quantity) -> Fit:
    """Fit of a told whole (people) to a claimed part (civilians)."""
    if told.high is not None and claimed.low is not None and told.high < claimed.low:
        return Fit.CONFLICTS
    same = told.low == claimed.low
    return Fit.AGREES if same and person_kind(told.unit) == _ANYONE else Fit.OPEN


_ORDER = {Fit.AGREES: 0, Fit.OTHER_KIND: 1, Fit.CONFLICTS: 2, Fit.OPEN: 3, Fit.APART: 4}


def compare_numbers(claimed: Sequence[Quantity], told: Sequence[Quantity]) -> tuple[NumberPair, ...]:
    """Pair each claimed number with the told one that decides most: agreement before conflict."""
    pairs = []
    for quantity in claimed:
        fits = sorted(
            ((fit(quantity, other), i) for i, other in enumerate(told)), key=lambda f: (_ORDER[f[0]], f[1])
        )
        if not fits or fits[0][0] is Fit.APART:
            pairs.append(NumberPair(quantity, None, Fit.APART))
        else:
            pairs.append(NumberPair(quantity, told[fits[0][1]], fits[0][0]))
    return tuple(pairs)
