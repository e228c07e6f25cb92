"""Loading a slice of a bulk run's tables into a library, mentions and keys with it: nothing is read twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.dataset as ds

from secondsource.errors import UnreadableInput
from secondsource.pipeline.bulk import fill
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.parts import Folder
from secondsource.store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Slice:
    """What came of loading: reports that the condition took, those of them new, all in the library."""

    taken: int
    new: int
    total: int


def load(folder: Path, library: Path, where: str = "", on_progress: OnProgress = silent) -> Slice:
    """Load the reports of a run that `where` takes, an SQL condition on the columns of `reports`.

    Raises:
        UnreadableInput: the folder holds no run, or the condition does not fit its columns.
        LibraryError: the library cannot be used.
    """
    parts = Folder(folder)
    if not parts.parts("reports"):
        raise UnreadableInput(f"{folder}: holds no tables; name the --out of a 'secondsource run'")
    wanted = _wanted(parts, where)
    store = SqliteStore(library)
    try:
        before = store.count()
        names = [path.stem for path in parts.parts("reports")]
        taken = 0
        for done, name in enumerate(names, 1):
            taken += fill(store, parts, name, wanted)
            on_progress("loading", done, len(names))
        return Slice(taken, store.count() - before, store.count())
    finally:
        store.close()


def _wanted(parts: Folder, where: str) -> frozenset[str] | None:
    """Return the ids of the reports that a condition takes; None stands for all."""
    if not where.strip():
        return None
    # The condition is SQL of the user's own, but it has no business with other files.
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as connection:
        connection.register("reports", ds.dataset(parts.parts("reports")))
        try:
            rows = connection.sql(f"select id from reports where {where}").fetchall()
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise UnreadableInput(f"--where {where!r}: {said}; columns are in docs/tables.md") from error
    return frozenset(row[0] for row in rows)
