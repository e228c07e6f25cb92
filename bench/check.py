"""Check the same reports against a small library and against a large one: what does the size cost?

    check.py --out FILE [--quick] [--pile REPORTS.jsonl] [--reports 100000] [--folder FOLDER]

Both libraries hold the reports of the pile (without one: the shipped example case, which says little) and
invented ones (`events.py`): so many in the large one, and in the small one so many that it holds a
thousand. Reports of the pile and invented ones are checked, each against the one library and the other in
turn, the best of so many rounds counted, in one process with parser and tables loaded. Then a process for
each library tells what memory its checks take. Libraries in a FOLDER stay there and are used again.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path

import events
from common import apart, reports_of

SMALL = 1_000
SEED = 1
ROUNDS = 3
INVENTED = ("first", "own", "later", "near-miss")  # of the invented reports, those checked


def built(path: Path, lines: list[str], invented: int) -> float:
    """Make a library of reports and of invented ones, unless it is there; return the CPU seconds it took."""
    from secondsource.pipeline import Library

    begun = time.process_time()
    if not path.exists():
        part = path.with_suffix(".part")
        pile, truth = path.with_suffix(".jsonl"), path.with_suffix(".truth.jsonl")
        events.write(invented, SEED, pile, truth)
        with pile.open("a", encoding="utf-8") as more:
            more.writelines(f"{line}\n" for line in lines)
        library = Library(part)
        library.add([str(pile)])
        library.prepare()
        library.close()
        part.rename(path)
    return time.process_time() - begun


def asked(lines: list[str], most: int) -> list[str]:
    """Return the ids of the reports to check, from all over the pile, and of invented ones that both hold."""
    ids = [json.loads(line)["id"] for line in lines]
    step = max(1, len(ids) // most)
    return ids[::step][:most] + [f"e000003-{role}" for role in INVENTED]


def raced(paths: dict[str, Path], ids: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Return the wall seconds of the best check of each report against each library."""
    from secondsource.pipeline import Library

    libraries = {name: Library(path, create=False) for name, path in paths.items()}
    best: dict[str, dict[str, float]] = {}
    for turn in range(rounds + 1):  # the first only warms
        for report in ids:
            for name, library in libraries.items():
                begun = time.perf_counter()
                library.check(report)
                taken = time.perf_counter() - begun
                if turn:
                    held = best.setdefault(report, {})
                    held[name] = min(taken, held.get(name, taken))
    for library in libraries.values():
        library.close()
    return best


def memory(path: Path, ids: list[str]) -> int:
    """Return the most memory (MB) of a process that checks reports against a library."""
    from secondsource.pipeline import Library

    library = Library(path, create=False)
    for report in ids:
        library.check(report)
    library.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def figures_of(best: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the figures of a race."""
    small, large = ([one[name] for one in best.values()] for name in ("small", "large"))
    times = [b / a for a, b in zip(small, large, strict=True)]
    return {
        "all checks, large / small": sum(large) / sum(small),
        "a check, large / small, median": statistics.median(times),
        "a check, large / small, most": max(times),
        "checks over 3 times": sum(one > 3 for one in times),
        "checks": len(times),
        "small, median seconds": statistics.median(small),
        "small, most seconds": max(small),
        "large, median seconds": statistics.median(large),
        "large, most seconds": max(large),
    }


def main() -> None:
    """Build the libraries, run the race and write its figures."""
    parser = argparse.ArgumentParser(description="Race check against a small and a large library.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pile", type=Path)
    parser.add_argument("--reports", type=int, default=100_000, help="invented ones in the large library")
    parser.add_argument("--folder", type=Path, help="where the libraries stay")
    options = parser.parse_args()
    lines = reports_of(options.pile)
    small, large, rounds = max(40, SMALL - len(lines)), options.reports, ROUNDS
    if options.quick:
        small, large, rounds = 40, 200, 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        paths = {"small": folder / f"{small}.db", "large": folder / f"{large}.db"}
        figures: dict[str, float] = {"reports in the pile": len(lines)}
        for name, invented in (("small", small), ("large", large)):
            figures[f"{name}, invented reports"] = invented
            figures[f"{name}, CPU s to build"] = apart(built, paths[name], lines, invented)
        ids = asked(lines, 4 if options.quick else 20)
        best = apart(raced, paths, ids, rounds)
        figures |= figures_of(best)
        for name, path in paths.items():
            figures[f"{name}, MB at most"] = apart(memory, path, ids)
        told = {f"{report}, {name}": taken for report, one in best.items() for name, taken in one.items()}
    options.out.write_text(json.dumps(figures | told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
