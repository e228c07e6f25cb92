from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import report, story

from secondsource.model import Report, Section, SectionRole
from secondsource.trace.fingerprint import Prints, fingerprints
from secondsource.trace.keys import LONGEST, keyed, keys_of

ROUGH = st.text(st.sampled_from("aAbé\u00df \u2019\u201c\"'.\n-1,\u0301\U0001f525\u4e2d"), max_size=200)


def fingerprint(one: Report) -> Prints:
    return fingerprints([one])


@given(st.text(max_size=400))
@settings(deadline=None)
def test_keys_are_the_distinct_keys_of_the_print(body: str) -> None:
    one = report("r", body)
    assert [key for key in keys_of(one) if key >= 0] == sorted(set(fingerprint(one).keys.tolist()))


@given(st.lists(ROUGH, max_size=6))
@settings(deadline=None)
def test_reports_read_together_are_read_as_if_alone(bodies: list[str]) -> None:
    pile = [report(str(i), body) for i, body in enumerate(bodies)]
    together, keys = fingerprints(pile), keyed(pile)
    for i, one in enumerate(pile):
        alone, words = fingerprint(one), together.words(i)
        assert together.texts.codes[words].tolist() == alone.texts.codes.tolist()
        assert together.starts[words].tolist() == alone.starts.tolist()
        assert together.ends[words].tolist() == alone.ends.tolist()
        assert (together.sentence[words] - together.lines[i]).tolist() == alone.sentence.tolist()
        assert together.quoted[words].tolist() == alone.quoted.tolist()
        assert (
            together.narration[together.lines[i] : together.lines[i + 1]].tolist() == alone.narration.tolist()
        )
        assert keys.keys[keys.bounds[i] : keys.bounds[i + 1]].tolist() == keys_of(one)


def test_furniture_beyond_what_is_looked_at_marks_no_other_report() -> None:
    body = "word " * LONGEST
    sections = (Section(SectionRole.BODY, (0, 10)), Section(SectionRole.DISCLAIMER, (10, len(body))))
    found = fingerprints([Report("a", "a", body, sections), report("b", "one two three")])
    assert found.furniture[found.words(0)].sum() == LONGEST // 5 - 2
    assert not found.furniture[found.words(1)].any()


def test_words_lie_where_their_offsets_say() -> None:
    body = "The “Lomia Gazette” sold 1,200 copies. Nobody—it said—complained."
    one = fingerprint(report("r", body))
    assert [body[s:e] for s, e in zip(one.starts, one.ends, strict=True)] == [
        "The", "Lomia", "Gazette", "sold", "1", "200", "copies", "Nobody", "it", "said", "complained",
    ]  # fmt: skip
    assert one.sentence.tolist() == [0] * 7 + [1] * 4


def test_quoted_words_give_keys_of_their_own() -> None:
    told = " ".join(story(1, 3))
    spoken = " ".join(story(2, 3))
    alone, both = set(keys_of(report("a", told))), set(keys_of(report("b", f'{told} "{spoken}"')))
    assert alone
    assert min(alone) >= 0
    assert {key for key in both if key >= 0} == alone
    assert {-1 - key for key in both if key < 0} == set(keys_of(report("c", spoken)))


def test_first_person_sentences_count_as_quoted_where_marks_were_lost() -> None:
    one = fingerprint(report("r", "The mayor spoke. We shall rebuild our granary. It was full."))
    assert [bool(q) for q in one.quoted] == [False] * 3 + [True] * 5 + [False] * 3


def test_an_abbreviation_ends_no_sentence() -> None:
    one = fingerprint(report("r", "The mine of Lt. Corvin flooded. Nobody drowned."))
    assert one.sentence.tolist() == [0] * 6 + [1] * 2


def test_long_documents_are_capped() -> None:
    long = "word " * LONGEST
    assert len(fingerprint(report("r", long)).texts.codes) == LONGEST // 5


def test_keys_do_not_depend_on_the_process() -> None:
    code = (
        "from secondsource.trace.keys import keys_of; from secondsource.model import Report;"
        "print(keys_of(Report('r', 'd', 'a b c d e f g h i j k l m n o p q r s t', ())))"
    )
    runs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        runs.add(done.stdout)
    assert len(runs) == 1
    assert b"[]" not in runs.pop()
