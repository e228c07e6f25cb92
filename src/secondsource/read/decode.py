"""Bytes to text: byte-order marks, UTF-8, declared and guessed encodings; and what is no text at all."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from secondsource.read.language import is_english

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip-compressed",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ": "xz-compressed",
    b"(\xb5/\xfd": "zstd-compressed",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet table",
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 256 * 1024


class NotText(ValueError):
    """The bytes are no text; the message says what they are instead."""


def binary(head: bytes) -> str:
    """Return what binary format `head` begins like, or ""."""
    return next((name for magic, name in _BINARY.items() if head.startswith(magic)), "")


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of `content` without its byte-order mark, and the encoding's name.

    Tried in order: byte-order mark, UTF-8, `declared`, a guess from the bytes. Line ends stay
    as they are.

    Raises:
        NotText: the bytes are binary, or in no encoding that can be told.
    """
    if name := binary(content[:16]):
        raise NotText(f"is {name}")
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, name), name.removesuffix("-sig")
    try:
        return _clean(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    if declared and (text := _declared(content, declared)) is not None:
        return text, declared.casefold()
    name = guess(content)
    return _strict(content, name), name


def wide_encoding(head: bytes) -> str:
    """Return "utf-16" or "utf-32" where `head` begins with such a byte-order mark, else ""."""
    return next((name for mark, name in _MARKS if head.startswith(mark) and name != "utf-8-sig"), "")


def declared_in(head: bytes) -> str:
    """Return the encoding that an HTML head or a media type names, or ""."""
    found = _DECLARED.search(head[:4096])
    return found[1].decode("ascii") if found else ""


def guess(content: bytes) -> str:
    """Return the encoding that `content` most likely has, judged by its first 256 KiB.

    Raises:
        NotText: none fits.
    """
    from charset_normalizer import from_bytes

    # English has too few accents to tell the Latin code pages apart: the commonest is meant.
    with suppress(UnicodeDecodeError):
        if is_english(content[:_SAMPLE].decode("cp1252")):
            return "cp1252"
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise NotText("is binary, or text in no known encoding")
    return best.encoding


def _declared(content: bytes, name: str) -> str | None:
    try:
        return _clean(content.decode(name))
    except (LookupError, UnicodeError, NotText):
        return None


def _strict(content: bytes, name: str) -> str:
    try:
        return _clean(content.decode(name))
    except UnicodeError as error:
        raise NotText(f"is binary, or damaged {name.removesuffix('-sig')} text") from error


def _clean(text: str) -> str:
    """Refuse text with NULs or many control characters: it is binary that happens to decode."""
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > 0.02 * len(text) + 2:
        raise NotText("is binary")
    return text
