"""The join that every engine runs: plain SQL, on numbers in place of names."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from secondsource.engine.port import PAIRS

# Of `keys_left` and `keys_right` (id, key, held_by) the keys worth joining on: frequency counts groups.
KEPT = """
with both_sides as (
  select key, held_by from keys_left union all select key, held_by from keys_right
), counted as (
  select key, count(*) as holders from both_sides group by key having count(*) > 1
)
select key from counted where holders <= {cap}
union all
select key from both_sides where key in (select key from counted where holders > {cap})
group by key having count(distinct held_by) <= {cap}
"""
_HELD = "select distinct id, key from {side} where key in (select key from kept)"
_SELF = f"""
with held as ({_HELD.format(side="keys_left")})
select a.id as a, b.id as b, cast(count(*) as bigint) as shared
from held as a join held as b on a.key = b.key and a.id < b.id
group by a.id, b.id having count(*) >= {{least}} order by a, b
"""
_OTHER = f"""
with l as ({_HELD.format(side="keys_left")}), r as ({_HELD.format(side="keys_right")})
select l.id as a, r.id as b, cast(count(*) as bigint) as shared
from l join r on l.key = r.key
group by l.id, r.id having count(*) >= {{least}} order by a, b
"""
JOIN = {True: _SELF, False: _OTHER}
"""By whether a table is joined with itself: pairs of numbers with the keys that they share, in order."""


@dataclass(frozen=True, slots=True)
class Names:
    """The ids and groups of two key tables, in order: numbers join faster, and order alike."""

    ids: pa.Array
    groups: pa.Array

    @classmethod
    def of(cls, left: pa.Table, right: pa.Table) -> Names:
        """Return the names in two key tables."""
        return cls(_distinct(left, right, "id"), _distinct(left, right, "group"))

    def numbered(self, table: pa.Table) -> pa.Table:
        """Return a key table with numbers for names: columns id, key, held_by."""
        numbers = [_index(table["id"], self.ids), table["key"], _index(table["group"], self.groups)]
        return pa.table(numbers, names=["id", "key", "held_by"])

    def named(self, found: pa.Table) -> pa.Table:
        """Return pairs of numbers as `PAIRS`."""
        return pa.table([self.ids.take(found["a"]), self.ids.take(found["b"]), found["shared"]], schema=PAIRS)


def _distinct(left: pa.Table, right: pa.Table, column: str) -> pa.Array:
    """Return the values of a column of both tables, each once, in order."""
    chunks = [_values(chunk) for table in (left, right) for chunk in table[column].chunks]
    values = pc.unique(pa.chunked_array(chunks, pa.string()))
    return values.take(pc.array_sort_indices(values))


def _values(chunk: pa.Array) -> pa.Array:
    """Return the values that a column's chunk may hold: its dictionary, where it has one."""
    return chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk


def _index(column: pa.ChunkedArray, names: pa.Array) -> pa.ChunkedArray:
    """Return the places of a column's values among `names`; values of a dictionary are looked up once."""
    found = [
        pc.index_in(_values(chunk), names).take(chunk.indices)
        if pa.types.is_dictionary(chunk.type)
        else pc.index_in(chunk, names)
        for chunk in column.chunks
    ]
    return pa.chunked_array(found, pa.int32())
