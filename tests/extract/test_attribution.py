"""Golden cases: one or more for every construction by which news attributes words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extract.attribution import attributions
from secondsource.extract.parse import Parser
from secondsource.model import Report, Section, SectionRole

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "attribution" / "cases.toml").read_text(encoding="utf-8")
)["case"]


def found(parser: Parser, text: str, role: SectionRole = SectionRole.BODY) -> list[tuple[str, list[str]]]:
    report = Report("r", "d", text, (Section(role, (0, len(text))),))
    _, tree = next(iter(parser.trees([report])))
    return [
        (tree.text(one.source), [text[s:e].strip(' .,"\u201c\u201d') for s, e in tree.spans(one.content)])
        for one in attributions(tree, report)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_construction_is_read(parser: Parser, case: dict[str, Any]) -> None:
    got = found(parser, case["text"], SectionRole(case.get("role", "body")))
    for wanted in case.get("found", []):
        assert (wanted["source"], wanted["content"]) in got
    for unwanted in case.get("not", []):
        assert unwanted["source"] not in [source for source, _ in got]


def test_disclaimer_attributes_nothing(parser: Parser) -> None:
    text = "The publisher says that all views are the author's own."
    assert found(parser, text)
    assert found(parser, text, SectionRole.DISCLAIMER) == []


WORDS = [
    "The",
    "mayor",
    "said",
    "that",
    "two",
    "ships",
    "sank",
    ",",
    ".",
    '"',
    "\u201d",
    "according",
    "to",
    "KRTA",
    "citing",
    "\n\n",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_any_words_give_spans_inside_the_body(parser: Parser, words: list[str]) -> None:
    text = " ".join(words)
    report = Report("r", "d", text, (Section(SectionRole.BODY, (0, len(text))),))
    _, tree = next(iter(parser.trees([report])))
    for one in attributions(tree, report):
        assert one.content
        for spans in (tree.spans(one.content), tree.spans(one.source), tree.spans(one.cue)):
            assert all(0 <= s < e <= len(text) for s, e in spans)
            assert list(spans) == sorted(spans)
        assert not set(one.cue) & set(one.content)
