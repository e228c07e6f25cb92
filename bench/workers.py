"""Measure how much more two processes read than one, on generated events.

    workers.py --out FILE [--quick]

"extract" is reading mentions alone, from the first report read (models loaded) to the last; "add" is the
whole command with `--workers` 1 and 2, start-up included, what is stored compared. Run it where nothing else
runs: `load before` says how busy the machine was, and a ratio of wall seconds under load says little.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import events


def extract(pile: Path, workers: int) -> float:
    """Return the reports a second that so many processes read, once they are under way."""
    from secondsource import read
    from secondsource.extract import Extractor
    from secondsource.model import Rejected
    from secondsource.pipeline.parts import in_batches
    from secondsource.pipeline.readers import read_each

    found = read.read_path(pile, read.ReadOptions())
    reports = [one[1] for one in found if not isinstance(one, Rejected)]
    extractor = Extractor()
    reading = read_each(in_batches(reports, 32), workers, lambda: extractor)
    for _ in range(32 * 2 * workers):  # until all of them have their models
        next(reading)
    start = time.perf_counter()
    rest = sum(1 for _ in reading)
    return rest / (time.perf_counter() - start)


def add(pile: Path, library: Path, workers: int) -> tuple[float, float]:
    """Return the wall and CPU seconds of adding a pile."""
    command = [Path(sys.executable).with_name("secondsource"), "add", pile, "--library", library]
    before, start = _cpu(), time.perf_counter()
    subprocess.run([*command, "--workers", str(workers)], check=True, capture_output=True)
    return time.perf_counter() - start, _cpu() - before


def stored(library: Path) -> str:
    """Return a digest of what was read, in order."""
    from secondsource.store.sqlite import SqliteStore

    store = SqliteStore(library, create=False)
    digest = hashlib.sha256("\n".join(map(repr, store.mentions())).encode()).hexdigest()
    store.close()
    return digest


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run both and write the figures."""
    parser = argparse.ArgumentParser(description="Measure two reading processes against one.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    reports = 400 if options.quick else 4_000
    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "pile.jsonl"
        events.write(reports, 3, pile, Path(folder) / "truth.jsonl")
        load = os.getloadavg()[0]
        read = {n: extract(pile, n) for n in (1, 2)}
        ran = {n: add(pile, Path(folder) / f"{n}.db", n) for n in (1, 2)}
        if stored(Path(folder) / "1.db") != stored(Path(folder) / "2.db"):
            raise SystemExit("two processes stored something else than one")
    figures = {"reports": reports, "cores": os.cpu_count(), "load before": load}
    figures |= {f"extract {number} reports/s": rate for number, rate in read.items()}
    figures["extract throughput, 2 / 1"] = read[2] / read[1]
    for number, (wall, cpu) in ran.items():
        figures |= {f"add {number} wall s": wall, f"add {number} CPU s": cpu}
    figures["add throughput, 2 / 1"] = ran[1][0] / ran[2][0]
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
