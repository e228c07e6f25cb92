"""One claim against one passage: every slot compared.

The features are what the trees weigh; the findings say in words what agreed and what stood
apart. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from secondsource.match import features as of
from secondsource.match.align import Alignment, Rings, align, credited, exclusions, in_order
from secondsource.match.asked import Asked
from secondsource.match.days import day_gap
from secondsource.match.numbers import NumberPair, compare_numbers
from secondsource.match.swaps import Swap, alternatives, parts_of_names, unnamed
from secondsource.match.told import Passage, Statistics, Told
from secondsource.match.who import Meeting, Named, actors_in, meet_actors, meet_places, places_in
from secondsource.match.words import Word
from secondsource.model import Span

# Claimed actors or places that are not told, and those told in their stead.
StandIns = tuple[tuple[Named, ...], tuple[Named, ...]] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What laying a claim beside a passage found."""

    alignment: Alignment
    numbers: tuple[NumberPair, ...]
    exclusions: tuple[tuple[str, str, str], ...]
    gap: int | None  # days between claimed and told time, negative if told before
    features: Mapping[str, float]
    actors: StandIns
    places: StandIns
    swaps: tuple[Swap, ...] = ()
    unnamed: tuple[Word, ...] = ()  # words that telling the claim needs, and that nothing around tells


def rings_of(told: Told, number: int) -> Rings:
    """Return the terms around passage `number` of `told`."""
    passages = told.passages
    near = passages[max(0, number - 1) : number + 2]
    return Rings(passages[number].terms, told.title.union(*(p.terms for p in near)), told.terms)


def compare(asked: Asked, told: Told, number: int, statistics: Statistics) -> Comparison:
    """Compare a claim with passage `number` of a report, slot by slot."""
    passage = told.passages[number]
    rings = rings_of(told, number)
    around = told.passages[max(0, number - 1) : number + 2]
    who = meet_actors(asked.actors, passage.actors)
    where = meet_places(asked.places, passage.places)
    who_near, who_anywhere = _wider(
        who,
        lambda: meet_actors(asked.actors, _all(around, "actors", actors_in(told.report.title))),
        lambda: meet_actors(asked.actors, told.actors),
    )
    where_near, where_anywhere = _wider(
        where,
        lambda: meet_places(asked.places, _all(around, "places", places_in(told.report.title))),
        lambda: meet_places(asked.places, told.places),
    )
    alignment = credited(
        align(asked.content, passage, rings, statistics),
        (who.met + where.met, who_near.met + where_near.met),
        _known(passage, who.strangers + where.strangers),
    )
    numbers = compare_numbers(asked.quantities, passage.quantities)
    apart = exclusions(asked.stems, passage.stems)
    published = (told.report.published, told.report.published) if told.report.published else None
    gap = day_gap(asked.time, published)
    features = {
        **of.coverage(alignment, statistics),
        **of.tallies(numbers),
        **of.timing(asked, passage, gap),
        **of.polarity(asked, passage, alignment),
        **of.kinds(asked, passage),
        **of.roles(asked, passage),
        **of.named("actors", asked.actors, who, who_near, who_anywhere),
        **of.named("places", asked.places, where, where_near, where_anywhere),
        **of.agents(asked, passage),
        "excluded": float(bool(apart)),
        "order": in_order(alignment),
        "position": min(number, 10) / 10,
    }
    return Comparison(
        alignment,
        numbers,
        apart,
        gap,
        features,
        _stand_ins(who.unmet, who.strangers),
        _stand_ins(where_near.unmet, where.strangers),
        alternatives(
            (asked.words, parts_of_names(asked.words, asked.actors, 0)),
            (passage.words, parts_of_names(passage.words, passage.actors, passage.span[0])),
            rings.near,
        ),
        unnamed(asked.words, rings.near),
    )


def _wider(
    here: Meeting, near: Callable[[], Meeting], anywhere: Callable[[], Meeting]
) -> tuple[Meeting, Meeting]:
    """Return how claimed names are met around a passage and anywhere in its report.

    What is met is met in what is around it too, so that no more is read once all are.
    """
    if not here.open and not here.unmet:
        return here, here
    around = near()
    return around, anywhere() if around.unmet else around


def _stand_ins(missing: tuple[Named, ...], strangers: tuple[Named, ...]) -> StandIns:
    return (missing, strangers) if missing and strangers else None


def _all(passages: Sequence[Passage], field_: str, title: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(n for part in (title, *(getattr(p, field_) for p in passages)) for n in part)


def _known(passage: Passage, strangers: Sequence[Named]) -> tuple[Span, ...]:
    """Return the body spans of the actors and places of the passage that the claim names too."""
    start = passage.span[0]
    return tuple(
        (start + n.span[0], start + n.span[1]) for n in passage.actors + passage.places if n not in strangers
    )
