"""Text of a piece of HTML, as feeds and wire messages carry it: blocks become lines, marks go."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = (
    frozenset(
        (
            "address",
            "article",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "footer",
            "h1",
        )
    )
    | frozenset(
        (
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hl1",
            "hl2",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "table",
        )
    )
    | {"table", "td", "tr", "ul"}
)
_HIDDEN = frozenset(("script", "style", "noscript", "template", "head"))
_MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>|&#?\w+;")


def text_of(fragment: str) -> str:
    """Return the text of `fragment`, one block a line; text without markup only loses outer space."""
    if not _MARKUP.search(fragment):
        return fragment.strip()
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        tree = html.fragment_fromstring(fragment, create_parent="div")
    except (LxmlError, ValueError):
        return _MARKUP.sub(" ", fragment).strip()
    return element_text(tree)


def element_text(element: Any) -> str:
    """Return the text of an lxml element, HTML or XML of any namespace, one block a line."""
    parts: list[str] = []
    _walk(element, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(element: Any, parts: list[str]) -> None:
    """Collect text in reading order; an own stack, so that deep markup cannot exhaust Python's."""
    stack: list[tuple[Any, bool]] = [(element, True)]
    while stack:
        node, opens = stack.pop()
        name = node.tag.rpartition("}")[2].casefold() if isinstance(node.tag, str) else ""
        if opens:
            stack.append((node, False))
            if name and name not in _HIDDEN:
                parts.append("\n" if name in _BLOCKS else "")
                parts.append(" ".join((node.text or "").split("\n")))
                stack.extend((child, True) for child in reversed(node))
        else:
            parts.append("\n" if name in _BLOCKS else "")
            parts.append(" ".join((node.tail or "").split("\n")) if node is not element else "")
