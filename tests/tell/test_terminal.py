import dataclasses
import re
from io import StringIO

from rich.console import Console

from secondsource.tell import dossier as tell_dossier
from secondsource.tell import lines, terminal


def flat(text):
    """The text without its wrapping."""
    return " ".join(text.split())


def test_every_claim_is_shown_with_verdict_chain_and_evidence(dossier):
    shown = flat(terminal.render(dossier))
    assert "1. ●● CORROBORATED (event) “Army troops captured the stone bridge at Qasrun on Tuesday”" in shown
    assert "Said by: field commander (unnamed) → KSNA (news medium) → plain-ledger" in shown
    assert "Three independent origins tell it; none contradicts it." in shown
    assert "quantity: “18” against “58”" in shown
    assert "Two origins contradict this denial; one makes it." in shown
    assert "On the condition: “If the bridge holds”" in shown
    assert "Outcome: a later report says that it happened." in shown
    assert "Told nowhere else in this library." in shown
    assert "Silent: harbour-times [harbour-2], mountain-voice [voice-1]" in shown
    assert "pile.jsonl:line 7 (read): no body" in shown
    assert not re.search(r"\b(confirmed|true claim|verified)\b", shown)


def test_reprints_of_the_same_words_are_folded(dossier):
    assert "harbour-times, 13 March 2019 [harbour-1]: the same words" in flat(terminal.render(dossier))


def test_no_row_is_wider_than_the_terminal(dossier):
    for width in (60, 80, 120):
        assert max(map(len, terminal.render(dossier, width=width).split("\n"))) <= width


def test_colour_adds_nothing_but_colour(dossier):
    coloured = terminal.render(dossier, color=True)
    assert "\x1b[" in coloured
    plain = "\n".join(row.rstrip() for row in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n"))
    assert plain == terminal.render(dossier)


def test_ascii_terminals_get_ascii_signs(dossier):
    class Ascii(StringIO):
        encoding = "ascii"

    out = Ascii()
    terminal.show(dossier, Console(file=out, width=80))
    assert "** CORROBORATED" in out.getvalue()
    assert "->" in out.getvalue()


def test_outside_text_cannot_steer_the_terminal(material):
    report = dataclasses.replace(
        material.report, title="T\x1b]0;owned\x07\u202e", outlet="[red]x[/red]\x9b2J"
    )
    shown = terminal.render(tell_dossier.build(dataclasses.replace(material, report=report)))
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "T\\x1b]0;owned\\x07\\u202e" in shown
    assert "[red]x[/red]" in shown


def test_an_answer_is_shown(material):
    pile = {report.id: report for report in material.pile}
    out = StringIO()
    answer = lines.answer(material.verdicts[4], pile)
    terminal.show_answer("Eighteen died.", answer, Console(file=out, width=80))
    shown = flat(out.getvalue())
    assert "“Eighteen died.” ⇄ CONTESTED One origin contradicts it; one tells it." in shown
    assert "Contradicts it:" in shown


def test_mentions_and_pairs_are_shown(material):
    out = StringIO()
    console = Console(file=out, width=80)
    terminal.show_mentions(material.report, [claim.mention for claim in material.claims], console)
    terminal.show_origins([lines.pair(reuse) for reuse in material.reuse], console)
    shown = flat(out.getvalue())
    assert "3. “our units will reach the Mirkhan air base within a week” forecast, conditional;" in shown
    assert "ksna-1 -> ledger-1: the same quoted words, 12% of the shorter text, from ksna" in shown
    assert "One pair of reports shares text." in shown
