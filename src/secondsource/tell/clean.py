"""Outside text made safe to look at: what could steer a terminal or turn a line round becomes visible."""

from __future__ import annotations

import re
import unicodedata

# Kept: soft hyphens, and beside letters of other scripts the joiners and plain direction marks that honest
# Arabic, Hebrew, Persian and Hindi need. Between Latin letters they only hide something.
_KEPT = "\u00ad"
_JOINING = "\u200c\u200d\u200e\u200f"
_OTHER_SCRIPTS = 0x590  # the first code point of Hebrew; Latin, Greek and Cyrillic lie before it
_BREAKS = re.compile(r"[ \t\n\r\x0b\x0c\u2028\u2029]+")


def visible(text: str) -> str:
    r"""Return `text` with control, override, zero-width and surrogate characters as escapes.

    Tabs and newlines stay. `\x1b` is printed as the four characters backslash, x, 1, b.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c in "\t\n" or not _hidden(c) or _joins(text, at) else _escape(c) for at, c in enumerate(text)
    )


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


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner or direction mark stands beside a letter or sign of another script."""
    beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return text[at] in _JOINING and any(
        ord(c) >= _OTHER_SCRIPTS and unicodedata.category(c)[0] in "LMNS" for c in beside
    )


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
