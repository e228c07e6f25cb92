"""Fit the weights of `lexicon/kind_weights.toml` on labelled claims, packs left out in turn to score it.

Usage: python training/kinds.py FOLDER_OF_PACKS PILE.jsonl [OUT.toml]
FOLDER holds JSON packs with claims (report, quote, kind); PILE the reports (id, text).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from secondsource.extract.attribution import attributions
from secondsource.extract.kinds import certainty_of, signs
from secondsource.extract.parse import Clause, Parser
from secondsource.model import Report, Section, SectionRole

KINDS = ("event", "background", "assessment", "intention", "forecast")


def claims(folder: Path, pile: Path) -> list[tuple[str, Clause, tuple[int, ...], dict]]:
    """Return (pack, clause of the quote, cue, claim) for every claim whose quote stands in its report."""
    texts = {r["id"]: r for r in map(json.loads, pile.read_text(encoding="utf-8").splitlines())}
    packs = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    wanted = sorted({c["report"] for p in packs for c in p["claims"] if c.get("report")})
    parser, trees = Parser(), {}
    reports = [
        Report(i, "", texts[i]["text"], (Section(SectionRole.BODY, (0, len(texts[i]["text"]))),),
               published=date.fromisoformat(texts[i]["published"]))
        for i in wanted
    ]  # fmt: skip
    for report, tree in parser.trees(reports):
        trees[report.id] = (tree, attributions(tree, report))
    found = []
    for pack in packs:
        for claim in pack["claims"]:
            if not claim.get("quote") or claim.get("report") not in trees:
                continue
            tree, told = trees[claim["report"]]
            start = tree.doc.text.find(claim["quote"])
            if start < 0:
                continue
            inside = [
                t for t in range(len(tree.words)) if start <= tree.start[t] < start + len(claim["quote"])
            ]
            cue = next((one.cue for one in told if len(set(one.content) & set(inside)) > len(inside) / 2), ())
            if cue:
                inside = [t for t in inside if t not in cue] or inside
                content = set(next(one.content for one in told if one.cue == cue))
                inside = [t for t in inside if t in content] or inside
            root = min(inside, key=lambda t: (_depth(tree, t), t))
            sentence = tree.sentences[tree.sent[inside[0]]]
            found.append((pack["event"], Clause(tree.doc, tuple(inside), root, sentence), cue, claim))
    return found


def _depth(tree, token: int) -> int:
    depth = 0
    while tree.head[token] != token:
        token, depth = tree.head[token], depth + 1
    return depth


def fit(x: np.ndarray, y: np.ndarray, power: float, ridge: float) -> np.ndarray:
    """Fit softmax weights by gradient descent with momentum; classes weighted by frequency ** -power."""
    counts = np.bincount(y, minlength=len(KINDS)).astype(float)
    weight = (counts.sum() / np.maximum(counts, 1))[y] ** power
    weight /= weight.mean()
    w, v, onehot = np.zeros((x.shape[1], len(KINDS))), 0.0, np.eye(len(KINDS))[y]
    for _ in range(600):
        p = np.exp(x @ w - (x @ w).max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        v = 0.9 * v - 0.5 * (x.T @ ((p - onehot) * weight[:, None]) / len(y) + ridge * w)
        w = w + v
    return w


def macro(gold: np.ndarray, told: np.ndarray) -> float:
    """Return macro-F1 over kinds that occur five times."""
    often = [k for k in range(len(KINDS)) if (gold == k).sum() >= 5]
    return float(
        np.mean(
            [2 * ((gold == k) & (told == k)).sum() / ((gold == k).sum() + (told == k).sum()) for k in often]
        )
    )


def main() -> None:
    """Score by leaving packs out, then fit on all and write the weights."""
    data = claims(Path(sys.argv[1]), Path(sys.argv[2]))
    print(len(data), Counter(c["kind"] for *_, c in data))
    print("certainty", Counter((c["certainty"], str(certainty_of(cl, cue)[0])) for _, cl, cue, c in data))
    shown = [("bias", *signs(clause, cue)) for _, clause, cue, _ in data]
    seen = Counter(s for signs_ in shown for s in signs_)
    names = sorted(s for s, n in seen.items() if n >= 4)
    column = {s: i for i, s in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    for row, signs_ in enumerate(shown):
        x[row, [column[s] for s in signs_ if s in column]] = 1.0
    y = np.array([KINDS.index(c["kind"]) for *_, c in data])
    packs = np.array([hash_of(pack) % 10 for pack, *_ in data])
    best = (0.0, 0.5, 0.01)
    for power in (0.3, 0.5, 0.7):
        for ridge in (0.003, 0.01, 0.03):
            told = np.zeros_like(y)
            for fold in range(10):
                out = packs == fold
                told[out] = (x[out] @ fit(x[~out], y[~out], power, ridge)).argmax(1)
            print(
                f"power {power} ridge {ridge} macro-F1 {macro(y, told):.3f} accuracy {(y == told).mean():.3f}"
            )
            best = max(best, (macro(y, told), power, ridge))
            if best[0] == macro(y, told):
                confusion = Counter((KINDS[g], KINDS[p]) for g, p in zip(y, told) if g != p)
    print(confusion.most_common(12))
    weights = fit(x, y, best[1], best[2])
    out = Path(sys.argv[3] if len(sys.argv) > 3 else "src/secondsource/lexicon/kind_weights.toml")
    lines = ["# Made by training/kinds.py: how much each sign speaks for each kind. Do not edit by hand.",
             f"# Packs left out in turn: macro-F1 {best[0]:.3f} on {len(data)} claims."]  # fmt: skip
    for k, kind in enumerate(KINDS):
        lines += ["", f"[weights.{kind}]"]
        lines += [f'"{s}" = {weights[column[s], k]:.3f}' for s in names if abs(weights[column[s], k]) >= 0.03]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def hash_of(pack: str) -> int:
    """Return the running number in a pack's name."""
    return int("".join(c for c in pack if c.isdigit()))


if __name__ == "__main__":
    main()
