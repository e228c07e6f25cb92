"""The command line: what it prints, its exit status, and one clear line for every bad input."""

import json
import sqlite3

import pytest

from secondsource.pipeline.shelf import COUNTS, SOURCES
from secondsource.store.sqlite import SqliteStore

LINE = {
    "id": "v1",
    "outlet": "velm-post",
    "published": "2031-05-03",
    "title": "Bridge falls in Velm",
    "body": "The old bridge in Velm fell on Friday, the mayor said. Three people were injured.",
}


@pytest.fixture
def run(typed):
    return typed


@pytest.fixture
def pile(tmp_path):
    path = tmp_path / "pile.jsonl"
    path.write_text(json.dumps(LINE) + "\n")
    return path


def test_add_counts_and_the_second_time_adds_nothing(run, pile):
    assert run("add", pile)[:2] == (0, "1 read, 0 duplicate, 0 rejected; 0 already known; 1 in the library\n")
    assert run("add", pile)[:2] == (0, "0 read, 0 duplicate, 0 rejected; 1 already known; 1 in the library\n")


def test_add_names_duplicates_and_renamed_and_they_are_no_rejects(run, pile):
    twin, other = {**LINE, "id": "v2"}, {**LINE, "body": "Another body altogether, and long enough."}
    pile.write_text("".join(json.dumps(line) + "\n" for line in (LINE, twin, other)))
    status, out, _ = run("add", pile)
    assert status == 0
    assert "duplicate v2: same text as v1" in out
    assert "renamed v1 to v1-2" in out


def test_add_lists_a_broken_line_and_goes_on(run, pile):
    pile.write_text('{"id": "broken\n' + json.dumps(LINE) + "\n")
    status, out, err = run("add", pile)
    assert (status, out.split(";")[0]) == (1, "1 read, 0 duplicate, 1 rejected")
    assert "line 1" in err


def test_one_unreadable_input_among_several_is_a_reject(run, pile):
    status, out, err = run("add", "missing.txt", pile)
    assert (status, out.split(";")[0]) == (1, "1 read, 0 duplicate, 1 rejected")
    assert "missing.txt" in err


def test_an_interrupted_add_is_completed_by_the_next(run, pile, tmp_path):
    run("add", pile)
    with sqlite3.connect(tmp_path / "secondsource.db") as connection:  # as if killed before extraction
        for table in ("extracted", "mentions", "kept"):
            connection.execute(f"delete from {table}")
    connection.close()
    run("add", pile)
    store = SqliteStore(tmp_path / "secondsource.db")
    assert store.mentions(["v1"])
    store.close()


def test_add_leaves_nothing_of_the_whole_library_to_the_first_question_unless_told_to(run, pile, tmp_path):
    def kept() -> list[bool]:
        store = SqliteStore(tmp_path / "secondsource.db")
        found = [store.reuse_state(), *(store.recall(name)[0] for name in (SOURCES, COUNTS))]
        state = store.state()
        store.close()
        return [state in one for one in found]

    assert run("add", pile, "--later")[0] == 0
    assert kept() == [False] * 3
    assert run("add", pile)[0] == 0
    assert kept() == [True] * 3
    assert run("check", "v1")[0] == 0
    assert kept() == [True] * 3


def test_mentions_prints_lines_with_spans_into_the_body(run, pile):
    status, out, _ = run("mentions", pile, "--jsonl", "-")
    seen = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    said = next(m for m in seen if m["chain"])
    assert "".join(LINE["body"][s:e] for s, e in said["source"]) == "the mayor"
    assert "fell" in "".join(LINE["body"][s:e] for s, e in said["content"])


def test_attributions_prints_whole_attributions_only(run, pile):
    status, out, _ = run("mentions", pile, "--attributions", "-")
    (found,) = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert sorted(found) == ["content", "cue", "report", "source"]


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "noarticle.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
}


@pytest.mark.parametrize("name", [*BAD, "missing.txt", "folder"])
@pytest.mark.parametrize("command", ["add", "mentions", "check"])
def test_unreadable_input_is_one_line_and_status_2(run, tmp_path, pile, command, name):
    run("add", pile)
    (tmp_path / "folder").mkdir()
    for file, content in BAD.items():
        (tmp_path / file).write_bytes(content)
    status, out, err = run(command, tmp_path / name)
    assert (status, out) == (2, "")
    assert err.startswith("secondsource: ")
    assert err.count("\n") == 1
    assert name in err


def test_an_unknown_report_id_is_one_line_and_status_2(run, pile):
    run("add", pile)
    status, _, err = run("check", "nowhere")
    assert (status, err.count("\n")) == (2, 1)
    assert "nowhere" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "corpus=text"), "corpus"),
        (("--map", "body"), "FIELD=COLUMN"),
        (("--map", "body=nothing"), "nothing"),
        (("--published", "yesterday"), "2031-05-02"),
    ],
)
def test_wrong_options_are_one_line_and_status_2(run, pile, words, said):
    status, _, err = run("add", pile, *words)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err


def test_check_without_a_library_says_what_to_do(run, pile):
    status, _, err = run("check", pile)
    assert (status, err.count("\n")) == (2, 1)
    assert "secondsource add" in err


def test_a_library_of_a_newer_version_is_refused(run, pile, tmp_path):
    run("add", pile)
    with sqlite3.connect(tmp_path / "secondsource.db") as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    status, _, err = run("add", pile)
    assert (status, err.count("\n")) == (2, 1)
    assert "newer secondsource" in err


@pytest.mark.parametrize("words", [("ask",), ("ask", "A bridge fell.", "--claims", "claims.jsonl")])
def test_ask_wants_one_form(run, pile, words):
    run("add", pile)
    status, _, err = run(*words)
    assert (status, err.count("\n")) == (2, 1)
    assert "either" in err


def test_every_command_has_help_with_an_example(run):
    for command in ("add", "check", "ask", "mentions", "origins", "demo", "export"):
        status, out, _ = run(command, "--help")
        assert status == 0
        assert f"secondsource {command}" in " ".join(out.split())
        assert "Example" in out
