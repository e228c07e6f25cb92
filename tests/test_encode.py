from __future__ import annotations

import hashlib

import numpy as np
import pytest

from secondsource import encode
from secondsource.errors import DamagedModel

FLOOD = "The flood in Tellham drowned seven people on Sunday, the water board said."


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


def test_framed_adds_the_special_pieces_or_given_ones():
    ids = encode.framed(np.array([7, 8]))
    assert ids[0] == encode.tokenizer().token_to_id("[CLS]")
    assert ids[-1] == encode.tokenizer().token_to_id("[SEP]")
    assert encode.framed(np.array([7]), 0, 0).tolist() == [0, 7, 0]


def test_embeddings_are_unit_vectors_near_for_like_texts():
    like = "Seven drowned when the river burst its banks in Tellham."
    vectors = encode.embed([FLOOD, like, "Norwick won the cup."])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_embedding_does_not_depend_on_its_company():
    alone = encode.embed([FLOOD])[0]
    encode.read.cache_clear()
    together = encode.embed(["Norwick won the cup.", FLOOD, "Rain."])[1]
    assert alone.tobytes() == together.tobytes()


def test_no_texts_give_no_vectors():
    assert encode.embed([]).shape == (0, encode.WIDTH)


def test_marks_show_shared_pieces_and_figures():
    mine, other = encode.read("7 drowned"), encode.read("7 saved")
    assert encode.marks(mine, other)[:2].tolist() == [0, 3]
    assert encode.marks(mine, other)[2] == 0


def test_over_long_text_loses_its_end():
    reading = encode.read("rain " * 1_000)
    assert len(reading.pieces) == encode.LIMIT
    assert reading.states.shape == (encode.LIMIT + 2, 2 * encode.WIDTH)


def test_pair_rows_are_probabilities_and_do_not_depend_on_their_company():
    other = ("Norwick won the cup on Friday.", "Seven people drowned in Tellham.")
    pair = (FLOOD, "Seven people drowned in Tellham.")
    model = encode.PairModel()
    alone, together = model.score([pair]), model.score([other, pair, pair])
    assert np.allclose(together.sum(1), 1)
    assert together[1].tobytes() == together[2].tobytes() == alone[0].tobytes()


def test_pair_model_tells_support_silence_and_another_toll():
    statements = [
        "Seven people drowned in the flood in Tellham.",
        "Ninety people drowned in the flood in Tellham.",
    ]
    rows = encode.PairModel().score([(FLOOD, s) for s in statements])
    silent = encode.PairModel().score([("Norwick won the cup on Friday.", statements[0])])
    assert rows[0].argmax() == 0
    assert rows[1].argmax() == 2
    assert silent[0].argmax() == 1


def test_no_pairs_give_no_rows():
    assert encode.PairModel().score([]).shape == (0, 3)
