"""What stands beside the claims, on a pile of invented reports read and traced as a user's would be."""

import json
from datetime import date

import pytest

from secondsource.model import Origin, OriginKind, Verdict, VerdictLabel
from secondsource.pipeline import Library
from secondsource.read import ReadOptions

AGENCY = (
    "A gas main may have burst under the glass works in Ombrell on Friday, the fire brigade said. "
    "The blast broke windows in four streets and threw a delivery van against the wall of the chapel. "
    "Nobody had been inside the hall because the night shift had gone home an hour early. "
    "The owner of the works, Tessa Vorn, said that the kilns would stay cold until the autumn."
)
REPRINT = AGENCY.replace("may have burst", "burst").replace(
    " Nobody had been inside the hall because the night shift had gone home an hour early.", ""
)
REPORTS = {
    "wire": ("Ombrell Wire", AGENCY),
    "copy": ("Evening Lamp", REPRINT),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beside")
    rows = [
        {"id": name, "outlet": outlet, "published": f"2031-05-0{2 + place}", "title": "", "body": body}
        for place, (name, (outlet, body)) in enumerate(REPORTS.items())
    ]
    file = folder / "pile.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    opened = Library(folder / "pile.db")
    opened.add([str(file)])
    yield opened
    opened.close()


def test_a_reprint_names_the_hedge_it_dropped_and_what_it_cut(library):
    (reprint,) = library.check("copy").reprints
    assert (reprint.report, reprint.kind, reprint.direction) == ("wire", "copy", "from")
    changes = {change.kind: change for change in reprint.changes}
    assert "may have burst" in changes["hedge-dropped"].before
    assert "may" not in changes["hedge-dropped"].after
    assert "night shift" in changes["cut"].before


def test_the_source_names_what_its_reprint_changed_the_same_way(library):
    (reprint,) = library.check("wire").reprints
    assert (reprint.report, reprint.direction) == ("copy", "to")
    assert "may have burst" in {c.kind: c for c in reprint.changes}["hedge-dropped"].before


def test_what_only_one_origin_tells_is_no_omission(library):
    assert library.check("copy").omissions == ()


def test_a_sentence_of_two_prints_is_left_out_once(library, tmp_path, monkeypatch):
    """Whatever the steps say of the prints, one copied sentence is one omission."""
    told = Verdict("", VerdictLabel.CORROBORATED, 2, Origin("a", "A", OriginKind.SOURCE, ""))
    monkeypatch.setattr("secondsource.pipeline.beside.verdict_on", lambda *_: told)
    (tmp_path / "brief.txt").write_text(
        "A gas main burst under the glass works in Ombrell on Friday, Lena Corr of the town council said."
    )
    options = ReadOptions(outlet="Noon Sheet", published=date(2031, 5, 3))
    quotes = [omission.quote for omission in library.check(str(tmp_path / "brief.txt"), options).omissions]
    assert len([quote for quote in quotes if "delivery van" in quote]) == 1
    assert len(quotes) > 1
