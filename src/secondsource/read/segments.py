"""Cut text into lines and sentences well enough to tell story from furniture, without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource.model import Span
from secondsource.read.furniture import rules
from secondsource.text import trim

# A run of stops is taken whole, once; it ends a sentence where the group `ends` stands behind it.
_BREAK = re.compile(
    r"(?P<line>\n+)|[.!?\u2026]++(?P<ends>[\"\u201d\u2019')\]]*+(?=\s+[\"\u201c\u2018'(\[]*[A-Z\d@#]))?"
)
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_ARTICLES = ("al-", "el-", "de-", "ad-", "as-", "ar-", "an-")  # of names, where a name runs on
_SPOKEN = re.compile(r"[\"\u201c\u201d]|\b(?:said|says|told|according to|reported|added)\b")
_FEW, _FEWEST = 9, 3  # words: a shorter piece beside furniture, or whole sentence, is no story of its own
_TOKEN = re.compile(r"\S+")


def segments(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the lines and sentences of `text[start:end]` in order, without white space at their ends."""
    return list(each_segment(text, start, end))


def each_segment(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield what `segments` returns, one by one."""
    stop = len(text) if end is None else end
    at = start
    for mark in _BREAK.finditer(text, start, stop):
        if mark.lastgroup is None:
            continue
        if mark[0] == "." and abbreviated(text[max(at, mark.end() - 20) : mark.end()]):
            continue
        span = trim(text, (at, mark.end()))
        if span[0] < span[1]:
            yield span
        at = mark.end()
    span = trim(text, (at, stop))
    if span[0] < span[1]:
        yield span


def story_start(text: str, start: int, end: int) -> int | None:
    """Return where prose begins in `text[start:end]`, which opens as a list of names or a headline.

    Lists and headlines are capitalised and lack the small words of prose. None where no prose
    follows. In doubt the earlier place is taken, so that no story is lost.
    """
    words = [(m[0], m.start()) for m in _TOKEN.finditer(text, start, end)]
    for i, (word, at) in enumerate(words[:-1]):
        opens = word[0].isupper() or word[0].isdigit() or word[0] in '"\u201c'
        if opens and _runs_on(word, [w for w, _ in words[i + 1 :]]):
            return _back(words, i) if i else at
    return None


def titled(text: str) -> bool:
    """Tell whether `text` is printed as headlines and lists are: most words capitalised or numbers."""
    words = [w for w in re.findall(r"[\w'\u2019-]+", text) if w not in rules().small]
    capital = sum(w[0].isupper() or w[0].isdigit() for w in words)
    return bool(words) and capital >= 0.7 * len(words)


def is_story(text: str) -> bool:
    """Tell whether a piece reads as a sentence of a story, not as furniture.

    A short one counts only as a whole sentence; in doubt it is story.
    """
    count = len(text.split())
    whole = text.rstrip("\"\u201d')")[-1:] in (".", "!", "?")
    if count < (_FEWEST if whole else _FEW) or any(rule.pattern.match(text) for rule in rules().openers):
        return False
    if _SPOKEN.search(text):
        return True
    small = sum(word in rules().prose for word in re.findall(r"[a-z]+", text))
    return small >= (1 if count < _FEW else 2) and not titled(text) and not rules().address.search(text)


def _runs_on(word: str, rest: list[str]) -> bool:
    """Tell whether `word` begins prose: small words soon after it, and no headline case."""
    near = [w for w in (w.strip("\"'\u201c\u201d,;:().") for w in rest[:9]) if w]
    if near and near[0] in ("and", "or"):
        near = near[1:]
    if not near or any(w in rules().starters for w in near[:4]):
        return False
    lower = sum(w[0].islower() for w in near)
    prose = any(w in rules().prose for w in near)
    if all(w[0].islower() for w in near[:3]) and len(near) > 2 and any(w in rules().prose for w in near[:3]):
        return True
    if word in rules().starters and any(w[0].islower() for w in near[:4]):
        small = prose or any(w in rules().small for w in near)
        return lower * 3 >= len(near) and (small or near[0][0].islower())
    plain = (
        near[0][0].islower() and near[0][:3] not in _ARTICLES and near[0] not in rules().small - rules().prose
    )
    return plain and prose and lower * 2 >= len(near)


def _back(words: list[tuple[str, int]], i: int) -> int:
    """Go back over a beginning that is capitalised itself: "Ten Northern ships were"."""
    for j in range(max(0, i - 3), i):
        if words[j][0] in rules().starters:
            return words[j][1]
    if i >= 2 and words[i - 1][0] in ("or", "and", "of"):
        return words[i - 2][1]
    return words[i][1]


def abbreviated(text: str) -> bool:
    """Tell whether `text` ends in the full stop of an abbreviation or an initial."""
    found = _LAST_WORD.search(text)
    if found is None:
        return False
    word = found[1].rpartition(".")[2]
    return (len(word) == 1 and word.isupper()) or bool({word, found[1]} & rules().abbreviations)
