"""Spark gives what DuckDB gives."""

from __future__ import annotations

import random
import shutil

import pyarrow as pa
import pytest

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.engine.port import EDGES, KEYS

pytest.importorskip("pyspark", reason="PySpark is not installed (make test installs it where Java is)")
if shutil.which("java") is None:
    pytest.skip("no Java", allow_module_level=True)

from secondsource.engine.spark import SparkEngine

OPTIONS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
pytestmark = pytest.mark.filterwarnings("ignore")  # Spark's own, of its sockets and of pandas
NUMBERS = pa.schema([("n", pa.int64())])


@pytest.fixture(scope="module")
def spark():
    engine = SparkEngine("local[1]", OPTIONS)
    yield engine
    engine.close()


def keys(prefix: str, seed: int) -> pa.Table:
    draw = random.Random(seed)
    rows = [(f"{prefix}{i % 30}", draw.randrange(40), f"g{i % 30 // 3}") for i in range(200)]
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=KEYS)


@pytest.mark.parametrize("other", [None, keys("q", 2)], ids=["itself", "another"])
def test_joins_are_those_of_duckdb(spark, other) -> None:
    found = spark.join_on_key(keys("r", 1), other, cap=6, least=2)
    expected = DuckDBEngine().join_on_key(keys("r", 1), other, cap=6, least=2)
    assert expected.num_rows
    assert found.equals(expected)


def test_components_are_those_of_duckdb(spark) -> None:
    draw = random.Random(3)
    some = [(f"n{draw.randrange(60):02}", f"n{draw.randrange(60):02}") for _ in range(30)]
    path = [(f"p{i:02}", f"p{i + 1:02}") for i in range(20)]  # far from its least id
    edges = pa.table([list(column) for column in zip(*some, *path, strict=True)], schema=EDGES)
    assert spark.components(edges).equals(DuckDBEngine().components(edges))


def test_batches_are_mapped_whole_and_in_order(spark) -> None:
    batches = [pa.RecordBatch.from_pydict({"n": part}, NUMBERS) for part in ([3, 1], [2], [9, 8, 7])]

    def summed(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict({"n": [sum(batch.column(0).to_pylist())]}, NUMBERS)

    table = pa.Table.from_batches(batches)
    assert spark.map_batches(table, summed, NUMBERS).column("n").to_pylist() == [4, 2, 24]
