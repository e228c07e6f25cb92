"""A claim's tellings as a reader meets them: by role (repeats, support, refutation) and origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.tell import words
from secondsource.tell.records import OriginRecord, TellingRecord


@dataclass(frozen=True, slots=True)
class Group:
    """The tellings of one origin that bear on a claim in one way.

    `role` is "repeats" (the claim's own origin again), "supports" or "refutes". `lead` is
    the earliest telling; `rest` are the other prints.
    """

    origin: str
    role: str
    what: OriginRecord | None
    lead: TellingRecord
    rest: tuple[TellingRecord, ...]


_ORDER = tuple(words.ROLES)


def groups(tellings: Sequence[TellingRecord], origins: Sequence[OriginRecord]) -> tuple[Group, ...]:
    """Return a claim's tellings by role, then by the day of the first telling and the origin's name."""
    known = {origin.name: origin for origin in reversed(origins)}
    held: dict[tuple[str, str], list[TellingRecord]] = {}
    for telling in tellings:
        held.setdefault((_role(telling), telling.origin), []).append(telling)
    found = [
        Group(origin, role, known.get(origin), told[0], tuple(told[1:]))
        for (role, origin), told in held.items()
    ]
    return tuple(sorted(found, key=lambda g: (_ORDER.index(g.role), g.lead.published or "9999", g.origin)))


def _role(telling: TellingRecord) -> str:
    if telling.relation == "refutes":
        return "refutes"
    return "repeats" if telling.repeat else "supports"
