"""The engine on one machine: DuckDB, in this process, over Arrow tables.

Results are ordered, so that they do not depend on threads or on the order of input.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from secondsource.engine.port import COMPONENTS, PAIRS

# Rows of a self-join go both ways, hence a.id < b.id; frequency counts groups, not rows.
_FREQUENT = """
create temp table kept as
select key from (select key, "group" from keys_left union all select key, "group" from keys_right)
group by key having count(distinct "group") <= $cap and count(*) > 1
"""
_SELF = """
with held as (
  select distinct l.id, l.key from keys_left l semi join kept using (key)
)
select a.id as a, b.id as b, count(*)::bigint as shared
from held a join held b on a.key = b.key and a.id < b.id
group by all having count(*) >= $least order by a, b
"""
_OTHER = """
with l as (select distinct id, key from keys_left semi join kept using (key)),
     r as (select distinct id, key from keys_right semi join kept using (key))
select l.id as a, r.id as b, count(*)::bigint as shared
from l join r using (key) group by all having count(*) >= $least order by a, b
"""


class DuckDBEngine:
    """Cross-report work in its one shape, on DuckDB."""

    def __init__(self, threads: int = 2, memory: str = "1GB") -> None:
        self._threads = threads
        self._memory = memory

    def map_batches(
        self, table: pa.Table, function: Callable[[pa.RecordBatch], pa.RecordBatch], schema: pa.Schema
    ) -> pa.Table:
        """Return `function` of every batch of `table`, concatenated in order, as `schema`."""
        batches = [function(batch) for batch in table.to_batches()]
        return pa.Table.from_batches(batches, schema=schema)

    def join_on_key(
        self, left: pa.Table, right: pa.Table | None = None, *, cap: int, least: int = 1
    ) -> pa.Table:
        """Return the pairs that share at least `least` keys, as `PAIRS`, ordered by (a, b).

        With `right` None the table is joined with itself and a < b. Keys held by more
        than `cap` distinct groups (left and right together) are not joined on.
        """
        other = left.slice(0, 0) if right is None else right
        ids, groups = (_distinct(left, other, column) for column in ("id", "group"))
        with self._connect() as connection:
            connection.register("keys_left", _numbered(left, ids, groups))
            connection.register("keys_right", _numbered(other, ids, groups))
            connection.execute(_FREQUENT, {"cap": cap})
            query = _SELF if right is None else _OTHER
            found = connection.sql(query, params={"least": least}).to_arrow_table()
        return pa.table([ids.take(found["a"]), ids.take(found["b"]), found["shared"]], schema=PAIRS)

    def components(self, edges: pa.Table) -> pa.Table:
        """Return each id of `edges` with the least id of its connected component, as `COMPONENTS`.

        Ordered by id. Union by least id, with path halving.
        """
        parent: dict[str, str] = {}

        def root(node: str) -> str:
            parent.setdefault(node, node)
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for a, b in zip(edges.column("a").to_pylist(), edges.column("b").to_pylist(), strict=True):
            one, two = sorted((root(a), root(b)))
            parent[two] = one
        ids = sorted(parent)
        return pa.table({"id": ids, "component": [root(node) for node in ids]}, schema=COMPONENTS)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        config = {
            "threads": str(self._threads),
            "memory_limit": self._memory,
            "preserve_insertion_order": "true",
        }
        return duckdb.connect(":memory:", config=config)


def _distinct(left: pa.Table, right: pa.Table, column: str) -> pa.Array:
    """Return the values of a column of both tables, each once, in order."""
    values = pc.unique(pa.chunked_array([*left[column].chunks, *right[column].chunks], pa.string()))
    return values.take(pc.array_sort_indices(values))


def _numbered(table: pa.Table, ids: pa.Array, groups: pa.Array) -> pa.Table:
    """Return a key table with numbers for names, in the same order: they join faster."""
    numbers = [pc.index_in(table["id"], ids), table["key"], pc.index_in(table["group"], groups)]
    return pa.table(numbers, names=["id", "key", "group"])
