"""The dossier as W3C Web Annotations: each claim and each telling pinned to its words."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec

from secondsource.tell import words
from secondsource.tell.lines import AROUND
from secondsource.tell.records import ClaimRecord, DossierRecord, SpanRecord, TellingRecord


def render(dossier: DossierRecord) -> str:
    """Return an AnnotationPage in JSON-LD (W3C Web Annotation Data Model, 2017).

    A claim is tagged with its verdict and described by its counted origins; a telling links
    to the claim it bears on. Targets carry TextQuote and TextPosition selectors, offsets in
    code points of the body as read.
    """
    sources = {report.id: _source(report.id, report.uri) for report in dossier.pile}
    own = _source(dossier.report.id, dossier.report.uri)
    items: list[dict[str, Any]] = []
    for claim in dossier.claims:
        items.append(_claim(claim, dossier.report.body, own))
        items += [
            _telling(claim, telling, sources[telling.report], place)
            for place, telling in enumerate(claim.tellings, 1)
        ]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _urn("dossier", dossier.report.sha256),
        "type": "AnnotationPage",
        "items": items,
    }
    return msgspec.json.format(msgspec.json.encode(page), indent=2).decode() + "\n"


def _source(report: str, uri: str) -> str:
    """Return the report's own web address, or a name of ours for one without."""
    return uri if uri.startswith(("http://", "https://")) else _urn("report", report)


def _urn(kind: str, name: str) -> str:
    return f"urn:secondsource:{kind}:{quote(name, safe=':')}"


def _claim(claim: ClaimRecord, body: str, source: str) -> dict[str, Any]:
    start, end = claim.span
    around = (body[max(0, start - AROUND) : start], body[end : end + AROUND])
    return {
        "id": _urn("claim", claim.id),
        "type": "Annotation",
        "motivation": "assessing",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.verdict},
            {"type": "TextualBody", "purpose": "describing", "value": words.verdict(claim), "language": "en"},
        ],
        "target": _target(source, claim.quote, claim.span, around),
    }


def _telling(claim: ClaimRecord, telling: TellingRecord, source: str, place: int) -> dict[str, Any]:
    return {
        "id": _urn("claim", f"{claim.id}:telling:{place}"),
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": telling.relation},
            {"type": "TextualBody", "purpose": "describing", "value": telling.reason, "language": "en"},
            {
                "type": "SpecificResource",
                "purpose": "linking",
                "source": _urn("claim", claim.id),
            },
        ],
        "target": _target(source, telling.quote, telling.span, (telling.before, telling.after)),
    }


def _target(source: str, exact: str, span: SpanRecord, around: tuple[str, str]) -> dict[str, Any]:
    return {
        "source": source,
        "selector": [
            {"type": "TextQuoteSelector", "exact": exact, "prefix": around[0], "suffix": around[1]},
            {"type": "TextPositionSelector", "start": span[0], "end": span[1]},
        ],
    }
