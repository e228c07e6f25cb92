"""Read CSV and TSV with a header line, one report a row, streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from secondsource.errors import UnknownField, UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read.decode import NotText, decode
from secondsource.read.options import MAX_BYTES, ReadOptions
from secondsource.read.records import BadRecord, encoded, report_of
from secondsource.read.sniff import JSON

_SAMPLE = 256 * 1024

Reading = Iterator[tuple[Document, Report] | Rejected]


def read_table(stream: BinaryIO, where: str, options: ReadOptions) -> Reading:
    """Yield the report of each row, or what is wrong with it, in order; empty rows are skipped.

    A row's document is its cells by column name as JSON with sorted keys. Column names are
    compared without regard to case.

    Raises:
        UnreadableInput: no text, or no column that holds the body.
        UnknownField: `options.mapping` names a column that is not there.
    """
    csv.field_size_limit(MAX_BYTES)
    text = io.TextIOWrapper(stream, encoding=_encoding(stream, where), errors="replace", newline="")
    try:
        head = text.readline()
        rows = csv.reader(text, delimiter=_delimiter(head))
        header = [name.strip() for name in next(csv.reader([head], delimiter=_delimiter(head)), [])]
        columns = _columns(header, where, options)
        yield from _rows(rows, header, columns, where, options)
    finally:
        text.detach()


def _rows(
    rows: Iterator[list[str]], header: list[str], columns: Mapping[str, str], where: str, options: ReadOptions
) -> Reading:
    number = 0
    while True:
        number += 1
        place = f"{where}: row {number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejected(place, "read", f"broken CSV: {error}")
            continue
        if any(cell.strip() for cell in row):
            yield _one(row, header, columns, place, options)


def _one(
    row: list[str], header: list[str], columns: Mapping[str, str], place: str, options: ReadOptions
) -> tuple[Document, Report] | Rejected:
    if len(row) > len(header):
        return Rejected(place, "read", f"{len(row)} cells under {len(header)} column names")
    record = dict(zip(header, row, strict=False))
    address = record.get(columns["uri"], "") or place.rpartition(":")[0]
    document = Document.of(encoded(record), address, JSON)
    try:
        return document, report_of(record, document, columns, options)
    except BadRecord as error:
        return Rejected(place, "read", str(error))


def _columns(header: list[str], where: str, options: ReadOptions) -> dict[str, str]:
    have = ", ".join(header)[:300]
    by_fold = {name.casefold(): name for name in reversed(header)}
    columns = {field: by_fold.get(name.casefold(), name) for field, name in options.columns().items()}
    for field, name in options.mapping:
        if name.casefold() not in by_fold:
            raise UnknownField(f"{where}: --map {field}={name}: it has no such column, but {have}")
    if not any(columns.get(field) in header for field in ("body", "text")):
        raise UnreadableInput(f"{where}: no column body or text; say which holds it by --map body=COLUMN")
    return columns


def _encoding(stream: BinaryIO, where: str) -> str:
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    try:
        # A sample may end inside a character: its last line is left out.
        name = decode(sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample)[1]
    except NotText as error:
        raise UnreadableInput(f"{where}: {error}; give CSV as text, best in UTF-8") from error
    return "utf-8-sig" if name == "utf-8" else name


def _delimiter(head: str) -> str:
    return max((",", ";", "\t", "|"), key=head.count)
