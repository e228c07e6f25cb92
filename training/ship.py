"""Write a learned pair head as ONNX: python training/ship.py --pair X.pt --out pair.onnx [--temperature T]"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from graphs import save_pair
from nets import PairHead


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pair", type=Path, required=True, help="what training/pair.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="the graph, for `reader.PairModel`")
    parser.add_argument("--temperature", type=float, help="instead of the one calibrated in training")
    o = parser.parse_args()
    held = torch.load(o.pair, weights_only=True)
    net = PairHead().eval()
    net.load_state_dict(held["net"])
    save_pair(net, o.out, o.temperature or held["temperature"])


if __name__ == "__main__":
    main()
