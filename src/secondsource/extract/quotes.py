"""Quotations as token ranges, told by the direction of each mark."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.extract.parse import Tree

_OPEN, _CLOSE, _PLAIN = "\u201c\u00ab\u201e", "\u201d\u00bb", '"\u201f'


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens between two marks: `first`..`last` inside, `open` and `close` the marks themselves."""

    open: int
    first: int
    last: int
    close: int


def quotes(tree: Tree) -> list[Quote]:
    """Return the quotations of a body in order.

    A mark that opens a second time drops the first one: its closing mark was lost. A quotation
    that stays open at an empty line goes on only if the next paragraph opens with a mark again.
    """
    body = tree.body
    found: list[Quote] = []
    opened: int | None = None
    for token, word in enumerate(tree.words):
        if "\n" in word and opened is not None and _paragraph(tree, token):
            if token + 1 < len(tree.words) and tree.words[token + 1] in _OPEN + _PLAIN and token - 1 > opened:
                found.append(Quote(opened, opened + 1, token - 1, token - 1))
            opened = None
            continue
        if len(word) > 2 or (word[0] not in _OPEN + _CLOSE + _PLAIN and word not in ("''", "``")):
            continue
        if _opens(body, word, tree.start[token]):
            opened = token
        elif opened is not None:
            if token - opened > 1:
                found.append(Quote(opened, opened + 1, token - 1, token))
            opened = None
    return found


def _paragraph(tree: Tree, token: int) -> bool:
    return tree.words[token].count("\n") > 1


def _opens(body: str, word: str, at: int) -> bool:
    """Tell whether the mark at `at` opens: by its own form, else by the white space around it."""
    if word[0] in _OPEN or word == "``":
        return True
    if word[0] in _CLOSE:
        return False
    before = body[at - 1] if at else " "
    after = body[at + len(word)] if at + len(word) < len(body) else " "
    return (before.isspace() or before in "([-\u2014\u2013") and not after.isspace()
