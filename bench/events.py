"""A pile of invented news of any size that knows its own truth: rising tolls, near misses, copies.

    events.py --reports 10000 --seed 1 --pile PILE.jsonl --truth TRUTH.jsonl [--a-day 14]

Each event is told by eight reports (`ROLES`): a first telling, a print of it, an edited print, a telling of
its own by another source, one that takes over the first one's quotation, a later one with a higher toll, one
with a wrong toll, and a near miss: the like of it in another place on the same day. Two more reports
tell of what nobody else tells. Outlets put standing text of their own under four in ten.

Words come from the grammar in `events.toml`, names from syllables. A larger pile is a longer archive, of so
many reports a day, each event as large as it is in a small one; tellings that nobody copied share no more
than stock phrases. The truth lists for each event its place and reports, with role, place, day and toll,
and the report that one was copied from.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

START = date(2030, 1, 1)
A_DAY = 14.0  # reports a day
OUTLETS = 600
ROLES = ("first", "print", "edit", "own", "quote", "later", "wrong", "near-miss")
ALONE = 2  # reports of an event's batch that nothing else tells of
BATCH = len(ROLES) + ALONE  # reports that an event comes with
_COPIED = {"print": "first", "edit": "first", "quote": "first"}
_SLOT = re.compile(r"\{([\w-]+)\}")
_OUTSET = re.compile(r"(?:^|(?<=[.] ))[a-z]")
_SYLLABLES = re.findall(
    r"\w+",
    "vel or tan quil dun hol mar sek ri bo lan fe gar nu pos ith kel ra mo shu zar ba len du vik to pra ne"
    " sul ga mir ost ul jen ka tch hem ol bri ve dor sa nim yor ek tal wi gre fo lu az per chi ros und",
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report and what is true of it."""

    id: str
    role: str
    outlet: str
    day: date
    town: str
    toll: int
    title: str
    body: tuple[str, ...]
    copy_of: str = ""

    @property
    def record(self) -> dict[str, str]:
        """The report as a line of the pile."""
        told = {"id": self.id, "outlet": self.outlet, "published": self.day.isoformat()}
        return told | {"title": self.title, "body": " ".join(self.body)}

    @property
    def truth(self) -> dict[str, object]:
        """What the truth says of the report."""
        told = {"report": self.id, "role": self.role, "place": self.town, "day": self.day.isoformat()}
        return told | {"toll": self.toll, "copy_of": self.copy_of or None}


class Writer:
    """Writes by the grammar; facts stand for themselves."""

    def __init__(self, draw: random.Random, facts: Mapping[str, str]) -> None:
        self._draw = draw
        self._facts = facts

    def write(self, symbol: str) -> str:
        """Return one telling of a symbol."""
        if symbol in self._facts:
            return self._facts[symbol]
        made = _MADE.get(symbol)
        if made is not None:
            return made(self._draw)
        return self.fill(self._draw.choice(grammar()[symbol]))

    def fill(self, text: str) -> str:
        """Return a text with its symbols told."""
        return _SLOT.sub(lambda found: self.write(found.group(1)), text)

    def sentence(self, rule: str) -> str:
        """Return a sentence by a rule, with capitals where they belong."""
        return _OUTSET.sub(lambda found: found.group().upper(), self.write(rule))


def name(draw: random.Random, low: int = 2, high: int = 3) -> str:
    """Return an invented name."""
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(low, high))).capitalize()


_MADE = {
    "name": name,
    "village": name,
    "person": lambda draw: f"{name(draw)} {name(draw)}",
    "age": lambda draw: str(draw.randint(17, 84)),
    "count": lambda draw: str(draw.randint(6, 60)),
    "number": lambda draw: str(draw.randint(1, 400)),
}


@cache
def grammar() -> dict[str, list[str]]:
    """Return the alternatives of every symbol that all events share."""
    tables = _tables()
    return tables["rules"] | tables["words"]


@cache
def _tables() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def standing(outlet: str) -> str:
    """Return the standing text of an outlet."""
    return Writer(random.Random(f"standing {outlet}"), {}).sentence("standing")


def event(number: int, seed: int, a_day: float = A_DAY) -> list[Telling]:
    """Return the tellings of one event, those that nobody shares last."""
    draw = random.Random(f"{seed} {number}")
    kind = draw.choice(sorted(_tables()["kinds"]))
    day = day_of(number, a_day)
    town, toll = name(draw, 3, 4), draw.randint(3, 40)
    tell = _Teller(draw, f"e{number:06}", kind, day)
    sources = _sources(draw, town)
    first = tell("first", sources[0], town, toll)
    found = [first, _printed(draw, first, "print"), _printed(draw, first, "edit")]
    found.append(tell("own", sources[1], town, toll))
    quoting = tell("quote", sources[2], town, toll)
    speech = [sentence for sentence in first.body if '"' in sentence]
    found.append(replace(quoting, body=(*quoting.body[:3], *speech[:1]), copy_of=first.id if speech else ""))
    found.append(tell("later", sources[0], town, toll + draw.randint(1, 9)))
    found.append(tell("wrong", sources[3], town, toll + draw.randint(12, 30)))
    elsewhere = name(draw, 3, 4)
    found.append(tell("near-miss", _sources(draw, elsewhere)[4], elsewhere, toll + draw.randint(2, 9)))
    found += [_alone(draw, tell, other) for other in range(ALONE)]
    return [_finished(draw, one) for one in found]


def _sources(draw: random.Random, town: str) -> list[str]:
    """Return speakers on an event at a town, no two alike."""
    writer = Writer(draw, {"town": town, "region": name(draw, 3, 3)})
    return [f"the {writer.fill(role)}" for role in draw.sample(grammar()["role"], 5)]


def day_of(number: int, a_day: float) -> date:
    """Return the day of an event where so many reports are published a day, one day after the other."""
    return START + timedelta(days=int(number * BATCH / a_day))


def _alone(draw: random.Random, batch: _Teller, number: int) -> Telling:
    """Return a report of the same day of what nothing else tells of."""
    town = name(draw, 3, 4)
    tell = replace(batch, kind=draw.choice(sorted(_tables()["kinds"])))
    return tell(f"alone-{number}", _sources(draw, town)[0], town, draw.randint(1, 60))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one event, each time in other words."""

    draw: random.Random
    event: str
    kind: str
    day: date

    def __call__(self, role: str, source: str, town: str, toll: int) -> Telling:
        """Return a telling by a source, with a toll."""
        hurt = str(toll + self.draw.randint(1, 30))
        facts = {"town": town, "toll": str(toll), "hurt": hurt, "speaker": source}
        facts["weekday"] = self.day.strftime("%A")
        plain = Writer(self.draw, facts)
        kind = _tables()["kinds"][self.kind]
        own = {part: plain.fill(self.draw.choice(told)) for part, told in kind.items()}
        writer = Writer(self.draw, facts | own)
        body = tuple(writer.sentence(rule) for rule in self.draw.choice(_tables()["shape"]["own"]))
        late = {"first": 0, "later": 2}.get(role, self.draw.randrange(2))
        ident, outlet = f"{self.event}-{role}", f"outlet-{self.draw.randrange(OUTLETS):03}"
        return Telling(ident, role, outlet, self.day + timedelta(days=late), town, toll, own["title"], body)


def _printed(draw: random.Random, first: Telling, role: str) -> Telling:
    """Return a print of a telling by another outlet: unaltered, or a sentence shorter and reworded."""
    body = first.body
    if role == "edit":
        dropped = draw.randrange(2, len(body))
        kept = [*body[:dropped], *body[dropped + 1 :]]
        body = tuple(sentence.replace(" said", draw.choice((" said", " stated")), 1) for sentence in kept)
    outlet = f"outlet-{draw.randrange(OUTLETS):03}"
    late = first.day + timedelta(days=draw.randrange(2))
    ident = first.id.replace("-first", f"-{role}")
    return replace(first, id=ident, role=role, outlet=outlet, day=late, body=body, copy_of=first.id)


def _finished(draw: random.Random, one: Telling) -> Telling:
    """Return a telling with what its outlet puts under its reports."""
    return replace(one, body=(*one.body, standing(one.outlet))) if draw.random() < 0.4 else one


def events(reports: int, seed: int, a_day: float = A_DAY) -> Iterator[list[Telling]]:
    """Yield events, so many that there are at least so many reports, `a_day` of these."""
    for number in range(-(-reports // BATCH)):
        yield event(number, seed, a_day)


def write(reports: int, seed: int, pile: Path, truth: Path, a_day: float = A_DAY) -> None:
    """Write a pile and its truth."""
    with pile.open("w", encoding="utf-8") as lines, truth.open("w", encoding="utf-8") as known:
        for number, told in enumerate(events(reports, seed, a_day)):
            lines.writelines(json.dumps(one.record) + "\n" for one in told)
            known.write(json.dumps({"event": number, "reports": [one.truth for one in told]}) + "\n")


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description="Write invented events that know their own truth.")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--a-day", type=float, default=A_DAY, help="reports of one day")
    parser.add_argument("--pile", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    options = parser.parse_args()
    write(options.reports, options.seed, options.pile, options.truth, options.a_day)


if __name__ == "__main__":
    main()
