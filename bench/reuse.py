"""Race tracing of copied text against tuned MinHash on one generated pile, and measure how it grows.

    reuse.py --out FILE [--quick]

Every runner gets the same texts in memory, tokenising included, in a process of its own, one after the
other. gaoya, rensa and datasketch take word 5-grams, with the bands and rows that come cheapest among those
reaching the recall on partial copies of our whole work, on a tuning pile (or the best recall, if none does).

Rivals propose pairs, and so does our first stage ("proposed"); our whole work also says which words are
copied, of what kind each pair is and whose text it is ("whole"). Both are set beside what rivals propose:
most of their pairs share standing text or a quotation only. On a smaller pile ("small") their pairs are
confirmed by our comparing, too, which brings them to what our whole work gives.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pile import KINDS, Document, Pair, generate

if TYPE_CHECKING:
    from secondsource.model import Report, Reuse

SEED, TUNING_SEED = 11, 12
SIZE = 5
GROWN = (64, 1)  # bands and rows of gaoya as the pile grows
BANDS = ((20, 1), (32, 1), (48, 1), (64, 1), (96, 1), (64, 2), (128, 2), (192, 2), (256, 2))

Found = dict[frozenset[str], str]
Near = Iterable[Collection[int]]


def cpu() -> float:
    """Return the CPU seconds of this process so far, all threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def ours(documents: list[Document]) -> Found:
    """Return the copied pairs (verbatim, abridged, partial) by secondsource."""
    from secondsource.engine.duckdb import DuckDBEngine
    from secondsource.trace import trace_reuse

    return _copied(trace_reuse(_reports(documents), DuckDBEngine().join_on_key))


def proposed(documents: list[Document]) -> Found:
    """Return the pairs that secondsource finds worth comparing."""
    from secondsource.engine.duckdb import DuckDBEngine
    from secondsource.trace.reuse import survey

    found = survey(_reports(documents), DuckDBEngine().join_on_key).survey.candidates
    return dict.fromkeys(map(frozenset, found), "copied")


def confirmed(documents: list[Document], pairs: Iterable[tuple[str, str]]) -> Found:
    """Return the copied pairs among those that a rival proposes, by our comparing and standing text."""
    from secondsource.engine.duckdb import DuckDBEngine
    from secondsource.trace.options import CompareOptions
    from secondsource.trace.reuse import compare_all, survey

    pile = survey(_reports(documents), DuckDBEngine().join_on_key)
    theirs = replace(pile.survey, candidates=tuple(sorted(pairs)), templates=((), (), ()))
    return _copied(compare_all(replace(pile, survey=theirs), CompareOptions()))


def _reports(documents: list[Document]) -> list[Report]:
    from secondsource.model import Report, Section, SectionRole

    return [
        Report(
            d.id,
            d.id,
            d.body,
            (Section(SectionRole.BODY, (0, len(d.body))),),
            d.outlet,
            published=d.published,
        )
        for d in documents
    ]


def _copied(found: Iterable[Reuse]) -> Found:
    from secondsource.model import ReuseKind

    copied = {ReuseKind.VERBATIM, ReuseKind.ABRIDGED, ReuseKind.PARTIAL}
    return {frozenset((r.a, r.b)): "copied" for r in found if r.kind in copied}


def shingles(body: str) -> list[str]:
    """Return the word 5-grams of a text, as the rivals take them."""
    words = body.lower().split()
    return [" ".join(words[i : i + SIZE]) for i in range(len(words) - SIZE + 1)]


def by_rensa(documents: list[Document], bands: int, rows: int) -> Near:
    """Yield for each document the numbers of those that rensa finds near."""
    import rensa

    index = rensa.RMinHashLSH(threshold=0.1, num_perm=bands * rows, num_bands=bands)
    hashes = []
    for number, document in enumerate(documents):
        one = rensa.RMinHash(num_perm=bands * rows, seed=1)
        one.update(shingles(document.body))
        index.insert(number, one)
        hashes.append(one)
    return (index.query(one) for one in hashes)


def by_gaoya(documents: list[Document], bands: int, rows: int) -> Near:
    """Yield for each document the numbers of those that gaoya finds near (its index, no threshold on top)."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=0.01,
        num_bands=bands,
        band_size=rows,
        analyzer="word",
        lowercase=True,
        ngram_range=(SIZE, SIZE),
    )
    bodies = [document.body for document in documents]
    for number, text in enumerate(bodies):
        index.insert_document(number, text)
    return (index.query(text) for text in bodies)


def by_datasketch(documents: list[Document], bands: int, rows: int) -> Near:
    """Yield for each document the numbers of those that datasketch finds near."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=bands * rows, params=(bands, rows))
    hashes = []
    for number, document in enumerate(documents):
        one = MinHash(num_perm=bands * rows, seed=1)
        one.update_batch([shingle.encode() for shingle in shingles(document.body)])
        index.insert(number, one, check_duplication=False)
        hashes.append(one)
    return (index.query(one) for one in hashes)


def counted(documents: list[Document], near: Near) -> Found:
    """Return the pairs within families; pairs of unlike families are counted, not kept, to spare them."""
    family = [document.id[:7] for document in documents]
    found: Found = {}
    every = 0
    for number, others in enumerate(near):
        every += len(others) - 1
        for other in range(max(0, number - 4), number):
            if family[other] == family[number] and other in others:
                found[frozenset((documents[number].id, documents[other].id))] = "copied"
    found[frozenset()] = str(every // 2 - len(found))
    return found


def kept(documents: list[Document], near: Near) -> set[tuple[str, str]]:
    """Return all pairs that a rival proposes."""
    ids = [document.id for document in documents]
    return {
        (min(ids[one], ids[other]), max(ids[one], ids[other]))
        for one, others in enumerate(near)
        for other in others
        if one != other
    }


RIVALS: dict[str, Callable[[list[Document], int, int], Near]] = {
    "rensa": by_rensa,
    "gaoya": by_gaoya,
    "datasketch": by_datasketch,
}


def runner(name: str, bands: int, rows: int) -> Callable[[list[Document]], Found]:
    """Return the runner of that name: ours, proposed, a rival, or a rival "confirmed"."""
    if name in ("ours", "proposed"):
        return ours if name == "ours" else proposed
    rival, _, more = name.partition(" ")
    if more:
        return lambda pile: confirmed(pile, kept(pile, RIVALS[rival](pile, bands, rows)))
    return lambda pile: counted(pile, RIVALS[rival](pile, bands, rows))


def score(found: Found, truth: list[Pair]) -> dict[str, float]:
    """Return the share of true pairs found by kind, and how many pairs of unlike families were."""
    figures = {}
    strange = int(found.pop(frozenset(), 0))
    for kind in KINDS:
        asked = [frozenset((p.a, p.b)) for p in truth if p.kind == kind]
        figures[kind] = sum(pair in found for pair in asked) / max(1, len(asked))
    figures["pairs"] = len(found) + strange
    figures["of unlike stories"] = strange + sum(len({one[:7] for one in pair}) > 1 for pair in found)
    return figures


def measure(
    run: Callable[[list[Document]], Found], documents: list[Document], truth: list[Pair]
) -> dict[str, float]:
    """Return the score with CPU seconds and wall seconds."""
    before, started = cpu(), time.perf_counter()
    found = run(documents)
    spent = {"cpu": cpu() - before, "wall": time.perf_counter() - started}
    return {
        **score(found, truth),
        **spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def child(name: str, count: int, seed: int, bands: int = 0, rows: int = 0) -> dict[str, float]:
    """Return what one runner measures in a process of its own."""
    arguments = [sys.executable, __file__, "--run", name, str(count), str(seed), str(bands), str(rows)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def tuned(name: str, count: int, wanted: float) -> tuple[int, int]:
    """Return the bands and rows that come cheapest at the recall wanted on partial copies."""
    tried = [(setting, child(name, count, TUNING_SEED, *setting)) for setting in BANDS]
    enough = [(f["cpu"], setting) for setting, f in tried if f["partial"] >= wanted]
    return min(enough)[1] if enough else max((f["partial"], -f["cpu"], setting) for setting, f in tried)[2]


def race(count: int, tuning: int, small: int) -> dict[str, object]:
    """Return the figures of all runners: proposing on a pile of `count`, the whole work on one of `small`."""
    mine, first = child("ours", count, SEED), child("proposed", count, SEED)
    whole = child("ours", small, SEED)
    figures: dict[str, object] = {f"ours {key}": value for key, value in mine.items()}
    figures |= {f"ours proposed {key}": value for key, value in first.items()}
    figures |= {"small": small, "ours small cpu": whole["cpu"], "ours small quote": whole["quote"]}
    for name in RIVALS:
        bands, rows = tuned(name, tuning, mine["partial"])
        theirs = child(name, count, SEED, bands, rows)
        checked = child(f"{name} confirmed", small, SEED, bands, rows)
        figures |= {f"{name} proposed {key}": value for key, value in theirs.items()}
        figures |= {f"{name} confirmed small {key}": value for key, value in checked.items()}
        figures |= {
            f"{name} bands x rows": f"{bands}x{rows}",
            f"CPU, ours proposed / {name} proposed": first["cpu"] / theirs["cpu"],
            f"CPU, ours whole / {name} proposed": mine["cpu"] / theirs["cpu"],
            f"CPU small, ours whole / {name} confirmed": whole["cpu"] / checked["cpu"],
        }
    return figures


def growth(counts: tuple[int, ...]) -> dict[str, object]:
    """Return CPU seconds and memory by size, and the exponent of a line through their logarithms."""
    runs = [(count, child("ours", count, SEED)) for count in counts]
    them = [(count, child("gaoya", count, SEED, *GROWN)) for count in counts]
    mine, theirs = _exponent(runs), _exponent(them)
    figures: dict[str, object] = {"growth exponent": mine, "gaoya growth exponent": theirs}
    for count, run in runs:
        figures |= {f"CPU s at {count}": run["cpu"], f"peak MB at {count}": run["peak_mb"]}
    figures |= {f"gaoya CPU s at {count}": run["cpu"] for count, run in them}
    return figures


def _exponent(runs: list[tuple[int, dict[str, float]]]) -> float:
    """Return the slope of CPU over size, both as logarithms."""
    xs = [math.log(count) for count, _ in runs]
    ys = [math.log(run["cpu"]) for _, run in runs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mean_x) ** 2 for x in xs
    )


def main() -> int:
    """Run the race, or one runner of it."""
    parser = argparse.ArgumentParser(description="Race tracing of copied text against tuned MinHash.")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--run", nargs=5, metavar=("NAME", "COUNT", "SEED", "BANDS", "ROWS"))
    options = parser.parse_args()
    if options.run:
        name, count, seed, bands, rows = options.run
        documents, truth = generate(int(count), int(seed))
        print(json.dumps(measure(runner(name, int(bands), int(rows)), documents, truth)))
        return 0
    size, tuning, small = (2_000, 1_000, 500) if options.quick else (50_000, 5_000, 5_000)
    counts = (500, 1_000, 2_000) if options.quick else (5_000, 20_000, 80_000)
    figures = {"documents": size, **race(size, tuning, small), **growth(counts)}
    options.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
