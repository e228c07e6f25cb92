"""Tell what kind of text an input is: by its own beginning first, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePath

PLAIN, HTML, LINES, JSON, CSV = "text/plain", "text/html", "application/jsonl", "application/json", "text/csv"
FEED, JSON_FEED, OPML = "application/rss+xml", "application/feed+json", "text/x-opml"
SITEMAP, NEWSML, PDF = "application/sitemap+xml", "application/vnd.iptc.g2.newsitem+xml", "application/pdf"

_SUFFIXES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".json": JSON,
    ".csv": CSV,
    ".tsv": CSV,
}
_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/jsonl": LINES,
    "application/x-ndjson": LINES,
    "application/ndjson": LINES,
    "application/json": JSON,
    "text/csv": CSV,
    "text/tab-separated-values": CSV,
}
_HEAD = 8 * 1024
_PAGE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_RECORD = re.compile(rb'\s*\{\s*"')
_ROOT = re.compile(rb"(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*>)*<([A-Za-z][\w.:-]*)", re.I | re.S)
_ROOTS = {
    b"rss": FEED,
    b"rdf": FEED,
    b"feed": FEED,
    b"opml": OPML,
    b"urlset": SITEMAP,
    b"sitemapindex": SITEMAP,
    b"newsmessage": NEWSML,
    b"newsitem": NEWSML,
}
_JSON_FEED = re.compile(rb'\s*\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.S)


def kind_of(head: bytes, name: str = "", told: str = "") -> str:
    """Return the media type of an input.

    `head` is its first few KiB, `name` a file name or address, `told` the media type that a
    server gave. Anything that looks like nothing else is plain text.
    """
    start = head[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if start.startswith(b"%PDF-"):
        return PDF
    if _JSON_FEED.match(start):
        return JSON_FEED
    suffix = _SUFFIXES.get(PurePath(name.partition("?")[0]).suffix.casefold(), "")
    if suffix in (LINES, JSON, CSV):
        return suffix
    if _PAGE.match(start):
        return HTML
    if (root := _ROOT.match(start)) and (found := _ROOTS.get(_local(root[1]))):
        return found
    known = suffix or _TYPES.get(told.partition(";")[0].strip().casefold(), "")
    if known:
        return known
    return LINES if _RECORD.match(start) else PLAIN


def _local(name: bytes) -> bytes:
    """Return an element's name in small letters, without the prefix of its namespace."""
    prefix, colon, local = name.lower().partition(b":")
    return local if colon else prefix
