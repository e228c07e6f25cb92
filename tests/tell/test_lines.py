import json
from datetime import date

import msgspec
import pytest

from secondsource.model import Attribution, Direction, Quantity, Reuse, ReuseKind, Slots
from secondsource.tell import lines
from secondsource.tell.records import AnswerRecord, DossierRecord, MentionRecord


def test_mention_line_has_the_fields_of_the_contract(material):
    claim = material.claims[2]
    row = json.loads(lines.to_line(lines.mention(claim.mention)))
    assert row["report"] == "ledger-1"
    assert row["chain"] == ["field commander", "KSNA"]
    assert [link["kind"] for link in row["links"]] == ["unnamed", "media"]
    assert row["certainty"] == "conditional"
    body = material.report.body
    assert [body[s:e] for s, e in row["condition"]] == ["If the bridge holds"]
    assert row["source"] == []
    assert lines.to_line(lines.mention(claim.mention)).endswith("\n")


def test_slots_carry_iso_days_and_open_intervals():
    slots = Slots(
        place="Qasrun",
        time=(date(2019, 3, 12), date(2019, 3, 13)),
        quantity=(Quantity(20, None, "person", "killed"),),
    )
    row = json.loads(lines.to_line(lines.slots_record(slots)))
    assert row["time"] == ["2019-03-12", "2019-03-13"]
    assert row["quantity"] == [{"low": 20, "high": None, "unit": "person", "of": "killed"}]
    assert row["actor"] is None


def test_attribution_line_has_empty_lists_for_absent_parts():
    row = json.loads(lines.to_line(lines.attribution("r", Attribution(((0, 4),), (), ((5, 9),)))))
    assert row == {"report": "r", "content": [[0, 4]], "source": [], "cue": [[5, 9]]}


@pytest.mark.parametrize(
    ("kind", "word"),
    [("verbatim", "copy"), ("abridged", "copy"), ("partial", "partial"), ("quotation", "quote")],
)
def test_pair_line_uses_the_words_of_the_contract(kind, word):
    reuse = Reuse("a", "b", ReuseKind(kind), 0.45678, Direction.B_TO_A, "AFP")
    row = json.loads(lines.to_line(lines.pair(reuse)))
    assert row == {"a": "a", "b": "b", "kind": word, "share": 0.457, "origin": "AFP", "direction": "b>a"}


def test_answer_line_has_quotes_that_stand_in_the_report(material):
    pile = {report.id: report for report in material.pile}
    for verdict in material.verdicts:
        row = json.loads(lines.to_line(lines.answer(verdict, pile)))
        assert row["own_origin"]
        assert row["silent"] == sorted(row["silent"])
        for telling in row["tellings"]:
            start, end = telling["span"]
            body = pile[telling["report"]].body
            assert body[start:end] == telling["quote"]
            assert telling["before"] + telling["quote"] + telling["after"] in body
            assert telling["origin"]


def test_records_survive_json(material, dossier):
    assert lines.decode(lines.to_json(dossier), DossierRecord) == dossier
    pile = {report.id: report for report in material.pile}
    answer = lines.answer(material.verdicts[0], pile)
    assert lines.decode(lines.to_line(answer), AnswerRecord) == answer
    mention = lines.mention(material.claims[0].mention)
    assert lines.decode(lines.to_line(mention), MentionRecord) == mention


def test_decode_refuses_what_does_not_fit():
    with pytest.raises(msgspec.ValidationError):
        lines.decode('{"claim": 3}', AnswerRecord)


def test_questions_are_read_and_faults_are_named():
    text = "\n".join(
        [
            '{"id": "a", "statement": "Two died.", "among": ["x"], "more": 1}',
            "",
            '{"id": "a", "statement": "Again."}',
            '{"id": "b", "statement": " "}',
            '{"id": "c", "statement": "S.", "quote": "q"}',
            '{"id": 4, "statement": "S."}',
            "not json",
            '{"id": "d", "statement": "S.", "report": "r", "quote": "q"}',
        ]
    )
    questions, rejects = lines.read_questions("in.jsonl", text)
    assert [question.id for question in questions] == ["a", "d"]
    assert questions[0].among == ("x",)
    assert [reject.where for reject in rejects] == [f"in.jsonl:line {n}" for n in (3, 4, 5, 6, 7)]
    assert all(reject.stage == "ask" and reject.reason for reject in rejects)
