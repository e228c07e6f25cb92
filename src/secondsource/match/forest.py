"""The small learned part: boosted trees over the slot features, read from the models that ship.

A few hundred shallow trees (gradient boosting, Friedman 2001) trained by `training/match.py`
on labelled packs; every split is over a named feature of `compare`. Leaves add up to three
scores; the softmax of these are the probabilities of supports, silent, refutes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from secondsource import encode
from secondsource.lexicon import view
from secondsource.trees import Trees, paired

if TYPE_CHECKING:
    import numpy as np

CLASSES = 3


@dataclass(frozen=True, slots=True)
class Forest:
    """The trees, the class that each adds to, and what the classes begin with."""

    version: str
    names: tuple[str, ...]
    base: Any
    classes: Any
    trees: Trees
    options: Mapping[str, float]

    def scores(self, rows: Sequence[Mapping[str, float]]) -> np.ndarray:
        """Return the probabilities [n, 3] of supports, silent, refutes for feature rows."""
        import numpy as np

        if not rows:
            return np.zeros((0, CLASSES))
        x = np.array([[row.get(name, 0.0) for name in self.names] for row in rows])
        leaves = self.trees.leaves(x)
        # Each row's leaves lie together: its sum is the same to the bit whatever rows are scored with it.
        sums = [np.ascontiguousarray(leaves[:, self.classes == c]).sum(axis=1) for c in range(CLASSES)]
        raw = self.base + np.stack(sums, axis=1)
        powers = np.exp(raw - raw.max(axis=1, keepdims=True))
        shares: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
        return shares


@view
def forest() -> Forest:
    """Return the trained trees, read once.

    Raises:
        DamagedModel: the file is missing or not the one that was shipped.
    """
    return read_forest(encode.content("relation.json").decode("utf-8"))


def read_forest(text: str) -> Forest:
    """Return the trees written by `training/match.py`."""
    import numpy as np

    data = json.loads(text)
    nodes: dict[str, list[float]] = {key: [] for key in ("feature", "threshold", "left", "right", "value")}
    roots = []
    for tree in data["trees"]:
        offset = len(nodes["value"])
        roots.append(offset)
        for i, (feature, threshold, left, right, value) in enumerate(tree["nodes"]):
            leaf = left < 0
            nodes["feature"].append(0 if leaf else feature)
            nodes["threshold"].append(0.0 if leaf else threshold)
            nodes["left"].append(offset + (i if leaf else left))
            nodes["right"].append(offset + (i if leaf else right))
            nodes["value"].append(value)
    left, right = (np.array(nodes[side], dtype=np.int64) for side in ("left", "right"))
    trees = Trees(
        roots=np.array(roots, dtype=np.int64),
        feature=np.array(nodes["feature"], dtype=np.int64),
        threshold=np.array(nodes["threshold"]),
        children=paired(left, right),
        value=np.array(nodes["value"]),
        depth=int(data["depth"]),
    )
    return Forest(
        version=data["version"],
        names=tuple(data["features"]),
        base=np.array(data["base"]),
        classes=np.array([tree["class"] for tree in data["trees"]]),
        trees=trees,
        options=data["options"],
    )
