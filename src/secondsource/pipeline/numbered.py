"""Reading for a bulk run: files and folders of them, Parquet too, each report under an id of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pyarrow.parquet as pq

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.pipeline.inputs import Reading, read_input
from secondsource.read import ReadOptions, read_bytes
from secondsource.store.port import free_id

_ROWS = 1_000  # of a Parquet file, read at once
_PARQUET = (".parquet", ".pq")


@dataclass(slots=True)
class Numbered:
    """The ids given so far, with the document of each, and what was rejected."""

    documents: dict[str, str] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    def give(self, wanted: str, document: str) -> str | None:
        """Return the id for a document, with a suffix if other bytes have it; None if it is known."""
        given = free_id(wanted, document, self.documents.get)
        if given is not None:
            self.documents[given] = document
        return given


def files_in(inputs: Sequence[Path]) -> list[Path]:
    """Return the files that are meant: those named, and those in folders that are named, in order.

    Raises:
        UnreadableInput: one is missing, or there is none.
    """
    found = list(chain.from_iterable(_files(path) for path in inputs))
    if not found:
        raise UnreadableInput("nothing to read: name files or folders with --in")
    return found


def read_numbered(
    files: Sequence[Path], options: ReadOptions, numbered: Numbered
) -> Iterator[tuple[Document, Report]]:
    """Yield every report once, in the order of the files; what cannot be read goes to `numbered`."""
    for file in files:
        try:
            for item in _read(file, options):
                if isinstance(item, Rejected):
                    numbered.rejected.append(item)
                    continue
                document, report = item
                given = numbered.give(report.id, document.id)
                if given is not None:
                    yield document, report if given == report.id else replace(report, id=given)
        except UnreadableInput as error:
            numbered.rejected.append(Rejected(str(file), "read", str(error)))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    if not path.is_file():
        raise UnreadableInput(f"{path}: no such file; check the name")
    return [path]


def _read(file: Path, options: ReadOptions) -> Reading:
    if file.suffix.casefold() not in _PARQUET:
        yield from read_input(str(file), options)
        return
    first = 1
    for batch in pq.ParquetFile(file).iter_batches(_ROWS):
        lines = [json.dumps(row, ensure_ascii=False, default=_plain) for row in batch.to_pylist()]
        where = f"{file} rows {first}-{first + len(lines) - 1}"
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
        yield from read_bytes(content, where, "application/x-ndjson", options)
        first += len(lines)


def _plain(value: object) -> str:
    """Return what JSON has no form for as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
