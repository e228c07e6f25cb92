"""A pile of reports as one claim after the other is weighed against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from secondsource import match, trace, weigh
from secondsource.match import Told
from secondsource.model import Claim, Mention, Report, Reuse, Span, Verdict
from secondsource.pipeline.terms import Terms
from secondsource.text import shared


@dataclass(frozen=True, slots=True)
class Pile:
    """The reports compared with, by id, and what was learned of them as a whole."""

    told: tuple[Told, ...]
    terms: Terms
    reuse: tuple[Reuse, ...]
    origins: Any
    as_of: date | None
    place: Mapping[str, int]

    def find(self, report: str) -> Told | None:
        """Return one report of the pile."""
        at = self.place.get(report)
        return None if at is None else self.told[at]

    def among(self, reports: Iterable[str]) -> Pile:
        """Return the pile restricted to `reports`; what was learned of the whole stays."""
        wanted = sorted({self.place[report] for report in reports if report in self.place})
        told = tuple(self.told[at] for at in wanted)
        return replace(self, told=told, place={one.report.id: at for at, one in enumerate(told)})

    def near(self, claim: Claim, day: date | None) -> list[Told]:
        """Return the reports that may be about the event of a claim, by id."""
        found = match.candidates(match.Asked(claim, day), self.terms.statistics, self.terms.holders)
        return [self.told[self.place[report]] for report in found if report in self.place]


def gather(told: Sequence[Told], subject: Told | None, reuse: Iterable[Reuse], terms: Terms) -> Pile:
    """Return the pile of `told` and the report under check, with what the whole of it shows."""
    every = {one.report.id: one for one in (*told, *([subject] if subject else []))}
    ordered = tuple(every[report] for report in sorted(every))
    kept = tuple(
        sorted((r for r in reuse if r.a in every and r.b in every), key=lambda found: (found.a, found.b))
    )
    days = [one.report.published for one in ordered if one.report.published]
    return Pile(
        told=ordered,
        terms=terms,
        reuse=kept,
        origins=trace.context_of(
            [one.report for one in ordered], (m for one in ordered for m in one.mentions), kept
        ),
        as_of=max(days, default=None),
        place={one.report.id: at for at, one in enumerate(ordered)},
    )


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

    `own` is the mention that the claim was taken from, in `report`.
    """
    day = report.day if report else None
    judged = match.judge(claim, pile.near(claim, day), match.Services(pile.terms.statistics), day)
    tellings, signs = [], []
    for evidence in judged.evidence:
        told = pile.told[pile.place[evidence.report]]
        mention = next(m for m in told.mentions if m.id == evidence.mention)
        tellings.append((evidence, trace.origin_of(mention, told.report, pile.origins)))
        signs.append(weigh.Sign(evidence.relation, mention.kind, told.report.published))
    weights = weigh.Weights(
        copied=lambda one, span, two, other: trace.same_text((one, span), (two, other), pile.origins),
        silent=judged.silent,
        undetermined=judged.undetermined,
        signs=tuple(signs),
        day=day,
        as_of=pile.as_of,
        outlet=report.outlet if report else "",
    )
    origin = trace.origin_of(own, report, pile.origins) if own and report else None
    return weigh.weigh(claim, tellings, origin, weights)
