"""`secondsource review`: links printed with ids, a judgement, its effect, history, export and import."""

import json

import pytest

REPORTS = {
    "post": (
        "Velm Post",
        "Nine miners died when water flooded the Arrow pit near Velm on Friday, the fire brigade said.",
    ),
    "bell": (
        "Harbour Bell",
        "According to doctor Jonas Ebru, only four miners were killed in the flood at the Arrow pit"
        " near Velm on Friday.",
    ),
}
SIGNED = ("--by", "A. Reader", "--reason", "another pit", "--at", "2031-05-06T09:30Z")


@pytest.fixture
def run(typed, tmp_path):
    """Return a function that runs the command line beside a library of the reports: (status, out, err)."""
    rows = [
        {"id": name, "outlet": outlet, "body": body, "published": "2031-05-03"}
        for name, (outlet, body) in REPORTS.items()
    ]
    (tmp_path / "pile.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert typed("add", "pile.jsonl")[0] == 0
    return typed


def link(out):
    """The id of the first contradiction that `review` prints."""
    return next(row for row in out.splitlines() if "] refutes" in row).split("[")[1].split("]")[0]


def test_a_link_is_printed_rejected_and_its_effect_told(run):
    status, out, _ = run("review", "post")
    assert status == 0
    assert out.startswith("1. contested: “Nine miners died")
    status, out, _ = run("review", "post", "--claim", 1, "--link", link(out), "--reject", *SIGNED)
    assert status == 0
    assert "-> post#0: uncorroborated" in out
    status, out, _ = run("review", "post")
    assert "Judged by A. Reader on 6 May 2031" in out
    assert "Reason: another pit" in out
    assert "] refutes" not in out
    assert "Judged by A. Reader" in run("check", "post")[1]


def test_history_and_export_hold_every_judgement_and_import_is_safe_to_repeat(run, tmp_path):
    mark = link(run("review", "post")[1])
    run("review", "post", "--claim", 1, "--link", mark, "--reject", *SIGNED)
    run(
        "review", "post", "--claim", 1, "--link", mark, "--relation", "refutes", *SIGNED[:2], "--reason", "no"
    )
    history = run("review", "--history")[1]
    assert history.count("Judged by A. Reader") == 2
    assert "supersedes" in history
    assert run("review", "--export", "j.jsonl")[0] == 0
    assert len((tmp_path / "j.jsonl").read_text().splitlines()) == 2
    assert run("review", "--import", "j.jsonl")[2] == "0 judgements added, 2 known, 0 rejected\n"


def test_a_broken_line_of_an_import_is_named_and_the_status_is_one(run, tmp_path):
    (tmp_path / "j.jsonl").write_text("{}\n")
    status, _, err = run("review", "--import", "j.jsonl")
    assert status == 1
    assert "rejected j.jsonl:line 1" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("post", "--claim", 1, "--confirm"), "needs a name and a reason"),
        (("post", "--claim", 99, "--confirm", *SIGNED), "--claim, a number from 1 to"),
        (("post", "--confirm", "--reject", *SIGNED), "give one of"),
        (
            ("post", "--claim", 1, "--link", "nil@0-4", "--confirm", *SIGNED),
            "nothing is suggested of 'nil@0-4'",
        ),
        (
            ("post", "--claim", 1, "--link", "bell@0", "--relation", "refutes", *SIGNED),
            "is no place in a report",
        ),
        (("post", "--claim", 1, "--relation", "refutes", *SIGNED), "name it with --link"),
        (("--confirm", *SIGNED), "name the REPORT"),
        (("post", "--letter", "Z", *SIGNED), "'Z' cannot be"),
        (("post", "--letter", "B", *SIGNED[:5], "yesterday"), "is no time"),
    ],
)
def test_what_cannot_be_judged_is_one_clear_line_and_status_two(run, words, said):
    status, _, err = run("review", *words)
    assert status == 2
    assert said in err
    assert err.count("\n") == 1
