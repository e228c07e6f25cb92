"""The learned models: their tokenizer, their word table, their graphs, each checked by its hash.

All files lie in the package's `models/` folder beside `manifest.json`, which gives the SHA-256 of
each. Graphs are int8 ONNX, run by onnxruntime on the processor; every call reads one text (or one
pair), because the scale of int8 activations is taken over a whole call and neighbours would
otherwise change the last digits. Nothing is loaded before its first use.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from secondsource.errors import DamagedModel

if TYPE_CHECKING:
    import numpy as np

THREADS = 2
BATCH = 512  # pairs whose readings are held at once
WIDTH = 384
LIMIT = 126  # word pieces that are read of a text


@dataclass(frozen=True, slots=True)
class Embeddings:
    """The frozen word table of all models: int8 rows [vocabulary, width] and a scale for each row."""

    codes: np.ndarray
    scales: np.ndarray

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """Return the vectors of `ids` [T] as float32 [T, width]."""
        picked: np.ndarray = self.codes[ids].astype("float32") * self.scales[ids][:, None]
        return picked


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's word pieces [T] and, framed by two more, their middle and last states [T + 2, 2 * WIDTH]."""

    pieces: tuple[int, ...]
    states: np.ndarray


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
    """Return the word-piece tokenizer that all models share (lower-casing, no truncation)."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_str(content("tokenizer.json").decode("utf-8"))
    made.no_truncation()
    made.no_padding()
    return made


@cache
def embeddings() -> Embeddings:
    """Return the word table that all models share."""
    import numpy as np

    with np.load(io.BytesIO(content("embeddings.npz")), allow_pickle=False) as held:
        return Embeddings(held["codes"], held["scales"])


@cache
def session(name: str, threads: int = THREADS) -> Any:
    """Return the onnxruntime session of `models/<name>.onnx`, single-minded about its result.

    Raises:
        DamagedModel: the file is missing or altered.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content(f"{name}.onnx"), options, providers=["CPUExecutionProvider"])


def framed(values: np.ndarray, first: int | None = None, last: int | None = None) -> np.ndarray:
    """Return `values` [T] between two more: by default the tokenizer's [CLS] and [SEP]."""
    import numpy as np

    start = tokenizer().token_to_id("[CLS]") if first is None else first
    stop = tokenizer().token_to_id("[SEP]") if last is None else last
    return np.concatenate([[start], values, [stop]]).astype(np.int64)


@lru_cache(maxsize=2_048)
def read(text: str) -> Reading:
    """Return a text as the frozen reader sees it; its end is lost beyond LIMIT word pieces.

    Raises:
        DamagedModel: a file of the model is missing or altered.
    """
    import numpy as np

    pieces = tuple(tokenizer().encode(text, add_special_tokens=False).ids[:LIMIT])
    return Reading(pieces, states(np.array(pieces, dtype=np.int64)))


def states(ids: np.ndarray) -> np.ndarray:
    """Return the reader's middle and last states [T + 2, 2 * WIDTH] of word pieces [T], framed."""
    import numpy as np

    whole = framed(ids)
    inputs = {"words": embeddings().rows(whole)[None], "kinds": np.zeros((1, len(whole)), dtype=np.int64)}
    found: np.ndarray = session("reader", 1).run(None, inputs)[0][0]
    return found


def read_all(texts: Iterable[str]) -> dict[str, Reading]:
    """Return the readings of distinct `texts`, made by THREADS threads at once."""
    distinct = sorted(set(texts))
    for text in distinct[:1]:
        read(text)  # loads the files once, before threads could do it twice
    with ThreadPoolExecutor(THREADS) as pool:
        return dict(zip(distinct, pool.map(read, distinct), strict=True))


def embed(texts: Sequence[str]) -> np.ndarray:
    """Return a unit vector [n, 384] for each text: the mean of its last states (all-MiniLM-L6-v2).

    Near vectors speak of the same things; they cannot tell support from contradiction.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    held = read_all(texts)
    means = np.stack([held[text].states[:, WIDTH:].mean(0) for text in texts])
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True))


def marks(mine: Reading, other: Reading) -> np.ndarray:
    """Return for each state of `mine`: bit 0 the other text has the word piece too, bit 1 it is a figure."""
    import numpy as np

    known, vocabulary = set(other.pieces), tokenizer()
    inner = [int(p in known) | int(vocabulary.id_to_token(p).lstrip("#").isdigit()) << 1 for p in mine.pieces]
    return np.array([0, *inner, 0], dtype=np.int64)


class PairModel:
    """Whether a passage supports, leaves open or refutes a statement, from frozen readings of both.

    Each text is read once, alone; a small head aligns and compares the two (ESIM, Chen et al.
    2017). What it learned from, and how well it does on events it never saw, is told in
    `docs/models/pair.md`.
    """

    VERSION = "pair-1"

    def score(self, pairs: Iterable[tuple[str, str]]) -> np.ndarray:
        """Return the probabilities [n, 3] of supports, silent, refutes for (passage, statement) pairs.

        Calibrated by one temperature on held-out events; a pair's row does not depend on the
        other pairs.

        Raises:
            DamagedModel: a file of the model is missing or altered.
        """
        import numpy as np

        wanted = list(pairs)
        if not wanted:
            return np.zeros((0, 3))
        distinct, rows = sorted(set(wanted)), {}
        for start in range(0, len(distinct), BATCH):
            part = distinct[start : start + BATCH]
            held = read_all(text for pair in part for text in pair)
            rows.update({pair: self._one(held[pair[0]], held[pair[1]]) for pair in part})
        return np.stack([rows[pair] for pair in wanted])

    def _one(self, passage: Reading, statement: Reading) -> np.ndarray:
        import numpy as np

        inputs = {
            "passage": passage.states[None], "passage_marks": marks(passage, statement)[None],
            "statement": statement.states[None], "statement_marks": marks(statement, passage)[None],
        }  # fmt: skip
        logits = session("pair", 1).run(None, inputs)[0][0]
        grown = np.exp(logits.astype(np.float64) - float(logits.max()))
        return np.asarray(grown / grown.sum())
