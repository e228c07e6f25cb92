"""The one beginning that a telling traces back to: a source, an agency, an outlet, or unknown.

The nearest link to the fact answers for it. Where the report speaks itself, the agency of
its copy does, and else the outlet. Keys of outlets are their voices, so that a state's news
agency and its television are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from secondsource.lexicon import outlets, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.lexicon.sources import source_words
from secondsource.model import Kind, Link, Mention, Origin, OriginKind, Report, Reuse, SourceKind, Span
from secondsource.text import hull
from secondsource.text import words as words_of
from secondsource.trace import names
from secondsource.trace.credit import LINE, TOLD, names_in, signs_of, tally
from secondsource.trace.lineage import COPIED, Piece
from secondsource.trace.names import Known, Words

VERSION = "origin/1"
_PERSONS = (SourceKind.NAMED_PERSON, SourceKind.OFFICIAL)
_NAMELESS = (SourceKind.UNNAMED, SourceKind.EYEWITNESS)
_SAME_FACTS = 0.5  # share of an own-voice clause's words that a sourced neighbour must repeat


@dataclass(frozen=True, slots=True)
class Copied:
    """A stretch of one report that another prints too, with the origin that tracing named."""

    span: Span
    other: str
    there: Span
    origin: str


@dataclass(frozen=True, slots=True)
class Context:
    """What origins depend on beyond the mention: the pile's sources, copied text, credits."""

    known: Known
    copied: Mapping[str, tuple[Copied, ...]]
    pieces: Mapping[str, Piece]
    mentions: Mapping[str, tuple[Mention, ...]]


def context_of(reports: Sequence[Report], mentions: Iterable[Mention], reuse: Iterable[Reuse]) -> Context:
    """Return the context of a pile; input order does not matter.

    `reuse` carries origins (`trace_reuse`).
    """
    ordered = sorted(reports, key=lambda report: report.id)
    by_report: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_report.setdefault(mention.report, []).append(mention)
    held = {
        report: tuple(sorted(found, key=lambda m: (m.content, m.id))) for report, found in by_report.items()
    }
    known = names.learn(ordered, (m for report in sorted(held) for m in held[report]))
    copied: dict[str, list[Copied]] = {}
    for r in sorted(reuse, key=lambda r: (r.a, r.b)):
        if r.kind in COPIED:
            for span_a, span_b in r.spans:
                copied.setdefault(r.a, []).append(Copied(span_a, r.b, span_b, r.origin))
                copied.setdefault(r.b, []).append(Copied(span_b, r.a, span_a, r.origin))
    return Context(
        known,
        {key: tuple(found) for key, found in copied.items()},
        {r.id: Piece.of(r) for r in ordered},
        held,
    )


def origin_of(mention: Mention, report: Report, context: Context) -> Origin:
    """Return who began what `mention` tells, with the reason in words."""
    links = [link for link in mention.links if not _is_empty(link)]
    if not links and mention.links:
        return _nameless("source", "its source goes unnamed", mention, report, context)
    if links:
        return _of_links(links, mention, report, context)
    body = names.speaker_in(names.folded(words_of(report.body[slice(*mention.sentence)])), context.known)
    if body is not None:
        full = _full_body(body, report, context)
        return Origin(
            f"source:{' '.join(full)}", _title(full), OriginKind.SOURCE, "the sentence names the source"
        )
    neighbour = _same_facts(mention, context) or _lead_of(mention, report, context)
    if neighbour is not None:
        found = _of_links([x for x in neighbour.links if not _is_empty(x)], neighbour, report, context)
        return Origin(found.key, found.name, found.kind, f"the report gives these facts to {found.name}")
    return _own_voice(mention, report, context)


def _is_empty(link: Link) -> bool:
    """Tell whether a link names nobody: a pronoun, or something that cannot speak."""
    words = set(words_of(link.name))
    if not words or words <= _PRONOUNS:
        return True
    if link.kind is not SourceKind.UNNAMED or names.capitalised(link.name[:1].lower() + link.name[1:]):
        return False
    return not any(word in _speakers() or word.removesuffix("s") in _speakers() for word in words)


@view
def _speakers() -> frozenset[str]:
    known = source_words()
    return (
        known.anonymous | known.eyewitness | known.official | known.organisation | known.person | known.media
    )


_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "who", "this", "that", "one", "others"})


def _of_links(links: Sequence[Link], mention: Mention, report: Report, context: Context) -> Origin:
    first = links[0]
    medium = _medium(first, report)
    if medium is not None:
        return medium
    nameless = first.kind in _NAMELESS or first.kind is SourceKind.DOCUMENT
    if nameless and not names.has_role(first.name):
        return _unnamed(links, mention, report, context)
    body = _body(first, report, context)
    if body is not None:
        return body
    return _unnamed(links, mention, report, context)


def _medium(link: Link, report: Report) -> Origin | None:
    """Return the origin of a link that names an outlet, or a state's media."""
    outlet = outlets.find(link.name)
    if outlet is None and link.kind is SourceKind.MEDIA:
        named = names_in(link.name)
        outlet = named[0][2] if named else None
    if outlet is not None:
        return _voice(outlet, f"the report cites {outlet.short}")
    if _state_media().search(link.name):
        voice = _state_voice(link.name) or _state_voice(report.body)
        if voice:
            return Origin(
                f"voice:{voice}", link.name, OriginKind.AGENCY, "a state's media speak with one voice"
            )
    return None


def _voice(outlet: Outlet, reason: str) -> Origin:
    kind = OriginKind.AGENCY if outlet.agency else OriginKind.OUTLET
    return Origin(f"voice:{outlet.voice}", outlet.short, kind, reason)


def _body(link: Link, report: Report, context: Context) -> Origin | None:
    """Return the origin of a link that names a body or a person; None if it names none."""
    known = context.known
    words = names.folded(word for run in names.capitalised(link.name) for word in run)
    if not names.bare(words):
        return _common_noun(link, report, context)
    noun = names.before_role(link.name)
    if noun is not None:
        return _source(noun, link, "speaks for it")
    body = names.body_in(words, known)
    if body and (link.kind not in _PERSONS or names.has_role(link.name)):
        return _source(_full_body(body, report, context), link, "names the source")
    if link.kind in _NAMELESS:
        return None
    person = names.person_in(words)
    speaks_for = names.body_of(person, known) if person else None
    if speaks_for:
        return _source(_full_body(speaks_for, report, context), link, f"{link.name} speaks for it")
    if link.kind in _PERSONS and person and body != words:
        full = names.full_name(person, _people_of(report, context))
        return Origin(f"person:{' '.join(full)}", link.name, OriginKind.SOURCE, "names the speaker")
    whole = _full_body(known.acronyms.get(words[0], words), report, context)
    return _source(names.bare(whole) or whole, link, "names the source")


def _source(body: Words, link: Link, why: str) -> Origin:
    return Origin(f"source:{' '.join(body)}", _title(body), OriginKind.SOURCE, f'"{link.name}": {why}')


def _title(body: Words) -> str:
    return " ".join(word if word in names.JOINERS else word.capitalize() for word in body)


def _common_noun(link: Link, report: Report, context: Context) -> Origin | None:
    """Resolve a body called by a common noun: a watcher to the body meant, an office as it stands."""
    words = names.folded(words_of(link.name))
    watcher = [word for word in words if word in names.word_list("watchers")]
    if watcher:
        named = [body for body in _named_bodies(report, context) if len(body) > 1]
        body = named[0] if named else context.known.watchers.get(watcher[-1])
        if body is None:
            return None
        return _source(body, link, "the body that the report calls so")
    if link.kind in (SourceKind.OFFICIAL, SourceKind.ORGANISATION):
        office = tuple(w for w in words if w not in names.word_list("beside_names"))
        return _source(office or words, link, "names the office")
    return None


def _named_bodies(report: Report, context: Context) -> list[Words]:
    """Return the bodies that stand as sources in a report, or else in its text, most used first."""
    found: Counter[Words] = Counter()
    for mention in context.mentions.get(report.id, ()):
        for link in mention.links:
            if link.kind is SourceKind.ORGANISATION:
                words = names.folded(word for run in names.capitalised(link.name) for word in run)
                body = names.body_in(words, context.known) if words else None
                if body:
                    found[body] += 1
    return sorted(found, key=lambda body: (-found[body], body))


def _full_body(words: Words, report: Report, context: Context) -> Words:
    """Return the name that a short one stands for: of the report's own, else the pile's commonest."""
    bodies = context.known.bodies
    own = [body for body in _named_bodies(report, context) if bodies[body] > 1]
    pool = [*own, *sorted((b for b in bodies if bodies[b] > 2), key=lambda b: (-bodies[b], b))]
    return names.full_name(words, [body for body in pool if bodies[body] > bodies.get(words, 0)])


def _people_of(report: Report, context: Context) -> list[Words]:
    found = set()
    for mention in context.mentions.get(report.id, ()):
        for link in mention.links:
            if link.kind in _PERSONS:
                words = names.folded(word for run in names.capitalised(link.name) for word in run)
                found.add(names.person_in(words))
    return sorted(found, key=lambda words: (-len(words), words))


def _unnamed(links: Sequence[Link], mention: Mention, report: Report, context: Context) -> Origin:
    role = " ".join(
        w for w in names.folded(words_of(links[0].name)) if w not in names.word_list("beside_names")
    )
    for link in links[1:]:
        medium = _medium(link, report)
        if medium is not None:
            return _nameless_via(role, medium, f'"{links[0].name}", unnamed, told {medium.name}')
    return _nameless(role, f'"{links[0].name}" goes unnamed', mention, report, context)


def _nameless(role: str, why: str, mention: Mention, report: Report, context: Context) -> Origin:
    """Return the origin of a source without a name: one for each copy that it stands in."""
    return _nameless_via(role, _own_voice(mention, report, context), why)


def _nameless_via(role: str, told: Origin, why: str) -> Origin:
    general = set(role.split()) <= names.word_list("any_role")
    name = f"unnamed source ({told.name})" if general else f"{role} ({told.name})"
    key = f"unnamed:{'' if general else role}@{told.key}"
    return Origin(key, name, OriginKind.UNKNOWN, why)


def _own_voice(mention: Mention, report: Report, context: Context) -> Origin:
    """Return whose voice a report speaks in: the agency of the copied text, the credit, the outlet."""
    place = hull(mention.content)
    copies = _copies_of(place, context.copied.get(report.id, ()))
    agency = _copied_from(copies)
    if agency:
        return _voice(
            agency, f"the same words stand in {len({c.other for c in copies})} other prints of its copy"
        )
    own = outlets.find(report.outlet)
    if own is None or not own.agency:
        credited = tally(signs_of(report))
        best = _agency_of(credited)
        if best is not None and (copies or credited[best.id] >= LINE):
            return _voice(best, f"the report's copy is credited to {best.short}")
    if copies:
        return _first_print(report, copies, context)
    if own is not None:
        return _voice(own, "the report says so itself")
    name = report.told
    return Origin(
        f"voice:{outlets.voice_of(name) or report.id}", name, OriginKind.OUTLET, "the report says so itself"
    )


def _copies_of(place: Span, copied: Sequence[Copied]) -> list[Copied]:
    """Return the copied stretches of every report that prints half of `place` or more."""
    shared: Counter[str] = Counter()
    for c in copied:
        shared[c.other] += max(0, min(place[1], c.span[1]) - max(place[0], c.span[0]))
    return [
        c
        for c in copied
        if 2 * shared[c.other] >= place[1] - place[0] and c.span[0] < place[1] and place[0] < c.span[1]
    ]


def same_text(one: tuple[str, Span], two: tuple[str, Span], context: Context) -> bool:
    """Tell whether two places `(report, span)` are mostly the same copied text.

    Words changed by a reprint are in no copied stretch, so that an altered clause is copied
    only as far as half of it or more is not altered.
    """
    (report, place), (other, there) = one, two
    copies = [c for c in context.copied.get(report, ()) if c.other == other]
    here = sum(max(0, min(place[1], c.span[1]) - max(place[0], c.span[0])) for c in copies)
    back = sum(max(0, min(there[1], c.there[1]) - max(there[0], c.there[0])) for c in copies)
    return 2 * here >= place[1] - place[0] and 2 * back >= there[1] - there[0]


def _copied_from(copies: Sequence[Copied]) -> Outlet | None:
    counts = Counter(c.origin for c in copies if c.origin)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        outlet = outlets.find(name)
        if outlet is not None and outlet.agency:
            return outlet
    return None


def _agency_of(weights: Mapping[str, int]) -> Outlet | None:
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        outlet = outlets.find(name)
        if outlet is not None and outlet.agency and weights[name] >= TOLD:
            return outlet
    return None


def _first_print(report: Report, copies: Sequence[Copied], context: Context) -> Origin:
    """Return the outlet that printed first, of all that print these words."""
    pieces = [
        context.pieces[r] for r in sorted({report.id, *(c.other for c in copies)}) if r in context.pieces
    ]
    first = min(pieces, key=lambda p: (p.day or 10**9, p.report))
    name = first.outlet or "unknown outlet"
    reason = f"{len(pieces)} reports print the same words; {name} is the first of them"
    return Origin(f"voice:{first.voice or first.report}", name, OriginKind.OUTLET, reason)


def _same_facts(mention: Mention, context: Context) -> Mention | None:
    """Return the sourced mention of the report that repeats an own-voice clause, if one does.

    A lead gives the news in the report's own words; the sentences after it say who told it.
    """
    own = set(words_of(mention.statement)) - names.word_list("small")
    figures = {(q.low, q.high) for q in mention.slots.quantity if q.low not in (None, 1.0)}
    if len(own) < 4:
        return None
    best: tuple[float, Mention] | None = None
    for other in context.mentions.get(mention.report, ()):
        if other.id == mention.id or all(map(_is_empty, other.links)):
            continue
        theirs = set(words_of(other.statement)) - names.word_list("small")
        share = len(own & theirs) / min(len(own), max(1, len(theirs)))
        if figures & {(q.low, q.high) for q in other.slots.quantity}:
            share += 0.2
        if share >= _SAME_FACTS and (best is None or share > best[0]):
            best = (share, other)
    return best[1] if best else None


def _lead_of(mention: Mention, report: Report, context: Context) -> Mention | None:
    """Return a mention of the source that a report's news is from, if `mention` is of its lead.

    The lead is what stands before the first attributed sentence, and every toll in the
    report's own words; the news is from the source of at least half of its attributed mentions.
    """
    told = [m for m in context.mentions.get(mention.report, ()) if any(not _is_empty(x) for x in m.links)]
    if mention.kind is not Kind.EVENT or not told:
        return None
    first = min(m.sentence for m in told)
    counts = any(q.of for q in mention.slots.quantity)
    if mention.sentence > first and not counts:
        return None
    by_key: dict[str, list[Mention]] = {}
    for m in told:
        links = [x for x in m.links if not _is_empty(x)]
        by_key.setdefault(_of_links(links, m, report, context).key, []).append(m)
    key = min(by_key, key=lambda key: (-len(by_key[key]), key))
    return by_key[key][0] if 2 * len(by_key[key]) >= len(told) else None


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
