"""What an engine offers: map over batches, join on key, components. A new engine is one file.

Tables are Arrow. A key table has columns `id` (string: what holds the key), `key`
(int64) and `group` (string: the outlet-and-day group that document frequency counts).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pyarrow as pa

KEYS = pa.schema([("id", pa.string()), ("key", pa.int64()), ("group", pa.string())])
PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("shared", pa.int64())])
EDGES = pa.schema([("a", pa.string()), ("b", pa.string())])
COMPONENTS = pa.schema([("id", pa.string()), ("component", pa.string())])


class Engine(Protocol):
    """Cross-report work in its one shape: keys, join on key, score per pair, components."""

    def map_batches(
        self, table: pa.Table, function: Callable[[pa.RecordBatch], pa.RecordBatch], schema: pa.Schema
    ) -> pa.Table:
        """Return `function` of every batch of `table`, concatenated in order, as `schema`."""
        ...

    def join_on_key(
        self, left: pa.Table, right: pa.Table | None = None, *, cap: int, least: int = 1
    ) -> pa.Table:
        """Return the pairs that share at least `least` keys, as `PAIRS`, ordered by (a, b).

        With `right` None the table is joined with itself and a < b. Keys held by more
        than `cap` distinct groups (left and right together) are not joined on.
        """
        ...

    def components(self, edges: pa.Table) -> pa.Table:
        """Return each id of `edges` with the least id of its connected component, as `COMPONENTS`."""
        ...
