"""Train the cross-encoder: python training/cross.py --pairs X.jsonl --base DIR --out cross.pt [--hold K]

All-MiniLM-L6-v2 reads premise and statement as one text; its first state is judged by a linear head:
supports, silent, refutes. Word table, positions and the lowest layers stay as they are. `--hold K` leaves
the packs of fold K of FOLDS out and scores them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from nets import Cross
from pair import FOLDS, report
from pair_data import SILENT
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from secondsource import encode

PREMISE, STATEMENT = 88, 56  # word pieces that are read of each
BATCH = 16
SILENT_SHARE = 0.55  # of the silent pairs, drawn anew for each epoch: there are most of them


@dataclass(frozen=True)
class Row:
    """One pair in word pieces, and what it is."""

    pieces: list[int]
    kinds: list[int]
    label: int
    weight: float
    pack: str
    sort: str


def framed(premise: str, statement: str) -> tuple[list[int], list[int]]:
    """Return word pieces and kinds of [CLS] premise [SEP] statement [SEP]; what is too long is cut."""
    words = encode.tokenizer()
    cls, sep = words.token_to_id("[CLS]"), words.token_to_id("[SEP]")
    first = words.encode(premise, add_special_tokens=False).ids[:PREMISE]
    second = words.encode(statement, add_special_tokens=False).ids[:STATEMENT]
    return [cls, *first, sep, *second, sep], [0] * (len(first) + 2) + [1] * (len(second) + 1)


def own(path: Path) -> list[Row]:
    """Return the pairs that `training/cross_data.py` wrote."""
    read = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rest = ("label", "weight", "pack", "sort")
    return [Row(*map(tuple, framed(x["premise"], x["statement"])), *(x[name] for name in rest)) for x in read]


def epochs_of(rows: list[Row], epochs: int, r: random.Random) -> list[list[Row]]:
    """Return the shuffled batches of all epochs, each of rows of about the same length."""
    made = []
    for _ in range(epochs):
        drawn = [x for x in rows if x.label != SILENT or r.random() < SILENT_SHARE]
        drawn.sort(key=lambda x: len(x.pieces) + 6 * r.random())
        batches = [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
        r.shuffle(batches)
        made += batches
    return made


def stacked(rows: list[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Return word pieces, kinds and mask [n, T] of a batch."""
    shape = len(rows), max(len(x.pieces) for x in rows)
    ids, kinds, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, bool)
    for i, x in enumerate(rows):
        n = len(x.pieces)
        ids[i, :n], kinds[i, :n], mask[i, :n] = x.pieces, x.kinds, True
    return torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(mask)


def fit(net: Cross, rows: list[Row], epochs: int, rate: float, seed: int) -> None:
    """Learn from rows: the head at ten times the rate of the layers."""
    head = [*net.pool.parameters(), *net.label.parameters()]
    layers = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [{"params": layers, "lr": rate}, {"params": head, "lr": 10 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = epochs_of(rows, epochs, random.Random(seed))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 10 * rate], total_steps=len(batches) + 1, pct_start=0.1, cycle_momentum=False
    )
    begun, losses = time.time(), []
    net.train()
    for done, batch in enumerate(batches, 1):
        weights = torch.tensor([x.weight for x in batch])
        labels = torch.tensor([x.label for x in batch])
        each = F.cross_entropy(net(*stacked(batch)), labels, reduction="none", label_smoothing=0.05)
        loss = (each * weights).sum() / weights.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))
        if done % 100 == 0:
            passed = time.time() - begun
            print(f"{done}/{len(batches)} loss {np.mean(losses[-100:]):.4f} {passed:.0f}s", flush=True)


@torch.no_grad()
def logits_of(net: Cross, rows: list[Row]) -> np.ndarray:
    """Return the logits [n, 3] of rows, in their order."""
    net.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces))
    found = np.zeros((len(rows), 3), np.float32)
    for at in range(0, len(order), BATCH):
        part = order[at : at + BATCH]
        found[part] = net(*stacked([rows[i] for i in part])).numpy()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("pairs", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--hold", type=int, default=-1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=7)
    o = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    rows = own(o.pairs)
    folds = {pack: i % FOLDS for i, pack in enumerate(sorted({x.pack for x in rows}))}
    net = Cross(o.base)
    fit(net, [x for x in rows if folds[x.pack] != o.hold], o.epochs, o.rate, o.seed)
    torch.save(net.state_dict(), o.out)
    out = [x for x in rows if folds[x.pack] == o.hold]
    if out:
        report(out, logits_of(net, out))


if __name__ == "__main__":
    main()
