"""Judgements on an invented pile: what they change, what they keep, and how they travel."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from secondsource.errors import UnfitJudgement
from secondsource.model import Decision, JudgedKind, Judgement, Relation, Subject, VerdictLabel
from secondsource.pipeline import Library, review
from secondsource.pipeline.pile import Pile
from secondsource.tell import html, judged, lines, markdown, terminal

REPORTS = {
    "post": (
        "Velm Post",
        "2031-05-03",
        "Nine miners died when water flooded the Arrow pit near Velm on Friday, the Velm Fire Brigade said.",
    ),
    "lamp": (
        "Evening Lamp",
        "2031-05-03",
        "Tessa Vorn of the Arrow Miners Union said that Friday's flood in the Arrow pit, near Velm,"
        " killed nine miners.",
    ),
    "bell": (
        "Harbour Bell",
        "2031-05-04",
        "According to doctor Jonas Ebru, only four miners were killed in the Velm flood at the Arrow pit"
        " on Friday.",
    ),
}
WHEN = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def pile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    rows = [
        {"id": name, "outlet": outlet, "published": day, "title": "", "body": body}
        for name, (outlet, day, body) in REPORTS.items()
    ]
    (folder / "pile.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    made = Library(folder / "pile.db")
    made.add([str(folder / "pile.jsonl")])
    made.origins()
    made.close()
    return folder / "pile.db"


@pytest.fixture
def library(pile, tmp_path):
    """A copy of the pile, as nobody judged it yet."""
    (tmp_path / "own.db").write_bytes(pile.read_bytes())
    opened = Library(tmp_path / "own.db")
    yield opened
    opened.close()


def told(dossier, report):
    """The claim of the dossier that `report` speaks to, and its telling."""
    found = [(c, t) for c in dossier.claims for t in c.tellings if t.report == report]
    assert found, f"{report} speaks to no claim"
    return found[0]


def on_link(library, report, decision, value="", **more):
    dossier = library.check("post")
    subject = review.link_subject(dossier, *told(dossier, report))
    said = {"by": "A. Reader", "at": WHEN, "reason": "read both"} | more
    return Judgement.of(subject, decision, said["by"], said["at"], reason=said["reason"], value=value)


def test_a_rejected_link_is_not_weighed_and_is_shown_with_name_and_reason(library):
    assert told(library.check("post"), "bell")[0].verdict == "contested"
    effect = review.judge(library, on_link(library, "bell", Decision.REJECT, reason="another pit"))
    assert (effect.before[0].label, effect.after[0].label) == (
        VerdictLabel.CONTESTED,
        VerdictLabel.CORROBORATED,
    )
    assert effect.changed
    claim, _ = told(library.check("post"), "lamp")
    assert claim.verdict == "corroborated"
    assert "bell" not in {telling.report for telling in claim.tellings}
    (shown,) = claim.judgements
    assert (shown.by, shown.reason, shown.decision) == ("A. Reader", "another pit", "reject")
    assert shown.quote in REPORTS["bell"][2]


def test_a_confirmed_link_stands_when_the_steps_no_longer_suggest_it(library, monkeypatch):
    review.judge(library, on_link(library, "lamp", Decision.CONFIRM, Relation.SUPPORTS))
    suggest = Pile.judge
    nothing = lambda pile, *asked: replace(suggest(pile, *asked), evidence=())  # noqa: E731
    monkeypatch.setattr("secondsource.pipeline.pile.Pile.judge", nothing)
    claim, telling = told(library.check("post"), "lamp")
    assert claim.verdict == "corroborated"
    assert telling.reason == "judged by A. Reader: read both"
    assert [made.decision for made in telling.judgements] == ["confirm"]


def test_a_changed_relation_is_the_one_that_counts(library):
    effect = review.judge(library, on_link(library, "bell", Decision.CHANGE, Relation.SUPPORTS))
    assert effect.after[0].label is VerdictLabel.CORROBORATED
    assert told(library.check("post"), "bell")[1].relation == "supports"


def test_a_changed_source_changes_the_origin(library):
    dossier = library.check("post")
    claim, telling = told(dossier, "lamp")
    subject = review.source_subject(dossier, claim, telling)
    made = Judgement.of(
        subject, Decision.CHANGE, "A. Reader", WHEN, reason="the union", value="Velm Fire Brigade"
    )
    effect = review.judge(library, made, "post")
    before, after = (
        next(v for v in side if v.claim == claim.id).independent_origins
        for side in (effect.before, effect.after)
    )
    assert after == before - 1
    claim, telling = told(library.check("post"), "lamp")
    assert telling.repeat
    assert telling.judgements[0].value == "Velm Fire Brigade"


def test_a_rejected_source_adds_no_origin(library):
    dossier = library.check("post")
    claim, telling = told(dossier, "lamp")
    made = Judgement.of(
        review.source_subject(dossier, claim, telling),
        Decision.REJECT,
        "A. Reader",
        WHEN,
        reason="no such union",
    )
    review.judge(library, made, "post")
    after, _ = told(library.check("post"), "lamp")
    assert after.independent_origins == claim.independent_origins - 1


def test_a_judged_verdict_stands_beside_the_counted_one(library):
    dossier = library.check("post")
    claim, _ = told(dossier, "lamp")
    made = Judgement.of(
        review.verdict_subject(dossier, claim), Decision.CHANGE, "A. Reader", WHEN,
        reason="the hospital withdrew its toll", value=VerdictLabel.CORROBORATED,
    )  # fmt: skip
    effect = review.judge(library, made)
    assert not effect.changed
    after = next(c for c in library.check("post").claims if c.id == claim.id)
    assert after.verdict == claim.verdict == "contested"
    assert [(made.kind, made.value) for made in after.judgements] == [("verdict", "corroborated")]


def test_a_judged_letter_grades_the_outlet_with_its_reason(library):
    made = Judgement.of(
        review.grade_subject("Velm Post"), Decision.CHANGE, "A. Reader", WHEN, reason="ten years", value="B"
    )
    review.judge(library, made, "post")
    grade = library.check("post").claims[0].grade
    assert grade.code.startswith("B")
    assert "judged by A. Reader: ten years" in grade.reason


def test_a_later_judgement_supersedes_and_the_history_is_kept(library):
    first = review.judge(library, on_link(library, "bell", Decision.REJECT)).judgement
    later = replace(first, at=WHEN + timedelta(days=1))
    again = Judgement.of(
        later.subject, Decision.CONFIRM, "B. Editor", later.at, reason="same pit", value="refutes"
    )
    second = review.judge(library, again).judgement
    assert second.supersedes == first.id
    assert review.history(library, first.subject) == (first, second)
    claim, telling = told(library.check("post"), "bell")
    assert claim.verdict == "contested"
    assert [made.by for made in telling.judgements] == ["B. Editor"]


def test_the_same_judgement_again_changes_nothing(library):
    first = review.judge(library, on_link(library, "lamp", Decision.CONFIRM, "supports"))
    second = review.judge(library, on_link(library, "lamp", Decision.CONFIRM, "supports"))
    assert second.judgement == first.judgement
    assert len(review.history(library, first.judgement.subject)) == 1


def test_judgements_travel_whole_and_twice_is_once(library, pile, tmp_path):
    review.judge(library, on_link(library, "bell", Decision.REJECT, reason="l'autre « puits »"))
    text = review.export(library)
    (tmp_path / "other.db").write_bytes(pile.read_bytes())
    other = Library(tmp_path / "other.db")
    assert review.import_(other, "j.jsonl", text).added == 1
    again = review.import_(other, "j.jsonl", text)
    assert (again.added, again.known, again.conflicts, again.rejected) == (0, 1, (), ())
    assert review.export(other) == text
    assert lines.to_json(other.check("post")) == lines.to_json(library.check("post"))
    other.close()


def test_two_that_did_not_know_of_each_other_are_a_conflict_and_the_later_counts(library, pile, tmp_path):
    (tmp_path / "other.db").write_bytes(pile.read_bytes())
    other = Library(tmp_path / "other.db")
    review.judge(other, on_link(other, "bell", Decision.CONFIRM, "refutes", at=WHEN - timedelta(hours=1)))
    mine = review.judge(library, on_link(library, "bell", Decision.REJECT)).judgement
    assert review.import_(library, "j.jsonl", review.export(other)).conflicts == (mine.subject.key,)
    assert told(library.check("post"), "lamp")[0].verdict == "corroborated"
    other.close()


def test_an_altered_line_and_one_that_is_no_judgement_are_rejected(library):
    review.judge(library, on_link(library, "bell", Decision.REJECT))
    text = review.export(library)
    bad = text.replace("read both", "read none") + '{"id": "x"}\n'
    found = review.import_(library, "j.jsonl", bad)
    assert [reject.where for reject in found.rejected] == ["j.jsonl:line 1", "j.jsonl:line 2"]
    assert "was altered" in found.rejected[0].reason
    assert review.export(library) == text


def test_a_judgement_on_words_that_are_gone_is_not_applied_and_is_listed(library, tmp_path):
    review.judge(library, on_link(library, "bell", Decision.REJECT))
    other = Library(tmp_path / "other.db")
    rows = [
        {
            "id": name,
            "outlet": outlet,
            "published": day,
            "title": "",
            "body": body.replace("only four", "just four"),
        }
        for name, (outlet, day, body) in REPORTS.items()
    ]
    (tmp_path / "pile.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    other.add([str(tmp_path / "pile.jsonl")])
    review.import_(other, "j.jsonl", review.export(library))
    dossier = other.check("post")
    other.close()
    assert told(dossier, "bell")[0].verdict == "contested"
    (lost,) = dossier.unapplied
    assert (lost.by, lost.decision) == ("A. Reader", "reject")
    for page in (html.render(dossier), terminal.render(dossier), markdown.render(dossier)):
        assert "Judgements that no longer apply" in page
    assert "Not applied" in judged.links(dossier)


def test_a_judgement_on_a_claim_that_is_read_otherwise_is_listed(library):
    dossier = library.check("post")
    claim = dossier.claims[0]
    half = (claim.span[0], claim.span[1] - 4)
    subject = Subject(JudgedKind.VERDICT, claim=f"post@{half[0]}-{half[1]}")
    review.judge(library, Judgement.of(subject, Decision.CONFIRM, "B", WHEN, reason="r", value="contested"))
    assert [made.claim_quote for made in library.check("post").unapplied] == [claim.quote[:-4]]
    assert library.check("bell").unapplied == ()


def test_a_judgement_that_applies_is_not_listed(library):
    review.judge(library, on_link(library, "bell", Decision.REJECT))
    assert library.check("post").unapplied == ()


def test_what_stands_nowhere_cannot_be_judged(library):
    subject = Subject(JudgedKind.LINK, "post@0-5", "bell@9000-9010")
    with pytest.raises(UnfitJudgement, match="bell@9000-9010"):
        review.judge(library, Judgement.of(subject, Decision.REJECT, "A. Reader", WHEN, reason="no"))


@pytest.mark.parametrize(
    ("decision", "value", "said"),
    [
        (Decision.REJECT, "", {"by": " "}),
        (Decision.REJECT, "", {"reason": ""}),
        (Decision.REJECT, "", {"at": datetime(2031, 5, 6)}),
        (Decision.CONFIRM, "", {}),
        (Decision.CHANGE, "silent", {}),
    ],
)
def test_a_judgement_without_name_reason_zone_or_fit_value_is_refused(decision, value, said):
    given = {"by": "A. Reader", "at": WHEN, "reason": "so"} | said
    subject = Subject(JudgedKind.LINK, "post@0-5", "bell@0-5")
    with pytest.raises(UnfitJudgement):
        Judgement.of(subject, decision, given["by"], given["at"], reason=given["reason"], value=value)


def test_the_date_is_kept_in_utc_and_the_id_is_that_of_the_content():
    subject = Subject(JudgedKind.LINK, "post@0-5", "bell@0-5")
    there = WHEN.astimezone(timezone(timedelta(hours=3)))
    one, two = (Judgement.of(subject, Decision.REJECT, "A. Reader", at, reason="so") for at in (WHEN, there))
    assert one == two
    assert one.id != Judgement.of(subject, Decision.REJECT, "A. Reader", WHEN, reason="not so").id
