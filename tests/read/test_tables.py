import pytest

from secondsource.errors import UnknownField, UnreadableInput
from secondsource.model import Rejected
from secondsource.read import ReadOptions, read_bytes

ROW = 'Dam holds,2031-05-02,"The dam held, the guard said.\nNobody was hurt."'


def _read(text, **options):
    return list(read_bytes(text.encode(), "pile.csv", "", ReadOptions(**options)))


def test_row_is_a_report():
    ((document, report),) = _read(f"Title,published,Text\n{ROW}\n")
    assert (report.title, str(report.published)) == ("Dam holds", "2031-05-02")
    assert report.body == "The dam held, the guard said.\nNobody was hurt."
    assert report.id == document.id[:16]


def test_order_of_columns_does_not_change_the_document():
    ((first, _),) = _read("title,text\nDam holds,The dam held.\n")
    ((second, _),) = _read("text,title\nThe dam held.,Dam holds\n")
    assert first.id == second.id


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter):
    ((_, report),) = _read(
        delimiter.join(["id", "body"]) + "\n" + delimiter.join(["r1", "The dam held."]) + "\n"
    )
    assert (report.id, report.body) == ("r1", "The dam held.")


def test_mapped_column_is_read():
    ((_, report),) = _read(
        "headline,story\nDam holds,The dam held.\n", mapping=(("body", "story"), ("title", "headline"))
    )
    assert (report.title, report.body) == ("Dam holds", "The dam held.")


def test_table_without_body_names_the_remedy():
    with pytest.raises(UnreadableInput, match="--map body=COLUMN"):
        _read("headline,story\nDam holds,The dam held.\n")


def test_mapped_column_that_is_not_there_is_told():
    with pytest.raises(UnknownField, match="no such column, but headline, story"):
        _read("headline,story\nDam holds,The dam held.\n", mapping=(("body", "content"),))


def test_bad_rows_are_rejected_by_number():
    items = _read("id,body\nr1,The dam held.\nr2\nr3,a,b,c\n\nr5,The river fell.\n")
    assert [item.where if isinstance(item, Rejected) else item[1].id for item in items] == [
        "r1",
        "pile.csv: row 2",
        "pile.csv: row 3",
        "r5",
    ]
