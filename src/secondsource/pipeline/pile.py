"""A pile of reports as one claim after the other is weighed against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from secondsource import match, trace, weigh
from secondsource.match import Told
from secondsource.model import Claim, Mention, Report, Span, Verdict
from secondsource.pipeline.shelf import Shelf
from secondsource.text import shared


@dataclass(frozen=True, slots=True)
class Pile:
    """The reports compared with: a shelf, or those of it that are in `only`, and their sources."""

    shelf: Shelf
    origins: Any
    only: frozenset[str] | None = None

    def find(self, report: str) -> Told | None:
        """Return one report of the pile."""
        found = self.shelf.read([report]) if self._holds(report) else []
        return found[0] if found else None

    def among(self, reports: Iterable[str]) -> Pile:
        """Return the pile restricted to `reports`; what was learned of the whole stays."""
        return replace(self, only=frozenset(reports))

    def judge(self, claim: Claim, day: date | None) -> match.Judged:
        """Return how the reports that may be about the event of a claim bear on it, by id."""
        shelf = self.shelf
        shares = match.candidates(match.Asked(claim, day), shelf.statistics, shelf)
        near = shelf.read(filter(self._holds, shares))
        return match.judge(claim, near, match.Services(shelf.statistics, shares=shares), day)

    def _holds(self, report: str) -> bool:
        return self.only is None or report in self.only


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
    judged = pile.judge(claim, day)
    bearing = {told.report.id: told for told in pile.shelf.read(e.report for e in judged.evidence)}
    tellings, signs = [], []
    for evidence in judged.evidence:
        told = bearing[evidence.report]
        mention = next(m for m in told.mentions if m.id == evidence.mention)
        tellings.append((evidence, trace.origin_of(mention, told.report, pile.origins)))
        signs.append(weigh.Sign(evidence.relation, mention.kind, told.report.published))
    weights = weigh.Weights(
        copied=lambda one, span, two, other: trace.same_text((one, span), (two, other), pile.origins),
        silent=judged.silent,
        undetermined=judged.undetermined,
        signs=tuple(signs),
        day=day,
        as_of=pile.shelf.as_of,
        outlet=report.outlet if report else "",
    )
    origin = trace.origin_of(own, report, pile.origins) if own and report else None
    return weigh.weigh(claim, tellings, origin, weights)
