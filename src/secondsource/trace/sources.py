"""Who a link of an attribution names: an outlet's voice, a body, a person; one key across reports.

Actors that the lexicon knows have its id for a key; others the words of their fullest name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile

from secondsource.lexicon import outlets, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.lexicon.sources import source_words
from secondsource.model import Link, Mention, Origin, OriginKind, Report, SourceKind
from secondsource.text import words as words_of
from secondsource.trace import names, states
from secondsource.trace.credit import names_in
from secondsource.trace.names import Known, Words

_PERSONS = (SourceKind.NAMED_PERSON, SourceKind.OFFICIAL)
_HELPING = ("ngo", "monitor")  # kinds of actors that aid or rights groups are
_NAMELESS = (SourceKind.UNNAMED, SourceKind.EYEWITNESS)
_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "who", "this", "that", "one", "others"})
_WHERE = re.compile(r"(?<=\w)\s+(?:in|at|from|of|near|on|inside|who|speaking|close)\b")
_AMONG = re.compile(r"(?<=\w)\s+(?:in|near|inside|outside|across|around|including)\b")
_SHORT = 3  # words up to which a capitalised name of no known kind can speak
_BEFORE = 40  # characters before a name of one word that may belong to it
_NEAR = 1_500  # characters within which a body called by a common noun is named


@dataclass(frozen=True, slots=True)
class Cast:
    """The sources of one report: named bodies, most used first, and people, longest name first.

    `places` tells where bodies are named, in order; `persons` holds one link for each person, `roles`
    those introduced by a role's noun ("activist"); `printed` gives names as the report prints them.
    """

    report: Report
    known: Known
    bodies: tuple[Words, ...]
    people: tuple[Words, ...]
    places: tuple[tuple[int, Words], ...] = ()
    persons: tuple[Link, ...] = ()
    roles: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    printed: Mapping[Words, str] = field(default_factory=dict)


def cast_of(report: Report, mentions: Iterable[Mention], known: Known) -> Cast:
    """Return the cast of a report by its mentions."""
    bodies: Counter[Words] = Counter()
    places: set[tuple[int, Words]] = set()
    people: dict[Words, Link] = {}
    printed: dict[Words, str] = {}
    for link in (link for mention in mentions for link in mention.links):
        words = names.name_in(link.name)
        for run in names.capitalised(link.name):
            printed.setdefault(names.folded(run), " ".join(run))
        if link.kind is SourceKind.ORGANISATION and (body := names.body_in(words, known)):
            bodies[body] += 1
            places |= {(link.span[0], body)} if link.span else set()
        elif link.kind in _PERSONS:
            people.setdefault(names.person_in(words), link)
    return Cast(
        report,
        known,
        tuple(sorted(bodies, key=lambda body: (-bodies[body], body))),
        tuple(sorted(people, key=lambda words: (-len(words), words))),
        tuple(sorted(places)),
        persons := _persons(people),
        _roles(persons),
        printed,
    )


def _persons(people: Mapping[Words, Link]) -> tuple[Link, ...]:
    """Return one link for each person: a name that is part of another is the same person's."""
    found: list[tuple[Words, Link]] = []
    for person in sorted(people, key=lambda words: (-len(words), words)):
        if person and not any(set(person) <= set(other) for other, _ in found):
            found.append((person, people[person]))
    return tuple(link for _, link in found)


def _roles(persons: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Return people by the nouns that introduce them."""
    found: dict[str, tuple[Link, ...]] = {}
    for link in persons:
        for role in sorted(source_words().person & set(words_of(link.name)) - set(names.name_in(link.name))):
            found[role] = (*found.get(role, ()), link)
    return found


def whom(link: Link, cast: Cast) -> Link | None:
    """Return the one person of a report that a link without a name can mean.

    "An activist" is the activist that the report names; "the trader" is the only person it has
    named so far.
    """
    words = names.folded(words_of(link.name))
    named = [people for word in words if len(people := cast.roles.get(word, ())) == 1]
    if len(named) == 1:
        return named[0][0]
    if link.span is None or not words or words[-1] not in source_words().person or len(cast.persons) != 1:
        return None
    body, (start, end) = cast.report.body, link.span
    only = cast.persons[0]
    before = any(run[-1] in body[:start] for run in names.capitalised(only.name))
    indefinite = words_of(body[start:end])[:1] in (["a"], ["an"])
    return only if before and not indefinite and only.kind is SourceKind.NAMED_PERSON else None


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
    printed = _as_printed(link, cast.report)
    actor = states.body_named(printed, cast.report.body)
    if actor is not None:
        return Origin(f"source:{actor}", link.name, OriginKind.SOURCE, f'"{link.name}" names the source')
    words = names.bare(names.name_in(_AMONG.split(link.name, maxsplit=1)[0]))
    noun = names.before_role(link.name)
    if noun is not None:
        return _called(noun, link, cast, f'"{link.name}" speaks for it')
    if not words or states.is_place(words):
        return None if nameless else _common_noun(link, cast)
    return _named(link, words, cast)


def _as_printed(link: Link, report: Report) -> Link:
    """Return a link with the name of the actor that its own words mean where they are "the" and one noun.

    "The alliance" is a name ending so which the report prints, whoever was the last named body.
    """
    if link.span is None or link.kind not in (SourceKind.ORGANISATION, SourceKind.OFFICIAL):
        return link
    article, *noun = words_of(report.body[slice(*link.span)]) or [""]
    general = names.word_list("groups") | names.word_list("watchers")
    if article != "the" or len(noun) != 1 or noun[0] in general or noun[0] in words_of(link.name):
        return link
    name = states.name_ending(noun[0], report.body)
    return replace(link, name=name) if name else link


def medium_of(link: Link, report: Report) -> Origin | None:
    """Return the origin of a link that names an outlet, or a state's media."""
    outlet = outlets.find(link.name)
    if outlet is None and link.kind is SourceKind.MEDIA:
        named = names_in(link.name)
        outlet = named[0][2] if named else None
    if outlet is not None:
        return voice(outlet, f"the report cites {outlet.short}")
    phrase = _with_words_before(link, report)
    if _state_media().search(phrase):
        state = states.state_voice(phrase) or states.state_voice(report.body)
        if state:
            why = "a state's media speak with one voice"
            return Origin(f"voice:{state}", link.name, OriginKind.AGENCY, why)
    return None


def _with_words_before(link: Link, report: Report) -> str:
    """Return a medium's name; one of a single word with what stands before it: "state-run TV"."""
    if link.kind is not SourceKind.MEDIA or link.span is None or len(link.name.split()) > 1:
        return link.name
    start, end = link.span
    return re.split(r"[.!?\n]\s", report.body[max(0, start - _BEFORE) : end])[-1]


def voice(outlet: Outlet, reason: str) -> Origin:
    """Return the origin of what an outlet or agency says itself."""
    kind = OriginKind.AGENCY if outlet.agency else OriginKind.OUTLET
    return Origin(f"voice:{outlet.voice}", outlet.short, kind, reason, states.speaking_through(outlet))


def body_origin(body: Words, cast: Cast, reason: str) -> Origin:
    """Return the origin of a body: its actor's id, or else its fullest name."""
    full = _full(body, cast)
    actor = states.actor_of(_title(full, cast)) or states.meant(body, cast.report.body)
    return Origin(f"source:{actor or _turned(full)}", _title(full, cast), OriginKind.SOURCE, reason)


def _called(noun: Words, link: Link, cast: Cast, reason: str) -> Origin:
    """Return the origin of a body that a common noun names: the report's that ends so, else itself."""
    place = link.span[0] if link.span else None
    name = states.name_ending(noun[-1], cast.report.body, place)
    actor = states.actor_of(name) if name else None
    if actor:
        return Origin(f"source:{actor}", name, OriginKind.SOURCE, reason)
    own = next((body for body in cast.bodies if len(body) > len(noun) and body[-len(noun) :] == noun), None)
    if own:
        return body_origin(own, cast, reason)
    return Origin(f"source:{_turned(noun)}", link.name, OriginKind.SOURCE, reason)


def _turned(body: Words) -> str:
    """Return a body's name with "of" resolved: "ministry of defence" is "defence ministry"."""
    if "of" not in body[1:-1]:
        return " ".join(body)
    at = body.index("of", 1)
    return " ".join(word for word in (*body[at + 1 :], *body[:at]) if word != "the")


def _named(link: Link, words: Words, cast: Cast) -> Origin | None:
    known = cast.known
    body = names.body_in(words, known)
    if body and len(body) < len(words) and states.is_place(body):
        body = None  # "Norway's Harbour Guard" is no word of Norway's
    if body is None and set(words) & names.word_list("watchers"):
        body = _watcher(next(w for w in words if w in names.word_list("watchers")), cast)
    if body and body in known.people and not states.is_place(known.people[body]):
        return body_origin(known.people[body], cast, f"{link.name} speaks for it")
    if body and (link.kind not in _PERSONS or names.has_role(link.name)):
        return body_origin(body, cast, f'"{link.name}" names the source')
    if link.kind in _NAMELESS:
        guard = tuple(word for word in words if not states.is_place((word,)))
        return body_origin(guard, cast, f'"{link.name}" speaks for it') if len(guard) > 1 else None
    person = names.person_of(link.name)
    speaks_for = names.body_of(person, known) if person else None
    if speaks_for and not states.is_place(speaks_for):
        return body_origin(speaks_for, cast, f"{link.name} speaks for it")
    if link.kind in _PERSONS and person and body != words and not _is_actor(person, link.name):
        full = names.full_name(person, cast.people)
        return Origin(
            f"person:{' '.join(full)}", link.name, OriginKind.SOURCE, "the report names the speaker"
        )
    whole = known.acronyms.get(words[0], words)
    return body_origin(names.bare(whole) or whole, cast, f'"{link.name}" names the source')


def _is_actor(person: Words, name: str) -> bool:
    """Tell whether what looks like a person's name is an actor's: "White House"."""
    return any(
        set(person) <= set(names.folded(words_of(name[slice(*span)]))) for span, _ in states.actors_in(name)
    )


def _common_noun(link: Link, cast: Cast) -> Origin | None:
    """Resolve a body called by a common noun: a watcher to the body meant, an office as it stands."""
    words = names.folded(words_of(link.name))
    reason = f'"{link.name}": the body that the report calls so'
    watcher = [word for word in words if word in names.word_list("watchers")]
    group = [word for word in words if word.removesuffix("s") in names.word_list("groups")]
    if watcher:
        body = _watcher(watcher[-1], cast)
        return body_origin(body, cast, reason) if body else None
    if group and link.span and set(words) & names.word_list("helpers"):
        found = states.named_after(link.span[1], _NEAR, _HELPING, cast.report.body)
        if found:
            return Origin(f"source:{found[0]}", found[1], OriginKind.SOURCE, reason)
    indefinite = _is_indefinite(link)
    if group:
        body = _beside(link, cast, after=indefinite)
        return body_origin(body, cast, reason) if body else None
    if link.kind in (SourceKind.OFFICIAL, SourceKind.ORGANISATION) and not indefinite:
        office = tuple(w for w in words if w not in names.word_list("beside_names"))
        return _called(office or words, link, cast, f'"{link.name}" names the office')
    return None


def _is_indefinite(link: Link) -> bool:
    """Tell whether a common noun brings in somebody not named yet: "a group", "aid groups"."""
    words = words_of(link.name)
    return words[0] in ("a", "an") or (words[-1].endswith("s") and words[0] not in ("the", "these", "those"))


def _watcher(noun: str, cast: Cast) -> Words | None:
    """Return the body that a report, or else the pile, calls a watcher: one that is named so first."""
    named = [body for body in cast.bodies if len(body) > 1]
    alike = [body for body in named if set(body) & names.word_list("watchers")]
    meant = set(cast.known.watchers.values())
    usual = cast.known.watchers.get(noun) or (min(meant) if len(meant) == 1 else None)
    return next(iter(alike), usual if usual in named or not named else named[0])


def _beside(link: Link, cast: Cast, *, after: bool) -> Words | None:
    """Return the body named next after "a group", or last before "the group"."""
    if link.span is None:
        only = [body for body in cast.bodies if len(body) > 1]
        return only[0] if len(only) == 1 else None
    start, end = link.span
    if after:
        return next((body for at, body in cast.places if end <= at <= end + _NEAR and len(body) > 1), None)
    before = [body for at, body in cast.places if start - _NEAR <= at < start and len(body) > 1]
    return before[-1] if before else None


def _full(words: Words, cast: Cast) -> Words:
    """Return the name that a short one stands for: of the report's own, else the pile's commonest."""
    if states.is_place(words):
        return words
    bodies = cast.known.bodies
    least = bodies.get(words, 0)
    general = names.word_list("watchers").issuperset(words)
    own = (body for body in cast.bodies if general or bodies.get(body, 0) > max(1, least))
    often = takewhile(lambda body: bodies[body] > least, cast.known.longer(words))
    return names.full_name(words, chain(own, often))


def _title(body: Words, cast: Cast) -> str:
    """Return a body's name as the report prints it, else with capitals."""
    small, short = names.JOINERS, cast.known.acronyms
    made = (w if w in small else w.upper() if w in short else w.capitalize() for w in body)
    return cast.printed.get(body) or " ".join(made)


def role_of(link: Link) -> str:
    """Return what an unnamed source is said to be, without where: "government source" in neutral words."""
    head = _WHERE.split(link.name, maxsplit=1)[0]
    for (start, end), ids in reversed(states.actors_in(head)):
        if len(ids) == 1 and states.is_generic(ids[0]):
            head = f"{head[:start]}{states.plain(ids[0])}{head[end:]}"
    return " ".join(w for w in names.folded(words_of(head)) if w not in names.word_list("beside_names"))


def is_person(role: str) -> bool:
    """Tell whether a role is one of people ("field commander", "residents"), not of a thing or a body."""
    known = source_words()
    people = known.anonymous | known.eyewitness | known.person
    return any(word in people or word.removesuffix("s") in people for word in role.split())


def is_pronoun(link: Link) -> bool:
    """Tell whether a link only takes up somebody named before."""
    return set(words_of(link.name)) <= _PRONOUNS


def _is_empty(link: Link) -> bool:
    words = words_of(link.name)
    if is_pronoun(link) or names.is_day(words):
        return True
    named = names.capitalised(link.name[:1].lower() + link.name[1:])
    if link.kind is not SourceKind.UNNAMED or (named and len(words) <= _SHORT):
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
