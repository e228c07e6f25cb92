"""Kinds of sources, told by nouns, names and bodies."""

from __future__ import annotations

import pytest

from secondsource.extract.parse import Parser
from secondsource.extract.parts import Parts
from secondsource.extract.quotes import quotes
from secondsource.extract.sources import kind_of, personal_name
from secondsource.lexicon.cues import cues


def source(parser: Parser, phrase: str) -> tuple[object, list[int]]:
    tree = parser.tree(f"{phrase} said that the road was closed.")
    parts = Parts(tree, cues(), quotes(tree))
    return tree, parts._subject(tree.lower.index("said"))


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("The interior ministry", "official"),
        ("Foreign Minister Ada Lund", "official"),
        ("Colonel Ivo Brandt", "official"),
        ("A source at the police command", "official"),
        ("Norway", "official"),
        ("A security source", "unnamed"),
        ("Local activists", "unnamed"),
        ("Two diplomats", "unnamed"),
        ("Mira Tolen", "named-person"),
        ("Hospital director Mira Tolen", "named-person"),
        ("Observatory head Mira Tolen", "named-person"),
        ("Residents of Tarn", "eyewitness"),
        ("A witness", "eyewitness"),
        ("A teacher living in Tarn", "eyewitness"),
        ("State television", "media"),
        ("Reuters", "media"),
        ("A radio correspondent", "media"),
        ("The Coastal Waters Observatory", "organisation"),
        ("The fishermen's union", "organisation"),
        ("A survey", "document"),
        ("A civil defence official", "official"),
        ("Seamen's Union chief Mira Tolen", "named-person"),
        ("Local activist Mira Tolen", "named-person"),
        ("Mira Tolen, a teacher living in Tarn,", "eyewitness"),
        ("KRTX", "organisation"),
    ],
)
def test_kind(parser: Parser, phrase: str, kind: str) -> None:
    tree, tokens = source(parser, phrase)
    assert kind_of(tree, tokens).value == kind


def test_stated_anonymity_makes_an_official_unnamed(parser: Parser) -> None:
    tree, tokens = source(parser, "An official")
    assert kind_of(tree, tokens).value == "official"
    assert kind_of(tree, tokens, anonymous=True).value == "unnamed"


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Harbour pilot Marek Dovan", "Marek Dovan"),
        ("The interior ministry", ""),
        ("The White Lamps", ""),
        ("Activists in Port Velmar", ""),
    ],
)
def test_personal_name(parser: Parser, phrase: str, name: str) -> None:
    tree, tokens = source(parser, phrase)
    assert tree.text(personal_name(tree, tokens)) == name
