"""Train the pair model: python training/pair.py --packs DIR --bodies FILE --reader R.onnx --out X.pt

Whole packs of events are held out in FOLDS folds, scored and used for calibration; then all are learned.
`--warm FILE ...` first learns from general sentence pairs (premise, hypothesis, label as JSON lines).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from nets import WIDTH, PairHead
from pair_data import Packs, Pair
from reader import LIMIT, Reader, Reading, marks_of
from torch.nn import functional as F  # noqa: N812

from secondsource import encode

FOLDS = 3
LABELS = {"entailment": 0, "neutral": 1, "contradiction": 2}
PERTURBED = ("number", "place", "negation")
KEPT = 160  # principal axes of the states that the head learns from


class States:
    """The frozen reader's states of every text on their first KEPT principal axes, made once.

    The axes save time only: `folded` puts them back into the head's first layer.
    """

    def __init__(self, texts: list[str], reader: Reader, cache: Path | None = None) -> None:
        distinct = sorted(set(texts))
        if cache and cache.is_file():
            with cache.open("rb") as file:
                self.axes, self.mean = np.load(file), np.load(file)
                rows = list(np.load(file))
        else:
            read = [reader.states(self._ids(text)) for text in distinct]
            sample = np.concatenate(read[::3])
            self.mean = sample.mean(0)
            spread = np.linalg.eigh(np.cov((sample - self.mean).T))[1]
            self.axes = spread[:, ::-1][:, :KEPT].astype(np.float32)
            rows = np.concatenate([(x - self.mean) @ self.axes for x in read]).astype(np.float16)
            if cache:
                with cache.open("wb") as file:
                    np.save(file, self.axes), np.save(file, self.mean), np.save(file, rows)
        self.held: dict[str, tuple[Reading, np.ndarray]] = {}
        at = 0
        for text in distinct:
            ids = self._ids(text)
            part = np.asarray(rows[at : at + len(ids) + 2], dtype=np.float32)
            at += len(ids) + 2
            self.held[text] = Reading(tuple(ids.tolist()), part), part

    @staticmethod
    def _ids(text: str) -> np.ndarray:
        pieces = encode.tokenizer().encode(text, add_special_tokens=False).ids[:LIMIT]
        return np.array(pieces, dtype=np.int64)

    def folded(self, net: PairHead) -> PairHead:
        """Return the head over whole states instead of their axes."""
        whole = PairHead(2 * WIDTH)
        held = dict(net.state_dict())
        weight = held["down.weight"] @ torch.from_numpy(self.axes.T.copy())
        held["down.bias"] = held["down.bias"] - weight @ torch.from_numpy(self.mean)
        whole.load_state_dict(held | {"down.weight": weight})
        return whole

    def side(self, mine: list[str], other: list[str]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        rows = [self.held[text] for text in mine]
        shape = len(rows), max(len(x) for _, x in rows)
        states, marks, mask = (
            np.zeros((*shape, KEPT), np.float32),
            np.zeros(shape, np.int64),
            np.zeros(shape, bool),
        )
        for i, ((reading, x), text) in enumerate(zip(rows, other, strict=True)):
            states[i, : len(x)], mask[i, : len(x)] = x, True
            marks[i, : len(x)] = marks_of(reading, self.held[text][0])
        return torch.from_numpy(states), torch.from_numpy(marks), torch.from_numpy(mask)

    def batch(self, pairs: list[Pair]):
        passages, statements = [p.passage for p in pairs], [p.statement for p in pairs]
        return self.side(passages, statements), self.side(statements, passages)


def epoch_of(pairs: list[Pair], states: States, size: int, r: random.Random) -> list[list[Pair]]:
    length = {p: len(states.held[p.passage][1]) + len(states.held[p.statement][1]) for p in pairs}
    order = sorted(pairs, key=lambda p: length[p] + 20 * r.random())
    made = [order[i : i + size] for i in range(0, len(order), size)]
    r.shuffle(made)
    return made


def fit(net: PairHead, pairs: list[Pair], states: States, o: argparse.Namespace, epochs: int) -> None:
    r = random.Random(o.seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=o.rate, weight_decay=0.02)
    total = epochs * -(-len(pairs) // o.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, o.rate, total_steps=total + 1, pct_start=0.1)
    begun = time.time()
    for epoch in range(epochs):
        net.train()
        loss_sum, seen = 0.0, 0
        for batch in epoch_of(pairs, states, o.batch, r):
            logits = net(*states.batch(batch))
            weights = torch.tensor([p.weight for p in batch])
            each = F.cross_entropy(
                logits, torch.tensor([p.label for p in batch]), reduction="none", label_smoothing=0.05
            )
            loss = (each * weights).sum() / weights.sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            loss_sum, seen = loss_sum + float(loss.detach()), seen + 1
        print(f"epoch {epoch + 1} loss {loss_sum / seen:.4f} {time.time() - begun:.0f}s", flush=True)


@torch.no_grad()
def logits_of(net: PairHead, pairs: list[Pair], states: States) -> np.ndarray:
    net.eval()
    return np.concatenate([net(*states.batch(pairs[i : i + 32])).numpy() for i in range(0, len(pairs), 32)])


def temperature_of(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature that makes the held-out labels likeliest."""

    def loss(t: float) -> float:
        z = logits / t
        z = z - z.max(1, keepdims=True)
        return float(-(z[np.arange(len(z)), labels] - np.log(np.exp(z).sum(1))).mean())

    return min((round(0.5 + 0.05 * i, 2) for i in range(60)), key=loss)


def report(pairs: list[Pair], logits: np.ndarray) -> dict:
    """Print accuracy by sort, F1 by label, over unperturbed pairs."""
    guess, gold = logits.argmax(1), np.array([p.label for p in pairs])
    figures = {}
    for label, name in enumerate(("supports", "silent", "refutes")):
        hit = int(((guess == label) & (gold == label)).sum())
        figures[name] = 2 * hit / max(1, int((guess == label).sum() + (gold == label).sum()))
    figures["macro"] = sum(figures.values()) / 3
    figures["distorted_accepted"] = float(
        np.mean([g == 0 for g, p in zip(guess, pairs, strict=True) if p.sort == "distorted"] or [0])
    )
    for sort in sorted({p.sort for p in pairs}):
        figures[f"acc {sort}"] = float(
            np.mean([g == p.label for g, p in zip(guess, pairs, strict=True) if p.sort == sort])
        )
    figures["temperature"] = temperature_of(logits, gold)
    print({k: round(v, 3) for k, v in figures.items()}, flush=True)
    return figures


def general(o: argparse.Namespace) -> list[Pair]:
    """Return the general sentence pairs to begin with."""
    rows = [json.loads(line) for path in o.warm for line in path.read_text("utf-8").splitlines()]
    pairs = [
        Pair(x["premise"], x["hypothesis"], LABELS[x["label"]], "") for x in rows if x["label"] in LABELS
    ]
    pairs = sorted(set(pairs), key=lambda p: (p.passage, p.statement, p.label))
    return random.Random(o.seed).sample(pairs, o.most) if o.most else pairs


def fold_of(pairs: list[Pair]) -> dict[str, int]:
    """Return the fold of every pack: whole packs are held out, so that events are new."""
    return {pack: i % FOLDS for i, pack in enumerate(sorted({p.pack for p in pairs}))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("packs", "bodies"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="where the net learned from all packs goes")
    parser.add_argument("--reader", type=Path, required=True, help="what training/shared_files.py wrote")
    parser.add_argument("--cache", type=Path, help="where the states are kept between runs")
    parser.add_argument("--warm", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int, default=0, help="general pairs used at most")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seed", type=int, default=7)
    o = parser.parse_args()
    torch.set_num_threads(1)
    pairs = sorted(
        set(Packs(o.packs, o.bodies).pairs()), key=lambda p: (p.pack, p.statement, p.passage, p.label)
    )
    begin = general(o) if o.warm else []
    begun = time.time()
    states = States([t for p in pairs + begin for t in (p.passage, p.statement)], Reader(o.reader), o.cache)
    print(f"{len(pairs)} pairs of {len(states.held)} texts read in {time.time() - begun:.0f}s", flush=True)
    folds = fold_of(pairs)
    made, kept = [], []
    for fold in range(FOLDS):
        out = [p for p in pairs if folds[p.pack] == fold and p.sort not in PERTURBED]
        net = learned([p for p in pairs if folds[p.pack] != fold], begin, states, o)
        made.append(logits_of(net, out, states))
        kept += out
        report(out, made[-1])
        if o.out:
            torch.save({"net": states.folded(net).state_dict()}, o.out.with_suffix(f".fold{fold}.pt"))
    print("all folds")
    figures = report(kept, np.concatenate(made))
    if o.out:
        net = learned(pairs, begin, states, o)
        torch.save({"net": states.folded(net).state_dict(), "temperature": figures["temperature"]}, o.out)


def learned(pairs: list[Pair], begin: list[Pair], states: States, o: argparse.Namespace) -> PairHead:
    """Return a head learned from `pairs`, after `begin`."""
    torch.manual_seed(o.seed)
    net = PairHead(KEPT)
    if begin:
        fit(net, begin, states, o, 3)
    fit(net, pairs, states, o, o.epochs)
    return net


if __name__ == "__main__":
    main()
