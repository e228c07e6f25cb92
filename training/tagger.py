"""Train the attribution tagger: python training/tagger.py --train A.jsonl --reader R.onnx --out X.pt

Reports as JSON lines with body and attributions. `--synthetic N` adds N invented reports,
`--variants N` shows each report in N further prints. Deterministic for one seed and machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import tagging
import torch
from nets import WIDTH, TaggerNet
from reader import Reader
from synthetic import Maker
from tagger_data import Example, examples, variant
from torch.nn import functional as F  # noqa: N812


def read_reports(paths: list[Path]) -> list[dict]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def batches(pool: list[Example], size: int, r: random.Random) -> list[list[Example]]:
    """Return the examples in random batches of about equal length."""
    order = sorted(pool, key=lambda e: len(e.cue) + r.random() * 30)
    made = [order[i : i + size] for i in range(0, len(order), size)]
    r.shuffle(made)
    return made


def padded(batch: list[Example]) -> tuple[torch.Tensor, ...]:
    """Return states, features, cue labels and answer mask of a batch."""
    width = max(len(e.cue) for e in batch)
    states, extra = (
        np.zeros((len(batch), width, 2 * WIDTH), np.float32),
        np.zeros((len(batch), width), np.int64),
    )
    cue, answer = np.zeros((len(batch), width), np.float32), np.zeros((len(batch), width), np.float32)
    for i, e in enumerate(batch):
        n = len(e.cue)
        states[i, :n], extra[i, :n], cue[i, :n], answer[i, :n] = e.states, e.features, e.cue, e.answer
    return tuple(torch.from_numpy(a) for a in (states, extra, cue, answer))


def loss_of(net: TaggerNet, batch: list[Example]) -> torch.Tensor:
    states, extra, cue, answer = padded(batch)
    scores, tokens, anchors = net.read(states, extra)
    wrong = F.binary_cross_entropy_with_logits(scores, cue, reduction="none")
    loss = (wrong * answer).sum() / answer.sum() * 20
    rows, heads, roles = [], [], []
    for i, e in enumerate(batch):
        # beyond a window the rows are zeros at run time: padding of the batch is cut away
        inner = F.pad(tokens[i, : len(e.cue)], (0, 0, tagging.REACH, tagging.REACH))
        for h, role in zip(e.heads, e.roles, strict=True):
            rows.append(inner[h : h + 2 * tagging.REACH + 1])
            heads.append(anchors[i, h])
            roles.append(role)
    if not rows:
        return loss
    logits = net.roles(torch.stack(rows), torch.stack(heads))
    return loss + 2 * F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(np.stack(roles)).flatten())


def callables(net: TaggerNet, reader: Reader):
    """Return the net as the two callables that `tagging.tag_body` takes."""
    net.eval()

    @torch.no_grad()
    def read(ids, features):
        states = torch.from_numpy(reader.states(ids)[None, 1:-1])
        return tuple(x[0].numpy() for x in net.read(states, torch.from_numpy(features)[None]))

    @torch.no_grad()
    def rule(tokens, anchors):
        return net.roles(torch.from_numpy(tokens), torch.from_numpy(anchors)).numpy()

    return read, rule


def predictions(reports: list[dict], read, rule, options: tagging.TaggerOptions) -> list[dict]:
    return [
        {
            "report": r["id"],
            **{k: [list(s) for s in getattr(t.attribution, k)] for k in ("content", "source", "cue")},
        }
        for r in reports
        for t in tagging.tag_body(r["body"], read, rule, options)
    ]


def evaluate(net: TaggerNet, dev: list[dict], scorer: Path, reader: Reader) -> dict:
    """Return the figures of a scorer with `score(reports, mentions)` on the development reports."""
    sys.path.insert(0, str(scorer.parent))
    from score import score

    return score(dev, predictions(dev, *callables(net, reader), tagging.TaggerOptions()))


def pool_of(o: argparse.Namespace, r: random.Random, reader: Reader) -> list[Example]:
    """Return the windows of all reports, of their variants and of invented reports."""
    reports = read_reports(o.train)[: o.most or None]
    shown = [variant(x, r) for _ in range(o.variants) for x in reports] + reports
    shown += [Maker(r).report() for _ in range(o.synthetic)]
    return [e for x in shown for e in examples(x, reader)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="*", default=[])
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--reader", type=Path, required=True, help="what training/shared_files.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--synthetic", type=int, default=0)
    parser.add_argument("--variants", type=int, default=0)
    parser.add_argument("--most", type=int, default=0, help="reports used at most")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--every", type=int, default=5, help="epochs between evaluations")
    parser.add_argument("--seed", type=int, default=7)
    o = parser.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    r = random.Random(o.seed)
    begun = time.time()
    reader = Reader(o.reader)
    pool = pool_of(o, r, reader)
    print(
        f"{len(pool)} windows, {sum(len(e.cue) for e in pool)} pieces, {time.time() - begun:.0f}s", flush=True
    )
    net = TaggerNet()
    optimizer = torch.optim.AdamW(net.parameters(), lr=o.rate, weight_decay=0.02)
    steps = o.epochs * -(-len(pool) // o.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, o.rate, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(o.epochs):
        net.train()
        losses = []
        for batch in batches(pool, o.batch, r):
            loss = loss_of(net, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print(
            f"epoch {epoch + 1} loss {sum(losses) / len(losses):.4f} {time.time() - begun:.0f}s", flush=True
        )
        if (epoch + 1) % o.every == 0 or epoch + 1 == o.epochs:
            torch.save(net.state_dict(), o.out)
            for path in o.dev:
                figures = evaluate(net, read_reports([path]), o.scorer, reader)
                shown = {
                    k: round(v, 3) for k, v in figures.items() if k.endswith("f1") or k.startswith("named")
                }
                print(path.parent.name, figures["predicted"], shown, flush=True)


if __name__ == "__main__":
    main()
