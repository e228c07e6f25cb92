"""Alerts and the ledger as a terminal shows them: their words, and nothing that commands it."""

from secondsource.tell import alerts, ledger
from secondsource.tell.alerts import AlertRecord
from secondsource.tell.ledger import ForecastRecord

HOSTILE = "Nine\x1b[2J boats\u202e sank\x07"


def test_an_alert_is_one_line_without_control_characters():
    moved = AlertRecord(
        id="1", at="2031-05-03T09:00:00Z", kind=alerts.VERDICT, report="post\x1b[0m-1", outlet="Velm\nPost",
        quote=HOSTILE, before="single-origin", after="contested", because=("bell-1",),
    )  # fmt: skip
    told = alerts.in_words(moved)
    assert told.startswith("now contested, was single-origin: “Nine")
    assert ", because of bell-1" in told
    assert not {"\x1b", "\u202e", "\x07", "\n"} & set(told)


def test_the_ledger_names_fate_source_and_record_without_control_characters():
    foreseen = ForecastRecord(
        report="post-1", outlet="Velm Post", published="2031-05-03", who="Ada\x1b[1m Torn", kind="forecast",
        certainty="asserted", quote=HOSTILE, span=(0, 4), statement="", condition="if it\x07 rains",
        due="2031-05-10", due_is="inferred", outcome="open",
    )  # fmt: skip
    told = ledger.in_words([foreseen])
    assert told.startswith("open: “Nine")
    assert "due 2031-05-10 (inferred)" in told
    assert told.splitlines()[-1].endswith(": 1 open")
    assert not {"\x1b", "\u202e", "\x07"} & set(told)
