"""One claim against one passage: every slot compared, as named features in a fixed order.

The features are what `relation` weighs; the findings say in words what agreed and what
stood apart. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from secondsource.match.align import Alignment, Rings, align, content, credited, exclusions, in_order
from secondsource.match.days import written
from secondsource.match.numbers import Fit, NumberPair, compare_numbers, widened
from secondsource.match.told import Passage, Statistics, Told, terms
from secondsource.match.who import Meeting, Named, actors_in, akin, meet_actors, meet_places, places_in
from secondsource.match.words import Word, read_words, relations, stem
from secondsource.model import Claim, Quantity, Span
from secondsource.text import words as plain_words

_FAR = 400  # days: farther apart is all the same
# Claimed actors or places that are not told, and those told in their stead.
StandIns = tuple[tuple[Named, ...], tuple[Named, ...]] | None


@dataclass(frozen=True)
class Asked:
    """A claim with what comparing reads from it, made once."""

    claim: Claim
    day: date | None = None  # publication day of the report it was taken from

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return the words of the statement."""
        return read_words(self.claim.statement)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """Return its content words."""
        return content(self.words)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return what its words can be matched by."""
        return terms(self.words)

    @cached_property
    def actors(self) -> tuple[Named, ...]:
        """Return the actors it names."""
        return actors_in(self.claim.statement)

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Return the settlements it names."""
        return places_in(self.claim.statement)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the numbers it states."""
        return tuple(q for q in self.claim.mention.slots.quantity if counts(q))

    @cached_property
    def time(self) -> tuple[date, date] | None:
        """Return its days: as written out, else as read, else those of the report it was taken from."""
        own = (self.day, self.day) if self.day else None
        return written(self.words) or self.claim.mention.slots.time or own

    @property
    def dated(self) -> bool:
        """Tell whether the statement itself writes its day, month or year out."""
        return written(self.words) is not None

    @cached_property
    def negated(self) -> int:
        """Return how many negating words it holds."""
        return sum(w.stem in relations().negators for w in self.words)


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


def rings_of(told: Told, number: int) -> Rings:
    """Return the terms around passage `number` of `told`."""
    passages = told.passages
    near = passages[max(0, number - 1) : number + 2]
    return Rings(passages[number].terms, told.title.union(*(p.terms for p in near)), told.terms)


def day_gap(claimed: tuple[date, date] | None, told: tuple[date, date] | None) -> int | None:
    """Return the days from the claimed interval to the told one: 0 if they meet, negative if told first."""
    if claimed is None or told is None:
        return None
    if told[0] > claimed[1]:
        return min(_FAR, (told[0] - claimed[1]).days)
    if told[1] < claimed[0]:
        return max(-_FAR, (told[1] - claimed[0]).days)
    return 0


def compare(asked: Asked, told: Told, number: int, statistics: Statistics) -> Comparison:
    """Compare a claim with passage `number` of a report, slot by slot."""
    passage = told.passages[number]
    rings = rings_of(told, number)
    around = told.passages[max(0, number - 1) : number + 2]
    who = meet_actors(asked.actors, passage.actors)
    where = meet_places(asked.places, passage.places)
    who_near = meet_actors(asked.actors, _all(around, "actors", actors_in(told.report.title)))
    where_near = meet_places(asked.places, _all(around, "places", places_in(told.report.title)))
    alignment = credited(
        align(asked.content, passage.words, rings, statistics),
        (who.met + where.met, who_near.met + where_near.met),
        _known(passage, who.strangers + where.strangers),
    )
    numbers = compare_numbers(asked.quantities, _quantities(passage))
    apart = exclusions(asked.words, passage.words)
    published = (told.report.published, told.report.published) if told.report.published else None
    gap = day_gap(asked.time, published)
    features = {
        **_coverage(alignment, statistics),
        **_counts(numbers),
        **_time(asked, passage, gap),
        **_polarity(asked, passage, alignment),
        **_persons(asked, passage),
        **_roles(asked, passage),
        **_named("actors", asked.actors, who, who_near, meet_actors(asked.actors, told.actors)),
        **_named("places", asked.places, where, where_near, meet_places(asked.places, told.places)),
        **_agents(asked, passage),
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
    )


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


def _named(
    field_: str, claimed: Sequence[Named], here: Meeting, near: Meeting, anywhere: Meeting
) -> dict[str, float]:
    count = len(claimed)
    return {
        f"{field_}": float(count),
        f"{field_}_met": len(here.met) / count if count else 1.0,
        f"{field_}_open": float(len(here.open)),
        f"{field_}_unmet_here": float(len(here.unmet)),
        f"{field_}_unmet_near": float(len(near.unmet)),
        f"{field_}_unmet_anywhere": float(len(anywhere.unmet)),
        f"{field_}_strangers": float(min(3, len(here.strangers))),
        f"{field_}_replaced": float(bool(here.unmet) and bool(here.strangers)),
        f"{field_}_replaced_near": float(bool(near.unmet) and bool(here.strangers)),
        f"{field_}_first_unmet": float(bool(claimed) and claimed[0] in here.unmet),
    }


def _agents(asked: Asked, passage: Passage) -> dict[str, float]:
    """Compare who acts and who bears it, as actors, over the passage's mentions."""
    mine = asked.claim.mention.slots
    does, bears = actors_in(mine.actor or ""), actors_in(mine.patient or "")
    best = {
        "agent_same": 0.0,
        "agent_other": 0.0,
        "bearer_same": 0.0,
        "bearer_other": 0.0,
        "agent_bears": 0.0,
    }
    for mention in passage.mentions:
        doing, bearing = actors_in(mention.slots.actor or ""), actors_in(mention.slots.patient or "")
        for name, ours, theirs in (("agent", does, doing), ("bearer", bears, bearing)):
            kin = {akin(a, b) for a in ours for b in theirs}
            best[f"{name}_same"] = max(best[f"{name}_same"], float(bool(kin & {"same", "part"})))
            best[f"{name}_other"] = max(best[f"{name}_other"], float(kin == {"other"}))
        crossed = {akin(a, b) for a in does for b in bearing} | {akin(a, b) for a in bears for b in doing}
        best["agent_bears"] = max(best["agent_bears"], float(bool(crossed & {"same", "part"})))
    return best


def _quantities(passage: Passage) -> tuple[Quantity, ...]:
    return tuple(dict.fromkeys(q for m in passage.mentions for q in m.slots.quantity if counts(q)))


def counts(quantity: Quantity) -> bool:
    """Tell whether a quantity counts something: not what a date left over ("4-5 July")."""
    return quantity.unit.casefold() not in relations().calendar


def _coverage(alignment: Alignment, statistics: Statistics) -> dict[str, float]:
    spare = sum(statistics.weight(w) for w in alignment.unclaimed)
    held = sum(p.weight * p.here for p in alignment.points)
    spare_names = [statistics.weight(w) for w in alignment.unclaimed if w.kind == "name"]
    return {
        "here": alignment.share("here"),
        "near": alignment.share("near"),
        "anywhere": alignment.share("anywhere"),
        "words_here": alignment.share("here", ("word",)),
        "words_near": alignment.share("near", ("word",)),
        "names_here": alignment.share("here", ("name",)),
        "names_near": alignment.share("near", ("name",)),
        "names_anywhere": alignment.share("anywhere", ("name",)),
        "missing_word_here": alignment.missing("here", ("word",)),
        "missing_word": alignment.missing("near", ("word",)),
        "missing_name": alignment.missing("near", ("name",)),
        "missing_name_anywhere": alignment.missing("anywhere", ("name",)),
        "missing_word_anywhere": alignment.missing("anywhere", ("word",)),
        "missing_here_count": float(sum(not p.here for p in alignment.points)),
        "missing_anywhere_count": float(sum(not p.anywhere for p in alignment.points)),
        "points": float(len(alignment.points)),
        "precision": held / (held + spare) if held + spare else 0.0,
        "spare_name": max(spare_names, default=0.0),
        "stand_in_name": min(max(spare_names, default=0.0), alignment.missing("here", ("name",))),
        "held": held,
        **_meaning(alignment, statistics),
    }


def _meaning(alignment: Alignment, statistics: Statistics) -> dict[str, float]:
    missing = [p for p in alignment.points if not p.here]
    total = sum(p.weight for p in alignment.points) or 1.0
    swaps = [(statistics.weight(a), a, b) for a, b in alignment.swaps]
    return {
        "soft": sum(p.weight * max(0.0, p.soft) for p in alignment.points) / total,
        "missing_soft": max(
            (p.weight * (1 - max(0.0, p.soft)) for p in missing if p.word.kind == "word"), default=0.0
        ),
        "nearest_word": min((p.soft for p in missing if p.word.kind == "word"), default=1.0),
        "nearest_name": max((p.soft for p in missing if p.word.kind == "name"), default=0.0),
        "swaps": float(len(swaps)),
        "swapped_name": max((w for w, a, _ in swaps if a.kind == "name"), default=0.0),
        "swapped_word": max((w for w, a, _ in swaps if a.kind == "word"), default=0.0),
    }


def _counts(numbers: Sequence[NumberPair]) -> dict[str, float]:
    fits = [pair.fit for pair in numbers]
    killed = [pair.fit for pair in numbers if pair.claimed.of]
    return {
        "numbers": float(len(fits)),
        "number_agrees": float(fits.count(Fit.AGREES)),
        "number_conflicts": float(fits.count(Fit.CONFLICTS)),
        "number_other_kind": float(fits.count(Fit.OTHER_KIND)),
        "number_open": float(fits.count(Fit.OPEN)),
        "number_missing": float(fits.count(Fit.APART)),
        "first_number_agrees": float(fits[:1] == [Fit.AGREES]),
        "first_number_conflicts": float(fits[:1] == [Fit.CONFLICTS]),
        "fate_conflicts": float(killed.count(Fit.CONFLICTS)),
        "fate_agrees": float(killed.count(Fit.AGREES)),
    }


def _time(asked: Asked, passage: Passage, gap: int | None) -> dict[str, float]:
    told = [m.slots.time for m in passage.mentions if m.slots.time]
    gaps = [g for t in told if (g := day_gap(asked.time, t)) is not None]
    closest = min(gaps, key=abs, default=None)
    return {
        "dated": float(asked.time is not None),
        "published_before": float(gap is not None and gap < -1),
        "published_after": min(_FAR, max(0, gap or 0)) / _FAR,
        "published_within_3": float(gap is not None and 0 <= gap <= 3),
        "far": float(gap is not None and abs(gap) > 60),
        "told_dated": float(closest is not None),
        "told_meets": float(closest == 0),
        "told_apart": float(closest is not None and abs(closest) > 1),
        "told_far": float(closest is not None and abs(closest) > 20),
    }


def _polarity(asked: Asked, passage: Passage, alignment: Alignment) -> dict[str, float]:
    lists = relations()
    told_words = [i for i, w in enumerate(passage.words) if w.kind in ("word", "name")]
    places = [told_words[p.at] for p in alignment.points if p.at >= 0]
    first, last = (min(places), max(places)) if places else (0, -1)
    around = passage.words[max(0, first - 3) : last + 4]
    told = sum(w.stem in lists.negators for w in around)
    return {
        "claim_negated": float(asked.negated > 0),
        "told_negated": float(told > 0),
        "negation_differs": float((asked.negated > 0) != (told > 0)),
        "negation_odd": float((asked.negated + told) % 2),
        "denial": float(any(w.stem in lists.denials for w in passage.words)),
    }


def _persons(asked: Asked, passage: Passage) -> dict[str, float]:
    kinds = {k for w in asked.words if (k := relations().persons.get(w.stem))}
    told = {k for w in passage.words if (k := relations().persons.get(w.stem))}
    unmet = {k for k in kinds if not any(k in widened(t) or t in widened(k) for t in told)}
    sides = relations().sides
    a = {i for i, side in enumerate(sides) if any(w.stem in side for w in asked.words)}
    b = {i for i, side in enumerate(sides) if any(w.stem in side for w in passage.words)}
    return {
        "kinds_unmet": float(len(unmet)),
        "kinds_met": float(len(kinds) - len(unmet)),
        "kinds_replaced": float(bool(unmet) and bool(told - kinds)),
        "sides_differ": float(bool(a) and bool(b) and not a & b),
    }


@lru_cache(maxsize=50_000)
def stems_of(text: str | None) -> frozenset[str]:
    """Return the stems of the words of `text`, function words left out, with their "#" concepts."""
    held = {stem(w) for w in plain_words(text or "") if w not in relations().stop}
    return frozenset(held | {"#" + c for w in held for c in relations().concepts.get(w, ())})


def _roles(asked: Asked, passage: Passage) -> dict[str, float]:
    mine = asked.claim.mention.slots
    actor, patient = stems_of(mine.actor), stems_of(mine.patient)
    best = {"same": 0.0, "swapped": 0.0, "action": 0.0}
    for mention in passage.mentions:
        does, bears = stems_of(mention.slots.actor), stems_of(mention.slots.patient)
        same = float(bool(actor & does)) + float(bool(patient & bears))
        swapped = float(bool(actor & bears) and not actor & does) + float(
            bool(patient & does) and not patient & bears
        )
        best["same"] = max(best["same"], same)
        best["swapped"] = max(best["swapped"], swapped)
        best["action"] = max(
            best["action"], float(bool(stems_of(mine.action) & stems_of(mention.slots.action)))
        )
    return {"roles_same": best["same"], "roles_swapped": best["swapped"], "action_same": best["action"]}


def beside(rows: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return the feature rows of one report's passages (best first), each told how it stands among them."""
    if not rows:
        return []
    most = max(row["held"] for row in rows) or 1.0
    agrees = max(row["number_agrees"] for row in rows)
    here = max(row["here"] for row in rows)
    return [
        {
            **row,
            "rank": float(i),
            "held_share": row["held"] / most,
            "report_number_agrees": agrees,
            "report_here": here,
            "agrees_elsewhere": float(agrees > row["number_agrees"]),
        }
        for i, row in enumerate(rows)
    ]
