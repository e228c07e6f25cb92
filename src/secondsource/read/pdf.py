"""Read the text of a PDF, page by page, by PDFium; lines that only the page's width broke are joined."""

from __future__ import annotations

import re
from importlib.metadata import version

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Report
from secondsource.read.fields import Fields, build
from secondsource.read.options import ReadOptions
from secondsource.read.sniff import PDF

MAX_PAGES = 400
MAX_TEXT = 8 * 1024 * 1024  # code points
_MADE = re.compile(r"D?:?((?:19|20)\d\d)(\d\d)(\d\d)")
_PARTED = re.compile("[\r\x02\ufffe]")  # PDFium marks a word parted at the end of a line
_ENDS = re.compile(r"[.!?:;][\"\u201d\u2019)\]]*$")
_SHORT = 0.6  # of the longest line: a shorter one ends its paragraph


def read_pdf(content: bytes, where: str, options: ReadOptions) -> tuple[Document, Report]:
    """Return the one report of a PDF.

    Its day, unless told, is that of the file's making, which a note says.

    Raises:
        UnreadableInput: damaged, locked by a password, without text (a scan), or too long.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(f"{where}: cannot be read as a PDF ({error}); save it anew") from error
    try:
        pages = _pages(pdf, where)
        title, made = pdf.get_metadata_value("Title"), _MADE.match(pdf.get_metadata_value("CreationDate"))
    finally:
        pdf.close()
    body = "\n\n".join(filter(None, map(unwrapped, pages)))
    if not body.strip():
        raise UnreadableInput(f"{where}: holds no text, only pictures of it; save its text and add that")
    day = "-".join(made.groups()) if made and not options.published else ""
    notes = ("published is the day on which the PDF was made",) if day else ()
    document = Document.of(content, options.uri or where, PDF)
    fields = Fields(body, "", options.outlet, options.published or day, options.title or title, options.uri)
    return document, build(document, fields, f"read.pdf/1 pypdfium2/{version('pypdfium2')}", notes)


def unwrapped(page: str) -> str:
    """Return the text of a page with the lines of a paragraph joined, words parted at a line's end too."""
    lines = [" ".join(line.split()) for line in _PARTED.sub("", page).split("\n")]
    longest = max(map(len, lines), default=0)
    out: list[str] = []
    joins = False
    for line in lines:
        if joins and line and out[-1].endswith("-") and line[:1].islower():
            out[-1] = out[-1][:-1] + line
        elif joins and line:
            out[-1] += f" {line}"
        elif line:
            out.append(line)
        joins = bool(line) and not (_ENDS.search(line) and len(line) < _SHORT * longest + 1)
    return "\n".join(out)


def _pages(pdf: object, where: str) -> list[str]:
    pages: list[str] = []
    count = len(pdf)  # type: ignore[arg-type]
    if count > MAX_PAGES:
        raise UnreadableInput(f"{where}: has {count} pages, more than {MAX_PAGES}; split it")
    for number in range(count):
        page = pdf[number]  # type: ignore[index]
        text = page.get_textpage()
        pages.append(str(text.get_text_bounded()))
        text.close()
        page.close()
        if sum(map(len, pages)) > MAX_TEXT:
            raise UnreadableInput(f"{where}: holds more than {MAX_TEXT >> 20} million characters; split it")
    return pages
