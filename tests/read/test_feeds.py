import json
from pathlib import Path

import pytest

from secondsource.errors import UnreadableInput
from secondsource.model import Rejected
from secondsource.read import entries, feeds_of, read_bytes

STORY = "A ferry capsized off Port Velm on Monday, killing at least 20 people, the coast guard said."
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Velm Herald</title><language>en</language>
<item><title>Ferry &amp; storm</title><link>/ferry</link><pubDate>Mon, 05 May 2031 23:30:00 -0300</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{STORY}</p><script>x()</script><p>Divers
searched.</p>]]></content:encoded><source url="http://ona.example/feed">Orsa News Agency</source></item>
<item><title>Nothing in it</title><link>/empty</link></item></channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn Post</title><entry><title>Ferry</title>
<link href="http://tarn.example/1"/><published>2031-05-05T10:00:00Z</published>
<author><name>Ada Quill</name></author><source><title>Velm Herald</title></source>
<content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>""".encode()
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quill Wire",
        "items": [
            {"id": "1", "url": "http://q.example/1", "title": "Ferry", "content_html": f"<p>{STORY}</p>",
             "date_published": "2031-05-05T10:00:00Z", "authors": [{"name": "Ben Tarn"}]},
            "no item",
        ],
    }
).encode()  # fmt: skip
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://velm.example/a</loc><news:news>
<news:publication><news:name>Velm Herald</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2031-05-05T08:00:00Z</news:publication_date><news:title>Ferry</news:title></news:news>
</url><url><lastmod>2031-05-05</lastmod></url></urlset>"""
OPML = b"""<opml version="2.0"><body><outline text="A"><outline type="rss" xmlUrl="http://a.example/rss"/></outline>
<outline xmlUrl="http://b.example/feed"/><outline xmlUrl="http://a.example/rss"/></body></opml>"""


def test_rss_keeps_the_source_that_the_feed_names_as_credit():
    (_, report), empty = read_bytes(RSS, "http://velm.example/rss")
    assert report.body == f"{STORY}\nDivers searched."
    assert (report.outlet, report.credit, report.title) == (
        "Velm Herald",
        "Orsa News Agency",
        "Ferry & storm",
    )
    assert report.uri == "http://velm.example/ferry"
    assert report.published.isoformat() == "2031-05-06"  # of the day in UTC
    assert isinstance(empty, Rejected)
    assert "no text" in empty.reason


def test_atom_and_json_feed_read_alike():
    ((_, atom),) = read_bytes(ATOM, "feed.atom")
    ((_, other),) = read_bytes(JSON_FEED, "feed.json")
    assert (atom.body, atom.outlet, atom.byline, atom.credit) == (
        STORY, "Tarn Post", "Ada Quill", "Velm Herald",
    )  # fmt: skip
    assert (other.body, other.outlet, other.byline, other.uri) == (
        STORY, "Quill Wire", "Ben Tarn", "http://q.example/1",
    )  # fmt: skip


def test_the_same_item_has_the_same_document_and_an_edited_one_another():
    once, again = (next(iter(read_bytes(RSS, "http://velm.example/rss")))[0] for _ in range(2))
    edited = next(iter(read_bytes(RSS.replace(b"least 20", b"least 22"), "http://velm.example/rss")))[0]
    assert once.id == again.id != edited.id


def test_sitemap_for_news_lists_pages_with_outlet_and_day():
    (entry,) = entries(SITEMAP, "http://velm.example/map.xml")
    assert (entry.uri, entry.outlet, entry.published, entry.title) == (
        "http://velm.example/a", "Velm Herald", "2031-05-05", "Ferry",
    )  # fmt: skip


def test_opml_lists_each_feed_once_in_order():
    assert feeds_of(OPML) == ("http://a.example/rss", "http://b.example/feed")


@pytest.mark.parametrize("content", [OPML, SITEMAP])
def test_adding_a_list_of_addresses_names_the_remedy(content):
    with pytest.raises(UnreadableInput, match="secondsource watch"):
        list(read_bytes(content, "list.xml"))


def test_entities_of_a_document_type_are_not_expanded():
    bomb = b'<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><outline xmlUrl="&b;"/></opml>'
    with pytest.raises(UnreadableInput):
        feeds_of(bomb)


def test_a_feed_that_is_the_name_of_a_file_opens_nothing(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_bytes(RSS)
    with pytest.raises(UnreadableInput, match="no feed"):
        entries(str(secret).encode(), "x")


def test_a_feed_that_its_parser_falls_over_is_refused_in_words():
    case = Path(__file__).parents[1] / "hostile" / "cases" / "feed-with-links-unopened.bin"
    with pytest.raises(UnreadableInput, match="is a broken feed"):
        entries(case.read_bytes()[1:], "http://velm.example/feed")
