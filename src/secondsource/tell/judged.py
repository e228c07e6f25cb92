"""Judgements in words, and a dossier's links as a reviewer meets them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from secondsource.model import Judgement, Verdict
from secondsource.tell import words
from secondsource.tell.clean import line, quoted
from secondsource.tell.lines import judgement
from secondsource.tell.records import DossierRecord, TellingRecord

_LONGEST = 200  # characters of a quote


def links(dossier: DossierRecord, only: int | None = None) -> str:
    """Return the claims with the ids of their links, one row each; `only` one claim, counted from 1."""
    rows: list[str] = []
    for place, claim in enumerate(dossier.claims, 1):
        if only not in (None, place):
            continue
        rows += [f"{place}. {words.VERDICTS[claim.verdict]}: {quoted(claim.quote, _LONGEST)}"]
        rows += [f"   source: {line(claim.source or 'own voice')}; origin: {line(claim.own_origin)}"]
        rows += [f"   {line(words.judged(made, claim.verdict))}" for made in claim.judgements]
        for telling in claim.tellings:
            rows += [_link(telling)]
            rows += [f"      {line(words.judged(made))}" for made in telling.judgements]
    for made in () if only else dossier.unapplied:
        rows += [f"{line(words.unapplied(made))} {quoted(made.claim_quote or made.quote, _LONGEST)}"]
    return "".join(f"{row}\n" for row in rows)


def history(judgements: Sequence[Judgement]) -> str:
    """Return judgements by date, with what each is about and what it superseded."""
    rows: list[str] = []
    for made in judgements:
        rows.append(f"{made.id} {made.at.date().isoformat()} {line(made.subject.key)}")
        rows.append(f"   {line(words.judged(judgement(made)))}")
        if made.supersedes:
            rows.append(f"   supersedes {made.supersedes}")
    return "".join(f"{row}\n" for row in rows)


def effect(before: Sequence[Verdict], after: Sequence[Verdict]) -> str:
    """Return what a judgement changed in the verdicts on some claims, one row a claim."""
    rows = [f"{_count(old)} -> {_count(new)}" for old, new in zip(before, after, strict=True) if old != new]
    return "".join(f"{row}\n" for row in rows) or "No counted verdict is another than before.\n"


def _link(telling: TellingRecord) -> str:
    where = f"{line(telling.outlet)}, {words.day(telling.published)}; origin {line(telling.origin)}"
    return f"   [{line(telling.link)}] {telling.relation}, {where}: {quoted(telling.quote, _LONGEST)}"


def _count(verdict: Verdict) -> str:
    origins = words.counted(verdict.independent_origins, "origin tells it", "origins tell it").lower()
    grade = f", {verdict.grade.code}" if verdict.grade else ""
    return f"{verdict.claim}: {words.VERDICTS[verdict.label]} ({origins}{grade})"
