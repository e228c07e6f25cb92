"""The dossier as one Parquet file: a row a claim, its tellings and origins nested in it.

`docs/exports.md` says how to unnest it. The same dossier gives the same bytes with the same pyarrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import msgspec

from secondsource.tell.records import ClaimRecord, DossierRecord, OriginRecord


def render(dossier: DossierRecord) -> bytes:
    """Return the file's bytes: Zstandard, one row group, claims in reading order.

    Report and dossier (`report`, `outlet`, `published`, `sha256`, `as_of`) stand in every row, so
    that files of many dossiers can be read as one table.
    """
    import pyarrow as pa
    from pyarrow import parquet

    rows = [_row(claim, dossier) for claim in dossier.claims]
    table = pa.Table.from_pylist(rows, schema=_schema(pa))
    out = BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _row(claim: ClaimRecord, dossier: DossierRecord) -> dict[str, Any]:
    origins = [origin for origin in dossier.origins if claim.id in origin.claims]
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    report = dossier.report
    return plain | {
        "claim": claim.id,
        "report": report.id,
        "outlet": report.outlet,
        "published": _day(report.published),
        "sha256": report.sha256,
        "as_of": _day(dossier.as_of),
        "span": _span(claim.span),
        "grade": claim.grade.code if claim.grade else None,
        "tellings": [
            telling | {"span": _span(telling["span"]), "published": _day(telling["published"])}
            for telling in plain["tellings"]
        ],
        "origins": [_origin(origin) for origin in origins],
    }


def _origin(origin: OriginRecord) -> dict[str, Any]:
    return {
        "name": origin.name,
        "kind": origin.kind,
        "reason": origin.reason,
        "reports": list(origin.reports),
    }


def _span(span: Sequence[int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _schema(pa: Any) -> Any:
    """Return the columns; what a claim's record has besides them stays in the JSON."""
    text, texts = pa.string(), pa.list_(pa.string())
    span = pa.struct([("start", pa.int32()), ("end", pa.int32())])
    conflict = pa.struct([("slot", text), ("claimed", text), ("told", text)])
    telling = pa.struct(
        [
            ("report", text), ("outlet", text), ("published", pa.date32()), ("relation", text),
            ("repeat", pa.bool_()), ("origin", text), ("quote", text), ("span", span),
            ("score", pa.float64()), ("reason", text), ("conflicts", pa.list_(conflict)), ("link", text),
        ]
    )  # fmt: skip
    origin = pa.struct([("name", text), ("kind", text), ("reason", text), ("reports", texts)])
    judgement = pa.struct(
        [(name, text) for name in ("id", "kind", "place", "decision", "value", "by", "at", "reason")]
    )
    return pa.schema(
        [
            ("report", text), ("outlet", text), ("published", pa.date32()), ("sha256", text),
            ("as_of", pa.date32()), ("claim", text), ("quote", text), ("span", span),
            ("statement", text), ("kind", text), ("certainty", text), ("source", text),
            ("source_kind", text), ("chain", texts), ("verdict", text), ("outcome", text),
            ("settleable", pa.bool_()), ("own_origin", text), ("independent_origins", pa.int32()),
            ("grade", text), ("tellings", pa.list_(telling)), ("silent", texts),
            ("undetermined", texts), ("origins", pa.list_(origin)), ("judgements", pa.list_(judgement)),
        ]
    )  # fmt: skip
