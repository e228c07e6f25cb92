from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.engine.port import COMPONENTS, EDGES, KEYS, PAIRS

ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 6), st.sampled_from("xyz")), max_size=40)


def _table(rows: list[tuple[str, int, str]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, KEYS, strict=True)], schema=KEYS)


def _expected(left: list, right: list | None, cap: int, least: int) -> list[tuple[str, str, int]]:
    groups: dict[int, set[str]] = {}
    for _, key, group in left + (right or []):
        groups.setdefault(key, set()).add(group)
    kept = {key for key in groups if len(groups[key]) <= cap}
    mine: dict[str, set[int]] = {}
    other: dict[str, set[int]] = {}
    for rows, held in ((left, mine), (left if right is None else right, other)):
        for ident, key, _ in rows:
            held.setdefault(ident, set()).update({key} & kept)
    pairs = [
        (a, b, len(mine[a] & other[b]))
        for a in sorted(mine)
        for b in sorted(other)
        if right is not None or a < b
    ]
    return [pair for pair in pairs if pair[2] >= least]


@given(ROWS, st.one_of(st.none(), ROWS), st.integers(1, 3), st.integers(1, 2))
@settings(max_examples=30, deadline=None)
def test_join_on_key_pairs_what_shares_uncapped_keys(
    left: list, right: list | None, cap: int, least: int
) -> None:
    found = DuckDBEngine().join_on_key(
        _table(left), None if right is None else _table(right), cap=cap, least=least
    )
    assert found.schema == PAIRS
    assert [tuple(row.values()) for row in found.to_pylist()] == _expected(left, right, cap, least)


def test_a_much_printed_story_counts_as_the_group_that_its_prints_share() -> None:
    rows = [(f"r{i}", 1, "first print") for i in range(30)]
    assert len(DuckDBEngine().join_on_key(_table(rows), cap=1)) == 30 * 29 // 2
    apart = [(f"r{i}", 1, f"group {i}") for i in range(30)]
    assert len(DuckDBEngine().join_on_key(_table(apart), cap=29)) == 0


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12))
@settings(max_examples=40, deadline=None)
def test_components_are_named_by_their_least_id(edges: list[tuple[str, str]]) -> None:
    table = pa.table([[a for a, _ in edges], [b for _, b in edges]], schema=EDGES)
    found = DuckDBEngine().components(table)
    assert found.schema == COMPONENTS
    component = {row["id"]: row["component"] for row in found.to_pylist()}
    assert list(component) == sorted({one for edge in edges for one in edge})
    assert all(component[a] == component[b] for a, b in edges)
    members: dict[str, set[str]] = {}
    for ident, least in component.items():
        members.setdefault(least, set()).add(ident)
    assert all(least == min(ids) for least, ids in members.items())
    for ids in members.values():  # a component hangs together
        reached, rest = {min(ids)}, set(ids)
        while more := {b for a, b in [*edges, *((b, a) for a, b in edges)] if a in reached} - reached:
            reached |= more
        assert reached == rest


def test_map_batches_keeps_order() -> None:
    schema = pa.schema([("n", pa.int64())])
    table = pa.concat_tables([pa.table({"n": [1, 2]}), pa.table({"n": [3]})])

    def doubled(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.record_batch([[2 * n for n in batch.column(0).to_pylist()]], schema=schema)

    assert DuckDBEngine().map_batches(table, doubled, schema).column("n").to_pylist() == [2, 4, 6]
