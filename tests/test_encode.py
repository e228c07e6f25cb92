from __future__ import annotations

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from secondsource import encode
from secondsource.errors import DamagedModel


def test_manifest_names_every_file_by_its_hash():
    for name, known in encode.manifest().items():
        assert hashlib.sha256(encode.content(name)).hexdigest() == known


def test_files_stay_small_enough_to_ship():
    assert all(len(encode.content(name)) <= 25_000_000 for name in encode.manifest())


def test_altered_file_is_refused(monkeypatch):
    monkeypatch.setattr(encode, "manifest", lambda: {"tokenizer.json": "0" * 64})
    with pytest.raises(DamagedModel, match=r"tokenizer\.json is not the one"):
        encode.content("tokenizer.json")


def test_unknown_file_is_refused():
    with pytest.raises(DamagedModel, match="no model file absent"):
        encode.content("absent.onnx")


def test_no_file_lies_unsealed_in_the_models_folder():
    held = {file.name for file in (files("secondsource") / "models").iterdir()}
    assert held == {*encode.manifest(), "manifest.json"}


def test_tokenizer_lowers_case_and_truncates_nothing():
    pieces = encode.tokenizer().encode("Rain " * 1_000, add_special_tokens=False).ids
    assert pieces == [encode.tokenizer().token_to_id("rain")] * 1_000


def test_word_table_has_a_row_for_every_piece_of_the_vocabulary():
    table = encode.embeddings()
    assert table.codes.shape == (encode.tokenizer().get_vocab_size(), 384)
    assert table.scales.shape == table.codes.shape[:1]


def test_rows_are_codes_times_their_scale():
    table = encode.Embeddings(np.array([[1, -2], [3, 4]], dtype=np.int8), np.array([0.5, 2], np.float32))
    assert table.rows(np.array([1, 0])).tolist() == [[6, 8], [0.5, -1]]


def test_like_words_have_near_rows():
    ids = np.array([encode.tokenizer().token_to_id(word) for word in ("flood", "floods", "cup")])
    rows = encode.embeddings().rows(ids)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    assert unit[0] @ unit[1] > unit[0] @ unit[2] + 0.2
