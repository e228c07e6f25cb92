"""Write the word table, tokenizer and manifest that ship, and the reader that does not.

python training/shared_files.py --base DIR [--reader reader.onnx]
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

import numpy as np
from graphs import save_reader
from nets import Encoder, frozen_table
from seal import MODELS, seal

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json"
    )
    parser.add_argument("--reader", type=Path, help="where the ONNX reader goes that the others learn from")
    o = parser.parse_args()
    base = o.base
    if hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit("not the all-MiniLM-L6-v2 weights that the models were trained from")
    codes, scales = frozen_table(base)
    np.savez_compressed(MODELS / "embeddings.npz", codes=codes, scales=scales)
    shutil.copyfile(base / "tokenizer.json", MODELS / "tokenizer.json")
    seal()
    if o.reader:
        save_reader(Encoder(base, extra=2).eval(), o.reader)


if __name__ == "__main__":
    main()
