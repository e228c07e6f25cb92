"""Where the tellings of one claim come from, as SVG: origins left, the reports that carry them right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from secondsource.tell.clean import line
from secondsource.tell.groups import Group, groups
from secondsource.tell.records import ClaimRecord, DossierRecord

WIDTH = 356  # user units
_ROW = 26
_FROM, _TO = 156, 204  # where origins end and reports begin
_LONGEST = 20  # letters of a name
_PRINTS = 8  # reports drawn of one origin
_CLASSES = {"repeats": "own", "supports": "tells", "refutes": "against"}


def draw(claim: ClaimRecord, dossier: DossierRecord) -> Markup:
    """Return who carries what: a line from each origin to every report that has the claim from it.

    Origins stand as in the card: the claim's own with the checked report, others that tell it,
    those that contradict it. Dashed: the report prints another's text. "" for fewer than two tellings.
    """
    if len(claim.tellings) < 2:
        return Markup("")
    found = list(groups(claim.tellings, dossier.origins))
    own = [group for group in found if group.role == "repeats"]
    rows = list(_origin(own[0] if own else None, claim, dossier))
    for group in found:
        if group.role != "repeats":
            rows += _others(group)
    shared = {edge.by for edge in claim.edges if edge.kind == "prints"}
    marks: list[Markup] = []
    y = 20.0
    for css, name, reports in rows:
        marks += _drawn(css, name, reports, (y, shared))
        y += _ROW * len(reports) + 8
    names = ", ".join(line(name) for _, name, _ in rows)
    return Markup(
        '<svg class="graph" viewBox="0 0 {} {:.0f}" role="img" aria-label="Origins: {}">{}</svg>'
    ).format(WIDTH, y - _ROW + 6, names, Markup("").join(marks))


_Row = tuple[str, str, list[tuple[str, str]]]


def _origin(group: Group | None, claim: ClaimRecord, dossier: DossierRecord) -> Iterator[_Row]:
    """Yield the claim's own origin with the checked report first."""
    carried = [(dossier.report.outlet or "this report", "")]
    yield "own", claim.own_origin, carried + (_carriers(group) if group else [])


def _others(group: Group) -> Iterator[_Row]:
    yield _CLASSES[group.role], group.origin, _carriers(group)


def _carriers(group: Group) -> list[tuple[str, str]]:
    """Return outlet and id of the reports that carry an origin, cut after some with their number."""
    told = [(telling.outlet, telling.report) for telling in (group.lead, *group.rest)]
    more = len(told) - _PRINTS
    return told if more <= 0 else [*told[:_PRINTS], (f"and {more} more", "")]


def _drawn(
    css: str, name: str, reports: Sequence[tuple[str, str]], at: tuple[float, set[str]]
) -> Iterator[Markup]:
    top, shared = at
    middle = top + _ROW * (len(reports) - 1) / 2
    yield Markup('<text class="{}" x="{}" y="{:.0f}" text-anchor="end">{}</text>').format(
        css, _FROM - 12, middle + 5, _cut(name)
    )
    yield Markup('<circle class="{}" cx="{}" cy="{:.0f}" r="6"/>').format(css, _FROM, middle)
    for place, (outlet, report) in enumerate(reports):
        y = top + _ROW * place
        bend = (_FROM + _TO) / 2
        dashed = " dashed" if report in shared else ""
        yield Markup('<path class="{}{}" d="M{} {:.0f}C{} {:.0f} {} {:.0f} {} {:.0f}"/>').format(
            css, dashed, _FROM + 6, middle, bend, middle, bend, y, _TO, y
        )
        yield Markup('<text x="{}" y="{:.0f}">{}</text>').format(_TO + 6, y + 5, _cut(outlet))


def _cut(name: str) -> str:
    shown = line(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
