"""Outlets and agencies: one newsroom under all its names, editions and domains; who speaks through it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondsource.errors import LexiconError
from secondsource.lexicon import remembered, table, view
from secondsource.lexicon.alike import host_of, house_of, plain
from secondsource.text import fold

CONTROLS = ("state-owned", "state-affiliated", "party", "independent")
_ARTICLE = re.compile(r"^(?:the|al)[\s-]+", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One newsroom.

    `voice` is shared by outlets through which one owner speaks, else the id; `control` is
    one of `CONTROLS`, `reason` says why and `source` where to look it up.
    """

    id: str
    short: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    owner: str
    country: str
    control: str
    agency: bool
    voice: str
    reason: str
    source: str

    @property
    def printed(self) -> tuple[str, ...]:
        """Every name under which it is printed, the short one first."""
        return (self.short, *(name for name in self.names if name != self.short))


def squeeze(name: str) -> str:
    """Return a name as it is compared: folded, in Latin letters, without its article, spaces and marks."""
    return plain(_NOT_WORD.sub("", fold(_ARTICLE.sub("", name.strip()))))


@view
def outlets() -> tuple[Outlet, ...]:
    """Return every outlet of the table, by id.

    Raises:
        LexiconError: an entry lacks a part, or its control is none of `CONTROLS`.
    """
    entries = table("outlets").get("outlets", {})
    return tuple(_outlet(key, entries[key]) for key in sorted(entries))


@view
def agencies() -> tuple[tuple[str, Outlet], ...]:
    """Return every printed name of an agency with the agency, longest name first."""
    named = [(name, outlet) for outlet in outlets() if outlet.agency for name in outlet.printed]
    return tuple(sorted(named, key=lambda pair: (-len(pair[0]), pair[0])))


@remembered(4096)
def find(name: str) -> Outlet | None:
    """Return the outlet of this id, printed name, domain or URL; None when the table has none.

    Case, accents, articles ("al-", "the") and punctuation do not count, so that "manar",
    "Al-Manar" and "al manar" are one; a sub-domain counts as its domain. A printed name
    that two outlets share finds neither.
    """
    asked = name.strip()
    if not asked:
        return None
    host = host_of(asked)
    while "." in host:
        if host in _by_domain():
            return _by_domain()[host]
        host = host.partition(".")[2]
    return _by_name().get(squeeze(asked))


@remembered(4096)
def voice_of(name: str) -> str:
    """Return the key of who speaks through this outlet: its voice, or its own name squeezed.

    A web address stands for the name in it, so that an outlet is one under both.
    """
    outlet = find(name)
    if outlet is not None:
        return outlet.voice
    house = house_of(name)
    known = find(house)
    return known.voice if known else squeeze(house or name)


def _outlet(key: str, entry: dict[str, object]) -> Outlet:
    try:
        outlet = Outlet(
            id=key,
            short=str(entry["short"]),
            names=tuple(map(str, _list(entry.get("names")))),
            domains=tuple(str(domain).lower() for domain in _list(entry.get("domains"))),
            owner=str(entry["owner"]),
            country=str(entry["country"]),
            control=str(entry["control"]),
            agency=bool(entry.get("agency", False)),
            voice=str(entry.get("voice") or key),
            reason=str(entry["reason"]),
            source=str(entry["source"]),
        )
    except KeyError as error:
        raise LexiconError(f"lexicon/outlets.toml: {key!r} lacks {error}; see the table's head") from error
    if outlet.control not in CONTROLS:
        raise LexiconError(f"lexicon/outlets.toml: {key!r}: control {outlet.control!r} is none of {CONTROLS}")
    return outlet


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


@view
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets() for domain in outlet.domains}


@view
def _by_name() -> dict[str, Outlet]:
    known: dict[str, Outlet] = {}
    shared: set[str] = set()
    for outlet in outlets():
        for key in {squeeze(name) for name in outlet.printed}:
            if key in known:
                shared.add(key)
            known[key] = outlet
    unique = {key: outlet for key, outlet in known.items() if key not in shared}
    return unique | {squeeze(outlet.id): outlet for outlet in outlets()}
