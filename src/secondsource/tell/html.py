"""The dossier as one self-contained HTML page: no network, no third party, readable without scripts.

Everything from outside is escaped, its control and override characters are shown as escapes,
and a Content-Security-Policy allows nothing but the page's own style and script, by their hashes.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from secondsource.tell import graph, timeline, words
from secondsource.tell.chart import draw
from secondsource.tell.clean import line, quoted, visible
from secondsource.tell.groups import groups
from secondsource.tell.lines import AROUND
from secondsource.tell.marked import paragraphs
from secondsource.tell.records import ClaimRecord, DossierRecord, SideTellingRecord, TellingRecord

_CELL_QUOTES = 3  # quotes shown in one cell of the table of sides


@dataclass(frozen=True, slots=True)
class DayCell:
    """Who told or contradicted one claim on one day."""

    supports: tuple[TellingRecord, ...]
    refutes: tuple[TellingRecord, ...]


@dataclass(frozen=True, slots=True)
class SideCell:
    """What one side says of one claim from one origin: its first quote and every outlet that prints it."""

    relation: str
    outlets: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the page leads when a server shows it: back to its library, and on to its claims and files.

    `home` is the library's address, `claims` that of a claim without its number, `pages` name the
    server's other pages with their addresses, `files` pairs the name of a form with the address that
    gives the dossier in it.
    """

    home: str
    claims: str
    pages: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def render(dossier: DossierRecord, frame: Frame | None = None) -> str:
    """Return the page; the same dossier gives the same bytes. `frame` links it to a server's pages."""
    style, script = _resource("dossier.css"), _resource("dossier.js")
    days = sorted({telling.published or "" for claim in dossier.claims for telling in claim.tellings})
    number = {claim.id: place for place, claim in enumerate(dossier.claims, 1)}
    shown = [side for side in dossier.sides if side.tellings or not side.own]
    return (
        environment()
        .get_template("dossier.html.j2")
        .render(
            d=dossier,
            style=Markup(style),  # noqa: S704 - our own file, in the package
            script=Markup(script),  # noqa: S704 - our own file, in the package
            policy=policy(),
            frame=frame,
            number=number,
            pile={report.id: report for report in dossier.pile},
            paragraphs=paragraphs(dossier),
            days=days,
            chart=draw(dossier.places, number),
            timeline=timeline.draw(dossier),
            tolls=timeline.tolls(dossier),
            graphs=[graph.draw(claim, dossier) for claim in dossier.claims],
            grid=[[_day_cell(claim, when) for when in days] for claim in dossier.claims],
            shown=shown,
            sides=[[_side_cell(side.tellings, claim.id) for side in shown] for claim in dossier.claims],
        )
    )


@cache
def policy() -> str:
    """Return the Content-Security-Policy that lets in the page's own style and script alone."""
    own = (_resource("dossier.css"), _resource("dossier.js"))
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in own]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def environment() -> Environment:
    """Return what templates are rendered by: all that comes from outside escaped, hidden signs shown."""
    made = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    made.globals.update(words=words, groups=groups, more=_CELL_QUOTES, clipped=AROUND - 20)
    made.filters.update(day=words.day, line=line, quoted=quoted, web=_web)
    return made


@cache
def _resource(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _web(uri: str) -> str:
    """Return `uri` if it is a plain web address, else ""."""
    try:
        return uri if urlsplit(uri).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _day_cell(claim: ClaimRecord, day: str) -> DayCell:
    told = [telling for telling in claim.tellings if (telling.published or "") == day]
    return DayCell(
        tuple(telling for telling in told if telling.relation == "supports"),
        tuple(telling for telling in told if telling.relation == "refutes"),
    )


def _side_cell(tellings: tuple[SideTellingRecord, ...], claim: str) -> tuple[SideCell, ...]:
    """Return what one side says of one claim, one entry an origin, with all who print it."""
    held: dict[tuple[str, str], list[SideTellingRecord]] = {}
    for telling in tellings:
        if telling.claim == claim:
            held.setdefault((telling.relation, telling.origin), []).append(telling)
    return tuple(
        SideCell(relation, tuple(dict.fromkeys(telling.outlet for telling in told)), told[0].quote)
        for (relation, _), told in held.items()
    )
