"""Parse XML that came from outside: no entities, no network, no endless trees."""

from __future__ import annotations

from typing import Any

from secondsource.errors import UnreadableInput


def parsed(content: bytes, where: str) -> Any:
    """Return the root element of `content`.

    Raises:
        UnreadableInput: it is no XML.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(content.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput(f"{where}: is broken XML ({error}); check how it was saved") from error


def name_of(element: Any) -> str:
    """Return an element's name without its namespace, "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first(element: Any, *names: str) -> Any:
    """Return the first descendant that has one of `names`, the names tried in order; None if none has."""
    for name in names:
        found = next((node for node in element.iter() if name_of(node) == name), None)
        if found is not None:
            return found
    return None


def text(element: Any, *names: str) -> str:
    """Return the text of `first`, white space folded, "" if there is none."""
    found = first(element, *names)
    return "" if found is None else " ".join("".join(found.itertext()).split())
