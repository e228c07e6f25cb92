import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.errors import SecondsourceError, UnreadableInput
from secondsource.model import Rejected
from secondsource.read import ReadOptions, read_bytes, read_path

STORY = "A ferry capsized off Port Velm on Monday, killing at least 20 people, the coast guard said.\n"


def test_plain_text_is_its_own_body(tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    ((document, report),) = read_path(file, ReadOptions(outlet="Velm Herald", title="Ferry capsizes"))
    assert report.body == STORY
    assert document.content == STORY.encode()
    assert report.id == document.id[:16]
    assert (report.outlet, report.title, report.language) == ("Velm Herald", "Ferry capsizes", "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_found(encoding):
    text = STORY + "Zoë Brontë of the café “Søster” saw it – she said so – and called her brother André.\n"
    ((_, report),) = read_bytes(text.encode(encoding), "story.txt")
    assert report.body == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_reading_keeps_the_body(text):
    content = ("Report. " + text).encode()
    ((_, report),) = read_bytes(content, "story.txt")
    assert report.body.encode() == content


def test_missing_file_is_told(tmp_path):
    with pytest.raises(UnreadableInput, match="no such file"):
        list(read_path(tmp_path / "nowhere.txt"))


def test_folder_is_told(tmp_path):
    with pytest.raises(UnreadableInput, match="is a folder"):
        list(read_path(tmp_path))


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\xef\xbb\xbf  "])
def test_empty_input_is_told(content):
    with pytest.raises(UnreadableInput, match="is empty"):
        list(read_bytes(content, "story.txt"))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 ...", gzip.compress(STORY.encode()), bytes(range(256)) * 20, b"text with \x00"],
)
def test_binary_input_is_told(content):
    with pytest.raises(UnreadableInput, match=r"is .*(?:binary|gzip)|as a PDF"):
        list(read_bytes(content, "story.txt"))


def test_every_error_is_one_line_that_names_the_input(tmp_path):
    for content in (b"", b"%PDF-1", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"):
        file = tmp_path / "story"
        file.write_bytes(content)
        with pytest.raises(UnreadableInput) as caught:
            list(read_path(file))
        assert str(file) in str(caught.value)
        assert "\n" not in str(caught.value)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.csv", "a.json", "a"]))
def test_no_bytes_crash_the_reader(content, name):
    try:
        items = list(read_bytes(content, name))
    except SecondsourceError:
        return
    assert all(isinstance(item, Rejected) or item[1].body for item in items)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=200), st.sampled_from(["{}", "<html><body><p>{}</p></body></html>", "<article>{}"]))
def test_no_page_crashes_the_reader(text, frame):
    try:
        list(read_bytes(frame.format(text).encode("utf-8", "surrogatepass"), "a.html"))
    except SecondsourceError:
        return


def test_kind_is_told_by_content_where_the_name_is_silent():
    line = json.dumps({"id": "r1", "body": STORY}).encode()
    ((_, report),) = read_bytes(line + b"\n", "download")
    assert report.id == "r1"


def test_same_bytes_give_the_same_report():
    first, second = (list(read_bytes(STORY.encode(), "story.txt")) for _ in range(2))
    assert first == second


def test_headline_of_a_text_becomes_its_title():
    ((_, report),) = read_bytes(f"Ferry capsizes, 20 dead\n\n{STORY}".encode(), "story.txt")
    assert report.title == "Ferry capsizes, 20 dead"


def test_time_of_fetching_goes_into_the_document():
    noon = datetime(2031, 5, 2, 12, tzinfo=UTC)
    ((document, _),) = read_bytes(STORY.encode(), "https://herald.example/x", "text/plain", None, noon)
    assert document.fetched_at == noon
