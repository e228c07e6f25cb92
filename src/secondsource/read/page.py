"""Read a web page: the article's text by trafilatura, its day by htmldate, its metadata as given."""

from __future__ import annotations

import logging
import re
from importlib.metadata import version
from typing import Any

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Report
from secondsource.read.decode import NotText, declared_in, decode
from secondsource.read.fields import Fields, build
from secondsource.read.options import ReadOptions
from secondsource.read.sniff import HTML

_LANG = re.compile(r"""<html\b[^>]*?\blang\s*=\s*["']?([A-Za-z-]{2,12})""", re.IGNORECASE)
# htmldate refuses days after "now" unless told: a fixed bound keeps a page's reading the same for ever.
_FEWEST = 12  # words: less than that is a menu or a notice, no article
_LATEST_DAY = "2099-12-31"


def read_page(content: bytes, where: str, told: str, options: ReadOptions) -> tuple[Document, Report]:
    """Return the one report of a page; `told` is the media type that a server gave, with its charset.

    What `options` say outranks the page's own metadata.

    Raises:
        UnreadableInput: no text, or no article in it.
    """
    try:
        text, encoding = decode(content, declared_in(told.encode()) or declared_in(content))
    except NotText as error:
        raise UnreadableInput(f"{where}: {error}; give plain text, HTML, JSONL or CSV") from error
    found = _article(text, options.uri or (where if "://" in where else ""))
    if found is None or len((found.text or "").split()) < _FEWEST:
        raise UnreadableInput(f"{where}: no article found in this page; save its text and add that instead")
    document = Document.of(content, options.uri or where, HTML)
    lang = _LANG.search(text[:4096])
    fields = Fields(
        body=str(found.text),
        outlet=options.outlet or found.sitename or found.hostname or "",
        published=options.published or found.date or "",
        title=options.title or found.title or "",
        uri=options.uri or found.url or "",
        language=lang[1] if lang else "",
        byline=found.author or "",
    )
    notes = () if encoding == "utf-8" else (f"read as {encoding}",)
    return document, build(document, fields, f"read.page/1 trafilatura/{version('trafilatura')}", notes)


def _article(text: str, uri: str) -> Any:
    """Return trafilatura's document of a page, or None; its warnings about odd pages are kept quiet."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dating = {"original_date": True, "extensive_search": True, "max_date": _LATEST_DAY}
    try:
        return bare_extraction(
            text,
            url=uri or None,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dating,
        )
    except (LxmlError, ValueError, RecursionError):
        return None
