"""Number phrases as intervals: "at least 20", "dozens", "between 80 and 90", "1.5 million".

What the number counts is the concern of `numbers`; here only its value, its words and what
rules it out (years, clock times, model names, ordinals).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.lexicon import view
from secondsource.lexicon.quantities import Counting, counting

_DIGITS = re.compile(r"(?!0\d)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
_THOUSANDS = re.compile(r"\d00")
_GLUED_SCALE = re.compile(r"(\d+(?:\.\d+)?)(mn?|bn?|k)")
_GLUED = {"m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "k": 1e3}
_LONGEST_BEFORE = 5
_BEFORE_YEAR = frozenset(
    ["in", "since", "during", "of", "by", "until", "till", "from", "early", "late", "mid", "the", "a"]
)
_ROUND_FROM = 1000  # from here on "more than" is taken as "at least": figures are rounded


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number phrase: closed interval; tokens [start, end) with interval words, [first, end) without."""

    low: float | None
    high: float | None
    start: int
    first: int
    end: int
    vague: bool = False


def glued(tree: Tree, index: int) -> bool:
    """Tell whether token `index` follows its neighbour with nothing between."""
    return index > 0 and tree.end[index - 1] == tree.start[index]


def numerals(tree: Tree, start: int, end: int) -> list[Numeral]:
    """Return the number phrases among tokens [start, end), in reading order.

    Years, clock times, ordinals, model and telephone numbers are left out; days and
    months are left to the caller, who knows which spans are dates.
    """
    found = []
    index = start
    openers = _openers()
    while index < end:
        word = tree.lower[index]
        opens = word in openers or word[0].isdigit()
        numeral = _phrase_at(tree, index, (start, end)) if opens else None
        if numeral is None:
            index += 1
            continue
        if not _ruled_out(tree, numeral):
            found.append(numeral)
        index = numeral.end
    return found


def _phrase_at(tree: Tree, index: int, bounds: tuple[int, int]) -> Numeral | None:
    lists = counting()
    value = _value_at(tree, index, bounds[1])
    if value is None:
        return None
    low: float | None
    high: float | None
    low, high, stop = value
    vague = low != high
    joined = _range_end(tree, stop, bounds[1], index > bounds[0] and tree.lower[index - 1] == "between")
    if joined is not None and low is not None and joined[0] > low:
        high, stop, vague = joined[0], joined[1], False
        opener = index - 1 if index > bounds[0] and tree.lower[index - 1] in {"between", "from"} else index
        start, kind = _before(tree, opener, bounds[0])
        return Numeral(low, high, start, index, stop, vague)
    start, kind = _before(tree, index, bounds[0])
    if not kind or kind == "about":
        stop, after = _after(tree, stop, bounds[1])
        kind = after or kind
    low, high = _interval(value[0], value[1], kind, lists)
    return Numeral(low, high, start, index, stop, vague)


@view
def _openers() -> frozenset[str]:
    """Return the words that a spelled or vague number begins with."""
    return frozenset([*counting().words, *(phrase[0] for phrase in counting().vague)])


def _value_at(tree: Tree, index: int, end: int) -> tuple[float, float | None, int] | None:
    """Return (low, high, token after) of the bare value that starts at `index`."""
    lists = counting()
    words = tree.lower
    for size in (5, 4, 3, 2, 1):
        phrase = tuple(words[index : min(index + size, end)])
        if len(phrase) == size and phrase in lists.vague:
            low, high = lists.vague[phrase]
            return low, high, index + size
    plain = _plain_value(tree, index, end)
    if plain is None:
        return None
    value, stop = plain
    return value, value, stop


def _plain_value(tree: Tree, index: int, end: int) -> tuple[float, int] | None:
    lists = counting()
    words = tree.lower
    word = words[index]
    if glued := _GLUED_SCALE.fullmatch(word):
        return float(glued[1]) * _GLUED[glued[2]], index + 1
    if _DIGITS.fullmatch(word):
        value, stop = float(word.replace(",", "")), index + 1
        if stop < end and word.isdigit() and len(word) <= 3 and _THOUSANDS.fullmatch(words[stop]):
            value, stop = value * 1000 + float(words[stop]), stop + 1  # a lost separator: "1 000"
        while stop < end and words[stop] in lists.scales:
            value, stop = value * lists.scales[words[stop]], stop + 1
        return value, stop
    if word in lists.words:
        return _spelled(words, index, end, lists)
    return None


def _spelled(words: list[str], index: int, end: int, lists: Counting) -> tuple[float, int]:
    """Read "one hundred and twenty-five thousand": a sum of products, hyphens and "and" inside."""
    total, current, stop = 0.0, float(lists.words[words[index]]), index + 1
    while stop < end:
        step = stop + (words[stop] in {"-", "and"} and stop + 1 < end)
        word = words[step]
        if word in lists.scales and step == stop:
            scale = lists.scales[word]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif (
            word in lists.words
            and lists.words[word] > 0
            and (
                (words[stop] == "-" and current % 100 >= 20)
                or (step == stop and current >= 20 and current % 10 == 0 and lists.words[word] < 10)
                or (current >= 100 and current % 100 == 0)
                or (total > 0 and current == 0)
            )
        ):
            current += lists.words[word]
        else:
            break
        stop = step + 1
    return total + current, stop


def _range_end(tree: Tree, index: int, end: int, between: bool) -> tuple[float, int] | None:
    """Return (high, token after) when "to 90", "-90", "or 90" or (after "between") "and 90" follows."""
    if index + 1 >= end:
        return None
    joiner = tree.lower[index]
    if joiner not in ({"and", "to", "-", "\u2013"} if between else {"to", "-", "\u2013", "or"}):
        return None
    if joiner == "-" and not glued(tree, index):
        return None
    plain = _plain_value(tree, index + 1, end)
    if plain is None or (joiner in {"to", "or"} and tree.lower[index - 1] == "one"):
        return None
    return plain


def _before(tree: Tree, index: int, least: int) -> tuple[int, str]:
    """Return (first token, kind) of the longest interval words that end before `index`."""
    before = counting().before
    for size in range(min(_LONGEST_BEFORE, index - least), 0, -1):
        kind = before.get(tuple(tree.lower[index - size : index]))
        if kind and kind != "between":
            outer, outer_kind = _before(tree, index - size, least)
            # "at least some 20", "as many as around 40": the first word decides the bound
            return (outer, outer_kind) if outer_kind else (index - size, kind)
    return index, ""


def _after(tree: Tree, index: int, end: int) -> tuple[int, str]:
    after = counting().after
    for size in (3, 2, 1):
        kind = after.get(tuple(tree.lower[index : min(index + size, end)]))
        if kind:
            return index + size, kind
    return index, ""


def _interval(
    low: float, high: float | None, kind: str, lists: Counting
) -> tuple[float | None, float | None]:
    exact = low == high
    if kind == "at-least":
        return low, None
    if kind == "more":
        return (low + 1 if exact and low < _ROUND_FROM and low == int(low) else low), None
    if kind == "at-most":
        return None, high
    if kind == "fewer":
        return None, (low - 1 if exact and low < _ROUND_FROM and low == int(low) else high)
    if kind in lists.slack and exact:
        slack = low * lists.slack[kind]
        down = low if kind == "just-over" else low - slack
        up = low if kind == "nearly" else low + slack
        return (math.floor(down), math.ceil(up)) if low >= 2 else (down, up)
    return low, high


def _ruled_out(tree: Tree, numeral: Numeral) -> bool:
    """Tell whether the number is a year, a time, a name's part or an ordinal and counts nothing."""
    return any(test(tree, numeral) for test in (_is_year, _is_clock, _is_name_part, _is_pronoun))


def _is_year(tree: Tree, n: Numeral) -> bool:
    word = tree.lower[n.first]
    if not (len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099) or n.end != n.first + 1:
        return False
    if n.start < n.first:
        return False
    previous = tree.lower[n.first - 1] if n.first else ""
    if previous in {
        "in",
        "since",
        "during",
        "of",
        "by",
        "until",
        "till",
        "from",
        "early",
        "late",
        "mid",
        "the",
        "a",
    }:
        return True
    nexts = tree.tag[n.end : n.end + 2]
    return "NNS" not in nexts and (not nexts or tree.lower[n.end] != "people")


def _is_clock(tree: Tree, n: Numeral) -> bool:
    skip = counting().skip
    after = tree.lower[n.end] if n.end < len(tree.lower) else ""
    if after in skip["clock"] or ":" in tree.lower[n.first] or after == ":":
        return True
    before = tree.lower[n.first - 1] if n.first else ""
    if before == "and" and n.first > 2 and tree.tag[n.first - 2] == "CD":
        before = tree.lower[n.first - 3]  # "aged 4 and 6"
    return before in skip["ages"] or (n.first > 1 and before == ":" and glued(tree, n.first))


def _is_name_part(tree: Tree, n: Numeral) -> bool:
    """Tell whether the number belongs to a name: "T-72", "Resolution 2254", "the 9K115", "+44 ..."."""
    first = n.first
    if first == 0 or n.start < first:
        return False
    before, joined = tree.words[first - 1], glued(tree, first)
    if joined and before in {"-", "/", "+", "."} and first > 1 and glued(tree, first - 1):
        return not tree.lower[first - 2][:1].isdigit() or before in {"/", "."}
    if joined and before in {"+", "#", "/"}:
        return True
    if n.end < len(tree.lower) and tree.lower[n.end] == "/" and glued(tree, n.end):
        return True
    if before.lower() in counting().skip["labels"]:
        return tree.tag[first] == "CD" and tree.head[first] == first - 1
    return False


def _is_pronoun(tree: Tree, n: Numeral) -> bool:
    """Tell whether "one" stands for a thing ("one of the", "no one", "this one") and counts nothing."""
    if tree.lower[n.first] != "one" or n.end != n.first + 1:
        return False
    before = tree.lower[n.first - 1] if n.first else ""
    after = tree.lower[n.end] if n.end < len(tree.lower) else ""
    return before in {"no", "this", "that", "the", "any", "every", "some", "which", "last"} or (
        after in {"another", "day"} or (after == "of" and n.start == n.first)
    )


def measured(tree: Tree, numeral: Numeral) -> tuple[str, int] | None:
    """Return (unit, token) of a measure beside the number ("km", "percent", "dollar"), if any."""
    measures = counting().measures
    for index in _beside(tree, numeral):
        unit = measures.get(tree.lower[index])
        if unit:
            return unit, index
    return None


def _beside(tree: Tree, n: Numeral) -> Iterator[int]:
    size = len(tree.lower)
    if n.first and tree.words[n.first - 1] in {"$", "€", "£"}:
        yield n.first - 1
    if n.end < size:
        yield (
            n.end + 1 if tree.lower[n.end] in {"-", "per", "square", "cubic"} and n.end + 1 < size else n.end
        )
