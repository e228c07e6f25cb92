"""A pile of reports as one claim after the other is weighed against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from secondsource import match, trace, weigh
from secondsource.match import Told
from secondsource.model import (
    Claim,
    JudgedKind,
    Judgement,
    Mention,
    Origin,
    Report,
    SectionRole,
    Span,
    Verdict,
    place_of,
)
from secondsource.pipeline.abroad import judged_abroad, together
from secondsource.pipeline.awaited import awaited
from secondsource.pipeline.judged import (
    Held,
    InForce,
    claim_place,
    judged_links,
    judged_origin,
    report_and_span,
    spoken_by,
    with_judgements,
)
from secondsource.pipeline.shelf import Part, Shelf
from secondsource.text import PARSED, hull, shared

_LEAD = 400  # characters of a report's first paragraphs that say which event it tells of


@dataclass(frozen=True, slots=True)
class Pile:
    """The reports compared with (a shelf, or those of it in `only`), their sources, and judgements."""

    shelf: Shelf
    origins: Any
    only: frozenset[str] | None = None
    in_force: InForce = field(default_factory=InForce)
    _begun: dict[tuple[str, str], tuple[Origin, Judgement | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def find(self, report: str) -> Told | None:
        """Return one report of the pile."""
        found = self.shelf.read([report]) if self.holds(report) else []
        return found[0] if found else None

    def among(self, reports: Iterable[str]) -> Pile:
        """Return the pile restricted to `reports`; what was learned of the whole stays."""
        return replace(self, only=frozenset(reports))

    def judge(self, claim: Claim, report: Report | None) -> match.Judged:
        """Return how the reports that may be about the event of a claim bear on it, by id.

        `report` is the one that the claim was taken from, None for a bare statement.
        """
        shelf, asked = self.shelf, asked_of(claim, report)
        language = report.language if report else PARSED
        abroad = judged_abroad(asked, language, shelf, self.holds)
        if language != PARSED:
            return abroad
        postings = shelf if self.only is None else Part(shelf, self.only)
        shares = match.candidates(asked, shelf.statistics, postings)
        elsewhere = shelf.in_other_words(language)
        near = shelf.read(one for one in shares if self.holds(one) and one not in elsewhere)
        services = match.Services(shelf.statistics, shares=shares)
        return together(match.judge(asked, near, services), abroad)

    def origin(self, mention: Mention, told: Told) -> tuple[Origin, Judgement | None]:
        """Return who began what a mention tells, with the judgement on it if a person judged it."""
        key = told.report.id, mention.id
        if key not in self._begun:  # one telling bears on many claims
            place = place_of(told.report.id, hull(mention.content))
            judgement = self.in_force.on(JudgedKind.ATTRIBUTION, place=place)
            self._begun[key] = judged_origin(mention, told, self.origins, judgement)
        return self._begun[key]

    def holds(self, report: str) -> bool:
        """Tell whether a report is one of those compared with."""
        return self.only is None or report in self.only


def asked_of(claim: Claim, report: Report | None) -> match.Asked:
    """Return a claim as it is asked, with day and head of the report it was taken from."""
    if report is None:
        return match.Asked(claim)
    told = (report.body[slice(*s.span)] for s in report.sections if s.role is SectionRole.BODY)
    lead = next((text for text in told if text.strip()), "")
    return match.Asked(claim, report.day, f"{report.title}\n{lead[:_LEAD]}")


def claims_of(subject: Told) -> tuple[Claim, ...]:
    """Return the claims that a report makes, in reading order."""
    report = subject.report.id
    return tuple(Claim(m.id, m.statement, m, report, hull(m.content)) for m in subject.mentions)


def speakers(verdicts: Iterable[Verdict], most: int) -> list[str]:
    """Return the reports that speak to the most of some claims, those that speak most first."""
    spoken = Counter(telling.evidence.report for verdict in verdicts for telling in verdict.tellings)
    return sorted(spoken, key=lambda report: (-spoken[report], report))[:most]


def locate(place: Told, quote: str) -> tuple[Span | None, Mention | None]:
    """Return where a quote stands in a report and the mention that covers most of it."""
    start = place.report.body.find(quote) if quote else -1
    if start < 0:
        return None, None
    span = (start, start + len(quote))
    shares = [(sum(shared(part, span) for part in m.content), -at) for at, m in enumerate(place.mentions)]
    most, at = max(shares, default=(0, 0))
    return span, place.mentions[-at] if most else None


def verdict_on(claim: Claim, own: Mention | None, pile: Pile, report: Report | None = None) -> Verdict:
    """Match one claim against the pile, find the origin of every telling, and weigh them.

    `own` is the mention that the claim was taken from, in `report`. What people judged of links,
    sources and grades goes before what the steps suggest.
    """
    day = report.day if report else None
    place = claim_place(claim, own)
    said = report.body[slice(*hull(own.content))] if report and own else claim.statement
    on_verdict, links = pile.in_force.on_claim(place, said)
    named = {report_and_span(judgement.subject.place)[0] for judgement in links}
    asked = awaited(claim, day)
    suggested = pile.judge(asked, report)
    bearing = {
        told.report.id: told
        for told in pile.shelf.read([*named, *(e.report for e in suggested.evidence)])
        if pile.holds(told.report.id)
    }
    judged, on_links = judged_links(claim, suggested, links, bearing)
    tellings, signs, places, on_sources = [], [], {}, {}
    for evidence in judged.evidence:
        told = bearing[evidence.report]
        mention = next(m for m in told.mentions if m.id == evidence.mention)
        origin, judgement = pile.origin(mention, told)
        where = places[evidence.report, evidence.mention] = place_of(told.report.id, hull(mention.content))
        if judgement is not None:
            on_sources[where] = judgement
        tellings.append((evidence, origin))
        signs.append(weigh.Sign(evidence.relation, mention.kind, told.report.published))
    own_origin, on_own = pile.origin(own, Told(report, ())) if own and report else (None, None)
    outlet = report.outlet if report else ""
    letter = pile.in_force.on(JudgedKind.GRADE, place=outlet) if outlet else None
    weights = weigh.Weights(
        copied=lambda places: trace.same_texts(places, pile.origins),
        silent=judged.silent,
        undetermined=judged.undetermined,
        signs=tuple(signs),
        day=day,
        as_of=pile.shelf.as_of,
        outlet=outlet,
        letter=(letter.value, spoken_by(letter)) if letter else None,
    )
    on_claim = (on_verdict, on_own, letter)
    held = Held(tuple(j for j in on_claim if j is not None), on_links, on_sources)
    return with_judgements(weigh.weigh(asked, tellings, own_origin, weights), places, held)
