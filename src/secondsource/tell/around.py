"""Wire records of what a dossier says around its claims: reprints, sides, names, omissions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRecord:
    """What differs between a report and the text it comes from; an absent side is ""."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintRecord:
    """A report of the pile that shares text with the report under check.

    `kind` is copy, partial, quote or boilerplate; `direction` is "from" (the checked report took
    it), "to" (the other one did) or "common" (both from a third, or it cannot be told). A change's
    `before` stands in the text taken from, its `after` in the text that took it.
    """

    report: str
    outlet: str
    kind: str
    share: float
    direction: str
    origin: str
    changes: tuple[ChangeRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTellingRecord:
    """What one report of a side says of one claim."""

    claim: str
    report: str
    outlet: str
    relation: str
    quote: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRecord:
    """One side's tellings of the report's claims, in its own words, by claim.

    `silent` are ids of claims that every report of this side leaves unsaid.
    """

    side: str
    outlets: tuple[str, ...]
    tellings: tuple[SideTellingRecord, ...]
    silent: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """How often one outlet uses one name."""

    outlet: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingRecord:
    """What each outlet calls one actor; `actor` is the lexicon's neutral id."""

    actor: str
    names: tuple[NameUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A settlement that claims name, in degrees as the gazetteer has it."""

    name: str
    country: str
    latitude: float
    longitude: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionRecord:
    """A claim that others make about the event and the checked report leaves out."""

    statement: str
    quote: str
    report: str
    origins: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectRecord:
    """What could not be read, at which stage, and why."""

    where: str
    stage: str
    reason: str
