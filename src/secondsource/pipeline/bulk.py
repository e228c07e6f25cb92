"""A whole pile in one run: files in, Parquet tables out, by stages that go on where they stopped.

Reading cuts the pile into parts; each later stage is pieces of work over parts, mapped by an engine:
extract → keys → join on key → compare → weigh → components. What is worked out from the whole pile
(candidates, standing text, sources) is made once by the process that runs this; workers find reports
in one file of the output folder, which all of them must see.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from secondsource import __version__, match, trace
from secondsource.engine.port import EDGES, Engine
from secondsource.lexicon import outlets
from secondsource.model import Mention, Rejected, Reuse, ReuseKind
from secondsource.pipeline import stages, tables
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.numbered import Numbered, files_in, read_numbered
from secondsource.pipeline.parts import Folder, digest_of, file_digest, in_batches
from secondsource.pipeline.shelf import COUNTS, READING, SOURCES, counted
from secondsource.pipeline.stages import SHELF, STANDING, TASKS, Job
from secondsource.read import ReadOptions
from secondsource.store.sqlite import SqliteStore
from secondsource.trace.keys import Keys
from secondsource.trace.lineage import name_origins
from secondsource.trace.options import ReuseOptions
from secondsource.trace.reuse import survey_keys

_PAIRS = 20_000  # pairs of reports compared in one piece of work
# What else than its inputs a stage depends on: another version of judging does not have a pile read again.
_VERSIONS = {"read": "", "extract": READING, "weigh": f"{trace.KEYS} {match.VERSION}"}


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How to run: `part` reports are one piece of work; `lexicon` folders extend the tables."""

    part: int = 500
    read: ReadOptions = field(default_factory=ReadOptions)
    lexicon: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the output folder: rows by table, and pieces of work done now and found done."""

    rows: dict[str, int]
    worked: int
    skipped: int
    rejected: tuple[Rejected, ...]


class Run:
    """One run over one output folder."""

    def __init__(
        self, out: Path, engine: Engine, options: BulkOptions | None = None, on_progress: OnProgress = silent
    ) -> None:
        self._options = options or BulkOptions()
        self._job = Job(out.resolve(), tuple(folder.resolve() for folder in self._options.lexicon))
        self._folder = self._job.folder
        self._engine = engine
        self._on_progress = on_progress
        self._worked = self._skipped = 0

    def run(self, inputs: Sequence[Path]) -> Outcome:
        """Read the inputs, or folders of them, and write every table; what is done is not done again.

        Raises:
            UnreadableInput: an input is missing, or there is none.
        """
        files = files_in(inputs)
        read = self._once("read", [*map(file_digest, files)], lambda: self._read(files))
        names = [path.stem for path in self._folder.parts("reports")]
        inputs_of = {name: file_digest(self._folder.part("reports", name)) for name in names}
        extracted = self._each(stages.extract, inputs_of, ("mentions", "keys"))
        shelved = self._once("shelve", [read, extracted], lambda: self._shelve(names))
        surveyed = self._once("survey", [shelved], lambda: self._survey(names))
        pairs = [path.stem for path in sorted(self._folder.work("pairs").glob("*.parquet"))]
        compared = self._each(stages.compare, dict.fromkeys(pairs, surveyed), ())
        traced = self._once("trace", [shelved, surveyed, compared], lambda: self._trace(pairs))
        pile = digest_of([shelved, traced])
        weighed = self._each(stages.weigh, dict.fromkeys(names, pile), ("origins", "evidence", "verdicts"))
        self._once("events", [weighed], self._events)
        rows = {table: self._count(table) for table in tables.TABLES}
        rejects = tuple(Rejected(*row.values()) for row in self._folder.rows("rejects"))
        return Outcome(rows, self._worked, self._skipped, rejects)

    def _once(self, stage: str, inputs: Iterable[str], make: Callable[[], dict[Path, int]]) -> str:
        """Do a stage that is one piece of work, unless it is done; return the digest of what it made."""
        key = digest_of(
            [_version(stage), str(self._options.part), str(self._options.read), *self._tables(), *inputs]
        )
        done = self._folder.finished(stage, "all", key)
        if done is not None:
            self._skipped += 1
            return str(done["digest"])
        self._on_progress(stage, 0, 1)
        self._worked += 1
        digest = self._folder.finish(stage, "all", key, make())
        self._on_progress(stage, 1, 1)
        return digest

    def _each(self, piece: stages.Piece, inputs: dict[str, str], made: Sequence[str]) -> str:
        """Do the open pieces of a stage on the engine; return one digest of what all of them made."""
        stage = piece.__name__
        keys = {name: digest_of([_version(stage), *self._tables(), key]) for name, key in inputs.items()}
        self._folder.sweep(stage, made, keys)
        still = [(name, key) for name, key in keys.items() if not self._folder.finished(stage, name, key)]
        self._worked += len(still)
        self._skipped += len(keys) - len(still)
        if still:
            batches = [pa.RecordBatch.from_pylist([{"name": n, "inputs": k}], TASKS) for n, k in still]
            with self._watched(stage, len(keys)):
                self._engine.map_batches(
                    pa.Table.from_batches(batches, TASKS), stages.piece(piece, self._job), TASKS
                )
        done = [self._folder.finished(stage, name, key) for name, key in keys.items()]
        return digest_of(one["digest"] for one in done if one is not None)

    @contextmanager
    def _watched(self, stage: str, total: int) -> Iterator[None]:
        """Report how many pieces of a stage are done while the block runs, wherever they run."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.5):
                self._on_progress(stage, min(self._folder.done(stage), total), total)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
        self._on_progress(stage, total, total)

    def _tables(self) -> list[str]:
        """Return digests of the tables that extend the lexicon."""
        return [file_digest(path) for folder in self._job.lexicon for path in sorted(folder.glob("*.toml"))]

    def _read(self, files: Sequence[Path]) -> dict[Path, int]:
        """Cut the pile into parts of reports, each id once, and list what could not be read."""
        outputs: dict[Path, int] = {}
        numbered = Numbered()
        reading = read_numbered(files, self._options.read, numbered)
        for number, held in enumerate(in_batches(reading, self._options.part)):
            name = f"{number:06}"
            rows = [tables.report_row(*one) for one in held]
            outputs[self._folder.part("reports", name)] = self._folder.put("reports", name, rows)
            self._on_progress("read", number * self._options.part + len(held), None)
        rejects = [tables.reject_row(one) for one in numbered.rejected]
        outputs[self._folder.part("rejects", "read")] = self._folder.put("rejects", "read", rejects)
        self._folder.sweep("read", ["reports"], ["all", *(path.stem for path in outputs)])
        return outputs

    def _shelve(self, names: Sequence[str]) -> dict[Path, int]:
        """Put reports, mentions and keys where workers find them by id and by term."""
        path = self._folder.work(SHELF)
        for leftover in path.parent.glob(f"{SHELF}*"):
            leftover.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        store = SqliteStore(path)
        for done, name in enumerate(names, 1):
            fill(store, self._folder, name)
            self._on_progress("shelve", done, len(names))
        state = store.state()
        each = ((told.report, told.mentions) for name in names for told in told_in(self._folder, name))
        store.keep(SOURCES, state, trace.learn(each))
        store.keep(COUNTS, state, counted(store))
        count = store.count()
        store.settle()
        store.close()
        return {path: count}

    def _survey(self, names: Sequence[str]) -> dict[Path, int]:
        """Find the pairs of reports worth comparing, and the text that is standing, from keys alone."""
        self._clear("pairs", "compared")
        found = survey_keys(self._keyed(names), self._engine.join_on_key, ReuseOptions())
        standing = self._folder.work(STANDING)
        self._folder.put_table(standing, pa.table({"key": pa.array(found.standing.keys, pa.int64())}))
        outputs = {standing: len(found.standing.keys)}
        for number, pairs in enumerate(in_batches(found.candidates, _PAIRS)):
            path = self._folder.work(f"pairs/{number:06}.parquet")
            columns = zip(*pairs, strict=True)
            self._folder.put_table(
                path, pa.Table.from_arrays([pa.array(c, pa.string()) for c in columns], schema=EDGES)
            )
            outputs[path] = len(pairs)
        templates = [
            Reuse(a, b, ReuseKind.BOILERPLATE, share) for a, b, share in zip(*found.templates, strict=True)
        ]
        path = self._folder.work("templates.parquet")
        self._folder.put_table(path, tables.table_of(map(tables.reuse_row, templates), tables.REUSE))
        return outputs | {path: len(templates)}

    def _keyed(self, names: Sequence[str]) -> Keys:
        """Return what tracing needs of every report."""
        found: list[tuple[str, str, int, npt.NDArray[np.int64]]] = []
        for name in names:
            held = pq.read_table(self._folder.part("keys", name), filters=[("kind", "=", trace.KEYS)])
            keys = dict(zip(held["report"].to_pylist(), held["keys"], strict=True))
            columns = pq.read_table(self._folder.part("reports", name), columns=["id", "outlet", "published"])
            for row in columns.to_pylist():
                day = row["published"].toordinal() if row["published"] else 0
                own = np.asarray(keys[row["id"]].values.to_numpy(), np.int64)
                found.append((row["id"], outlets.voice_of(row["outlet"]), day, own))
        return Keys.of(found)

    def _trace(self, pairs: Sequence[str]) -> dict[Path, int]:
        """Name the origins of all copied text, and let workers find reuse by report."""
        paths = [*(self._folder.work(f"compared/{name}.parquet") for name in pairs)]
        paths.append(self._folder.work("templates.parquet"))
        found = [tables.reuse_of(row) for path in paths for row in pq.read_table(path).to_pylist()]
        found.sort(key=lambda reuse: (reuse.a, reuse.b))
        store = SqliteStore(self._folder.work(SHELF), create=False)
        involved = sorted({one for reuse in found for one in (reuse.a, reuse.b)})
        reports = (report for ids in in_batches(involved, _GROUP) for report in store.reports(ids))
        named = name_origins(reports, found)
        store.put_reuse(f"{trace.KEYS} {store.state()}", named)
        store.close()
        rows = map(tables.reuse_row, named)
        return {self._folder.part("reuse", "all"): self._folder.put("reuse", "all", rows)}

    def _events(self) -> dict[Path, int]:
        """Join the mentions that evidence links into events."""
        columns = ["claim", "mention"]
        found = [pq.read_table(path, columns=columns) for path in self._folder.parts("evidence")]
        edges = pa.concat_tables(found) if found else EDGES.empty_table()
        joined = self._engine.components(edges.rename_columns(["a", "b"]))
        rows = [(one["id"], one["id"].rpartition("#")[0], one["component"]) for one in joined.to_pylist()]
        return {self._folder.part("events", "all"): self._folder.put("events", "all", rows)}

    def _clear(self, *folders: str) -> None:
        for folder in folders:
            for path in self._folder.work(folder).glob("*.parquet"):
                path.unlink()

    def _count(self, table: str) -> int:
        return sum(pq.ParquetFile(path).metadata.num_rows for path in self._folder.parts(table))


_GROUP = 500  # reports looked up at once


def _version(stage: str) -> str:
    return f"{__version__} {_VERSIONS.get(stage, trace.KEYS)}"


def told_in(folder: Folder, name: str, wanted: frozenset[str] | None = None) -> Iterator[match.Told]:
    """Yield the reports of a part, or those wanted of them, with their mentions."""
    for _, told, _ in _held(folder, name, wanted):
        yield told


def fill(store: SqliteStore, folder: Folder, name: str, wanted: frozenset[str] | None = None) -> int:
    """Put the reports of a part, or those wanted, into a library with all that was read in them."""
    held = list(_held(folder, name, wanted))
    store.put_read(((document, told.report, told.mentions, keys) for document, told, keys in held), READING)
    return len(held)


def _held(folder: Folder, name: str, wanted: frozenset[str] | None) -> Iterator[tuple[Any, match.Told, Any]]:
    mentions = {
        report: [tables.decode(row["data"], Mention) for row in rows]
        for report, rows in groupby(folder.rows("mentions", [name]), lambda row: row["report"])
    }
    keys: dict[str, dict[str, list[int]]] = {}
    for row in folder.rows("keys", [name]):
        keys.setdefault(row["report"], {})[row["kind"]] = row["keys"]
    for row in folder.rows("reports", [name]):
        if wanted is None or row["id"] in wanted:
            document, report = tables.report_of(row)
            yield document, match.Told(report, tuple(mentions.get(report.id, ()))), keys[report.id]
