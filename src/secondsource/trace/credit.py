"""Whose copy a text is, as its words show it: credit lines, "told AGENCY", an agency's own reporters.

The evidence is graded: a credit line outweighs a source who spoke to the agency, and that
outweighs an agency that is merely quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secondsource.lexicon import outlets, remembered, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.model import Report, Span
from secondsource.text import overlaps

VERSION = "credit/1"
LINE, TOLD, CITED = 4, 3, 1
_WEIGHTS = (("line", LINE), ("told", TOLD), ("cited", CITED))
_ACRONYM = 4  # letters up to which a name is printed one way only
_REACH = 60  # characters beside a name that show its part
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"[A-Z]\w*")
_ENDS = re.compile(r"s?(?![^\W_])")
_OWNED = re.compile(r"['\u2019]?s(?=\s)")


@dataclass(frozen=True, slots=True)
class Credit:
    """One sign of whose copy a text is: the outlet named, the weight of the sign, its place.

    `span` is None for a credit that stands outside the body.
    """

    outlet: str
    weight: int
    span: Span | None = None


def signs_of(report: Report) -> tuple[Credit, ...]:
    """Return every sign of a credit in a report, in reading order; its outlet's own voice left out."""
    own = outlets.voice_of(report.outlet)
    return tuple(
        credit
        for credit in (*_stated(f"{report.credit}\n{report.byline}"), *in_text(report.body))
        if outlets.voice_of(credit.outlet) != own
    )


@remembered(4096)
def in_text(body: str) -> tuple[Credit, ...]:
    """Return the signs in a text by place; of those at one place the weightiest."""
    found: dict[tuple[int, int, str], int] = {}
    for start, end, outlet in names_in(body):
        weight = _weight(body, start, end)
        if weight:
            found[start, end, outlet.id] = weight
    for holds, pattern, outlet_id in _houses():
        if any(mark in body for mark in holds):
            for match in pattern.finditer(body):
                found[match.start(), match.end(), outlet_id] = LINE
    return tuple(
        Credit(outlet, weight, (start, end)) for (start, end, outlet), weight in sorted(found.items())
    )


def names_in(body: str) -> list[tuple[int, int, Outlet]]:
    """Return every printed name of an outlet in a text as (start, end, outlet), the longest at each place."""
    indexed = _by_word()
    words = {*_CAPITAL.findall(body), *(word for word in _uncapitalised() if word in body)}
    present = sorted(indexed.keys() & words, key=lambda word: (-len(word), word))
    if not present:
        return []
    found: list[tuple[int, int, Outlet]] = []
    last = 0
    for match in re.finditer(r"\b(?:" + "|".join(present) + r")\b", body):
        for name, offset, outlet in indexed[match[0]]:
            start = match.start() - offset
            end = start + len(name)
            if start >= last and body.startswith(name, start) and _ENDS.match(body, end):
                found.append((start, end, outlet))
                last = end
                break
    return found


def _weight(body: str, start: int, end: int) -> int:
    # The letter keeps "^" in a pattern to the beginning of the body.
    before = body[:start] if start <= _REACH else "x" + body[start - _REACH : start]
    owned = _OWNED.match(body, end)
    for weight, left, right, may_own in _contexts():
        at = owned.end() if owned and may_own else end
        if right.match(body, at) and left.search(before):
            return weight
    return 0


def _stated(line: str) -> Iterable[Credit]:
    """Yield agencies that a credit line or byline names, in order of place."""
    agencies = {outlet.id: None for _, _, outlet in names_in(line) if outlet.agency}
    return (Credit(outlet, LINE) for outlet in agencies)


def tally(signs: Iterable[Credit], spans: Iterable[Span] = ()) -> dict[str, int]:
    """Return the weight of each outlet over some signs; one inside the copied `spans` counts twice."""
    copied = tuple(spans)
    weights: dict[str, int] = {}
    for sign in signs:
        inside = sign.span is not None and any(overlaps(sign.span, span) for span in copied)
        weights[sign.outlet] = weights.get(sign.outlet, 0) + sign.weight * (2 if inside else 1)
    return weights


@view
def _by_word() -> dict[str, list[tuple[str, int, Outlet]]]:
    """Return printed names, as printed and in capitals, by their first word after "The", longest first.

    Each with the word's place in the name. A lost apostrophe ("Xs") still finds the name.
    """
    named: dict[str, Outlet] = {}
    for outlet in outlets.outlets():
        for name in outlet.printed:
            for form in (name, name.upper()) if len(name) > _ACRONYM else (name,):
                named.setdefault(form, outlet)
    indexed: dict[str, list[tuple[str, int, Outlet]]] = {}
    for name in sorted(named, key=lambda name: (-len(name), name)):
        word = _WORD.search(name, 4 if name.lower().startswith("the ") else 0)
        if word is not None:
            for form in (word[0], f"{word[0]}s"):
                indexed.setdefault(form, []).append((name, word.start(), named[name]))
    return indexed


@view
def _contexts() -> tuple[tuple[int, re.Pattern[str], re.Pattern[str], bool], ...]:
    """Return (weight, what stands before the name, what after it, whether it may own what follows)."""
    signs = table("trace")["credit"]
    found = []
    for kind, weight in _WEIGHTS:
        for form in signs[kind]:
            left, right = form.split("{name}")
            left = left if left != r"\b" else ""  # a name begins where a word does
            found.append(
                (
                    weight,
                    re.compile(f"(?:{left})\\Z", 0 if kind == "line" else re.IGNORECASE),
                    re.compile(right),
                    kind == "told",
                )
            )
    return tuple(found)


@view
def _uncapitalised() -> tuple[str, ...]:
    """Return the words of `_by_word` that `_CAPITAL` does not find: few."""
    return tuple(sorted(word for word in _by_word() if not _CAPITAL.match(word)))


@view
def _houses() -> tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]:
    """Return (texts of which one must stand in a body, pattern, outlet)."""
    return tuple(
        (tuple(house["holds"]), re.compile(house["pattern"], re.DOTALL), house["outlet"])
        for house in table("trace")["house"]
    )
