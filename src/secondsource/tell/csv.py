"""The dossier as a table: one row a telling, and one for every claim that nobody else tells."""

from __future__ import annotations

import csv
from io import StringIO

from secondsource.tell.clean import line
from secondsource.tell.records import ClaimRecord, DossierRecord, TellingRecord

COLUMNS = (
    "claim",
    "claim_quote",
    "kind",
    "certainty",
    "source",
    "verdict",
    "outcome",
    "independent_origins",
    "own_origin",
    "relation",
    "repeat",
    "origin",
    "report",
    "outlet",
    "published",
    "quote",
    "conflicts",
    "score",
)

_FORMULA = ("=", "+", "-", "@")


def render(dossier: DossierRecord) -> str:
    """Return CSV as RFC 4180 has it, with a header; cells that a spreadsheet would run are escaped.

    A silent or undetermined report has a row with that relation and no quote.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    outlets = {report.id: (report.outlet, report.published or "") for report in dossier.pile}
    for claim in dossier.claims:
        rows = [_telling(telling) for telling in claim.tellings]
        for relation, ids in (("silent", claim.silent), ("undetermined", claim.undetermined)):
            rows += [(relation, "", "", name, *outlets.get(name, ("", "")), "", "", "") for name in ids]
        for row in rows or [("",) * 9]:
            writer.writerow([_cell(value) for value in (*_claim(claim), *row)])
    return out.getvalue()


def _claim(claim: ClaimRecord) -> tuple[str, ...]:
    return (
        claim.id,
        claim.quote,
        claim.kind,
        claim.certainty,
        claim.source or "",
        claim.verdict,
        claim.outcome or "",
        str(claim.independent_origins),
        claim.own_origin,
    )


def _telling(telling: TellingRecord) -> tuple[str, ...]:
    return (
        telling.relation,
        "yes" if telling.repeat else "no",
        telling.origin,
        telling.report,
        telling.outlet,
        telling.published or "",
        telling.quote,
        "; ".join(f"{clash.slot}: {clash.claimed} / {clash.told}" for clash in telling.conflicts),
        f"{telling.score:.3f}",
    )


def _cell(value: str) -> str:
    """Return `value` on one line; one that begins like a formula gets an apostrophe before it (OWASP)."""
    plain = line(value)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
