"""Make `tell/land.json` from Natural Earth outlines: `python tools/land.py countries-50m.json`.

The input is the file of that name in the npm package world-atlas 2.0.2 (TopoJSON of Natural
Earth 1:50m, public domain). Kept are the lines alone, each once, in hundredths of a degree.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "secondsource" / "tell" / "land.json"


def lines(topology: dict) -> list[list[int]]:
    """Return each line as x, y of its first point and then steps, points that coincide left out."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[tuple[int, int]] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = round((x * sx + tx) * 100), round((y * sy + ty) * 100)
            if not points or point != points[-1]:
                points.append(point)
        if len(points) > 1:
            steps = list(points[0])
            for (ax, ay), (bx, by) in pairwise(points):
                steps += [bx - ax, by - ay]
            found.append(steps)
    return sorted(found)


def main(path: str) -> int:
    """Write the file and print its size."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(lines(topology), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
