"""A folder of Parquet parts, with a manifest for each finished piece of work: a run can be taken up again.

A part is written under another name and renamed when it is whole; the manifest of the work that made it
comes last. Work whose manifest stands, made of the same inputs, is done. A task done twice, by a lost
worker and by its successor, renames the same content to the same name.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from secondsource.pipeline.tables import TABLES, plain, table_of

WORK = "work"  # inside the output folder: what only the run itself needs
_GROUP = 2_000  # rows of a row group

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Folder:
    """The output folder of a run."""

    root: Path

    def part(self, table: str, name: str) -> Path:
        """Return where a part of a table stands."""
        return self.root / table / f"{name}.parquet"

    def parts(self, table: str) -> list[Path]:
        """Return the finished parts of a table, in order."""
        return sorted((self.root / table).glob("*.parquet"))

    def work(self, name: str) -> Path:
        """Return where a file stands that only the run needs."""
        return self.root / WORK / name

    def put(self, table: str, name: str, rows: Iterable[Sequence[Any]]) -> int:
        """Write a part of a table whole; return how many rows it has."""
        found = table_of(rows, TABLES[table])
        self.put_table(self.part(table, name), found)
        return int(found.num_rows)

    def put_table(self, path: Path, table: pa.Table) -> None:
        """Write a Parquet file whole."""

        def write(part: Path) -> None:
            pq.write_table(table, part, compression="zstd", row_group_size=_GROUP)

        whole(path, write)

    def rows(self, table: str, names: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table, or of its parts of these names, in order."""
        paths = self.parts(table) if names is None else [self.part(table, name) for name in names]
        for path in paths:
            for batch in pq.ParquetFile(path).iter_batches(_GROUP):
                yield from batch.to_pylist()

    def finished(self, stage: str, name: str, inputs: str) -> dict[str, Any] | None:
        """Return the counts of finished work, None if it is not done or was made of other inputs."""
        try:
            manifest = json.loads(self._manifest(stage, name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        standing = all((self.root / path).is_file() for path in manifest["outputs"])
        return manifest if standing and manifest["inputs"] == inputs else None

    def finish(self, stage: str, name: str, inputs: str, outputs: Mapping[Path, int]) -> str:
        """Write the manifest of finished work; return the digest of its outputs."""
        held = {str(path.relative_to(self.root)): count for path, count in sorted(outputs.items())}
        digest = digest_of(file_digest(path) for path in sorted(outputs))
        manifest = {"inputs": inputs, "outputs": held, "digest": digest}
        text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
        whole(self._manifest(stage, name), lambda part: part.write_text(text, encoding="utf-8"))
        return digest

    def done(self, stage: str) -> int:
        """Return how many manifests of a stage stand."""
        return sum(1 for _ in (self.root / WORK / "done" / stage).glob("*.json"))

    def sweep(self, stage: str, tables: Iterable[str], kept: Iterable[str]) -> None:
        """Drop the parts and manifests of work that is no longer part of the run."""
        names = set(kept)
        for table in tables:
            for path in self.parts(table):
                if path.stem not in names:
                    path.unlink()
        for path in (self.root / WORK / "done" / stage).glob("*.json"):
            if path.stem not in names:
                path.unlink()

    def _manifest(self, stage: str, name: str) -> Path:
        return self.root / WORK / "done" / stage / f"{name}.json"


def in_batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield items in order, `size` of them at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file under another name, and rename it when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_table(folder: Path | str, table: str) -> pa.Table:
    """Return a whole table of a run, rows in order of its first columns: equal however the run was cut."""
    parts = Folder(Path(folder)).parts(table)
    schema = plain(TABLES[table])
    found = pa.concat_tables([schema.empty_table(), *(pq.read_table(path) for path in parts)])
    order = [
        (name, "ascending") for name in schema.names[:3] if not pa.types.is_list(schema.field(name).type)
    ]
    return found.sort_by(order)


def digest_of(parts: Iterable[str]) -> str:
    """Return one digest for several texts, in order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part}\x1e".encode())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
