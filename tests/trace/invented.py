"""Invented reports for the tests of tracing: a small grammar of an invented country."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from secondsource.engine.duckdb import DuckDBEngine
from secondsource.model import Kind, Link, Mention, Quantity, Report, Section, SectionRole, Slots, SourceKind

START = date(2031, 3, 1)
_ONSETS = tuple("bdfghklmnprstv")
_ENDS = ["al", "an", "ar", "el", "en", "er", "il", "in", "or", "os", "un", "ur"]
_SMALL = ["the", "of", "in", "and", "to", "a", "near", "after", "with", "from"]


def join():
    """Return the engine's join."""
    return DuckDBEngine().join_on_key


def word(rng: random.Random) -> str:
    """Return one invented word of two or three syllables."""
    return "".join(rng.choice(_ONSETS) + rng.choice(_ENDS) for _ in range(rng.choice((2, 2, 3))))


def sentence(rng: random.Random) -> str:
    """Return one narrative sentence of some twenty invented words among common ones."""
    words = [rng.choice(_SMALL) if rng.random() < 0.35 else word(rng) for _ in range(rng.randint(15, 24))]
    return " ".join([word(rng).capitalize(), *words]) + "."


def story(seed: int, sentences: int = 10) -> list[str]:
    """Return the sentences of one story; another seed gives other words."""
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(sentences)]


def report(
    ident: str, sentences: Sequence[str] | str, outlet: str = "", day: int | None = 0, credit: str = ""
) -> Report:
    """Return a report whose body is all story."""
    body = sentences if isinstance(sentences, str) else " ".join(sentences)
    published = None if day is None else START + timedelta(days=day)
    section = Section(SectionRole.BODY, (0, len(body)))
    return Report(
        ident, ident, body, (section,), outlet=outlet or f"outlet-{ident}", published=published, credit=credit
    )


def mention(
    told: Report, quote: str, *links: tuple[str, SourceKind], number: int = 0, killed: int | None = None
) -> Mention:
    """Return the mention of `quote` in a report, its sentence that of the quote."""
    start = told.body.index(quote)
    end = start + len(quote)
    first = told.body.rfind(". ", 0, start) + 2 if ". " in told.body[:start] else 0
    last = told.body.find(". ", end)
    quantity = () if killed is None else (Quantity(killed, killed, "people", "killed"),)
    return Mention(
        f"{told.id}#{number}",
        told.id,
        ((start, end),),
        (first, len(told.body) if last < 0 else last + 1),
        quote,
        links=tuple(Link(name, kind) for name, kind in links),
        kind=Kind.EVENT,
        slots=Slots(quantity=quantity),
    )
