"""The dossier as schema.org Claim and ClaimReview in JSON-LD: our words, never a rating of truth."""

from __future__ import annotations

from typing import Any

import msgspec

from secondsource.tell import words
from secondsource.tell.records import ClaimRecord, DossierRecord, PileRecord


def render(dossier: DossierRecord) -> str:
    """Return one JSON-LD document with a ClaimReview for every claim, in reading order.

    `reviewRating` carries `alternateName` alone ("Three independent origins tell it; ...");
    it has no `ratingValue`, since counted origins measure no truth.
    """
    pile = {report.id: report for report in dossier.pile}
    graph = [_review(claim, dossier, pile) for claim in dossier.claims]
    document = {"@context": "https://schema.org", "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _review(claim: ClaimRecord, dossier: DossierRecord, pile: dict[str, PileRecord]) -> dict[str, Any]:
    supports = [telling.report for telling in claim.tellings if telling.relation == "supports"]
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "claimReviewed": claim.statement or claim.quote,
        "author": {"@type": "Organization", "name": "secondsource"},
        "itemReviewed": {
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.quote,
            "author": _author(claim, dossier),
            "appearance": [_own(dossier), *_articles(supports, pile)],
        },
        "reviewRating": {"@type": "Rating", "alternateName": words.verdict(claim)},
    }
    if dossier.as_of:
        review["datePublished"] = dossier.as_of
    against = [telling.report for telling in claim.tellings if telling.relation == "refutes"]
    if against:
        review["citation"] = _articles(against, pile)
    return review


def _author(claim: ClaimRecord, dossier: DossierRecord) -> dict[str, Any]:
    if claim.source is None:
        return {"@type": "Organization", "name": dossier.report.outlet or "unknown outlet"}
    person = claim.source_kind in ("named-person", "unnamed", "eyewitness", "official")
    return {"@type": "Person" if person else "Organization", "name": claim.source}


def _own(dossier: DossierRecord) -> dict[str, Any]:
    report = dossier.report
    return _article(
        PileRecord(
            id=report.id,
            outlet=report.outlet,
            published=report.published,
            title=report.title,
            uri=report.uri,
        )
    )


def _articles(ids: list[str], pile: dict[str, PileRecord]) -> list[dict[str, Any]]:
    return [_article(pile[name]) for name in dict.fromkeys(ids) if name in pile]


def _article(report: PileRecord) -> dict[str, Any]:
    told = {"headline": report.title, "datePublished": report.published, "url": report.uri}
    article: dict[str, Any] = {"@type": "NewsArticle", "identifier": report.id}
    article |= {key: value for key, value in told.items() if value}
    if report.outlet:
        article["publisher"] = {"@type": "Organization", "name": report.outlet}
    return article
