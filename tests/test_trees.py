from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from secondsource.trees import Trees, paired

# Two trees over two features: one of a single leaf, one that asks for the first and then for the second.
ROOTS = np.array([0, 1])
FEATURE = np.array([0, 0, 0, 1, 0, 0])
THRESHOLD = np.array([0.0, 0.5, 0.0, 2.0, 0.0, 0.0])
LEFT = np.array([0, 2, 2, 4, 4, 5])
RIGHT = np.array([0, 3, 2, 5, 4, 5])
VALUE = np.array([7.0, 0.0, 1.0, 0.0, 2.0, 3.0])
TREES = Trees(ROOTS, FEATURE, THRESHOLD, paired(LEFT, RIGHT), VALUE, depth=2)


def walked(root: int, row: list[float]) -> float:
    """Return a leaf's worth, one node after the other."""
    at = root
    for _ in range(2):
        at = int(LEFT[at] if row[FEATURE[at]] <= THRESHOLD[at] else RIGHT[at])
    return float(VALUE[at])


def test_a_row_ends_in_one_leaf_of_every_tree():
    rows = np.array([[0.5, 9.0], [0.6, 2.0], [0.6, 2.1]])
    assert TREES.leaves(rows).tolist() == [[7, 1], [7, 2], [7, 3]]


def test_no_rows_end_nowhere():
    assert TREES.leaves(np.zeros((0, 2))).shape == (0, 2)


@given(arrays(np.float64, (5, 2), elements=st.floats(-3, 3)))
def test_all_at_once_is_each_by_itself(rows):
    assert TREES.leaves(rows).tolist() == [[walked(root, row) for root in (0, 1)] for row in rows.tolist()]
