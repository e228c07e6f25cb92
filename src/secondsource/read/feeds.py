"""Read feeds: RSS and Atom by feedparser, JSON Feed; and lists of addresses: OPML, sitemaps for news.

A feed often says where an item comes from (`<source>`): that is kept as the report's credit.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urljoin

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read.decode import NotText, decode
from secondsource.read.fields import Fields, build
from secondsource.read.fragment import text_of
from secondsource.read.options import ReadOptions
from secondsource.read.records import encoded
from secondsource.read.sniff import FEED, JSON, JSON_FEED, OPML, SITEMAP, kind_of
from secondsource.read.xml import first, name_of, parsed, text

READER = "read.feeds/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed or sitemap, as it says; `uri` is where its page is, "" if it names none.

    `credit` is the source that the feed itself names; `text` is what the feed carries of the
    article, often only its beginning.
    """

    uri: str = ""
    title: str = ""
    text: str = ""
    published: str = ""
    outlet: str = ""
    credit: str = ""
    byline: str = ""
    language: str = ""


def read_feed(
    content: bytes, where: str, options: ReadOptions
) -> Iterator[tuple[Document, Report] | Rejected]:
    """Yield a report for each item of a feed, in its order; an item without text is rejected.

    Raises:
        UnreadableInput: it is no feed, or a list of addresses, which has no reports in it.
    """
    if kind_of(content, where) in (OPML, SITEMAP):
        raise UnreadableInput(
            f"{where}: lists addresses, and holds no report; follow them with 'secondsource watch {where}'"
        )
    found = entries(content, where)
    if not found:
        raise UnreadableInput(f"{where}: holds no item; check that it is a feed of articles")
    for number, entry in enumerate(found, 1):
        yield report_of(entry, f"{where}: item {number}", options)


def report_of(entry: Entry, where: str, options: ReadOptions) -> tuple[Document, Report] | Rejected:
    """Return the report that a feed carries in one item, with the item as its document."""
    if not entry.text:
        return Rejected(where, "read", "the item carries no text; watching the feed fetches its page")
    document = Document.of(encoded(asdict(entry)), entry.uri or where, JSON)
    fields = Fields(
        body=entry.text,
        outlet=options.outlet or entry.outlet,
        published=options.published or entry.published,
        title=options.title or entry.title,
        uri=entry.uri or options.uri,
        language=entry.language,
        byline=entry.byline,
        credit=entry.credit,
    )
    return document, build(document, fields, READER)


def entries(content: bytes, where: str = "") -> tuple[Entry, ...]:
    """Return the items of a feed or of a sitemap, in its order.

    Raises:
        UnreadableInput: it is neither.
    """
    kind = kind_of(content, where)
    if kind == SITEMAP:
        return tuple(_of_sitemap(parsed(content, where)))
    if kind == JSON_FEED:
        return tuple(_of_json(content, where))
    if kind != FEED:
        raise UnreadableInput(f"{where}: is no feed (RSS, Atom, JSON Feed) and no sitemap; check the address")
    return tuple(_of_feed(content, where))


def feeds_of(content: bytes, where: str = "") -> tuple[str, ...]:
    """Return the addresses of the feeds that an OPML file names, each once, in its order.

    Raises:
        UnreadableInput: it is no OPML, or names no feed.
    """
    if kind_of(content, where) != OPML:
        raise UnreadableInput(f"{where}: is no OPML; export the list of feeds from a feed reader as OPML")
    lines = (node.get("xmlUrl") or node.get("xmlurl") or "" for node in parsed(content, where).iter())
    found = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not found:
        raise UnreadableInput(f"{where}: names no feed; its outlines need an xmlUrl")
    return found


def _of_feed(content: bytes, where: str) -> Iterator[Entry]:
    import feedparser  # type: ignore[import-untyped]

    # As a stream: bytes that happen to be a file's name or an address must not be opened.
    try:
        feed = feedparser.parse(io.BytesIO(content), response_headers={"content-location": where})
    except Exception as error:  # where the XML is broken, feedparser goes on by guesses that fail in any way
        raise UnreadableInput(f"{where}: is a broken feed ({type(error).__name__}: {error})") from error
    outlet, language = _said(feed.feed, "title"), _said(feed.feed, "language")
    for item in feed.entries:
        carried = [_said(part, "value") for part in item.get("content", ())]
        source = item.get("source") or {}
        credit = text_of(_said(source, "title"))
        yield Entry(
            uri=_address(_said(item, "link"), where),
            title=text_of(_said(item, "title")),
            text=max((text_of(part) for part in (*carried, _said(item, "summary"))), key=len),
            published=_day(item),
            outlet=text_of(outlet),
            credit="" if credit == text_of(outlet) else credit,
            byline=text_of(_said(item, "author")),
            language=language,
        )


def _day(item: Any) -> str:
    """Return the day of an item in UTC as feedparser understood it, else as it stands."""
    for name in ("published", "updated"):
        if (when := item.get(f"{name}_parsed")) is not None:
            return f"{when[0]:04}-{when[1]:02}-{when[2]:02}"
        if said := _said(item, name):
            return said
    return ""


def _of_json(content: bytes, where: str) -> Iterator[Entry]:
    try:
        feed = json.loads(decode(content)[0])
    except (NotText, ValueError, RecursionError) as error:
        raise UnreadableInput(f"{where}: is a broken JSON Feed ({error})") from error
    outlet, language = _said(feed, "title"), _said(feed, "language")
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        authors = [_said(one, "name") for one in item.get("authors") or () if isinstance(one, dict)]
        yield Entry(
            uri=_address(_said(item, "url"), where),
            title=_said(item, "title"),
            text=_said(item, "content_text")
            or text_of(_said(item, "content_html"))
            or _said(item, "summary"),
            published=_said(item, "date_published")[:10],
            outlet=outlet,
            byline=", ".join(filter(None, authors)),
            language=_said(item, "language") or language,
        )


def _of_sitemap(root: Any) -> Iterator[Entry]:
    for node in root:
        if name_of(node) not in ("url", "sitemap"):
            continue
        news = first(node, "news")
        about = Entry(uri=text(node, "loc"), published=text(node, "lastmod")[:10])
        if news is not None:
            about = replace(
                about,
                title=text(news, "title"),
                published=text(news, "publication_date")[:10] or about.published,
                outlet=text(news, "name"),
                language=text(news, "language"),
            )
        if about.uri:
            yield about


def _address(link: str, where: str) -> str:
    return urljoin(where, link) if "://" in where else link


def _said(record: Any, name: str) -> str:
    value = record.get(name) if isinstance(record, dict) else None
    return value.strip() if isinstance(value, str) else ""
