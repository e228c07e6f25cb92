"""A whole run on a real cluster, master and two workers, one of them killed: the tables of DuckDB."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.pipeline.bulk import BulkOptions, Run
from secondsource.pipeline.parts import Folder, read_table
from secondsource.pipeline.tables import TABLES

pytest.importorskip("pyspark", reason="PySpark is not installed (make test installs it where Java is)")
if shutil.which("java") is None:
    pytest.skip("no Java", allow_module_level=True)

from secondsource.engine.spark import SparkEngine

from .cluster import QUICK, cluster

EVENTS = Path(__file__).resolve().parents[2] / "bench/events.py"
OPTIONS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
}
pytestmark = pytest.mark.filterwarnings("ignore")  # Spark's own, of its sockets and of pandas


@pytest.fixture(scope="module")
def pile(tmp_path_factory):
    path = tmp_path_factory.mktemp("pile") / "pile.jsonl"
    truth = path.with_name("truth.jsonl")
    asked = ("--reports", "120", "--pile", str(path), "--truth", str(truth))
    subprocess.run([sys.executable, str(EVENTS), *asked], check=True)
    return path


def test_a_worker_killed_in_a_run_changes_no_table(pile, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", QUICK)
    killed = threading.Event()
    with cluster(tmp_path) as running:
        engine = SparkEngine(running.master, OPTIONS)

        def kill() -> None:
            while not Folder(tmp_path / "spark").done("extract"):
                time.sleep(0.1)
            running.kill_worker()
            killed.set()

        threading.Thread(target=kill, daemon=True).start()
        try:
            found = Run(tmp_path / "spark", engine, BulkOptions(part=20)).run([pile])
        finally:
            engine.close()
    assert killed.is_set()
    assert found.rows["reports"] == 120
    Run(tmp_path / "duckdb", DuckDBEngine(), BulkOptions(part=50)).run([pile])
    for table in TABLES:
        assert read_table(tmp_path / "spark", table).equals(read_table(tmp_path / "duckdb", table)), table
    assert read_table(tmp_path / "spark", "events").num_rows
