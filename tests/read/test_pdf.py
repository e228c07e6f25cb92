import pytest

from secondsource.errors import UnreadableInput
from secondsource.read import ReadOptions, read_bytes
from secondsource.read.pdf import unwrapped

LINES = (
    "Two people died when a ferry capsized off Port Velm on Monday, the",
    "coast guard said. Divers searched the har-",
    "bour all night.",
    "The port was closed on Tuesday.",
)


def made(lines=LINES, info="/Title (Ferry) /CreationDate (D:20310506120000Z)") -> bytes:
    """Return a PDF of one page with these lines."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 40 700 Td {shown} ET"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<<{info}>>",
    )
    body = "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{body}trailer <</Root 1 0 R/Info 6 0 R>>\n%%EOF".encode()


def test_text_title_and_day_are_read():
    content = made()
    ((document, report),) = read_bytes(content, "report.pdf")
    assert "capsized off Port Velm on Monday, the coast guard said." in report.body
    assert "searched the harbour all night." in report.body
    assert (report.title, report.published.isoformat()) == ("Ferry", "2031-05-06")
    assert any("PDF was made" in note for note in report.notes)
    assert document.content == content


def test_what_the_user_says_goes_before_the_file(tmp_path):
    from datetime import date

    options = ReadOptions(published=date(2031, 5, 5), title="Capsized")
    ((_, report),) = read_bytes(made(), "report.pdf", options=options)
    assert (report.title, report.published.isoformat()) == ("Capsized", "2031-05-05")


def test_a_scan_is_told():
    with pytest.raises(UnreadableInput, match="only pictures"):
        list(read_bytes(made(lines=()), "scan.pdf"))


def test_damage_is_told():
    with pytest.raises(UnreadableInput, match="as a PDF"):
        list(read_bytes(b"%PDF-1.7 ...", "broken.pdf"))


def test_a_short_last_line_ends_its_paragraph():
    assert unwrapped("One long line of words that goes on\nand ends.\nNext paragraph here.") == (
        "One long line of words that goes on and ends.\nNext paragraph here."
    )
