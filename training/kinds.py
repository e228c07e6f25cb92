# ruff: noqa: E501
"""Fit the weights of `lexicon/kind_weights.toml` on labelled claims, packs left out in turn to score it.

Usage: python training/kinds.py FOLDER_OF_PACKS PILE.jsonl [OUT.toml]
FOLDER holds JSON packs with claims (report, quote, kind); PILE the reports (id, text).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np

from secondsource.extract.attribution import attributions
from secondsource.extract.kinds import certainty_of, kind_of, signs
from secondsource.extract.mentions import drafts
from secondsource.extract.parse import Clause, Parser
from secondsource.extract.slots import SlotContext
from secondsource.model import Report, Section, SectionRole

KINDS = ("event", "background", "assessment", "intention", "forecast")


def claims(folder: Path, pile: Path) -> list[tuple[str, tuple[str, ...], str, dict]]:
    """Return (pack, signs shown, certainty read, claim) for every claim that a mention of its report carries."""
    texts = {r["id"]: r for r in map(json.loads, pile.read_text(encoding="utf-8").splitlines())}
    packs = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    wanted = sorted({c["report"] for p in packs for c in p["claims"] if c.get("report") and c.get("quote")})
    reports = [
        Report(i, "", texts[i]["text"], (Section(SectionRole.BODY, (0, len(texts[i]["text"]))),),
               published=date.fromisoformat(texts[i]["published"]))
        for i in wanted
    ]  # fmt: skip
    read = {}
    for report, tree in Parser().trees(reports):
        context = SlotContext.of(tree, report.day)
        made = drafts(
            tree, report, attributions(tree, report), lambda clause, cue, c=context: kind_of(clause, cue, c)
        )
        read[report.id] = [(words(tree.text(d.clause.tokens)), d.clause, d.cue, context) for d in made]
    found = []
    for pack in packs:
        for claim in pack["claims"]:
            quote = words(claim.get("quote") or "")
            near = [(len(w & quote) / len(w | quote), -i) for i, (w, *_) in enumerate(read.get(claim.get("report"), ())) if w | quote]  # fmt: skip
            if quote and near and max(near)[0] >= 0.3:
                _, clause, cue, context = read[claim["report"]][-max(near)[1]]
                certainty = str(certainty_of(clause, cue)[0])
                found.append((pack["event"], ("bias", *signs(clause, cue, context)), certainty, claim))
    return found


def own_sentences() -> list[tuple[str, tuple[str, ...], str, dict]]:
    """Return our own sentences as further claims, without the signs of a place in a report."""
    parser, found = Parser(), []
    listed = tomllib.loads(Path(__file__).with_name("kinds_sentences.toml").read_text(encoding="utf-8"))
    for kind, texts in listed.items():
        for number, text in enumerate(texts):
            tree = parser.tree(text)
            root = next(i for i in range(len(tree.words)) if tree.head[i] == i)
            clause = Clause(tree, tuple(range(len(tree.words))), root, (0, len(tree.words)))
            shown = signs(clause, (), SlotContext.of(tree, None))
            kept = tuple(s for s in shown if not s.startswith(("part:", "first", "day:", "short", "long")))
            found.append((f"own{number}", ("bias", *kept), "", {"kind": kind}))
    return found


def words(text: str) -> set[str]:
    """Return the lower-case words of a text."""
    return set(re.findall(r"\w+", text.lower()))


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
    reports = len(data)
    data += own_sentences()
    print(reports, len(data), Counter(c["kind"] for *_, c in data))
    print("certainty", Counter((c["certainty"], told) for _, __, told, c in data[:reports]))
    shown = [signs_ for _, signs_, __, ___ in data]
    seen = Counter(s for signs_ in shown for s in signs_)
    names = sorted(s for s, n in seen.items() if n >= 4)
    column = {s: i for i, s in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    for row, signs_ in enumerate(shown):
        x[row, [column[s] for s in signs_ if s in column]] = 1.0
    y = np.array([KINDS.index(c["kind"]) for *_, c in data])
    packs = np.array([hash_of(pack) % 10 for pack, *_ in data])
    best = (0.0, 0.5, 0.01)
    for power in (0.5, 0.6, 0.7):
        for ridge in (0.02, 0.04, 0.06):
            told = np.zeros_like(y)
            for fold in range(10):
                out = packs == fold
                told[out] = (x[out] @ fit(x[~out], y[~out], power, ridge)).argmax(1)
            print(
                f"power {power} ridge {ridge} macro-F1 {macro(y[:reports], told[:reports]):.3f} accuracy {(y == told)[:reports].mean():.3f} own {(y == told)[reports:].mean():.3f}"
            )
            best = max(
                best, (macro(y[:reports], told[:reports]) + (y == told)[:reports].mean(), power, ridge)
            )  # a kind named wrongly costs too
            if best[1:] == (power, ridge):
                confusion = Counter(
                    (KINDS[g], KINDS[p]) for g, p in zip(y[:reports], told[:reports], strict=False) if g != p
                )
    print(confusion.most_common(12))
    weights = fit(x, y, best[1], best[2])
    out = Path(sys.argv[3] if len(sys.argv) > 3 else "src/secondsource/lexicon/kind_weights.toml")
    lines = ["# Made by training/kinds.py: how much each sign speaks for each kind. Do not edit by hand.",
             f"# Packs left out in turn: macro-F1 + accuracy {best[0]:.3f} on {reports} claims."]  # fmt: skip
    for k, kind in enumerate(KINDS):
        lines += ["", f"[weights.{kind}]"]
        lines += [f'"{s}" = {weights[column[s], k]:.3f}' for s in names if abs(weights[column[s], k]) >= 0.03]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def hash_of(pack: str) -> int:
    """Return the running number in a pack's name."""
    return int("".join(c for c in pack if c.isdigit()))


if __name__ == "__main__":
    main()
