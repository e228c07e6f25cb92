"""Which reports of a pile support a claim, which contradict it, which cover its event and are silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from secondsource.match.align import grades
from secondsource.match.asked import Asked
from secondsource.match.compare import Comparison, compare
from secondsource.match.deeds import told_alike
from secondsource.match.event import Aboutness, EventOptions, about, held_share, misprinted, speaks_of
from secondsource.match.features import beside
from secondsource.match.findings import agreement, days, quote_span
from secondsource.match.forest import forest
from secondsource.match.negation import negating
from secondsource.match.numbers import Fit, compare_numbers
from secondsource.match.slots import against, seemingly, unspoken, untold
from secondsource.match.told import Passage, Statistics, Told
from secondsource.match.words import read_words, relations
from secondsource.model import Certainty, Conflict, Evidence, Kind, Mention, Relation, SectionRole
from secondsource.text import fold, overlaps

VERSION = "slots+trees-7"
_BEARS = 0.35  # how far a passage must speak to the claim for its slots to be laid beside the claim's
_MOSTLY = 0.5  # how far it must for what it tells otherwise to refute the claim, unless that is a figure
_PLAINLY = 0.6  # chance of contradiction from which a slot that only seems to stand against it is enough
_SURELY = 0.7  # chance of support from which all that stands against a claim can be its day
_NEARLY_ALL = 0.85  # share of the claim's words that must then be told, beside its figures or in one passage
_MUCH_MORE = 1.15  # times as much as a passage that stands against the claim, a supporting one outweighs it
_PLAIN = 0.6  # chance from which a passage supports a claim though its act or object is told nowhere near
_LIKELY = 0.25  # chance of support from which a passage that tells the claim's deed slot by slot supports it
_LEAST = 1e-9
_DETAILS = {"actor", "place", "patient", "means", "object"}
_ELSEWHERE = {"place", "means", "object"}  # told of others of these, a denied deed is another deed
_TELLING = 4  # and so many of them
_AS_IF_DATED = {
    "published_before": 0.0, "published_after": 0.0, "published_within_3": 1.0, "far": 0.0,
    "told_meets": 1.0, "told_apart": 0.0, "told_far": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """How much of a report is looked at closely, and when two reports share an event."""

    passages: int = 4
    counting: int = 2  # passages that count the same, looked at besides
    least: float = 0.2  # of the claim's weighted words that a passage must hold, in [0, 1]
    beside: float = 0.4  # of what the passage that holds most does, in [0, 1]
    event: EventOptions = field(default_factory=EventOptions)


@dataclass(frozen=True, slots=True)
class Services:
    """What judging needs besides claim and pile.

    `shares` are those that `candidates` found, by report; what it does not hold is worked out.
    """

    statistics: Statistics
    options: MatchOptions = field(default_factory=MatchOptions)
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a pile holds on a claim; ids in the order of the pile.

    Reports that are not about the claim's event stand nowhere.
    """

    evidence: tuple[Evidence, ...]
    silent: tuple[str, ...]
    undetermined: tuple[str, ...]


Chances = Iterable[float]  # of support, silence and contradiction, as the trees give them


@dataclass(frozen=True, slots=True)
class _Laid:
    """A report about the claim's event with the passages that were laid beside the claim, best first."""

    told: Told
    nearness: Aboutness
    compared: tuple[tuple[int, Comparison], ...]

    @property
    def features(self) -> list[Mapping[str, float]]:
        """What the trees read of each passage."""
        return [comparison.features for _, comparison in self.compared]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A passage as it bears on the claim; `against` are the slots that stand against it."""

    number: int
    comparison: Comparison
    supports: float = 0.0
    refutes: float = 0.0
    against: tuple[Conflict, ...] = ()
    seeming: bool = False  # they only seem to


def judge(asked: Asked, pile: Sequence[Told], services: Services) -> Judged:
    """Judge every report of `pile` on a claim, the claim's own report left out.

    Order of `pile` decides the order of the answer and nothing else.
    """
    evidence, silent, undetermined = [], [], []
    laid = list(_laid(asked, pile, services))
    chances = iter(forest().scores([row for one in laid for row in beside(one.features)]))
    for one in laid:
        told, nearness = one.told, one.nearness
        relation, found = _judge_one(asked, one, list(islice(chances, len(one.compared))), services)
        if found is not None:
            evidence.append(found)
        elif nearness.loose(services.options.event):
            continue
        elif relation is Relation.UNDETERMINED:
            undetermined.append(told.report.id)
        elif nearness.timely:  # a report of another time may look back, but it is not silent
            silent.append(told.report.id)
    return Judged(tuple(evidence), tuple(silent), tuple(undetermined))


def _laid(asked: Asked, pile: Sequence[Told], services: Services) -> Iterator[_Laid]:
    """Yield the reports of `pile` that are about the claim's event, laid beside the claim."""
    for told in pile:
        if told.report.id == asked.claim.report:
            continue
        share, placed = services.shares.get(told.report.id), True
        if share is None:
            share, placed = held_share(asked, told, services.statistics), False
        nearness = about(asked, told, share, services.options.event, placed=placed)
        if not nearness.same(services.options.event):
            continue
        if not nearness.timely and not _of_that_day(asked, told, told.passages):
            continue
        numbers = shortlist(asked, told, services)
        if not nearness.timely and not _of_that_day(asked, told, [told.passages[n] for n in numbers]):
            numbers = []
        compared = tuple((n, compare(asked, told, n, services.statistics)) for n in numbers)
        yield _Laid(told, nearness, compared)


def shortlist(asked: Asked, told: Told, services: Services) -> list[int]:
    """Return the passages of `told` that hold most of the claim's words, best first."""
    options = services.options
    held: dict[int, float] = {}
    for word in asked.content:
        weight = services.statistics.weight(word)
        best: dict[int, float] = {}
        for term, grade in grades(word):
            for number in told.index.get(term, ()):
                best.setdefault(number, grade)
        for number, grade in best.items():
            held[number] = held.get(number, 0.0) + weight * grade
    figures = (f"{w.value:g}" for w in asked.words if w.kind == "number")
    for number, count in Counter(n for figure in figures for n in told.index.get(figure, ())).items():
        held[number] = held.get(number, 0.0) + 0.5 * count
    scores = sorted((-score, number) for number, score in held.items())
    best_told = [number for _, number in scores]
    counting = [n for n in best_told if _counts_alike(asked, told.passages[n])]
    total = sum(services.statistics.weight(word) for word in asked.content)
    least = max(options.least * total, options.beside * max(held.values(), default=0.0))
    chosen = [n for n in best_told[: options.passages] if held[n] >= least]
    return chosen + [n for n in counting if n not in chosen][: options.counting]


def _counts_alike(asked: Asked, passage: Passage) -> bool:
    """Tell whether a passage counts what the claim counts, whatever else it tells of it."""
    told = passage.quantities
    return any(pair.fit is not Fit.APART for pair in compare_numbers(asked.quantities, told))


def _of_that_day(asked: Asked, told: Told, passages: Iterable[Passage]) -> bool:
    """Tell whether a report of another time can bear on the claim by what is told in `passages`.

    It does where it looks back at the claimed day, or where that day may be misprinted.
    """
    return speaks_of(asked, passages) or misprinted(asked, told)


def _judge_one(
    asked: Asked, laid: _Laid, chances: Sequence[Chances], services: Services
) -> tuple[Relation, Evidence | None]:
    """Return how a report bears on the claim, by the trees' chances for each of its passages."""
    told = laid.told
    if not laid.compared:
        return Relation.SILENT, None
    options = forest().options
    readings = _readings(asked, laid, chances)
    loose = laid.nearness.loose(services.options.event)
    enough = _SURELY if loose else options["supports"]
    best = _best(asked, told, readings, enough, services)
    worst = max(readings, key=lambda r: r.refutes)
    more = best.comparison.features["held"] / max(worst.comparison.features["held"], _LEAST)
    supported = best.supports >= enough
    outweighs = (more >= _MUCH_MORE and _tells_otherwise(best, worst)) or worst.seeming
    if supported and (best.supports >= worst.refutes or outweighs):
        return _admitted(asked, told, _evidence(asked, told, best, Relation.SUPPORTS, services))
    if worst.refutes >= options["refutes"]:
        return _admitted(asked, told, _evidence(asked, told, worst, Relation.REFUTES, services))
    if best.supports >= options["undetermined"]:
        return Relation.UNDETERMINED, None
    return Relation.SILENT, None


def _tells_otherwise(best: _Reading, worst: _Reading) -> bool:
    """Tell whether a passage tells as claimed what another tells otherwise: each slot, but for figures."""
    told = {point.word.form for point in best.comparison.alignment.points if point.here}
    words = (fold(c.claimed).split() for c in worst.against if c.slot != "quantity")
    return all(told.intersection(claimed) for claimed in words)


def _best(
    asked: Asked, told: Told, readings: Sequence[_Reading], enough: float, services: Services
) -> _Reading:
    """Return the passage that supports the claim: of those likely enough, the plainest that can bear it.

    What a report foresees or denies in one sentence, it may tell as having happened in another.
    """
    ranked = sorted(readings, key=lambda one: -one.supports)
    likely = [one for one in ranked if one.supports >= enough]
    for one in sorted(likely, key=lambda one: _roundabout(told, one)):
        if _admitted(asked, told, _evidence(asked, told, one, Relation.SUPPORTS, services))[1] is not None:
            return replace(one, supports=ranked[0].supports)
    return ranked[0]


def _roundabout(told: Told, reading: _Reading) -> tuple[float, bool]:
    """Return how badly a passage serves as the quote: claimed figures it lacks, whether it is a headline."""
    found, span = reading.comparison.features, told.passages[reading.number].span
    headlines = [s.span for s in told.report.sections if s.role is SectionRole.HEADLINE]
    return found["numbers"] - found["number_agrees"], any(overlaps(span, one) for one in headlines)


def _readings(asked: Asked, laid: _Laid, chances: Sequence[Chances]) -> list[_Reading]:
    """Return how each passage bears on the claim: slots decide first, trees what they leave open.

    A passage with a slot against the claim cannot support it, and none refutes it without one.
    """
    told, dated = laid.told, laid.nearness.timely
    readings = [
        _same_event(_reading(asked, told, number, comparison, (float(supports), float(refutes))), dated)
        for (number, comparison), (supports, _, refutes) in zip(laid.compared, chances, strict=True)
    ]
    if not dated:
        readings += _otherwise_dated(asked, told, laid.compared)
    return readings


def _reading(
    asked: Asked, told: Told, number: int, comparison: Comparison, chances: tuple[float, float]
) -> _Reading:
    """Return how one passage bears on the claim; `chances` are the trees', of support and contradiction."""
    supports, refutes = chances
    bearing, passage = supports + refutes, told.passages[number]
    apart = against(asked, told, number, comparison) if bearing >= _BEARS else ()
    if apart:
        return _Reading(number, comparison, 0.0, bearing if _tells(asked, apart, bearing) else 0.0, apart)
    seems = seemingly(asked, passage, comparison) if refutes >= _PLAINLY else ()
    if supports >= _BEARS and (
        untold(asked, told, number, comparison)
        or (supports < _PLAIN and unspoken(asked, told, number, comparison))
    ):
        return _Reading(number, comparison, min(supports, forest().options["undetermined"]))
    if supports >= _LIKELY and told_alike(asked, told, passage):
        supports = max(supports, _SURELY)
    return _Reading(number, comparison, supports, refutes if seems else 0.0, seems, bool(seems))


def _tells(asked: Asked, apart: Sequence[Conflict], bearing: float) -> bool:
    """Tell whether slots that stand against the claim contradict it.

    A figure does wherever the passage bears on the claim, another slot where it tells most of it; that
    something was done elsewhere or otherwise contradicts no denial.
    """
    slots = {conflict.slot for conflict in apart}
    if _denied(asked.claim.mention) and slots <= _ELSEWHERE:
        return False
    return bearing >= _MOSTLY or "quantity" in slots


def _otherwise_dated(
    asked: Asked, told: Told, compared: Sequence[tuple[int, Comparison]]
) -> Iterator[_Reading]:
    """Yield the passages that tell the claim in everything but its day, figures and all."""
    if not misprinted(asked, told) or told.report.published is None or asked.time is None:
        return
    rows = [{**c.features, **_AS_IF_DATED} for _, c in compared]
    day = days(asked.time), f"published {told.report.published.isoformat()}"
    for (number, comparison), (supports, _, _r) in zip(compared, forest().scores(beside(rows)), strict=True):
        found = comparison.features
        looks_back = found["told_meets"] and found["told_dated"]
        agreed = found["number_agrees"] > 0 and found["number_agrees"] == found["numbers"]
        plain = (agreed and found["near"] >= _NEARLY_ALL) or found["here"] >= _NEARLY_ALL
        if supports < _SURELY or looks_back or not plain or found["points"] < _TELLING:
            continue
        if not against(asked, told, number, comparison):
            yield _Reading(number, comparison, 0.0, float(supports), (Conflict("time", *day),))


def _admitted(asked: Asked, told: Told, found: Evidence) -> tuple[Relation, Evidence | None]:
    """Return the evidence if what is quoted can bear it, else leave the report undetermined.

    That what a claim denies was done by another, elsewhere or otherwise is no contradiction of the
    denial. What a report only denies, asks, foresees or makes depend on a condition neither supports
    nor refutes that it happened.
    """
    if found.quote.partition(" ")[0].casefold() in relations().asks:
        return Relation.UNDETERMINED, None
    mention = next(m for m in told.mentions if m.id == found.mention)
    claimed = asked.claim.mention
    if found.relation is Relation.REFUTES and _denied(claimed) and _slots(found) <= _DETAILS:
        return Relation.UNDETERMINED, None
    if found.relation is Relation.SUPPORTS and _denied(mention) != _denied(claimed):
        plain = claimed if _denied(mention) else mention
        if not negating(read_words(plain.statement)):
            return Relation.UNDETERMINED, None
    if _happened(claimed) and not _happened(mention):
        return Relation.UNDETERMINED, None
    return found.relation, found


def _slots(found: Evidence) -> set[str]:
    return {conflict.slot for conflict in found.conflicts}


def _denied(mention: Mention) -> bool:
    return mention.certainty is Certainty.DENIED


def _happened(mention: Mention) -> bool:
    """Tell whether a mention speaks of what has happened, not of what may."""
    return (
        mention.kind not in (Kind.FORECAST, Kind.INTENTION) and mention.certainty is not Certainty.CONDITIONAL
    )


def _same_event(reading: _Reading, dated: bool) -> _Reading:
    """Return `reading` without what another day speaks against.

    Told of another day, another number is another event; a report of another time says
    nothing against the claim, and for it only where it looks back at the claimed day.
    """
    found = reading.comparison.features
    supports, refutes = reading.supports, reading.refutes
    if not dated or (found["number_conflicts"] > 0 and found["told_apart"]):
        refutes = 0.0
    if not dated and not found["told_meets"]:
        supports = 0.0
    if found["told_dated"] and not found["told_meets"] and _only_borne_out(reading.comparison):
        supports = 0.0
    return replace(reading, supports=supports, refutes=refutes)


def _only_borne_out(comparison: Comparison) -> bool:
    """Tell whether a passage gives none of the claim's figures, but others that would bear them out."""
    agreeing = [pair for pair in comparison.numbers if pair.fit is Fit.AGREES]
    return bool(agreeing) and not any(p.told and p.told.low == p.claimed.low for p in agreeing)


def _evidence(
    asked: Asked, told: Told, reading: _Reading, relation: Relation, services: Services
) -> Evidence:
    passage = told.passages[reading.number]
    span, mention = quote_span(asked, passage, services.statistics)
    reason = agreement(asked, told, reading.comparison)
    apart = reading.against
    if relation is Relation.REFUTES:
        reason = "; ".join(f"{c.slot}: claimed {c.claimed}, told {c.told}" for c in apart)
    return Evidence(
        claim=asked.claim.id,
        report=told.report.id,
        mention=mention,
        relation=relation,
        span=span,
        quote=told.report.body[span[0] : span[1]],
        score=round(reading.supports if relation is Relation.SUPPORTS else reading.refutes, 4),
        reason=reason,
        conflicts=apart,
        method=f"{VERSION} {forest().version}",
    )
