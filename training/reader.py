"""The frozen reader and the pair model, run from ONNX files that do not ship.

`training/shared_files.py --reader` writes the reader, `training/ship.py` a pair model. Graphs are
run by onnxruntime on the processor; every call reads one text (or one pair), because the scale of
int8 activations is taken over a whole call and neighbours would otherwise change the last digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from secondsource import encode

THREADS = 2
BATCH = 512  # pairs whose readings are held at once
LIMIT = 126  # word pieces that are read of a text


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's word pieces [T] and, framed by two more, their middle and last states [T + 2, 2 * WIDTH]."""

    pieces: tuple[int, ...]
    states: np.ndarray


def session(path: Path) -> Any:
    """Return the onnxruntime session of a graph, single-minded about its result."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


def framed(ids: np.ndarray) -> np.ndarray:
    """Return word pieces [T] between the tokenizer's [CLS] and [SEP]."""
    vocabulary = encode.tokenizer()
    ends = [vocabulary.token_to_id("[CLS]")], [vocabulary.token_to_id("[SEP]")]
    return np.concatenate([ends[0], ids, ends[1]]).astype(np.int64)


def marks_of(mine: Reading, other: Reading) -> np.ndarray:
    """Return for each state of `mine`: bit 0 the other text has the word piece too, bit 1 it is a figure."""
    known, vocabulary = set(other.pieces), encode.tokenizer()
    inner = [int(p in known) | int(vocabulary.id_to_token(p).lstrip("#").isdigit()) << 1 for p in mine.pieces]
    return np.array([0, *inner, 0], dtype=np.int64)


class Reader:
    """The six frozen layers of the base model over its word table, from one ONNX file."""

    def __init__(self, path: Path) -> None:
        self.session = session(path)

    def states(self, ids: np.ndarray) -> np.ndarray:
        """Return the middle and last states [T + 2, 2 * WIDTH] of word pieces [T], framed."""
        whole = framed(ids)
        kinds = np.zeros((1, len(whole)), dtype=np.int64)
        found: np.ndarray = self.session.run(
            None, {"words": encode.embeddings().rows(whole)[None], "kinds": kinds}
        )[0][0]
        return found

    def read(self, text: str) -> Reading:
        """Return a text as the reader sees it; its end is lost beyond LIMIT word pieces."""
        pieces = tuple(encode.tokenizer().encode(text, add_special_tokens=False).ids[:LIMIT])
        return Reading(pieces, self.states(np.array(pieces, dtype=np.int64)))

    def read_all(self, texts: Iterable[str]) -> dict[str, Reading]:
        """Return the readings of distinct `texts`, made by THREADS threads at once."""
        distinct = sorted(set(texts))
        encode.tokenizer(), encode.embeddings()  # loaded once, before threads could do it twice
        with ThreadPoolExecutor(THREADS) as pool:
            return dict(zip(distinct, pool.map(self.read, distinct), strict=True))


class PairModel:
    """Whether a passage supports, leaves open or refutes a statement: see `docs/models/pair.md`."""

    def __init__(self, reader: Reader, path: Path) -> None:
        self.reader, self.session = reader, session(path)

    def score(self, pairs: Iterable[tuple[str, str]]) -> np.ndarray:
        """Return the probabilities [n, 3] of supports, silent, refutes for (passage, statement) pairs."""
        wanted = list(pairs)
        if not wanted:
            return np.zeros((0, 3))
        distinct, rows = sorted(set(wanted)), {}
        for start in range(0, len(distinct), BATCH):
            part = distinct[start : start + BATCH]
            held = self.reader.read_all(text for pair in part for text in pair)
            rows.update({pair: self._one(held[pair[0]], held[pair[1]]) for pair in part})
        return np.stack([rows[pair] for pair in wanted])

    def _one(self, passage: Reading, statement: Reading) -> np.ndarray:
        inputs = {
            "passage": passage.states[None], "passage_marks": marks_of(passage, statement)[None],
            "statement": statement.states[None], "statement_marks": marks_of(statement, passage)[None],
        }  # fmt: skip
        logits = self.session.run(None, inputs)[0][0]
        grown = np.exp(logits.astype(np.float64) - float(logits.max()))
        return np.asarray(grown / grown.sum())


class CrossEncoder:
    """Whether a premise supports, leaves open or refutes a statement: see `docs/models/cross.md`."""

    def __init__(self, path: Path) -> None:
        self.session = session(path)

    def score(self, pieces: list[int], kinds: list[int]) -> np.ndarray:
        """Return the probabilities [3] of one pair, framed by `cross.framed`."""
        words = encode.embeddings().rows(np.array(pieces))[None]
        logits = self.session.run(None, {"words": words, "kinds": np.array([kinds], dtype=np.int64)})[0][0]
        grown = np.exp(logits.astype(np.float64) - float(logits.max()))
        return np.asarray(grown / grown.sum())
