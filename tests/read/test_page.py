from datetime import date

import pytest

from secondsource.errors import UnreadableInput
from secondsource.read import ReadOptions, read_bytes

PAGE = """<!doctype html><html lang="en-GB"><head><title>Flood hits Port Velm | The Velm Herald</title>
<meta property="og:site_name" content="The Velm Herald">
<meta property="article:published_time" content="2031-05-02T10:00:00Z">
<meta name="author" content="Ana Brook"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Flood hits Port Velm</h1>
<p>At least 20 people died on Monday when the river Velm burst its banks, the civil guard said.</p>
<p>The mayor said that the dam had held. "We had warned of this for years," she told reporters.</p>
<p>Thousands were moved to schools in the north of the town, where caf\u00e9s gave out bread.</p></article>
<footer>About us. All rights reserved.</footer></body></html>"""


def test_article_and_metadata_are_read():
    ((document, report),) = read_bytes(PAGE.encode(), "https://herald.example/flood", "text/html")
    assert "burst its banks" in report.body
    assert "Sport" not in report.body
    assert "All rights reserved" not in report.body
    assert (report.outlet, report.byline, report.published) == (
        "The Velm Herald",
        "Ana Brook",
        date(2031, 5, 2),
    )
    assert report.title.startswith("Flood hits Port Velm")
    assert (report.language, report.uri) == ("en", "https://herald.example/flood")
    assert document.content == PAGE.encode()


def test_charset_of_the_server_is_used():
    ((_, report),) = read_bytes(
        PAGE.encode("iso-8859-1"), "https://herald.example/flood", "text/html; charset=iso-8859-1"
    )
    assert "caf\u00e9s" in report.body


def test_what_the_user_says_outranks_the_page():
    options = ReadOptions(
        outlet="Herald", published=date(2031, 5, 1), title="Flood", uri="https://other.example/x"
    )
    ((_, report),) = read_bytes(PAGE.encode(), "flood.html", "", options)
    assert (report.outlet, report.published, report.title, report.uri) == (
        "Herald",
        date(2031, 5, 1),
        "Flood",
        "https://other.example/x",
    )


@pytest.mark.parametrize(
    "page", ["<html><body><nav><a href='/'>Home</a></nav></body></html>", "<html></html>", "<!doctype html>"]
)
def test_page_without_article_is_told(page):
    with pytest.raises(UnreadableInput, match="no article found"):
        list(read_bytes(page.encode(), "page.html"))
