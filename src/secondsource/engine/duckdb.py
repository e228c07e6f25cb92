"""The engine on one machine: DuckDB, in this process, over Arrow tables.

Results are ordered, so that they do not depend on threads or on the order of input.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import duckdb
import pyarrow as pa

from secondsource.engine.forest import components
from secondsource.engine.sql import JOIN, KEPT, Names


class DuckDBEngine:
    """Cross-report work in its one shape, on DuckDB."""

    def __init__(self, threads: int = 2, memory: str = "1GB", workers: int = 1) -> None:
        """Return an engine whose joins use so many threads and so much memory, its maps so many processes."""
        self._threads = threads
        self._memory = memory
        self._workers = workers

    def map_batches(
        self, table: pa.Table, function: Callable[[pa.RecordBatch], pa.RecordBatch], schema: pa.Schema
    ) -> pa.Table:
        """Return `function` of every batch of `table`, concatenated in order, as `schema`."""
        batches = table.to_batches()
        workers = min(self._workers, len(batches))
        if workers < 2:
            return pa.Table.from_batches(map(function, batches), schema=schema)
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            return pa.Table.from_batches(pool.map(function, batches), schema=schema)

    def join_on_key(
        self, left: pa.Table, right: pa.Table | None = None, *, cap: int, least: int = 1
    ) -> pa.Table:
        """Return the pairs that share at least `least` keys, as `PAIRS`, ordered by (a, b).

        With `right` None the table is joined with itself and a < b. Keys held by more
        than `cap` distinct groups (left and right together) are not joined on.
        """
        other = left.slice(0, 0) if right is None else right
        names = Names.of(left, other)
        with self._connect() as connection:
            connection.register("keys_left", names.numbered(left))
            connection.register("keys_right", names.numbered(other))
            connection.execute(f"create temp table kept as {KEPT.format(cap=int(cap))}")
            query = JOIN[right is None].format(least=int(least))
            found = connection.sql(query).to_arrow_table()
        return names.named(found)

    def components(self, edges: pa.Table) -> pa.Table:
        """Return each id of `edges` with the least id of its connected component, as `COMPONENTS`."""
        return components(edges)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        config = {
            "threads": str(self._threads),
            "memory_limit": self._memory,
            "preserve_insertion_order": "true",
        }
        return duckdb.connect(":memory:", config=config)
