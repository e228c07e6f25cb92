"""Decision trees walked all at once: of many rows the leaf that each tree ends in.

What a leaf is worth and how leaves add up is the business of whoever trained them (`match.forest`, of
statements; `places.likeness`, of names).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


def paired(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the children of all nodes in one array: of node i the right one at 2i, the left one next."""
    import numpy as np

    return np.stack([right, left], axis=1).ravel()


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees as flat arrays over their nodes, a leaf's children being itself.

    A row goes from node i to its left child where its `feature[i]` is `<= threshold[i]`, else to the
    right one, both in `children` (see `paired`). `roots` has a node for each tree; none is deeper than
    `depth`.
    """

    roots: Any
    feature: Any
    threshold: Any
    children: Any
    value: Any
    depth: int

    def leaves(self, rows: np.ndarray) -> np.ndarray:
        """Return what the leaves are worth [n, trees] in which rows of features [n, features] end."""
        import numpy as np

        count, width = rows.shape
        held = rows.ravel()
        nodes = np.tile(self.roots, count)
        starts = np.repeat(np.arange(count) * width, len(self.roots))
        for _ in range(self.depth):
            goes_left = held.take(starts + self.feature.take(nodes)) <= self.threshold.take(nodes)
            nodes = self.children.take(2 * nodes + goes_left)
        found: np.ndarray = self.value.take(nodes).reshape(count, len(self.roots))
        return found
