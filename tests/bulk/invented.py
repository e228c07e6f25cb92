"""A small invented pile for bulk runs: reprints, other tolls, sourced claims, a broken line."""

from __future__ import annotations

import json
from pathlib import Path

TOWNS = ("Velm", "Orsa", "Tarn Ferry", "Quill Bay", "Dunmarsh", "Hollin")
SPEAKERS = ("the mayor", "police", "the ferry company", "residents")


def record(number: int) -> dict[str, str]:
    """Return an invented report: every third prints the one before it, every fifth tells another toll."""
    story = number - 1 if number % 3 == 2 else number
    town, speaker = TOWNS[story // 3 % 6], SPEAKERS[story % 4]
    dead = 4 + story % 2 + (1 if number % 5 == 0 else 0)
    day = 1 + story // 18 % 27
    body = (
        f"A crowded ferry sank off {town} on Friday evening, {speaker} said. At least {dead} people died when"
        f" the ferry hit a stone pier near the old harbour of {town}. Rescue boats from the neighbouring"
        f" villages brought {20 + story % 7} passengers ashore before midnight."
    )
    return {
        "id": f"r{number:04}",
        "outlet": f"outlet-{number % 9}",
        "published": f"2031-05-{day:02}",
        "title": f"Ferry sinks off {town}",
        "body": body,
    }


def write_pile(path: Path, reports: int) -> None:
    """Write a file of invented reports with a broken line among them."""
    lines = [json.dumps(record(number)) for number in range(reports)]
    lines[5:5] = ['{"id": "broken']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
