"""An invented pile over some days, in a library, for what is asked of it as of a day."""

import json

import pytest

from secondsource.pipeline import Library

PILE = (
    ("h1", "Velm Herald", "2031-05-05", "Ferry sinks off Port Velm",
     "A ferry sank off Port Velm on Monday, killing 20 people, the coast guard said. The port of Velm was "
     "closed. The transport ministry said it will reopen the port of Velm by 12 May 2031."),
    ("p1", "Tarn Post", "2031-05-06", "Mayor speaks of the ferry's dead",
     "The ferry that sank off Port Velm on Monday killed 35 people, the mayor of Velm said."),
    ("w1", "Orsa Wire", "2031-05-07", "Survivors of the Velm ferry",
     "Twenty people died when a ferry sank off Port Velm on Monday, a survivor told Orsa Wire. The port of "
     "Velm was closed to all ships."),
    ("q1", "Quill Times", "2031-05-12", "Port of Velm open again",
     "The transport ministry reopened the port of Velm on 12 May 2031, a harbour pilot told Quill Times."),
    ("d1", "Dunmarsh News", "2031-05-20", "Market burns",
     "A fire destroyed the grain market of Dunmarsh on Tuesday, the fire brigade said. The brigade said it "
     "will publish its findings in the coming days."),
    ("z1", "Hollin Echo", "2031-07-20", "Rain",
     "Rain fell in Hollin on Sunday, the weather office said."),
)  # fmt: skip


def write_pile(path):
    """Write the pile as JSON lines."""
    names = ("id", "outlet", "published", "title", "body")
    rows = [json.dumps(dict(zip(names, row, strict=True))) for row in PILE]
    path.write_text("\n".join(rows), encoding="utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Return a library of the pile; tests do not alter it."""
    folder = tmp_path_factory.mktemp("pile")
    write_pile(folder / "pile.jsonl")
    opened = Library(folder / "library.db")
    opened.add([str(folder / "pile.jsonl")])
    yield opened
    opened.close()
