"""Days as a sentence means them: ahead of publication where its verb looks ahead, none where they recur."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from secondsource.extract.dates import Dated, find_dates, resolve
from secondsource.extract.parse import Tree
from secondsource.lexicon import table, view
from secondsource.lexicon.cues import cues
from secondsource.model import Span
from secondsource.text import overlaps


def days_in(tree: Tree, anchor: date | None) -> Iterator[Dated]:
    """Yield the dates that a parsed body names, in order; `anchor` is the day of publication.

    "The same morning" is of the day that was told last before, and of none where none was.
    """
    told: date | None = None
    named = list(_named(tree, anchor))
    counted = [one for one in _counted(tree.body) if not any(overlaps(one[0], n.span) for n in named)]
    every: list[tuple[Span, Dated | int]] = [*counted, *((n.span, n) for n in named)]
    for span, found in sorted(every, key=lambda one: one[0]):
        one = _from(told, span, found) if isinstance(found, int) else found
        if one is None:
            continue
        yield one
        if one.days[0] == one.days[1] and not of_saying(tree, token_at(tree, span[0])):
            told = one.days[0]


def _from(told: date | None, span: Span, days: int) -> Dated | None:
    day = told + timedelta(days=days) if told is not None else None
    return Dated(span, (day, day)) if day is not None else None


def _counted(body: str) -> Iterator[tuple[Span, int]]:
    """Yield the phrases that count a day from another one, with how many days they are from it."""
    for match in _from_another().finditer(body):
        yield match.span(), table("calendar")["anaphoric"][match[0].lower()]


@view
def _from_another() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in table("calendar")["anaphoric"])
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)


def _named(tree: Tree, anchor: date | None) -> Iterator[Dated]:
    """Yield the dates that are named or count from the day of publication, in order."""
    for one in find_dates(tree.body, anchor):
        first = token_at(tree, one.span[0])
        if first and tree.lower[first - 1] in table("calendar")["recurring"]["words"]:
            continue
        if not one.absolute and _looks_ahead(tree, first):
            phrase = tree.body[slice(*one.span)]
            yield replace(one, days=resolve(phrase, anchor, ahead=True) or one.days)
        else:
            yield one


def token_at(tree: Tree, place: int) -> int:
    """Return the token at or before an offset of the body."""
    return max(0, bisect_right(tree.start, place) - 1)


def governor(tree: Tree, token: int) -> int:
    """Return the nearest verb above a token, the top of its tree if there is none."""
    while tree.tag[token][:1] != "V" and tree.head[token] != token:
        token = tree.head[token]
    return token


def of_saying(tree: Tree, token: int) -> bool:
    """Tell whether a word tells when or where something was said: "the mayor said on Sunday in Tarn".

    What stands in the name of who says it ("the director of Tarn hospital") tells nothing of that.
    """
    verb = governor(tree, token)
    at = token
    while at != verb:
        if tree.dep[at] in ("nsubj", "nsubjpass"):
            return False
        at = tree.head[at]
    return tree.lemma[verb] in cues().final or tree.lower[verb] in cues().according


def _looks_ahead(tree: Tree, token: int) -> bool:
    ahead = table("calendar")["ahead"]
    verb = governor(tree, token)
    helpers = {tree.lower[kid] for kid in tree.kids[verb] if tree.dep[kid] == "aux"}
    if helpers & set(ahead["auxiliaries"]):
        return True
    above = tree.head[verb]
    to_come = tree.tag[above] in ("VBZ", "VBP", "JJ", "VBN") and tree.lemma[above] in ahead["before_to"]
    return "to" in helpers and (to_come or tree.dep[verb] == "acl")
