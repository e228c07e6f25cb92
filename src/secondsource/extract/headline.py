"""Sources of headlines, which need no verb: "Monitor: Nine drown", "Nine drown off Tarn - ministry"."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource.extract.parse import Tree
from secondsource.extract.parts import FINITE, Found
from secondsource.extract.speaker import speaks
from secondsource.lexicon.cues import cues
from secondsource.model import Report, SectionRole

_NAME = frozenset({"NNP", "NNPS"})
_PHRASE = frozenset({"NN", "NNS", "JJ", "IN", "DT", "POS", "CD", "PRP$", "HYPH", *_NAME})
_LEAST = 3  # words of what is said


def headline_attributions(tree: Tree, report: Report) -> Iterator[Found]:
    """Yield what a mark of each headline attributes: to the words before a colon, or behind the last mark."""
    for section in report.sections:
        if section.role is not SectionRole.HEADLINE:
            continue
        inside = [t for t, at in enumerate(tree.start) if section.span[0] <= at < section.span[1]]
        marks = [t for t in inside if tree.words[t] in cues().headline_marks]
        for mark in (*marks[:1], *marks[-1:]):
            before = _words(tree, [t for t in inside if t < mark])
            after = _words(tree, [t for t in inside if t > mark])
            if tree.words[mark] == ":" and _source(tree, before) and len(after) >= _LEAST:
                yield Found("claim", mark, tuple(after), tuple(before), (mark,))
                break
            closes = len(after) < len(before) and all(t in _told(tree, after) for t in after[-1:])
            if closes and _source(tree, after) and len(before) >= _LEAST:
                yield Found("claim", mark, tuple(before), tuple(after), (mark,))
                break


def _words(tree: Tree, tokens: list[int]) -> list[int]:
    """Return tokens without the marks and blanks at their ends."""
    while tokens and not tree.words[tokens[0]][:1].isalnum():
        tokens = tokens[1:]
    while tokens and not tree.words[tokens[-1]][-1:].isalnum():
        tokens = tokens[:-1]
    return tokens


def _told(tree: Tree, tokens: list[int]) -> list[int]:
    return [t for t in tokens if tree.lower[t] in cues().headline or speaks(tree, t)]


def _source(tree: Tree, tokens: list[int]) -> bool:
    """Tell whether the words name somebody: short, without a verb, ending in a name or a source's noun."""
    label = " ".join(tree.lower[t] for t in tokens) in cues().headline_labels
    if not tokens or len(tokens) > cues().headline_words or label:
        return False
    if any(tree.tag[t] in FINITE or tree.tag[t] not in _PHRASE for t in tokens):
        return False
    last = tokens[-1]
    return tree.tag[last] in _NAME or bool(_told(tree, [last]))
