"""Measure how the CPU seconds and the memory of `run` grow with the pile, stage by stage.

    growth.py --out FILE [--quick] [--reports 10000,100000] [--a-day 14] [--weigh 4]

Piles are invented (`events.py`): a larger one is a longer archive. Each is run by a process of its own, on
DuckDB, one worker. Only so many parts of a pile are weighed (0: all), spread evenly over it, and their
cost is taken for that of all: each part is weighed by itself, against the whole pile. An exponent of 1
means that ten times the reports cost ten times as much.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import events
import pyarrow as pa
from common import apart

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.pipeline import stages
from secondsource.pipeline.bulk import BulkOptions, Run

STAGES = ("read", "extract", "shelve", "survey", "compare", "trace", "weigh", "events")


class Enough(Exception):
    """As many parts are weighed as were asked for."""


class Clock:
    """CPU seconds by stage of this process, and the most memory it had held when the stage was over."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peak: dict[str, int] = {}
        self._begun: dict[str, float] = {}

    def tick(self, stage: str) -> None:
        """Count what the stage has taken since it was first heard of."""
        begun = self._begun.setdefault(stage, time.process_time())
        self.charge(stage, time.process_time() - begun)

    def charge(self, stage: str, seconds: float) -> None:
        """Put down what a stage took."""
        self.seconds[stage] = seconds
        self.peak[stage] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Timed(DuckDBEngine):
    """DuckDB in one process, which weighs `most` parts, or all for 0, and tells a clock what pieces cost."""

    def __init__(self, clock: Clock, most: int) -> None:
        super().__init__(threads=1)
        self._clock = clock
        self._most = most

    def map_batches(
        self, table: pa.Table, function: Callable[[pa.RecordBatch], pa.RecordBatch], schema: pa.Schema
    ) -> pa.Table:
        """Return `function` of every batch; of those to be weighed do what was asked for, and stop."""
        assert isinstance(function, partial)
        piece, batches = function.args[0], table.to_batches()
        some = self._most if piece is stages.weigh and self._most else len(batches)
        chosen = spread(batches, some)
        begun = time.process_time()
        found = [function(batch) for batch in chosen]
        share = len(batches) / len(chosen)
        self._clock.charge(piece.__name__, (time.process_time() - begun) * share)
        if share > 1:
            raise Enough
        return pa.Table.from_batches(found, schema=schema)


def spread(items: Sequence[Any], most: int) -> list[Any]:
    """Return `most` of some items, the middle of as many equal stretches; all, if they are no more."""
    if most >= len(items):
        return list(items)
    return [items[int((n + 0.5) * len(items) / most)] for n in range(most)]


def run(pile: Path, out: Path, part: int, most: int) -> tuple[dict[str, float], dict[str, int]]:
    """Run a pile; return CPU seconds and peak memory (MB) by stage."""
    clock = Clock()

    def listen(stage: str, *_: object) -> None:
        if stage not in ("extract", "compare", "weigh"):  # the engine's, which tells what they cost
            clock.tick(stage)

    with suppress(Enough):
        Run(out, Timed(clock, most), BulkOptions(part), listen).run([pile])
    return clock.seconds, clock.peak


def measured(reports: int, a_day: float, part: int, most: int) -> dict[str, Any]:
    """Return the figures of a pile of so many reports, taken in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "pile.jsonl"
        events.write(reports, 1, pile, Path(folder) / "truth.jsonl", a_day)
        seconds, peak = apart(run, pile, Path(folder) / "out", part, most)
        size = sum(path.stat().st_size for path in (Path(folder) / "out").glob("*/*.parquet"))
    told: dict[str, Any] = {f"{reports}, {stage} CPU s": seconds.get(stage, 0.0) for stage in STAGES}
    told |= {f"{reports}, MB after {stage}": held for stage, held in peak.items()}
    return told | {f"{reports}, in all CPU s": sum(seconds.values()), f"{reports}, MB of tables": size / 1e6}


def exponents(figures: dict[str, Any], few: int, many: int) -> dict[str, float]:
    """Return the exponent of growth of each stage that takes a second or more, and of all."""
    found = {}
    for stage in (*STAGES, "in all"):
        less, more = (figures[f"{size}, {stage} CPU s"] for size in (few, many))
        if less >= 1:
            found[f"{many} / {few}, exponent of {stage}"] = math.log(more / less) / math.log(many / few)
    return found


def main() -> None:
    """Run the piles and write the figures."""
    parser = argparse.ArgumentParser(description="Measure how run grows with the pile.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--reports", default="10000,100000", help="sizes, the least first")
    parser.add_argument("--a-day", type=float, default=events.A_DAY, help="reports of one day")
    parser.add_argument("--weigh", type=int, default=4, help="parts to weigh of each pile; 0: all")
    options = parser.parse_args()
    sizes, part, most = [int(size) for size in options.reports.split(",")], 500, options.weigh
    if options.quick:
        sizes, part, most = [200, 400], 50, 1
    figures: dict[str, Any] = {"reports a day": options.a_day, "parts weighed": most or "all"}
    for size in sizes:
        figures |= measured(size, options.a_day, part, most)
        options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for few, many in pairwise(sizes):
        figures |= exponents(figures, few, many)
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
