"""Claims of what is to come: by when, and what later reports are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from secondsource.lexicon import living
from secondsource.model import Claim, Kind, Mention

STATED, INFERRED = "stated", "inferred"
FORWARD = (Kind.INTENTION, Kind.FORECAST)


def due_of(mention: Mention, day: date | None) -> tuple[date | None, str]:
    """Return by when it should have come about, and whether that is stated or inferred ("" for neither)."""
    days = living.horizon(mention.statement)
    if days is not None and day is not None:
        return day + timedelta(days=days), INFERRED
    time = mention.slots.time
    if time is not None and (day is None or time[1] >= day):
        return time[1], STATED
    return None, ""


def awaited(claim: Claim, day: date | None) -> Claim:
    """Return a claim made on `day` as later reports are asked of it.

    The time of what is to come runs from its making until it is due; how soon it should come about
    is its time, and no part of what should come about.
    """
    mention = claim.mention
    due, how = due_of(mention, day)
    if mention.kind not in FORWARD or how != INFERRED or day is None or due is None:
        return claim
    bare = living.without_horizon(claim.statement)
    slots = replace(mention.slots, time=(day, due))
    return replace(claim, statement=bare, mention=replace(mention, statement=bare, slots=slots))
