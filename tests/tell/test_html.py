import dataclasses
import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

from secondsource.model import Decision, JudgedKind, Judgement, Subject
from secondsource.tell import dossier as tell_dossier
from secondsource.tell import html, markdown, terminal
from secondsource.tell.records import ProposalRecord

VOID = {"meta", "link", "br", "img", "hr", "input", "base"}


class Page(HTMLParser):
    """What a browser would see: balanced tags, ids, links, loaded resources, text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.loads, self.text, self.attributes = [], [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.attributes += [name for name, _ in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if "id" in held:
            self.ids.append(held["id"])
        if "href" in held:
            self.links.append(held["href"])
        if "src" in held or tag in ("link", "iframe", "object", "embed", "base"):
            self.loads.append((tag, held))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


def words(text):
    return " ".join("".join(Page(text).text).split())


def test_the_page_is_whole_and_loads_nothing(dossier):
    page = Page(html.render(dossier))
    assert page.loads == []
    assert len(page.ids) == len(set(page.ids))
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)
    assert all(link.startswith(("#", "https://")) for link in page.links)
    assert "url(" not in html.render(dossier)
    assert "@import" not in html.render(dossier)


def test_the_policy_names_the_hashes_of_the_page_itself(dossier):
    text = html.render(dossier)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    for tag in ("style", "script"):
        inner = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        assert f"{tag}-src 'sha256-{b64encode(sha256(inner.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")


def test_every_claim_has_its_mark_its_card_and_its_evidence(dossier):
    page = Page(html.render(dossier))
    shown = words(html.render(dossier))
    for place, claim in enumerate(dossier.claims, 1):
        assert f"claim-{place}" in page.ids
        assert f"#claim-{place}" in page.links
        for telling in claim.tellings:
            assert " ".join(telling.quote.split()) in shown
    assert "Disclaimer: no claim is taken from this" in shown
    assert "<bdi>18</bdi></td><td><bdi>58</bdi>" in html.render(dossier)
    assert "hedge dropped" in shown
    assert "freedom fighters 2×" in shown
    assert "pile.jsonl:line 7" in shown


def test_outside_text_stays_text(material):
    evil = '"><script>alert(1)</script>\u202e{{ 7*7 }}'
    report = dataclasses.replace(
        material.report, title=evil, outlet=evil, uri="javascript:alert(1)", notes=(evil,)
    )
    pile = tuple(dataclasses.replace(other, uri="data:text/html,x", outlet=evil) for other in material.pile)
    rejects = (dataclasses.replace(material.rejects[0], reason=evil),)
    text = html.render(
        tell_dossier.build(dataclasses.replace(material, report=report, pile=pile, rejects=rejects))
    )
    page = Page(text)
    assert text.count("<script>") == 1
    assert "\u202e" not in text
    assert all(link.startswith("#") for link in page.links)
    assert "{{ 7*7 }}" in "".join(page.text)


def test_same_dossier_same_bytes(dossier):
    assert html.render(dossier) == html.render(dossier)


def test_a_dossier_without_claims_is_a_page(material):
    empty = tell_dossier.build(dataclasses.replace(material, claims=(), verdicts=(), reuse=(), omissions=()))
    assert "No checkable claim was found in this report." in words(html.render(empty))


def test_a_large_dossier_stays_under_two_megabytes(dossier):
    claims = tuple(
        dataclasses.replace(claim, tellings=(claim.tellings * 8)[:8])
        for claim in (dossier.claims * 5)
        if claim.tellings
    )
    big = dataclasses.replace(dossier, claims=claims)
    assert sum(len(claim.tellings) for claim in claims) >= 270
    assert len(html.render(big).encode()) < 2_000_000


def test_a_judgement_stands_beside_the_count_with_name_day_and_reason(material):
    at = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
    verdict = material.verdicts[4]
    on_claim = Judgement.of(
        Subject(JudgedKind.VERDICT, "ledger-1@0-9"), Decision.CHANGE, "A. <b>Reader", at,
        reason="the toll was withdrawn", value="corroborated",
    )  # fmt: skip
    on_link = Judgement.of(
        Subject(JudgedKind.LINK, "ledger-1@0-9", "x@0-4"),
        Decision.CONFIRM,
        "B",
        at,
        reason="r",
        value="supports",
    )
    told = dataclasses.replace(verdict.tellings[0], judgements=(on_link,))
    judged = dataclasses.replace(verdict, judgements=(on_claim,), tellings=(told, *verdict.tellings[1:]))
    verdicts = (*material.verdicts[:4], judged, *material.verdicts[5:])
    page = html.render(tell_dossier.build(dataclasses.replace(material, verdicts=verdicts)))
    assert (
        "Judged by A. &lt;b&gt;Reader on 6 May 2031: corroborated."
        " Reason: the toll was withdrawn; counted: contested." in page
    )
    assert "Judged by B on 6 May 2031: it supports. Reason: r." in page


def test_what_a_model_proposes_is_shown_as_counting_for_nothing(dossier):
    proposal = ProposalRecord(
        report="ksna-2", relation="refutes", quote="no one fell", span=(4, 15), by="m/1"
    )
    claim = dataclasses.replace(dossier.claims[0], proposals=(proposal,))
    one = dataclasses.replace(dossier, claims=(claim, *dossier.claims[1:]))
    place = "ksna-2@4-15"
    page = html.render(one)
    assert "Counts for nothing until a person confirms it." in page
    assert place in page
    for text in (terminal.render(one, width=200), markdown.render(one)):
        assert "Proposed by m/1, counts for nothing until a person confirms it" in text
        assert "no one fell" in text


def test_forty_claims_with_three_hundred_tellings_stay_a_small_file(dossier):
    claims = tuple(
        dataclasses.replace(claim, id=f"c{n}", tellings=(claim.tellings * 8)[:8], quote=claim.quote * 2)
        for n, claim in enumerate(dossier.claims[:5] * 8)
    )
    big = dataclasses.replace(dossier, claims=claims)
    assert sum(len(claim.tellings) for claim in big.claims) >= 300
    assert len(html.render(big).encode()) < 2_000_000
