"""The engine on a cluster: Apache Spark over Arrow, on `local[*]` or on a master of its own.

Python steps run by `mapInArrow` in processes that Spark keeps, so that what a step caches is loaded once a
process. Joins are the SQL of `engine.sql`. What a lost worker had done is done again by another: a step
must come to the same twice. The package must be installed where the workers run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from secondsource.engine.forest import components
from secondsource.engine.port import PAIRS
from secondsource.engine.sql import JOIN, KEPT, Names
from secondsource.errors import MissingExtra

_AT, _ROW = "batch_", "row_"  # where a row stood, in columns of our own: Spark keeps no order
_DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
}
_KINDS = {"string": "string", "int64": "bigint", "int32": "int", "double": "double", "bool": "boolean"}


class SparkEngine:
    """Cross-report work in its one shape, on Spark."""

    def __init__(self, master: str = "local[*]", options: Mapping[str, str] | None = None) -> None:
        """Return an engine on the cluster at `master`; `options` are Spark's own, and outrank ours.

        Raises:
            MissingExtra: PySpark is not installed.
        """
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise MissingExtra(
                "Spark is not installed: pip install 'secondsource[spark]', with a Java 17 beside it"
            ) from error
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master).appName("secondsource")
        for key, value in (_DEFAULTS | dict(options or {})).items():
            builder = builder.config(key, value)
        self._spark: Any = builder.getOrCreate()

    def close(self) -> None:
        """Leave the cluster; the engine is of no use afterwards."""
        self._spark.stop()

    def map_batches(
        self, table: pa.Table, function: Callable[[pa.RecordBatch], pa.RecordBatch], schema: pa.Schema
    ) -> pa.Table:
        """Return `function` of every batch of `table`, concatenated in order, as `schema`.

        Each batch is a task of its own.
        """
        batches = [batch for batch in table.to_batches() if batch.num_rows]
        if not batches:
            return schema.empty_table()
        placed = pa.Table.from_batches([_placed(batch, at) for at, batch in enumerate(batches)])
        frame = self._spark.createDataFrame(placed).repartitionByRange(len(batches), _AT)
        columns = [f"`{field.name}` {_KINDS[str(field.type)]}" for field in schema]
        mapped = frame.mapInArrow(_mapped(function), ", ".join([*columns, f"{_AT} bigint"]))
        found = mapped.toArrow()
        order = pc.array_sort_indices(found[_AT].combine_chunks())  # stable: rows of a batch stay in order
        return found.take(order).drop_columns([_AT]).cast(schema)

    def join_on_key(
        self, left: pa.Table, right: pa.Table | None = None, *, cap: int, least: int = 1
    ) -> pa.Table:
        """Return the pairs that share at least `least` keys, as `PAIRS`, ordered by (a, b).

        With `right` None the table is joined with itself and a < b. Keys held by more
        than `cap` distinct groups (left and right together) are not joined on.
        """
        other = left.slice(0, 0) if right is None else right
        names = Names.of(left, other)
        for view, keys in (("keys_left", left), ("keys_right", other)):
            self._frame(names.numbered(keys)).createOrReplaceTempView(view)
        self._spark.sql(KEPT.format(cap=int(cap))).createOrReplaceTempView("kept")
        found = self._spark.sql(JOIN[right is None].format(least=int(least))).toArrow()
        return names.named(found) if found.num_rows else PAIRS.empty_table()

    def components(self, edges: pa.Table) -> pa.Table:
        """Return each id of `edges` with the least id of its connected component, as `COMPONENTS`.

        Edges come in the memory of this process and leave in it, labelled: to go through them here costs
        less than one round of messages among workers would.
        """
        return components(edges)

    def _frame(self, table: pa.Table) -> Any:
        return self._spark.createDataFrame(table.combine_chunks())


def _placed(batch: pa.RecordBatch, at: int) -> pa.RecordBatch:
    """Return a batch with its number and the numbers of its rows."""
    numbers = pa.array([at] * batch.num_rows, pa.int64()), pa.array(range(batch.num_rows), pa.int64())
    names = [*batch.schema.names, _AT, _ROW]
    return pa.RecordBatch.from_arrays([*batch.columns, *numbers], names=names)


def _mapped(
    function: Callable[[pa.RecordBatch], pa.RecordBatch],
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return `function` as Spark calls it: on a partition, whatever batches of ours it holds."""

    def mapped(pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        filled = [piece for piece in pieces if piece.num_rows]
        if not filled:
            return
        held = pa.Table.from_batches(filled).sort_by([(_AT, "ascending"), (_ROW, "ascending")])
        for at in pc.unique(held[_AT]).to_pylist():
            own = held.filter(pc.equal(held[_AT], at)).drop_columns([_AT, _ROW]).combine_chunks()
            found = function(own.to_batches()[0])
            places = pa.array([at] * found.num_rows, pa.int64())
            yield pa.RecordBatch.from_arrays([*found.columns, places], names=[*found.schema.names, _AT])

    return mapped
