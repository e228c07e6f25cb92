"""The one beginning that a telling traces back to: a source, an agency, an outlet, or unknown.

The nearest link to the fact answers for it. Where the report speaks itself, the source that
its sentence, a neighbour with the same facts, or its lead names; then the agency of its copy;
then the outlet. Keys of outlets are their voices, so that a state's news agency and its
television are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from secondsource.lexicon import outlets, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.model import Kind, Link, Mention, Origin, OriginKind, Report, Reuse, Span
from secondsource.text import hull
from secondsource.text import words as words_of
from secondsource.trace import names, states
from secondsource.trace.credit import LINE, TOLD, signs_of, tally
from secondsource.trace.lineage import COPIED
from secondsource.trace.names import Known
from secondsource.trace.sources import (
    Cast,
    body_origin,
    cast_of,
    is_person,
    is_pronoun,
    medium_of,
    resolve,
    role_of,
    speaking,
    voice,
    whom,
)

VERSION = "origin/1"
_REACH = 800  # characters back in which a pronoun's source is looked for
_SAME_FACTS = 0.7  # share of an own-voice clause's words that a sourced neighbour must repeat


@dataclass(frozen=True, slots=True)
class Copied:
    """A stretch of one report that another prints too (`there`), with the origin that tracing named."""

    span: Span
    other: str
    there: Span
    origin: str


class Shelf(Protocol):
    """A pile whose reports are asked for by id."""

    def report(self, report: str) -> Report | None:
        """Return a report, None if the pile has none of that id."""
        ...

    def mentions(self, report: str) -> Sequence[Mention]:
        """Return its mentions."""
        ...

    def reuse(self, report: str) -> Iterable[Reuse]:
        """Return the reuse that it is part of."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A `Shelf` of what is at hand."""

    reports: Mapping[str, Report]
    by_report: Mapping[str, Sequence[Mention]]
    shared: Mapping[str, Sequence[Reuse]]

    def report(self, report: str) -> Report | None:
        """Return a report, None if there is none of that id."""
        return self.reports.get(report)

    def mentions(self, report: str) -> Sequence[Mention]:
        """Return its mentions."""
        return self.by_report.get(report, ())

    def reuse(self, report: str) -> Sequence[Reuse]:
        """Return the reuse that it is part of."""
        return self.shared.get(report, ())


@dataclass(frozen=True, slots=True)
class Context:
    """What origins depend on beyond the mention: the pile's sources, copied text, first prints.

    Reports, their reuse and their mentions are asked for by id. `memo` and `stretches` keep
    what was worked out for a report; they never change a result.
    """

    known: Known
    pile: Shelf
    memo: dict[str, _Told] = field(default_factory=dict, repr=False, compare=False)
    stretches: dict[str, tuple[Copied, ...]] = field(default_factory=dict, repr=False, compare=False)

    def copied(self, report: str) -> tuple[Copied, ...]:
        """Return the copied stretches of one report."""
        if report not in self.stretches:
            self.stretches[report] = copied_in(report, self.pile.reuse(report))
        return self.stretches[report]


@dataclass(frozen=True, slots=True)
class _Told:
    """One report's cast, its attributed mentions, and the first of those by its main source."""

    cast: Cast
    attributed: tuple[Mention, ...]
    main: Mention | None


def context_of(reports: Sequence[Report], mentions: Iterable[Mention], reuse: Iterable[Reuse]) -> Context:
    """Return the context of a pile; input order does not matter.

    `reuse` carries origins (`trace_reuse`).
    """
    by_report: dict[str, list[Mention]] = {report.id: [] for report in reports}
    for mention in mentions:
        by_report.setdefault(mention.report, []).append(mention)
    shared: dict[str, list[Reuse]] = {}
    for r in reuse:
        shared.setdefault(r.a, []).append(r)
        shared.setdefault(r.b, []).append(r)
    known = names.learn((report, by_report[report.id]) for report in reports)
    return Context(known, Held({report.id: report for report in reports}, by_report, shared))


def copied_in(report: str, reuse: Iterable[Reuse]) -> tuple[Copied, ...]:
    """Return the copied stretches of one report by all reuse that it is part of."""
    copied = []
    for r in sorted(reuse, key=lambda r: (r.a, r.b)):
        if r.kind in COPIED and report in (r.a, r.b):
            sides = r.spans if r.a == report else [(there, here) for here, there in r.spans]
            other = r.b if r.a == report else r.a
            copied += [Copied(here, other, there, r.origin) for here, there in sides]
    return tuple(copied)


def origin_of(mention: Mention, report: Report, context: Context) -> Origin:
    """Return who began what `mention` tells, with the reason in words."""
    told = _told(report, context)
    claimant = _claimant(mention, told)
    if claimant is not None:
        return claimant
    links = speaking(mention.links)
    if mention.links and is_pronoun(mention.links[0]):
        before = _antecedent(mention, told)
        if before is not None:
            found = _of_links(speaking(before.links), before, told, context)
            return replace(found, reason=f'"{mention.links[0].name}" takes up {found.name}')
    if links:
        return _of_links(links, mention, told, context)
    beside = _beside(mention, told, context)
    if beside is not None:
        return beside
    if mention.links:
        return _nameless("source", "its source goes unnamed", mention, told, context)
    return _own_voice(mention, report, context)


def _beside(mention: Mention, told: _Told, context: Context) -> Origin | None:
    """Return the origin that the sentence, a neighbour or the lead gives to what has no source itself."""
    sentence = names.folded(words_of(told.cast.report.body[slice(*mention.sentence)]))
    body = names.speaker_in(sentence, context.known)
    if body is not None:
        return body_origin(body, told.cast, "the sentence names the source")
    said = states.says_so(told.cast.report.body[slice(*mention.sentence)], told.cast.report.body)
    if said is not None:
        (start, end), actor = said
        name = told.cast.report.body[mention.sentence[0] + start : mention.sentence[0] + end]
        return Origin(f"source:{actor}", name, OriginKind.SOURCE, "the sentence names the source")
    neighbour = _same_facts(mention, told) or _lead_of(mention, told)
    if neighbour is None:
        return None
    found = _of_links(speaking(neighbour.links), neighbour, told, context)
    return replace(found, reason=f"the report gives these facts to {found.name}")


def _claimant(mention: Mention, told: _Told) -> Origin | None:
    """Return who claims responsibility in the very words of a mention: whoever carries it, it is theirs."""
    for start, end in mention.content:
        text = told.cast.report.body[start:end]
        claim = _claims().search(text)
        named = states.actors_in(text[: claim.start()]) if claim else ()
        if named and len(named[-1][1]) == 1:
            (first, last), (actor,) = named[-1]
            return Origin(f"source:{actor}", text[first:last], OriginKind.SOURCE, "it is its own claim")
    return None


@view
def _claims() -> re.Pattern[str]:
    return re.compile(table("trace")["source"]["claims"], re.IGNORECASE)


def _antecedent(mention: Mention, told: _Told) -> Mention | None:
    """Return the last attributed mention before one whose source is a pronoun."""
    before = [m for m in told.attributed if m.content < mention.content and not is_pronoun(m.links[0])]
    return before[-1] if before and mention.sentence[0] - before[-1].sentence[1] <= _REACH else None


def cast_in(report: Report, context: Context) -> Cast:
    """Return the sources of one report of a pile."""
    return _told(report, context).cast


def _told(report: Report, context: Context) -> _Told:
    if report.id not in context.memo:
        mentions = sorted(context.pile.mentions(report.id), key=lambda m: (m.content, m.id))
        attributed = tuple(m for m in mentions if speaking(m.links))
        bare = _Told(cast_of(report, mentions, context.known), attributed, None)
        context.memo[report.id] = bare
        context.memo[report.id] = _Told(bare.cast, attributed, _main(bare, context))
    return context.memo[report.id]


def _main(told: _Told, context: Context) -> Mention | None:
    """Return the first mention of the source that at least half of the attributed ones are from."""
    by_key: dict[str, list[Mention]] = {}
    for m in told.attributed:
        by_key.setdefault(_of_links(speaking(m.links), m, told, context).key, []).append(m)
    key = min(by_key, key=lambda key: (-len(by_key[key]), key), default=None)
    return by_key[key][0] if key is not None and 2 * len(by_key[key]) >= len(told.attributed) else None


def _of_links(links: Sequence[Link], mention: Mention, told: _Told, context: Context) -> Origin:
    """Return the origin of an attributed mention; an unnamed source is one with the medium it told."""
    found = resolve(links[0], told.cast)
    if found is not None:
        return found
    person = whom(links[0], told.cast)
    found = resolve(person, told.cast) if person else None
    if found is not None:
        return replace(found, reason=f'"{links[0].name}" is {found.name}, whom the report names')
    role = role_of(links[0])
    for link in links[1:]:
        medium = medium_of(link, told.cast.report)
        if medium is not None:
            return _vouched(role, medium, f'"{links[0].name}", unnamed, told {medium.name}')
    return _nameless(role, f'"{links[0].name}" goes unnamed', mention, told, context)


def _vouched(role: str, medium: Origin, why: str) -> Origin:
    """Return the origin of who told a medium something without a name.

    A medium that is known vouches for people in a role ("a field commander"), who are not to be told
    apart from what it says itself; of others ("a source") nothing is known.
    """
    general = set(role.split()) <= names.word_list("any_role")
    name = f"unnamed source ({medium.name})" if general else f"{role} ({medium.name})"
    found = Origin(f"unnamed:{'' if general else role}@{medium.key}", name, OriginKind.UNKNOWN, why)
    if general or medium.kind is OriginKind.UNKNOWN or not is_person(role):
        return found
    return replace(found, kind=OriginKind.UNNAMED, also=(medium.key, *medium.also))


def _nameless(role: str, why: str, mention: Mention, told: _Told, context: Context) -> Origin:
    """Return the origin of a source without a name: one for each copy that it stands in."""
    return _vouched(role, _own_voice(mention, told.cast.report, context), why)


def _same_facts(mention: Mention, told: _Told) -> Mention | None:
    """Return the sourced mention of the report that repeats an own-voice clause, if one does.

    A lead gives the news in the report's own words; the sentences after it say who told it.
    """
    own = set(words_of(mention.statement)) - names.word_list("small")
    figures = {(q.low, q.high) for q in mention.slots.quantity if q.low not in (None, 1.0)}
    if len(own) < 4:
        return None
    best: tuple[float, Mention] | None = None
    for other in told.attributed:
        theirs = set(words_of(other.statement)) - names.word_list("small")
        share = len(own & theirs) / min(len(own), max(1, len(theirs)))
        if figures & {(q.low, q.high) for q in other.slots.quantity}:
            share += 0.2
        if share >= _SAME_FACTS and (best is None or share > best[0]):
            best = (share, other)
    return best[1] if best else None


def _lead_of(mention: Mention, told: _Told) -> Mention | None:
    """Return a mention of the source that a report's news is from, if `mention` is of its lead.

    The lead is what stands before the first attributed sentence and shares a word with what is
    attributed, and every toll in the report's own words.
    """
    if mention.kind is not Kind.EVENT or told.main is None:
        return None
    if any(q.of in names.word_list("tolls") for q in mention.slots.quantity):
        return told.main
    own = _telling_words(mention)
    first = min(m.sentence for m in told.attributed)
    shares = mention.sentence <= first and any(own & _telling_words(m) for m in told.attributed)
    return told.main if shares else None


def _telling_words(mention: Mention) -> set[str]:
    return {word for word in words_of(mention.statement) if not word.isdigit()} - names.word_list("small")


def _own_voice(mention: Mention, report: Report, context: Context) -> Origin:
    """Return whose voice a report speaks in: the agency of the copied text, the credit, the outlet.

    Where an agency speaks through it, the outlet's own words are not shown to be another's.
    """
    own = f"voice:{outlets.voice_of(report.outlet) or report.id}"
    found = _printed(mention, report, context)
    return found if found.key == own else replace(found, also=(own,))


def _printed(mention: Mention, report: Report, context: Context) -> Origin:
    copies = _copies_of(hull(mention.content), context.copied(report.id))
    agency = _copied_from(copies)
    if agency:
        prints = len({c.other for c in copies})
        return voice(agency, f"the same words stand in {prints} more of the agency's prints")
    own = outlets.find(report.outlet)
    if own is None or not own.agency:
        credited = tally(signs_of(report))
        best = _agency_of(credited)
        if best is not None and (copies or credited[best.id] >= LINE):
            return voice(best, f"the report's copy is credited to {best.short}")
    if copies:
        return _first_print(report, copies, context)
    if own is not None:
        return voice(own, "the report says so itself")
    key = f"voice:{outlets.voice_of(report.outlet) or report.id}"
    return Origin(key, report.told, OriginKind.OUTLET, "the report says so itself")


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
    """Return the outlet that printed first, of all that print these words; undated ones come last."""
    printed = (context.pile.report(r) for r in sorted({report.id, *(c.other for c in copies)}))
    printers = [printer for printer in printed if printer is not None]
    first = min(printers, key=lambda r: (r.published is None, r.published or date.max, r.id), default=report)
    outlet = outlets.find(first.outlet)
    name = outlet.short if outlet else first.told
    reason = f"{len(printers)} reports print the same words; {name} is the first of them"
    return Origin(f"voice:{outlets.voice_of(first.outlet) or first.id}", name, OriginKind.OUTLET, reason)
