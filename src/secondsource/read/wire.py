"""Read the agencies' own forms, ninjs (JSON) and NewsML-G2 (XML), with the credit line they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read.fields import Fields, build
from secondsource.read.fragment import element_text, text_of
from secondsource.read.options import ReadOptions
from secondsource.read.sniff import NEWSML
from secondsource.read.xml import first, name_of, parsed, text

READER = "read.wire/1"
_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is an item of ninjs, of any version."""
    return any(name in record for name in _BODIES) and (
        "versioncreated" in record or "versionCreated" in record
    )


def from_ninjs(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a ninjs item under the names of `options.FIELDS`, only texts."""
    body = _text(record, "body_text") or text_of(_text(record, "body_xhtml") or _text(record, "body_html"))
    parts = {
        one.get("contentType") or one.get("contenttype"): _text(one, "value")
        for one in _list(record, "bodies")
    }
    body = body or parts.get("text/plain") or next((text_of(part) for part in parts.values() if part), "")
    headlines = [_text(one, "value") for one in _list(record, "headlines")]
    sources = [
        _text(one, "name") or _text(one, "literal")
        for one in (*_list(record, "infosource"), *_list(record, "infosources"))
    ]
    days = ("firstcreated", "firstCreated", "versioncreated", "versionCreated")
    return {
        "body": body,
        "title": _text(record, "headline") or next(iter(headlines), "") or _text(record, "title"),
        "uri": _text(record, "uri"),
        "published": next((day[:10] for name in days if (day := _text(record, name))), ""),
        "outlet": _text(record, "outlet") or _text(record, "provider"),
        "language": _text(record, "language"),
        "byline": _text(record, "byline"),
        "credit": _text(record, "creditline")
        or ", ".join(dict.fromkeys(filter(None, sources)))
        or _text(record, "copyrightholder"),
    }


def read_newsml(
    content: bytes, where: str, options: ReadOptions
) -> Iterator[tuple[Document, Report] | Rejected]:
    """Yield the reports of a NewsML-G2 item or message, in its order.

    Raises:
        UnreadableInput: broken XML, or no news item in it.
    """
    from lxml import etree  # type: ignore[import-untyped]

    items = [node for node in parsed(content, where).iter() if name_of(node) == "newsItem"]
    if not items:
        raise UnreadableInput(f"{where}: holds no news item with a text; give NewsML-G2 news items")
    for number, item in enumerate(items, 1):
        held = first(item, "inlineXML", "inlineData")
        body = _body(held) if held is not None else ""
        if not body:
            yield Rejected(f"{where}: item {number}", "read", "the item carries no text")
            continue
        own = content if len(items) == 1 else etree.tostring(item, encoding="utf-8")
        document = Document.of(own, item.get("guid") or where, NEWSML)
        fields = Fields(
            body=body,
            outlet=options.outlet or _named(first(item, "provider")),
            published=options.published
            or text(item, "firstCreated", "contentCreated", "versionCreated")[:10],
            title=options.title or text(item, "headline"),
            uri=options.uri or item.get("guid") or "",
            language=_language(item),
            byline=text(item, "by"),
            credit=text(item, "creditline") or _named(first(item, "infoSource")),
        )
        yield document, build(document, fields, READER)


def _body(held: Any) -> str:
    """Return the story of what an item holds inline, without the head that NITF and XHTML begin with."""
    inner = first(held, "body.content", "body")
    return element_text(inner if inner is not None else held)


def _language(item: Any) -> str:
    told = first(item, "language")
    return (told.get("tag") or "" if told is not None else "") or item.get(
        "{http://www.w3.org/XML/1998/namespace}lang", ""
    )


def _named(party: Any) -> str:
    if party is None:
        return ""
    return text(party, "name") or party.get("literal") or party.get("qcode", "").rpartition(":")[2]


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
