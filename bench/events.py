"""A pile of invented news events of any size that knows its own truth: rising tolls, near misses, reprints.

    events.py --reports 10000 --seed 1 --pile PILE.jsonl --truth TRUTH.jsonl

Each event is told by six reports: a first toll, a print of it, an own telling by another source, a
later and higher toll, an own telling with a wrong toll, and a near miss: the like of it in another
place on the same day. Names of places are made of syllables, so that events grow with the pile and
each stays as large as it is. The truth lists for each event its reports with role and toll.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date, timedelta
from pathlib import Path

START = date(2030, 1, 1)
ROLES = ("first", "print", "own", "later", "wrong", "near-miss")
KINDS = (
    ("A crowded ferry sank off {town}", "the ferry hit a stone pier near the old harbour of {town}"),
    ("A coal mine collapsed in {town}", "a gallery under the northern slope of {town} gave way"),
    ("A fire destroyed a market in {town}", "flames spread from a bakery to the covered stalls of {town}"),
    ("A bridge fell in {town}", "a truck broke through the deck of the river bridge in {town}"),
)
SPEAKERS = ("the mayor", "police", "the provincial governor", "a hospital spokesman", "residents")
_SYLLABLES = (
    "vel",
    "or",
    "tan",
    "quil",
    "dun",
    "hol",
    "mar",
    "sek",
    "ri",
    "bo",
    "lan",
    "fe",
    "gar",
    "nu",
    "pos",
)


def event(number: int, seed: int) -> list[dict[str, object]]:
    """Return the reports of one event, each with its role and toll."""
    draw = random.Random(f"{seed} {number}")
    town, elsewhere = (_town(draw) for _ in range(2))
    toll, day = draw.randint(3, 40), START + timedelta(days=draw.randrange(720))
    what = draw.randrange(len(KINDS))
    speakers = draw.sample(SPEAKERS, 4)
    tolls = dict(zip(ROLES, (toll, toll, toll, toll + 3, toll + 20, toll + 7), strict=True))
    places = dict.fromkeys(ROLES, town) | {"near-miss": elsewhere}
    said = dict(zip(ROLES, (speakers[0], speakers[0], *speakers[1:], speakers[1]), strict=True))
    days = dict.fromkeys(ROLES, day) | {"later": day + timedelta(days=1)}
    return [
        {
            "id": f"e{number:06}-{role}", "outlet": f"outlet-{draw.randrange(300):03}",
            "published": days[role].isoformat(), "title": KINDS[what][0].format(town=places[role]),
            "body": _body(what, places[role], tolls[role], said[role]), "role": role, "toll": tolls[role],
        }
        for role in ROLES
    ]  # fmt: skip


def _town(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(3, 4))).capitalize()


def _body(what: int, town: str, toll: int, speaker: str) -> str:
    opening, cause = (part.format(town=town) for part in KINDS[what])
    return (
        f"{opening} on Friday, {speaker} said. At least {toll} people were killed when {cause}."
        f" Rescue teams from the villages around {town} worked through the night."
    )


def main() -> None:
    """Write a pile and its truth."""
    parser = argparse.ArgumentParser(description="Write invented events that know their own truth.")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pile", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    options = parser.parse_args()
    with options.pile.open("w", encoding="utf-8") as pile, options.truth.open("w", encoding="utf-8") as truth:
        for number in range(-(-options.reports // len(ROLES))):
            told = event(number, options.seed)
            truth.write(
                json.dumps({"event": number, "reports": [[o["id"], o["role"], o["toll"]] for o in told]})
            )
            truth.write("\n")
            for one in told:
                record = {key: value for key, value in one.items() if key not in ("role", "toll")}
                pile.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
