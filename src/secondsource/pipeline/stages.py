"""The pieces of work of a bulk run: each takes one part of the pile and writes its tables, on any machine.

A piece is a function of a batch of tasks `(name, inputs)`, so that an engine maps it like any other step.
Parser, lexicon and shelf are loaded once a process and kept warm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from secondsource import lexicon, trace
from secondsource.extract import Extractor
from secondsource.match import Told
from secondsource.model import Telling
from secondsource.pipeline import tables
from secondsource.pipeline.parts import Folder
from secondsource.pipeline.pile import Pile, claims_of, verdict_on
from secondsource.pipeline.shelf import COUNTS, SOURCES, Shelf, keys
from secondsource.store.sqlite import SqliteStore
from secondsource.trace.options import ReuseOptions
from secondsource.trace.reuse import Pile as Prints
from secondsource.trace.reuse import Survey, compare_all
from secondsource.trace.standing import Standing

TASKS = pa.schema([("name", pa.string()), ("inputs", pa.string())])
SHELF = "shelf.db"
STANDING = "standing.parquet"
_HELD = 2_000  # reports in memory while claims are weighed, some 150 kB each with what was read off them


@dataclass(frozen=True, slots=True)
class Job:
    """What every piece of work is told: the output folder and the lexicon's folders."""

    root: Path
    lexicon: tuple[Path, ...] = ()

    @property
    def folder(self) -> Folder:
        """The output folder."""
        return Folder(self.root)


Piece = Callable[[Job, str], dict[Path, int]]


def work(piece: Piece, stage: str, job: Job, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Do the tasks of a batch, each written and signed off by itself; return the batch."""
    _use(job.lexicon)
    for task in batch.to_pylist():
        outputs = piece(job, task["name"])
        job.folder.finish(stage, task["name"], task["inputs"], outputs)
    return batch


def extract(job: Job, name: str) -> dict[Path, int]:
    """Read the mentions of a part's reports, and the keys that they are found by."""
    folder = job.folder
    reports = (tables.report_of(row)[1] for row in folder.rows("reports", [name]))
    mentions: list[tuple[Any, ...]] = []
    held: list[tuple[str, str, list[int]]] = []
    for report, found in _extractor().batch(reports):
        mentions += [tables.mention_row(n, one) for n, one in enumerate(found)]
        held += [(report.id, kind, sorted(own)) for kind, own in keys(Told(report, found)).items()]
    return _put(folder, name, {"mentions": mentions, "keys": held})


def compare(job: Job, name: str) -> dict[Path, int]:
    """Compare a part of the pairs that may share text; origins are named later, over all of them."""
    folder = job.folder
    pairs = pq.read_table(folder.work(f"pairs/{name}.parquet")).to_pylist()
    standing = pq.read_table(folder.work(STANDING))["key"].to_numpy()
    listed = tuple((pair["a"], pair["b"]) for pair in pairs)
    with_ids = {one for pair in listed for one in pair}
    with _shelved(folder) as store:
        reports = {report.id: report for report in store.reports(with_ids)}
    survey = Survey(Standing(standing), listed)
    found = compare_all(Prints(reports, survey), ReuseOptions().compare)
    path = folder.work(f"compared/{name}.parquet")
    folder.put_table(path, tables.table_of(map(tables.reuse_row, found), tables.REUSE))
    return {path: len(found)}


def weigh(job: Job, name: str) -> dict[Path, int]:
    """Weigh every mention of a part's reports as a claim against the whole pile, and name its origin."""
    rows: dict[str, list[tuple[Any, ...]]] = {"origins": [], "evidence": [], "verdicts": []}
    with _shelved(job.folder) as store:
        pile = shelf_pile(store)
        for told in pile.shelf.read(_ids(job.folder, name)):
            for claim in claims_of(told):
                verdict = verdict_on(claim, claim.mention, pile, told.report)
                if verdict.own_origin is not None:
                    rows["origins"].append(tables.origin_row(claim.mention, verdict.own_origin))
                rows["evidence"] += map(tables.evidence_row, sorted(verdict.tellings, key=_by_place))
                rows["verdicts"].append(tables.verdict_row(told.report.id, verdict))
            pile.shelf.trim(_HELD)
    return _put(job.folder, name, rows)


def shelf_pile(store: SqliteStore) -> Pile:
    """Return the whole of a traced library as a pile, read as it is needed."""
    (_, learned), (_, counts) = map(store.recall, (SOURCES, COUNTS))
    shelf = Shelf(store, None, counts=counts)
    return Pile(shelf, trace.context_over(shelf, learned))


def piece(kind: Piece, job: Job) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """Return a piece of work as an engine maps it."""
    return partial(work, kind, kind.__name__, job)


def _put(folder: Folder, name: str, rows: dict[str, list[tuple[Any, ...]]]) -> dict[Path, int]:
    return {folder.part(table, name): folder.put(table, name, found) for table, found in rows.items()}


def _ids(folder: Folder, name: str) -> Iterator[str]:
    yield from pq.read_table(folder.part("reports", name), columns=["id"])["id"].to_pylist()


def _by_place(telling: Telling) -> tuple[str, str]:
    return telling.evidence.report, telling.evidence.mention


@cache
def _extractor() -> Extractor:
    return Extractor()


@contextmanager
def _shelved(folder: Folder) -> Iterator[SqliteStore]:
    store = SqliteStore(folder.work(SHELF), create=False)
    try:
        yield store
    finally:
        store.close()


@cache
def _use(folders: tuple[Path, ...]) -> None:
    lexicon.use(*folders)
