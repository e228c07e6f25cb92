"""What a comparison found, in words: conflicts slot by slot, agreement, the quote that shows it."""

from __future__ import annotations

from datetime import date

from secondsource.match.align import quality
from secondsource.match.asked import Asked
from secondsource.match.compare import Comparison
from secondsource.match.numbers import Fit
from secondsource.match.told import Passage, Statistics, Told
from secondsource.match.who import listed
from secondsource.match.words import Word, relations, terms
from secondsource.model import Conflict, Quantity, Span
from secondsource.text import trim

_ENOUGH = 0.85  # a clause that holds this share of what its sentence tells of the claim is quoted instead
_FAR_DAYS = 2  # a report cannot tell of what happens later than this
_RETOLD_DAYS = 30  # and is hardly about what happened longer ago
_NAMES = 4


def figure(quantity: Quantity) -> str:
    """Return a quantity in plain words ("at least 18 civilian killed")."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        number = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    elif low is not None:
        number = f"at least {low:g}"
    else:
        number = f"up to {high:g}" if high is not None else "some"
    return " ".join(part for part in (number, quantity.unit, quantity.of) if part)


def days(interval: tuple[date, date]) -> str:
    """Return an interval of days in plain words."""
    first, last = interval
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def conflicts(asked: Asked, told: Told, passage: Passage, comparison: Comparison) -> tuple[Conflict, ...]:
    """Return every slot in which the passage stands against the claim, the plainest first."""
    found = [
        Conflict("quantity", figure(pair.claimed), figure(pair.told))
        for pair in comparison.numbers
        if pair.fit is Fit.CONFLICTS and pair.told is not None
    ]
    found += [
        Conflict("patient", figure(pair.claimed), figure(pair.told))
        for pair in comparison.numbers
        if pair.fit is Fit.OTHER_KIND and pair.told is not None
    ]
    found += [Conflict(slot, one, other) for slot, one, other in comparison.exclusions]
    features = comparison.features
    if features["negation_differs"]:
        negated = "denied or negated", "asserted"
        found.append(Conflict("polarity", *(negated if asked.negated else negated[::-1])))
    if features["roles_swapped"] and not features["roles_same"]:
        slots = asked.claim.mention.slots
        found.append(Conflict("roles", f"{slots.actor} to {slots.patient}", "the other way round"))
    found += _replaced(asked, passage, comparison)
    if (
        comparison.gap is not None
        and abs(comparison.gap) > _FAR_DAYS
        and asked.time
        and told.report.published
    ):
        found.append(Conflict("time", days(asked.time), f"published {told.report.published.isoformat()}"))
    return tuple(found)


def _replaced(asked: Asked, passage: Passage, comparison: Comparison) -> list[Conflict]:
    """Return actors, places and kinds of people of the claim that the passage has others for."""
    found = []
    for slot, pair in (("actor", comparison.actors), ("place", comparison.places)):
        if pair:
            mine, theirs = pair
            found.append(Conflict(slot, listed(asked.claim.statement, mine), listed(passage.text, theirs)))
    found += persons(comparison)
    swapped = [(a, b) for a, b in comparison.alignment.swaps if a.kind == b.kind]
    if swapped and not found:
        found.append(Conflict("wording", _forms([a for a, _ in swapped]), _forms([b for _, b in swapped])))
    return found


def persons(comparison: Comparison) -> tuple[Conflict, ...]:
    """Return the kinds of people that the passage has others for."""
    kinds = relations().persons
    missing = [p.word for p in comparison.alignment.points if not p.near and p.word.stem in kinds]
    spare = [w for w in comparison.alignment.unclaimed if w.stem in kinds]
    return (Conflict("patient", _forms(missing), _forms(spare)),) if missing and spare else ()


def _forms(words: list[Word]) -> str:
    return ", ".join(dict.fromkeys(w.form for w in words[:_NAMES]))


def agreement(asked: Asked, told: Told, comparison: Comparison) -> str:
    """Return in words what claim and passage share."""
    parts = [figure(p.told) for p in comparison.numbers if p.fit is Fit.AGREES and p.told]
    statement = asked.claim.statement
    shared = [p for p in comparison.alignment.points if p.here]
    names = [statement[p.word.start : p.word.end] for p in shared if p.word.kind == "name"]
    acts = [statement[p.word.start : p.word.end] for p in shared if p.word.kind == "word"]
    if names:
        parts.append(", ".join(names[:_NAMES]))
    if acts:
        parts.append(", ".join(acts[:_NAMES]))
    if told.report.published:
        parts.append(f"published {told.report.published.isoformat()}")
    return "both say: " + "; ".join(parts)


def quote_span(asked: Asked, passage: Passage, statistics: Statistics) -> tuple[Span, str]:
    """Return the span of the shortest clause that carries the match, and the id of its mention."""
    whole = _held(asked, terms(passage.words), statistics)
    best: tuple[int, Span, str] | None = None
    for mention, ((start, end), clause) in zip(passage.mentions, passage.clauses, strict=True):
        if _held(asked, clause, statistics) >= _ENOUGH * whole and (best is None or end - start < best[0]):
            best = end - start, (start, end), mention.id
    if best is not None:
        return trim(passage.body, best[1]), best[2]
    return trim(passage.body, passage.span), passage.mentions[0].id


def _held(asked: Asked, told: frozenset[str], statistics: Statistics) -> float:
    words = sum(statistics.weight(w) * quality(w, told) for w in asked.content)
    return words + sum(w.kind == "number" and f"{w.value:g}" in told for w in asked.words)
