from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
tagging = importlib.import_module("tagging")

BODY = "The dam at Tellham will hold, the water board said. Rain fell. Mayor Harlow denied it."
WORDS = st.lists(st.sampled_from(["rain", "Tellham", "dam.", "said", '"we', "\n\n", "1,200"]), max_size=900)


def spans_text(spans):
    return [BODY[s:e] for s, e in spans]


@given(WORDS)
def test_windows_tile_the_pieces(words):
    body = " ".join(words)
    pieces = tagging.pieces_of(body)
    at = 0
    for window in tagging.windows_of(body, pieces):
        assert window.start == at < window.end <= window.right
        assert window.left <= window.start
        assert window.right - window.left <= tagging.WINDOW + 2 * tagging.MARGIN
        at = window.end
    assert at == len(pieces.ids)


def test_windows_are_cut_after_a_sentence():
    body = "It rained in Tellham all day. " * 60
    pieces = tagging.pieces_of(body)
    first = next(tagging.windows_of(body, pieces))
    assert body[slice(*pieces.offsets[first.end - 1])] == "."


def test_features_keep_what_lower_casing_loses():
    pieces = tagging.pieces_of("The UN\nsaid\n\nNo")
    assert pieces.features.tolist() == [1, 3, 4, 13]


@pytest.mark.parametrize(("switch", "path"), [(0.0, [1, 0, 1]), (3.0, [1, 1, 1])])
def test_a_dear_change_of_role_smooths_the_path(switch, path):
    rows = np.log(np.array([[0.1, 0.9], [0.6, 0.4], [0.1, 0.9]]))
    assert tagging.cheapest(rows, switch).tolist() == path


def given_graphs(cue_words, roles):
    """Graphs that find the cue at given words and rule roles by a function of (cue, piece) places."""
    pieces = tagging.pieces_of(BODY)
    places = [next(i for i, (s, _) in enumerate(pieces.offsets) if s == BODY.index(w)) for w in cue_words]

    def read(ids, features):
        cue = np.full(len(ids), -9.0)
        cue[places] = 9.0
        rows = np.arange(1, len(ids) + 1, dtype=np.float32)[:, None]
        return cue, rows, rows

    def rule(tokens, anchors):
        out = np.zeros((*tokens.shape[:2], 4))
        for k, anchor in enumerate(anchors):
            for t, token in enumerate(tokens[k]):
                if token[0]:
                    s, e = pieces.offsets[int(token[0]) - 1]
                    out[k, t, roles(int(anchor[0]) - 1, BODY[s:e], s)] = 9.0
        return out

    return read, rule


def role_of(cue, word, start):
    if word == "said":
        return tagging.CUE
    if start >= BODY.index(" Rain"):
        return tagging.OUTSIDE
    return tagging.SOURCE if start >= BODY.index("the water") else tagging.CONTENT


def test_tag_body_reads_an_inverted_attribution():
    (found,) = tagging.tag_body(BODY, *given_graphs(["said"], role_of), tagging.TaggerOptions())
    assert spans_text(found.attribution.content) == ["The dam at Tellham will hold"]
    assert spans_text(found.attribution.source) == ["the water board"]
    assert spans_text(found.attribution.cue) == ["said"]
    assert 0.9 < found.score <= 1


def test_a_cue_that_rules_no_content_yields_nothing():
    graphs = given_graphs(["denied"], lambda cue, word, start: tagging.OUTSIDE)
    assert list(tagging.tag_body(BODY, *graphs, tagging.TaggerOptions())) == []


def test_an_unsure_cue_yields_nothing():
    read, rule = given_graphs(["said"], role_of)
    assert list(tagging.tag_body(BODY, read, rule, tagging.TaggerOptions(threshold=0.9999))) == []


def test_words_with_only_marks_between_them_are_one_span():
    pieces = tagging.pieces_of('"Go," she said')
    labels = {int(w): tagging.CONTENT for w in pieces.words[:4]}
    assert tagging.spans_of('"Go," she said', pieces, labels, tagging.CONTENT) == ((0, 5),)


def test_empty_body_yields_nothing():
    assert list(tagging.tag_body("", *given_graphs([], role_of), tagging.TaggerOptions())) == []
