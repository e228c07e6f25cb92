"""The tables of a bulk run: their columns, and rows to and from the model.

One row of `reports` for a Report, of `mentions` for a Mention, and so on; spans and nested parts are
JSON as in the model. What each column holds is said once, here; `docs/tables.md` is written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
import pyarrow as pa

from secondsource.model import Document, Evidence, Mention, Origin, Rejected, Report, Reuse, Telling, Verdict

TEXT, COUNT, SHARE, YES, DAY = pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.date32()
TEXTS = pa.list_(pa.string())


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"says": says}) for name, kind, says in columns])


REPORTS = _table(
    ("id", TEXT, "the input's id, or the first 16 digits of the document's SHA-256"),
    ("document", TEXT, "SHA-256 of the captured bytes"),
    ("outlet", TEXT, "who published it, as the input says"),
    ("published", DAY, "day of publication"),
    ("stated", DAY, "the day that the text gives for itself, where it differs"),
    ("title", TEXT, "headline"),
    ("byline", TEXT, "who wrote it"),
    ("credit", TEXT, "credit line as printed"),
    ("uri", TEXT, "where it was published"),
    ("language", TEXT, "ISO 639 code"),
    ("body", TEXT, "the text exactly as read; spans count its code points"),
    ("sections", TEXT, "JSON: parts of the body with their roles"),
    ("reader", TEXT, "reader and version"),
    ("notes", TEXTS, "the reader's remarks"),
    ("media_type", TEXT, "of the captured bytes"),
    ("document_uri", TEXT, "where the bytes were captured"),
    ("fetched_at", TEXT, "when they were captured, in UTC, if it is known"),
    ("content", pa.binary(), "the captured bytes"),
)
MENTIONS = _table(
    ("id", TEXT, "report, # and number in it"),
    ("report", TEXT, "the report's id"),
    ("n", COUNT, "place in reading order, from 0"),
    ("statement", TEXT, "the proposition, self-contained as far as possible"),
    ("kind", TEXT, "event, intention, forecast, assessment or background"),
    ("certainty", TEXT, "asserted, hedged, conditional or denied"),
    ("source_kind", TEXT, "who answers for it"),
    ("chain", TEXTS, "names of sources, nearest the fact first, without the outlet"),
    ("method", TEXT, "rules or model that read it, with version"),
    ("data", TEXT, "JSON of the whole mention: spans, links, slots"),
)
REUSE = _table(
    ("a", TEXT, "one report's id, the lesser"),
    ("b", TEXT, "the other's"),
    ("kind", TEXT, "verbatim, abridged, partial, quotation or boilerplate"),
    ("share", SHARE, "copied part of the shorter body, 0 to 1"),
    ("direction", TEXT, "a>b, b>a or common"),
    ("origin", TEXT, "where the text comes from; empty if it cannot be told"),
    ("spans", TEXT, "JSON: pairs of copied spans in a and in b"),
)
ORIGINS = _table(
    ("mention", TEXT, "the mention's id"),
    ("report", TEXT, "its report's id"),
    ("key", TEXT, "equal for tellings of one origin"),
    ("name", TEXT, "the origin's name"),
    ("kind", TEXT, "source, agency, outlet or unknown"),
    ("reason", TEXT, "why it is the origin"),
    ("also", TEXTS, "keys of others that it cannot be told from"),
)
EVENTS = _table(
    ("mention", TEXT, "a mention that another supports or refutes, or that does so"),
    ("report", TEXT, "its report's id"),
    ("event", TEXT, "the least mention id among those that evidence joins"),
)
EVIDENCE = _table(
    ("claim", TEXT, "id of the mention taken as claim"),
    ("report", TEXT, "the report that bears on it"),
    ("mention", TEXT, "the mention there"),
    ("relation", TEXT, "supports or refutes"),
    ("start", COUNT, "where the quote starts in the report's body"),
    ("end", COUNT, "where it ends"),
    ("quote", TEXT, "those words"),
    ("score", SHARE, "0 to 1"),
    ("reason", TEXT, "in words"),
    ("conflicts", TEXT, "JSON: slots told otherwise"),
    ("origin", TEXT, "key of the telling's origin"),
    ("repeat", YES, "whether that is the claim's own origin"),
    ("method", TEXT, "rules or model that judged, with version"),
)
VERDICTS = _table(
    ("claim", TEXT, "id of the mention taken as claim"),
    ("report", TEXT, "its report's id"),
    ("label", TEXT, "corroborated, contested, single-origin or uncorroborated"),
    ("independent_origins", COUNT, "distinct origins that tell it, its own among them"),
    ("own_origin", TEXT, "key of its own origin"),
    ("outcome", TEXT, "of an intention or a forecast: open, came-true, did-not or lapsed"),
    ("settleable", YES, "false for what no text can settle"),
    ("grade", TEXT, "Admiralty code"),
    ("silent", TEXTS, "reports that cover the event and say nothing of the claim"),
    ("undetermined", TEXTS, "reports that could not be judged"),
)
REJECTS = _table(
    ("place", TEXT, "input and line, or record"),
    ("stage", TEXT, "the step that could not use it"),
    ("reason", TEXT, "why, with the remedy"),
)
KEYS = _table(
    ("report", TEXT, "the report's id"),
    ("kind", TEXT, "name and version of the kind of keys"),
    ("keys", pa.list_(pa.int64()), "its distinct keys, in order"),
)

TABLES: dict[str, pa.Schema] = {
    "reports": REPORTS, "mentions": MENTIONS, "reuse": REUSE, "origins": ORIGINS, "events": EVENTS,
    "evidence": EVIDENCE, "verdicts": VERDICTS, "rejects": REJECTS, "keys": KEYS,
}  # fmt: skip
SAYS = {
    "reports": "One row a report.",
    "mentions": "One row for each checkable proposition that a report makes.",
    "reuse": "One row for each pair of reports that share text.",
    "origins": "One row a mention: who began what it tells.",
    "events": "Mentions joined by evidence, with the name of what they tell of together.",
    "evidence": "One row for each telling that bears on a claim. Every mention is a claim.",
    "verdicts": "One row a claim.",
    "rejects": "What could not be read.",
    "keys": "What each report is found by, so that nothing is read twice: terms, and traces of its text.",
}

_T = TypeVar("_T")


def encode(value: Any) -> str:
    """Return a part of the model as JSON."""
    return msgspec.json.encode(value).decode()


def decode(text: str, kind: type[_T]) -> _T:
    """Return a part of the model from its JSON."""
    return msgspec.json.decode(text, type=kind)


def table_of(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table, without the sentences on its columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    bare = schema.remove_metadata()
    arrays = [pa.array(column, field.type) for column, field in zip(columns, bare, strict=True)]
    return pa.Table.from_arrays(arrays, schema=plain(schema))


def plain(schema: pa.Schema) -> pa.Schema:
    """Return a schema with the names and kinds of columns alone: what stands in a file."""
    return pa.schema([pa.field(field.name, field.type) for field in schema])


def report_row(document: Document, report: Report) -> tuple[Any, ...]:
    """Return a row of `reports`."""
    held = {name: getattr(report, name) for name in REPORTS.names[:12] if name != "sections"}
    fetched = document.fetched_at.isoformat() if document.fetched_at else None
    sections = encode(report.sections)
    capture = document.media_type, document.uri, fetched, document.content
    return (*held.values(), sections, report.reader, list(report.notes), *capture)


def report_of(row: dict[str, Any]) -> tuple[Document, Report]:
    """Return what a row of `reports` holds."""
    names = ("document", *(name for name in REPORTS.names[:13] if name not in ("document", "sections")))
    sections = msgspec.json.decode(row["sections"])
    held = {name: row[name] for name in names}
    for name in ("published", "stated"):
        held[name] = held[name].isoformat() if isinstance(held[name], date) else held[name]
    report = msgspec.convert(held | {"sections": sections, "notes": row["notes"]}, Report)
    fetched = datetime.fromisoformat(row["fetched_at"]) if row["fetched_at"] else None
    uri, media_type = row["document_uri"], row["media_type"]
    return Document(report.document, uri, media_type, row["content"], fetched), report


def mention_row(number: int, one: Mention) -> tuple[Any, ...]:
    """Return a row of `mentions`."""
    told = one.statement, one.kind, one.certainty, one.source_kind, list(one.chain), one.method
    return (one.id, one.report, number, *told, encode(one))


def reuse_row(one: Reuse) -> tuple[Any, ...]:
    """Return a row of `reuse`."""
    return one.a, one.b, one.kind, one.share, one.direction, one.origin, encode(one.spans)


def reuse_of(row: dict[str, Any]) -> Reuse:
    """Return what a row of `reuse` holds."""
    return msgspec.convert(row | {"spans": msgspec.json.decode(row["spans"])}, Reuse)


def origin_row(mention: Mention, one: Origin) -> tuple[Any, ...]:
    """Return a row of `origins`."""
    return mention.id, mention.report, one.key, one.name, one.kind, one.reason, list(one.also)


def evidence_row(telling: Telling) -> tuple[Any, ...]:
    """Return a row of `evidence`."""
    one: Evidence = telling.evidence
    where = one.claim, one.report, one.mention, one.relation, *one.span, one.quote
    origin = telling.origin.key, telling.repeat
    return (*where, one.score, one.reason, encode(one.conflicts), *origin, one.method)


def verdict_row(report: str, one: Verdict) -> tuple[Any, ...]:
    """Return a row of `verdicts`."""
    own = one.own_origin.key if one.own_origin else None
    told = one.label, one.independent_origins, own, one.outcome, one.settleable
    grade = one.grade.code if one.grade else None
    return (one.claim, report, *told, grade, list(one.silent), list(one.undetermined))


def reject_row(one: Rejected) -> tuple[Any, ...]:
    """Return a row of `rejects`."""
    return one.where, one.stage, one.reason


def page() -> str:
    """Return `docs/tables.md`: every table with its columns."""
    parts = [_PREFACE]
    for name, schema in TABLES.items():
        parts.append(f"\n## {name}\n\n{SAYS[name]}\n\n| column | type | what |\n|---|---|---|\n")
        parts += [f"| `{f.name}` | {f.type} | {f.metadata[b'says'].decode()} |\n" for f in schema]
    return "".join(parts)


_PREFACE = """# Tables of a bulk run

`secondsource run --in PATH --out DIR` writes these tables, each as Parquet parts
`DIR/TABLE/PART.parquet`. Rows are the same however the pile is cut and whatever engine runs it; their
order is not part of the contract. `DIR/work` holds what the run itself needs to go on, and may be deleted
when it is done. Columns that hold JSON hold the parts of the [model](how-it-decides.md) as they are.
"""

if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
