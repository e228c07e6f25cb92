"""Weighing again what new evidence touches, and only that: which verdicts moved since they were last told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from secondsource import match
from secondsource.match import Told
from secondsource.model import Claim, Outcome, Verdict, place_of
from secondsource.pipeline.follow import put_alert, stamp
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.library import Library
from secondsource.pipeline.pile import Pile, asked_of, claims_of, verdict_on
from secondsource.tell.alerts import OUTCOME, VERDICT, AlertRecord
from secondsource.text import hull

DAYS = 30  # claims of reports older than that are weighed again only if what they rest on changed
_COMMON = 0.1  # share of the library from which on a word leads to nobody
_FEW = 50  # reports that may hold a word in any library, however small
_SHARED = 2  # words that a report must share with a new one for its claims to be looked at


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on one claim as last told; `due` is the last day of what is foreseen, if it has one."""

    statement: str
    label: str
    independent_origins: int
    outcome: str | None = None
    due: date | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One claim weighed anew: where it stands, its words, its verdict before (None: never told) and now."""

    place: str
    told: Told
    claim: Claim
    before: Standing | None
    now: Standing


def reweigh(library: Library, now: Callable[[], datetime], on_progress: OnProgress = silent) -> list[Weighed]:
    """Weigh every claim that reports which came or went may touch; return those weighed, by place.

    Verdicts, alerts for those that moved, and what was waiting to be weighed are written in one
    transaction.
    """
    store = library.store
    waiting = store.versions.unweighed()
    fallen = store.versions.fallen()
    came, went = [r for r in waiting if r not in fallen], [r for r in waiting if r in fallen]
    places = store.versions.resting_on(went) | _lapsed(library, store.newest())
    if not waiting and not places:
        return []
    pile = library.pile(on_progress=on_progress)
    reports = {*came, *_near(pile, came), *(place.rpartition("@")[0] for place in places)} - fallen
    weighed: list[Weighed] = []
    for done, told in enumerate(pile.shelf.read(reports), 1):
        for claim in claims_of(told):
            place = place_of(told.report.id, hull(claim.mention.content))
            if told.report.id in came or place in places or _touched(claim, told, pile, came):
                verdict = verdict_on(claim, claim.mention, pile, told.report)
                weighed.append(
                    Weighed(place, told, claim, _before(library, place, told, claim), _now(claim, verdict))
                )
        on_progress("weighing", done, len(reports))
    _keep(library, weighed, waiting, now())
    return weighed


def moved(one: Weighed) -> list[str]:
    """Return what of a verdict moved since it was last told: verdict, outcome, or nothing."""
    if one.before is None:
        return []
    found = [VERDICT] if one.before.label != one.now.label else []
    return [*found, OUTCOME] if one.before.outcome != one.now.outcome else found


def _keep(library: Library, weighed: list[Weighed], waiting: list[str], at: datetime) -> None:
    versions = library.store.versions
    fallen = versions.fallen()
    with versions.step():
        for one in sorted(weighed, key=lambda w: (w.told.report.id, w.claim.span or (0, 0))):
            data = msgspec.json.encode(one.now).decode()
            versions.put_standing(one.place, one.told.report.id, data, one.now.rests_on)
            for what in moved(one):
                put_alert(library.store, _alert(one, what, waiting, at))
        for report in waiting:
            if report in fallen:
                versions.drop_standings(report)
        versions.weighed(waiting)


def _alert(one: Weighed, what: str, waiting: list[str], at: datetime) -> AlertRecord:
    before, now, report = one.before, one.now, one.told.report
    assert before is not None
    bearing = {*before.rests_on, *now.rests_on}
    outcome = what == OUTCOME
    return AlertRecord(
        id="",
        at=stamp(at),
        kind=what,
        report=report.id,
        outlet=report.outlet,
        uri=report.uri,
        title=report.title,
        quote=report.body[slice(*hull(one.claim.mention.content))],
        before=(before.outcome or "" if outcome else before.label),
        after=(now.outcome or "" if outcome else now.label),
        independent_origins=now.independent_origins,
        because=tuple(sorted(bearing & set(waiting))),
    )


def _before(library: Library, place: str, told: Told, claim: Claim) -> Standing | None:
    """Return the verdict as last told: of this claim, or of the same statement in the version before."""
    versions = library.store.versions
    if held := versions.standing(place):
        return msgspec.json.decode(held, type=Standing)
    same = [version.report for version in versions.of(told.report.uri) if version.report != told.report.id]
    for report in reversed(same):
        for _, data in versions.standings(report):
            standing = msgspec.json.decode(data, type=Standing)
            if standing.statement == claim.statement:
                return standing
    return None


def _now(claim: Claim, verdict: Verdict) -> Standing:
    due = claim.mention.slots.time
    return Standing(
        statement=claim.statement,
        label=verdict.label.value,
        independent_origins=verdict.independent_origins,
        outcome=verdict.outcome.value if verdict.outcome else None,
        due=due[1] if due and verdict.outcome else None,
        rests_on=tuple(sorted({telling.evidence.report for telling in verdict.tellings})),
    )


def _lapsed(library: Library, today: date | None) -> frozenset[str]:
    """Return the places of open forecasts whose day has passed."""
    found = set()
    for place, data in library.store.versions.standings() if today else ():
        standing = msgspec.json.decode(data, type=Standing)
        if standing.outcome == Outcome.OPEN and standing.due and today and standing.due < today:
            found.add(place)
    return frozenset(found)


def _near(pile: Pile, came: Collection[str]) -> set[str]:
    """Return the reports of late that share words, not the commonest, with those that came."""
    shelf = pile.shelf
    most = max(_FEW, int(_COMMON * shelf.size))
    near: set[str] = set()
    for told in shelf.read(came):
        shares: Counter[str] = Counter()
        for term in sorted(told.terms):
            if shelf.statistics.seen(term) <= most:
                shares.update(shelf.holders(term))
        near |= {report for report, count in shares.items() if count >= _SHARED}
    since = shelf.as_of - timedelta(days=DAYS) if shelf.as_of else None
    late = (told.report for told in shelf.read(near))
    return {report.id for report in late if not (since and report.published and report.published < since)}


def _touched(claim: Claim, told: Told, pile: Pile, came: Collection[str]) -> bool:
    """Tell whether a report that came may be about the event of a claim."""
    asked = asked_of(claim, told.report)
    found = match.candidates(asked, pile.shelf.statistics, pile.shelf)
    return any(report in found for report in came)
