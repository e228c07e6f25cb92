"""Write the manifest of the models that ship: python training/seal.py"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).parents[1] / "src" / "secondsource" / "models"


def seal() -> None:
    """Write the SHA-256 of every model file, by name; without it a file is refused at load."""
    held = sorted(f for f in MODELS.iterdir() if f.suffix in {".npz", ".json"} and f.name != "manifest.json")
    sums = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in held}
    (MODELS / "manifest.json").write_text(json.dumps(sums, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    seal()
