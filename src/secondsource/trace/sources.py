"""Who a link of an attribution names: an outlet's voice, a body, a person; one key across reports.

Actors that the lexicon knows have its id for a key; others the words of their fullest name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondsource.lexicon import actors, outlets, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.lexicon.sources import source_words
from secondsource.model import Link, Mention, Origin, OriginKind, Report, SourceKind, Span
from secondsource.text import words as words_of
from secondsource.trace import names
from secondsource.trace.credit import names_in
from secondsource.trace.names import Known, Words

_PERSONS = (SourceKind.NAMED_PERSON, SourceKind.OFFICIAL)
_NAMELESS = (SourceKind.UNNAMED, SourceKind.EYEWITNESS)
_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "who", "this", "that", "one", "others"})


@dataclass(frozen=True, slots=True)
class Cast:
    """The sources of one report: named bodies, most used first, and people, longest name first."""

    report: Report
    known: Known
    bodies: tuple[Words, ...]
    people: tuple[Words, ...]


def cast_of(report: Report, mentions: Iterable[Mention], known: Known) -> Cast:
    """Return the cast of a report by its mentions."""
    bodies: Counter[Words] = Counter()
    people: set[Words] = set()
    for link in (link for mention in mentions for link in mention.links):
        words = names.name_in(link.name)
        if link.kind is SourceKind.ORGANISATION and (body := names.body_in(words, known)):
            bodies[body] += 1
        elif link.kind in _PERSONS:
            people.add(names.person_in(words))
    return Cast(
        report,
        known,
        tuple(sorted(bodies, key=lambda body: (-bodies[body], body))),
        tuple(sorted(people, key=lambda words: (-len(words), words))),
    )


def speaking(links: Sequence[Link]) -> list[Link]:
    """Return the links that name somebody: no pronoun, nothing that cannot speak."""
    return [link for link in links if not _is_empty(link)]


def resolve(link: Link, cast: Cast) -> Origin | None:
    """Return the origin that a link names; None if it names nobody."""
    medium = medium_of(link, cast.report)
    if medium is not None:
        return medium
    nameless = link.kind in _NAMELESS or link.kind is SourceKind.DOCUMENT
    if nameless and not names.has_role(link.name):
        return None
    words = names.name_in(link.name)
    noun = names.before_role(link.name)
    if noun is not None:
        return body_origin(noun, cast, f'"{link.name}" speaks for it')
    if not names.bare(words):
        return None if nameless else _common_noun(link, cast)
    return _named(link, words, cast)


def medium_of(link: Link, report: Report) -> Origin | None:
    """Return the origin of a link that names an outlet, or a state's media."""
    outlet = outlets.find(link.name)
    if outlet is None and link.kind is SourceKind.MEDIA:
        named = names_in(link.name)
        outlet = named[0][2] if named else None
    if outlet is not None:
        return voice(outlet, f"the report cites {outlet.short}")
    if _state_media().search(link.name):
        state = _state_voice(link.name) or _state_voice(report.body)
        if state:
            why = "a state's media speak with one voice"
            return Origin(f"voice:{state}", link.name, OriginKind.AGENCY, why)
    return None


def voice(outlet: Outlet, reason: str) -> Origin:
    """Return the origin of what an outlet or agency says itself."""
    kind = OriginKind.AGENCY if outlet.agency else OriginKind.OUTLET
    return Origin(f"voice:{outlet.voice}", outlet.short, kind, reason)


def body_origin(body: Words, cast: Cast, reason: str) -> Origin:
    """Return the origin of a body: its actor's id, or else its fullest name."""
    full = _full(body, cast)
    actor = _actor(_title(full)) or _meant(body, cast.report)
    return Origin(f"source:{actor or _turned(full)}", _title(full), OriginKind.SOURCE, reason)


def _turned(body: Words) -> str:
    """Return a body's name with "of" resolved: "ministry of defence" is "defence ministry"."""
    if "of" not in body[1:-1]:
        return " ".join(body)
    at = body.index("of", 1)
    return " ".join(word for word in (*body[at + 1 :], *body[:at]) if word != "the")


def _named(link: Link, words: Words, cast: Cast) -> Origin | None:
    known = cast.known
    body = names.body_in(words, known)
    if body and (link.kind not in _PERSONS or names.has_role(link.name)):
        return body_origin(body, cast, f'"{link.name}" names the source')
    if link.kind in _NAMELESS:
        return None
    person = names.person_of(link.name)
    speaks_for = names.body_of(person, known) if person else None
    if speaks_for:
        return body_origin(speaks_for, cast, f"{link.name} speaks for it")
    if link.kind in _PERSONS and person and body != words and not _actor(link.name):
        full = names.full_name(person, cast.people)
        return Origin(
            f"person:{' '.join(full)}", link.name, OriginKind.SOURCE, "the report names the speaker"
        )
    whole = known.acronyms.get(words[0], words)
    return body_origin(names.bare(whole) or whole, cast, f'"{link.name}" names the source')


def _common_noun(link: Link, cast: Cast) -> Origin | None:
    """Resolve a body called by a common noun: a watcher to the body meant, an office as it stands."""
    words = names.folded(words_of(link.name))
    watcher = [word for word in words if word in names.word_list("watchers")]
    if watcher:
        named = [body for body in cast.bodies if len(body) > 1]
        body = named[0] if named else cast.known.watchers.get(watcher[-1])
        return body_origin(body, cast, f'"{link.name}": the body that the report calls so') if body else None
    if link.kind in (SourceKind.OFFICIAL, SourceKind.ORGANISATION):
        office = tuple(w for w in words if w not in names.word_list("beside_names"))
        return body_origin(office or words, cast, f'"{link.name}" names the office')
    return None


def _full(words: Words, cast: Cast) -> Words:
    """Return the name that a short one stands for: of the report's own, else the pile's commonest."""
    bodies = cast.known.bodies
    least = bodies.get(words, 0)
    own = (body for body in cast.bodies if bodies[body] > max(1, least))
    return names.full_name(words, (*own, *(body for body in cast.known.common if bodies[body] > least)))


def _actor(name: str) -> str | None:
    """Return the id of the one actor of the lexicon that a name means; a generic one is none."""
    ids = {ids for _, ids in actors.find(name)}
    if len(ids) != 1:
        return None
    only = next(iter(ids))
    return only[0] if len(only) == 1 and not only[0].startswith("generic:") else None


def _meant(noun: Words, report: Report) -> str | None:
    """Return the actor whose printed name in the report most often ends in a common noun."""
    if len(noun) != 1:
        return None
    counts: Counter[str] = Counter()
    for (start, end), ids in _actors_in(report.body):
        if (
            len(ids) == 1
            and ":" not in ids[0]
            and names.folded(words_of(report.body[start:end]))[-1:] == noun
        ):
            counts[ids[0]] += 1
    return min(counts, key=lambda actor: (-counts[actor], actor)) if counts else None


@lru_cache(maxsize=256)
def _actors_in(body: str) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    return tuple(actors.find(body))


def _title(body: Words) -> str:
    return " ".join(word if word in names.JOINERS else word.capitalize() for word in body)


def _is_empty(link: Link) -> bool:
    words = set(words_of(link.name))
    if not words or words <= _PRONOUNS:
        return True
    if link.kind is not SourceKind.UNNAMED or names.capitalised(link.name[:1].lower() + link.name[1:]):
        return False
    return not any(word in _speakers() or word.removesuffix("s") in _speakers() for word in words)


@view
def _speakers() -> frozenset[str]:
    known = source_words()
    bodies = known.official | known.organisation | known.media
    return known.anonymous | known.eyewitness | known.person | bodies


@view
def _state_media() -> re.Pattern[str]:
    return re.compile(table("trace")["source"]["state_media"], re.IGNORECASE)


def _state_voice(text: str) -> str | None:
    """Return the voice of the state that a text names most, if the table has one."""
    counts: Counter[str] = Counter()
    for word in re.findall(r"\b[A-Z]\w+", text):
        voice = _voices_by_word().get(word.removesuffix("s") if word not in _voices_by_word() else word)
        if voice:
            counts[voice] += 1
    return min(counts, key=lambda voice: (-counts[voice], voice)) if counts else None


@view
def _voices_by_word() -> dict[str, str]:
    """Return the state voice of each demonym, capital and country name."""
    voices = {o.country: o.voice for o in outlets.outlets() if o.voice.startswith("state-")}
    found = {}
    for code, entry in sorted(table("places").get("countries", {}).items()):
        if code in voices:
            for word in (*entry.get("demonyms", ()), *entry.get("names", ()), entry.get("capital", "")):
                found[word] = voices[code]
                if word in entry.get("demonyms", ()) and word.endswith("n"):
                    found[word[:-1]] = voices[code]
                    found[word[:-2]] = voices[code]
    return found
