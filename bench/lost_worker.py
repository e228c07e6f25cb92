"""Run a pile on DuckDB, on `local[*]`, on a Spark cluster, and with a worker killed: the same tables?

    lost_worker.py --out FILE [--quick] [--reports N] [--folder FOLDER]

The cluster is a master and two workers, processes of their own on this machine. One worker is killed when
the first parts of a stage are done. Reports are cut to their first two sentences and spread over twenty
years, so that little is weighed: it is sameness that is asked here, not speed. Each run is the command
`run`, told of the cluster by a settings file; wall seconds are with the start of Spark, not of the cluster.
In a FOLDER of its own it goes on where it was stopped, and the wall seconds of what was stopped are too few.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import events

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/engine"))

A_DAY = 5.0  # reports: so few that little is weighed
PARTS = 20  # pieces of work of a stage
KILL_AT = {"cluster, killed while reading": "extract", "cluster, killed while weighing": "weigh"}
RUNS = ("duckdb", *KILL_AT, "cluster", "local[*]")
OPTIONS = (
    "spark.sql.shuffle.partitions=4",
    "spark.driver.host=127.0.0.1",
    "spark.driver.bindAddress=127.0.0.1",
    "spark.executor.memory=512m",
)


def cut(pile: Path, reports: int) -> None:
    """Write a pile of short reports."""
    with pile.open("w", encoding="utf-8") as lines:
        for told in events.events(reports, 9, A_DAY):
            for one in told:
                record = one.record | {"body": " ".join(one.body[:2])}
                lines.write(json.dumps(record) + "\n")


def run(name: str, folder: Path, pile: Path, part: int) -> float:
    """Run the pile in one way; return wall seconds."""
    from cluster import cluster

    place = folder / name.replace(" ", "-")
    place.mkdir(exist_ok=True)
    with cluster(place) if "cluster" in name else nullcontext() as running:
        engine = "duckdb" if running is None and name == "duckdb" else "spark"
        master = running.master if running else "local[*]"
        told = json.dumps(list(OPTIONS))
        (place / "secondsource.toml").write_text(f'[spark]\nmaster = "{master}"\noptions = {told}\n')
        over, killed = threading.Event(), threading.Event()
        if name in KILL_AT:
            done = place / "out/work/done" / KILL_AT[name]

            def kill() -> None:
                while len(list(done.glob("*.json"))) < 2:
                    if over.wait(0.2):
                        return
                running.kill_worker()
                killed.set()

            threading.Thread(target=kill).start()
        command = [Path(sys.executable).with_name("secondsource"), "run", "--engine", engine]
        start = time.perf_counter()
        try:
            subprocess.run(
                [*command, "--in", pile, "--out", place / "out", "--part", str(part)],
                cwd=place, check=True, capture_output=True,
            )  # fmt: skip
        finally:
            over.set()
        if name in KILL_AT and not killed.is_set():
            raise SystemExit("the run was over before a worker could be killed: give it more reports")
        return time.perf_counter() - start


def differing(one: Path, other: Path) -> list[str]:
    """Return the tables that are not equal."""
    from secondsource.pipeline.parts import read_table
    from secondsource.pipeline.tables import TABLES

    return [table for table in TABLES if not read_table(one, table).equals(read_table(other, table))]


def main() -> None:
    """Run in every way and write the figures."""
    parser = argparse.ArgumentParser(description="Compare the tables of a Spark cluster with DuckDB's.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--folder", type=Path, help="an existing folder to work in, and to go on in")
    options = parser.parse_args()
    reports = 200 if options.quick else options.reports
    figures: dict[str, object] = {"reports": reports}
    if importlib.util.find_spec("pyspark") is None:
        figures["skipped"] = "PySpark is not installed"
    else:
        with tempfile.TemporaryDirectory() as scratch:
            made = (options.folder or Path(scratch)).resolve()
            pile = made / "pile.jsonl"
            cut(pile, reports)
            for name in RUNS:
                figures[f"{name}, wall s"] = run(name, made, pile, reports // PARTS)
                if name != "duckdb":
                    found = differing(made / "duckdb/out", made / name.replace(" ", "-") / "out")
                    figures[f"{name}, tables that differ"] = found
                options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
