"""Outside text made safe to look at: what could steer a terminal or turn a line round becomes visible."""

from __future__ import annotations

import re
import unicodedata

# Kept: joiners and plain direction marks, which honest Arabic, Hebrew and Persian need, and soft hyphens.
_KEPT = "\u200c\u200d\u200e\u200f\u00ad"
_BREAKS = re.compile(r"[ \t\n\r\x0b\x0c\u2028\u2029]+")


def visible(text: str) -> str:
    r"""Return `text` with control, override, zero-width and surrogate characters as escapes.

    Tabs and newlines stay. `\x1b` is printed as the four characters backslash, x, 1, b.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in "\t\n" or not _hidden(c) else _escape(c) for c in text)


def line(text: str) -> str:
    """Return `text` visible and on one line, runs of white space as one blank."""
    return visible(_BREAKS.sub(" ", text).strip())


def quoted(text: str, most: int = 0) -> str:
    """Return `text` on one line between quotation marks that its own marks do not break.

    Over `most` characters (0: no limit) it ends, at a word, in three dots.
    """
    words = line(text)
    if most and len(words) > most:
        words = words[: most + 1].rpartition(" ")[0] + " …"
    return f"‘{words}’" if any(mark in words for mark in '“”"«»„') else f"“{words}”"


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _KEPT


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
