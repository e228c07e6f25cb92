import dataclasses
from html.parser import HTMLParser

from secondsource.tell import lines, notebook

VOID = {"br"}


class Balanced(HTMLParser):
    """Fails at a tag that is not closed; keeps the names of all tags."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_dossier_shows_every_claim_with_verdict_and_evidence(dossier):
    shown = dossier._repr_html_()
    assert Balanced(shown).tags.count("tr") == len(dossier.claims) + 1
    assert "One origin contradicts it; one tells it." in shown
    assert "18 people had been killed" in shown
    assert "script" not in Balanced(shown).tags


def test_an_answer_shows_its_verdict_and_tellings(material):
    pile = {report.id: report for report in material.pile}
    shown = lines.answer(material.verdicts[4], pile)._repr_html_()
    assert Balanced(shown).tags.count("tr") == 2
    assert "contested" in shown


def test_outside_text_cannot_become_markup(dossier):
    report = dataclasses.replace(dossier.report, title="<script>x</script>\u202e")
    claim = dataclasses.replace(dossier.claims[0], quote="<b>q</b>{}")
    shown = notebook.dossier(dataclasses.replace(dossier, report=report, claims=(claim,)))
    assert "<script>" not in shown
    assert "&lt;b&gt;q&lt;/b&gt;{}" in shown
    assert "\\u202e" in shown
