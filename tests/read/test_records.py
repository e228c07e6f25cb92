import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import UnknownField, UnreadableInput
from secondsource.model import Rejected
from secondsource.read import ReadOptions, read_bytes, read_path

STORY = "The dam above Nordby held, the civil guard said on Monday."


def _lines(*records, options=None):
    content = b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in records)
    return list(read_bytes(content, "pile.jsonl", "", options))


def test_fields_are_read_by_their_default_names():
    record = {
        "id": "r1",
        "outlet": "Velm Herald",
        "published": "2031-05-02",
        "title": "Dam holds",
        "text": STORY,
        "uri": "https://herald.example/dam",
        "language": "en-GB",
        "mood": "calm",
    }
    ((document, report),) = _lines(record)
    assert (report.id, report.outlet, report.title, report.uri) == (
        "r1",
        "Velm Herald",
        "Dam holds",
        "https://herald.example/dam",
    )
    assert (str(report.published), report.language, report.body) == ("2031-05-02", "en", STORY)
    assert document.content == json.dumps(record).encode()
    assert report.notes == ()


def test_body_wins_over_text():
    ((_, report),) = _lines({"body": STORY, "text": "Another text."})
    assert report.body == STORY


def test_number_serves_as_id_and_a_missing_id_is_the_hash():
    (_, numbered), (document, nameless) = _lines({"id": 7, "body": STORY}, {"body": STORY})
    assert (numbered.id, nameless.id) == ("7", document.id[:16])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "r1", "body": ', "broken JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"id": "r1"}', "no text"),
        (b'{"id": "r1", "body": "  "}', "no text"),
        (b'{"id": "r1", "body": 12}', "is no text"),
        (b'{"id": "r1", "body": "a", "title": ["x"]}', "is no text"),
        (b'{"id": true, "body": "a"}', "is no text"),
        (b'{"id": "r1", "body": "a\\u0000b"}', "NUL"),
        (b'{"id": "r1", "body": "a\\ud800b"}', "surrogate"),
        (b"[" * 100_000, "nested too deep|broken JSON"),
        (b'{"id": "r1", "body": "\xff\xfe\x00\x01"}', "binary|broken JSON|NUL"),
    ],
)
def test_bad_line_is_rejected_and_the_batch_goes_on(line, reason):
    import re

    before, bad, after = _lines({"id": "a", "body": STORY}, line, {"id": "b", "body": STORY})
    assert isinstance(bad, Rejected)
    assert bad.where == "pile.jsonl: line 2"
    assert bad.stage == "read"
    assert re.search(reason, bad.reason)
    assert (before[1].id, after[1].id) == ("a", "b")


def test_blank_lines_count_but_are_no_records():
    items = _lines({"id": "a", "body": STORY}, b"", b"  ", b"nonsense")
    assert [getattr(item, "where", "") for item in items] == ["", "pile.jsonl: line 4"]


def test_mapped_fields_are_read():
    options = ReadOptions(mapping=(("body", "content"), ("outlet", "source")))
    ((_, report),) = _lines({"content": STORY, "source": "Velm Herald", "body": 3}, options=options)
    assert (report.body, report.outlet) == (STORY, "Velm Herald")


def test_unknown_field_of_a_report_is_told():
    with pytest.raises(UnknownField, match=r"no field 'headline'.*title"):
        _lines({"body": STORY}, options=ReadOptions(mapping=(("headline", "h"),)))


def test_mapped_field_that_no_record_has_is_told():
    with pytest.raises(UnknownField, match="no 'titel'"):
        _lines({"body": STORY, "title": "x"}, options=ReadOptions(mapping=(("title", "titel"),)))


def test_options_stand_in_for_what_a_record_leaves_out():
    options = ReadOptions(outlet="Velm Herald")
    (_, first), (_, second) = _lines(
        {"body": STORY}, {"body": STORY, "outlet": "Norland Post"}, options=options
    )
    assert (first.outlet, second.outlet) == ("Velm Herald", "Norland Post")


def test_utf16_lines_are_read():
    content = (json.dumps({"id": "r1", "body": STORY}) + "\n").encode("utf-16")
    ((_, report),) = read_bytes(content, "pile.jsonl")
    assert report.body == STORY


def test_json_file_holds_one_record_or_a_list():
    one = json.dumps({"id": "r1", "body": STORY}, indent=2).encode()
    many = json.dumps([{"id": "r1", "body": STORY}, {"id": "r2"}], indent=2).encode()
    assert [r.id for _, r in read_bytes(one, "a.json")] == ["r1"]
    (_, report), rejected = read_bytes(many, "a.json")
    assert (report.id, rejected.where) == ("r1", "a.json: record 2")


def test_json_without_records_is_told():
    with pytest.raises(UnreadableInput, match="no record"):
        list(read_bytes(b"[]", "a.json"))


def test_large_file_is_streamed(tmp_path):
    file = tmp_path / "pile.jsonl"
    with file.open("w") as out:
        for i in range(50):
            out.write(json.dumps({"id": str(i), "body": STORY}) + "\n")
    items = read_path(file)
    assert next(items)[1].id == "0"
    assert sum(1 for _ in items) == 49


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1))
def test_body_is_kept_unchanged(text):
    for item in _lines({"body": text}):
        if isinstance(item, Rejected):
            assert not text.strip()
        else:
            assert item[1].body == text
