"""Write a learned model as ONNX.

python training/ship.py --pair X.pt --out pair.onnx [--temperature T]
python training/ship.py --cross X.pt --base DIR --out cross.onnx [--temperature T]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from graphs import save_cross, save_pair
from nets import Cross, PairHead


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--pair", type=Path, help="what training/pair.py wrote")
    given.add_argument("--cross", type=Path, help="what training/cross.py wrote")
    parser.add_argument("--base", type=Path, help="the base that the cross-encoder was trained from")
    parser.add_argument("--out", type=Path, required=True, help="the graph, for `reader`")
    parser.add_argument("--temperature", type=float, help="instead of the one calibrated in training")
    o = parser.parse_args()
    if o.cross and not o.base:
        parser.error("--cross needs --base")
    held = torch.load(o.cross or o.pair, weights_only=True)
    if o.cross:
        whole = Cross(o.base).eval()
        whole.load_state_dict(held)
        save_cross(whole, o.out, o.temperature or 1.0)
        return
    net = PairHead().eval()
    net.load_state_dict(held["net"])
    save_pair(net, o.out, o.temperature or held["temperature"])


if __name__ == "__main__":
    main()
