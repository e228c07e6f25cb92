"""What no reader and no step may do, whatever it is fed: end in another error than words, or not end."""

import signal
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import SecondsourceError, UnreadableInput
from secondsource.extract import Extractor
from secondsource.model import Rejected, SectionRole
from secondsource.read import read_bytes
from secondsource.tell.clean import visible
from secondsource.text import READABLE, words

CASES = sorted((Path(__file__).parent / "cases").glob("*.bin"))
KINDS = (
    "text/plain", "text/html", "application/jsonl", "application/json", "text/csv", "text/xml",
    "application/rss+xml", "application/feed+json", "text/x-opml", "application/sitemap+xml",
    "application/vnd.iptc.g2.newsitem+xml", "application/ninjs+json",
    "application/warc", "application/wacz", "application/pdf",
)  # fmt: skip
SECONDS = 10
SIZE = 60_000


class TooLong(BaseException):
    """Ten seconds of computing are over; no `except Exception` may swallow it."""


@contextmanager
def bounded():
    """Stop the block after ten seconds of computing, whatever else the machine does."""

    def stop(_signal, _frame):
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def read(content, kind):
    """Return what is read, [] where it is refused in words."""
    with bounded(), suppress(SecondsourceError):
        return list(read_bytes(content, "https://velm.example/page", kind))
    return []


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_found_cases_are_read_in_time(case):
    for kind in KINDS:
        read(case.read_bytes()[1:], kind)


@given(st.binary(max_size=600), st.sampled_from(KINDS))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused_in_words(content, kind):
    for item in read(content, kind):
        if not isinstance(item, Rejected):
            report = item[1]
            assert [s.span[0] for s in report.sections] == [0, *(s.span[1] for s in report.sections[:-1])]
            assert report.sections[-1].span[1] == len(report.body)


# One good document of each kind that holds others; what is wrong in a real one is mostly a part of it.
DOCUMENTS = {
    "application/rss+xml": """<rss version='2.0'><channel><title>V</title><item><title>It fell</title>
<link>https://velm.example/1</link><pubDate>Fri, 02 May 2031 10:00:00 GMT</pubDate>
<description>The bridge fell, the mayor said.</description></item></channel></rss>""",
    "application/feed+json": """{"version": "https://jsonfeed.org/version/1.1", "title": "V", "items": [
{"id": "1", "url": "https://velm.example/1", "date_published": "2031-05-02", "content_text": "It fell."}]}""",
    "text/x-opml": """<opml version='2.0'><body><outline text='V' xmlUrl='https://velm.example/f'/>
</body></opml>""",
    "application/sitemap+xml": """<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>
<url><loc>https://velm.example/1</loc><lastmod>2031-05-02</lastmod></url></urlset>""",
    "application/vnd.iptc.g2.newsitem+xml": """<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'
guid='urn:v:1'><contentMeta><headline>It fell</headline></contentMeta><contentSet><inlineXML>
<p>The bridge fell.</p></inlineXML></contentSet></newsItem>""",
    "application/ninjs+json": """{"uri": "urn:v:1", "versioncreated": "2031-05-02T10:00:00Z",
"headline": "It fell", "body_text": "The bridge fell, the mayor said.", "byline": "A. Writer"}""",
    "application/json": """[{"id": "a", "outlet": "velm", "published": "2031-05-02", "body": "It fell."}]""",
    "text/csv": """id;outlet;published;body\r\na;velm;2031-05-02;"The bridge; it fell"\r\n""",
}


@given(st.data())
@settings(max_examples=150)
def test_a_document_with_a_part_changed_is_read_or_refused_in_words(data):
    kind = data.draw(st.sampled_from(sorted(DOCUMENTS)))
    whole = DOCUMENTS[kind].encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 12)))
    put = data.draw(
        st.one_of(
            st.binary(max_size=8), st.sampled_from([b"<", b"&x;", b"]]>", b'"', b"\xff", b"{", b"9" * 40])
        )
    )
    for item in read(whole[:start] + put + whole[end:], kind):
        assert isinstance(item, Rejected) or item[1].sections[-1].span[1] == len(item[1].body)


UNITS = {
    "one letter": "a",
    "capitals": "Q",
    "letters apart": "a ",
    "line ends": "w\n",
    "quotation marks": '"',
    "brackets": "(",
    "stops": ". ",
    "days": "May 2, 2031 ",
    "openers": "Related: The mayor said it was so. ",
    "pictures": "Photo: AP/X ",
    "names": "A B, ",
    "hyphens": "A-",
    "capitals and stops": "A.B.",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_a_long_text_of_one_kind_is_read_in_time(unit):
    text = (unit * SIZE)[:SIZE]
    ((_, report),) = read(f"It fell. {text}".encode(), "text/plain")
    assert report.sections[-1].role is SectionRole.BOILERPLATE
    assert report.sections[-1].span == (READABLE, len(report.body))
    assert any("characters were read for claims" in note for note in report.notes)


RUNS = {
    "clauses": "and he said that ",
    "marks": '"',
    "quotations": "“so” said he ",
    "list": "three men, ",
    "speakers": "Velm said ",
    "numbers": "two hundred thousand ",
    "dots": "...",
    "nesting": "the man who saw the man that ",
    "said": "said ",
    "amounts": "$3 ",
    "ellipses": "\u2026",
    "calls": "!",
    "lines": "w\n",
    "conditions": "if ",
}


@pytest.mark.parametrize("unit", RUNS.values(), ids=RUNS.keys())
def test_a_sentence_without_end_is_extracted_in_time(unit):
    ((_, report),) = read(f"It fell. {(unit * 2_000)[:12_000]}".encode(), "text/plain")
    extractor = Extractor()
    extractor.mentions(report)
    with bounded():
        mentions = extractor.mentions(report)
    assert all(0 <= s < e <= READABLE for mention in mentions for s, e in mention.content)


PAGES = {
    "deep nesting": "<html><body>" + "<div>" * 20_000 + "It fell.",
    "open tags": "<html><body><p>" + "<span>a " * 15_000,
    "links": "<html><body>" + "<a href=x>y</a>" * 8_000,
    "comments": "<html><!--" * 12_000,
    "less-than signs": "<html><body>" + "<" * 100_000,
    "attributes": "<html><body " + "a=b " * 30_000 + ">",
    "entities": "<html><body><p>" + "&amp;" * 30_000,
    "entity bomb": '<!DOCTYPE html [<!ENTITY a "aaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    + "]><html><body><p>&a8;",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_made_to_hurt_is_read_or_refused_in_time(page):
    for item in read(page.encode(), "text/html"):
        assert len(item[1].body) <= len(page)


def test_a_page_of_a_hundred_megabytes_is_refused_unread():
    with bounded(), pytest.raises(UnreadableInput, match="larger than"):
        list(read_bytes(b"<html><body><p>" + b"It fell. " * 12_000_000, "x.html", "text/html"))


def test_a_line_of_ten_million_characters_is_kept_whole_and_read_in_part():
    body = "It fell in Velm, the mayor said. " + "a" * 10_000_000
    ((_, report),) = read(body.encode(), "text/plain")
    assert report.body == body
    assert any("the mayor said" in m.statement or "fell" in m.statement for m in Extractor().mentions(report))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "ascii", "no-such-charset", "utf-7", "rot13", "hex"])
def test_a_wrong_charset_is_no_traceback(charset):
    page = "<html><body><p>" + "Die Brücke fiel, sagte der Bürgermeister von Velm am Freitag. " * 4
    read(page.encode("latin-1"), f"text/html; charset={charset}")


@pytest.mark.parametrize("kind", KINDS)
def test_nuls_are_refused_in_words(kind):
    read(b"It fell\x00 in Velm." * 20, kind)
    read(b'{"body": "It fell\\u0000 in Velm."}', kind)


def test_zero_width_and_direction_tricks_match_as_plain_words_and_show_as_escapes():
    tricked = "The fer\u200bry \u202eAlma\u202c sa\u00adnk"
    assert "ferry" not in tricked
    assert visible(tricked) == "The fer\\u200bry \\u202eAlma\\u202c sa\u00adnk"
    assert words("\u2066Alma\u2069") == ["alma"]
