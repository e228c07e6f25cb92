"""A bulk run: the same tables however it is cut or interrupted, and the verdicts that a library gives."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.errors import UnreadableInput
from secondsource.pipeline import Library, bulk, slices, stages
from secondsource.pipeline.bulk import BulkOptions, Run
from secondsource.pipeline.parts import read_table
from secondsource.pipeline.shelf import READING
from secondsource.pipeline.tables import TABLES
from secondsource.store.sqlite import SqliteStore

from .invented import record, write_pile

REPORTS = 24


@pytest.fixture(scope="module")
def pile(tmp_path_factory):
    path = tmp_path_factory.mktemp("pile") / "pile.jsonl"
    write_pile(path, REPORTS)
    return path


@pytest.fixture(scope="module")
def out(tmp_path_factory, pile):
    folder = tmp_path_factory.mktemp("run") / "out"
    outcome = Run(folder, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    assert (outcome.rows["reports"], len(outcome.rejected), outcome.skipped) == (REPORTS, 1, 0)
    return folder


def same(one, other, but=()) -> bool:
    return all(read_table(one, t).equals(read_table(other, t)) for t in TABLES if t not in but)


def test_the_tables_say_something(out) -> None:
    counts = {table: read_table(out, table).num_rows for table in TABLES}
    assert all(counts.values()), counts
    labels = set(read_table(out, "verdicts")["label"].to_pylist())
    assert {"contested", "uncorroborated"} & labels
    assert "verbatim" in read_table(out, "reuse")["kind"].to_pylist()


def test_verdicts_are_those_of_a_library(out, pile, tmp_path) -> None:
    library = Library(tmp_path / "pile.db")
    library.add([str(pile)])
    held = {row["claim"]: row for row in read_table(out, "verdicts").to_pylist()}
    for report in ("r0001", "r0009"):
        for verdict in library.verdicts(library.read(report)):
            row = held[verdict.claim]
            told = verdict.label, verdict.independent_origins, [*verdict.silent], [*verdict.undetermined]
            assert told == (row["label"], row["independent_origins"], row["silent"], row["undetermined"])
    library.close()


def test_tables_do_not_depend_on_how_the_pile_is_cut(out, pile, tmp_path) -> None:
    lines = pile.read_text(encoding="utf-8").splitlines(keepends=True)
    for name, some in (("b.jsonl", lines[:9]), ("a.jsonl", lines[9:])):
        (tmp_path / name).write_text("".join(some), encoding="utf-8")
    Run(tmp_path / "out", DuckDBEngine(), BulkOptions(part=7)).run(
        [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    )
    assert same(out, tmp_path / "out", but=("rejects", "reports"))
    told = [name for name in TABLES["reports"].names if name != "document_uri"]  # another file, another line
    assert read_table(out, "reports").select(told) == read_table(tmp_path / "out", "reports").select(told)


def test_tables_do_not_depend_on_what_is_held_in_memory(out, pile, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(stages, "_HELD", 2)
    Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    assert same(out, tmp_path)


class Failing(DuckDBEngine):
    """Loses its head after so many pieces of work."""

    left = 4

    def map_batches(self, table, function, schema):
        def failing(batch):
            if not self.left:
                raise ConnectionError("lost")
            self.left -= 1
            return function(batch)

        return super().map_batches(table, failing, schema)


def test_an_interrupted_run_goes_on_where_it_stopped(out, pile, tmp_path) -> None:
    with pytest.raises(ConnectionError):
        Run(tmp_path, Failing(), BulkOptions(part=10)).run([pile])
    again = Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    assert again.skipped >= 5  # reading, and what was done of extracting
    assert same(out, tmp_path)
    whole = Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    assert whole.worked == 0


def test_another_version_of_judging_has_nothing_read_again(out, pile, tmp_path, monkeypatch) -> None:
    Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    monkeypatch.setitem(bulk._VERSIONS, "weigh", "another")
    again = Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    assert again.worked == 3  # the pieces of weighing; what they came to is the same, and so are the events
    assert same(out, tmp_path)


def test_a_lost_part_alone_is_made_again(out, pile, tmp_path) -> None:
    Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile])
    (tmp_path / "verdicts/000001.parquet").unlink()
    assert Run(tmp_path, DuckDBEngine(), BulkOptions(part=10)).run([pile]).worked == 1
    assert same(out, tmp_path)


def test_other_input_is_read_anew(pile, tmp_path) -> None:
    file = tmp_path / "pile.jsonl"
    write_pile(file, 12)
    Run(tmp_path / "out", DuckDBEngine(), BulkOptions(part=5)).run([file])
    file.write_text("".join(f"{json.dumps(record(n))}\n" for n in range(4)), encoding="utf-8")
    Run(tmp_path / "out", DuckDBEngine(), BulkOptions(part=5)).run([file])
    ids = read_table(tmp_path / "out", "reports")["id"].to_pylist()
    assert ids == ["r0000", "r0001", "r0002", "r0003"]
    assert set(read_table(tmp_path / "out", "verdicts")["report"].to_pylist()) <= set(ids)


def test_parquet_is_read_like_lines(out, tmp_path) -> None:
    rows = [record(number) for number in range(REPORTS)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "pile.parquet")
    Run(tmp_path / "out", DuckDBEngine(), BulkOptions(part=50)).run([tmp_path / "pile.parquet"])
    assert same(out, tmp_path / "out", but=("reports", "rejects"))


def test_a_slice_enters_a_library_with_all_that_was_read(out, tmp_path) -> None:
    library = tmp_path / "slice.db"
    taken = slices.load(out, library, "outlet = 'outlet-1' and published >= '2031-05-01'")
    wanted = [record(n)["id"] for n in range(REPORTS) if n % 9 == 1]
    assert (taken.taken, taken.new, taken.total) == (len(wanted), len(wanted), len(wanted))
    store = SqliteStore(library)
    assert store.ids() == wanted
    assert store.unread(READING) == []
    held = {m.id for m in store.mentions()}
    assert held == {r["id"] for r in read_table(out, "mentions").to_pylist() if r["report"] in wanted}
    store.close()
    assert slices.load(out, library, "outlet = 'outlet-1'").new == 0
    assert Library(library).check(wanted[0]).claims


def test_a_condition_that_does_not_fit_is_named(out, tmp_path) -> None:
    with pytest.raises(UnreadableInput, match="colour"):
        slices.load(out, tmp_path / "slice.db", "colour = 'red'")
    with pytest.raises(UnreadableInput, match="where"):
        slices.load(out, tmp_path / "slice.db", "id in (select content from read_text('/etc/hostname'))")
