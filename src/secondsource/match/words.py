"""Words as match sees them: stem, the concepts it shares with others, name or number or time.

Light and parse-free, so that a bare statement, a headline and a sentence that lost its
punctuation are read alike. The word lists are `lexicon/relations.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from secondsource.lexicon import remembered, table, view
from secondsource.model import Quantity
from secondsource.text import WORD, fold

_SHORT = 3
_LONG = 5  # letters from which an ending may be spelled in two ways
_AMERICAN = (("isation", "ization"), ("is", "iz"), ("our", "or"), ("enc", "ens"))  # ends of stems
_TELLING = 3  # consonants that tell one name from others
_DIGITS = re.compile(r"\d")
_VOWELS = re.compile(r"[aeiou']+")
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|an|az|ul)-?(?=\w{3})")
_SPELLING = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("kh", "h"), ("gh", "g"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("sh", "s"), ("ch", "s"), ("dh", "d"),
    ("th", "t"), ("ts", "s"), ("tz", "s"), ("q", "k"), ("c", "k"), ("z", "s"), ("w", "u"), ("y", "i"),
    ("j", "g"), ("v", "u"),
)  # fmt: skip


class Word(NamedTuple):
    """One word of a text: what it is, where it stands (code points), what it can match."""

    stem: str
    start: int
    end: int
    kind: str  # "word", "name", "number", "time", "stop"
    concepts: tuple[str, ...] = ()
    value: float | None = None
    name: str = ""  # spelling key of a name
    form: str = ""  # as written, folded


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two sides of one slot that cannot both hold, as stems."""

    slot: str
    a: frozenset[str]
    b: frozenset[str]


@dataclass(frozen=True, slots=True)
class Relations:
    """`lexicon/relations.toml` as match uses it, keyed by stem."""

    stop: frozenset[str]
    calendar: frozenset[str]
    negators: frozenset[str]
    denials: frozenset[str]
    reach: Mapping[str, frozenset[str]]
    asks: frozenset[str]
    nobody: frozenset[str]
    held: frozenset[str]
    locative: Mapping[str, frozenset[str]]
    areas: frozenset[str]
    taken_up: frozenset[str]
    numbers: Mapping[str, float]
    irregular: Mapping[str, str]
    concepts: Mapping[str, tuple[str, ...]]
    exclusions: tuple[Exclusion, ...]
    persons: Mapping[str, str] = field(default_factory=dict)  # stem -> kind of person
    within: Mapping[str, str] = field(default_factory=dict)  # kind -> wider kind
    sides: tuple[frozenset[str], ...] = ()


@view
def relations() -> Relations:
    """Return the relations table, stemmed, read once."""
    data = table("relations")
    irregular = dict(data["irregular"])

    def stems(text: str) -> frozenset[str]:
        return frozenset(_stem(fold(w), irregular) for w in text.split())

    concepts: dict[str, list[str]] = {}
    for name, listed in data["concepts"].items():
        for word in sorted(stems(listed)):
            concepts.setdefault(word, []).append(name)
    persons = {w: kind for kind, row in data["persons"].items() for w in sorted(stems(row["words"]))}
    return Relations(
        stop=frozenset(fold(w) for w in data["stop"].split()),
        calendar=frozenset(data["calendar"].split()),
        negators=stems(data["negators"]),
        denials=stems(data["denials"]),
        reach={name: frozenset(listed.split()) for name, listed in data["reach"].items()},
        asks=frozenset(data["asks"].split()),
        nobody=frozenset(data["nobody"].split()),
        held=frozenset(data["held"].split()),
        locative={name: frozenset(listed.split()) for name, listed in data["locative"].items()},
        areas=frozenset(data["areas"]["words"].split()),
        taken_up=frozenset(data["taken_up"]["words"].split()),
        numbers={w: float(v) for w, v in data["numbers"].items()},
        irregular=irregular,
        concepts={w: tuple(names) for w, names in concepts.items()},
        exclusions=tuple(Exclusion(r["slot"], stems(r["a"]), stems(r["b"])) for r in data["exclude"]),
        persons=persons,
        within={kind: row["within"] for kind, row in data["persons"].items() if "within" in row},
        sides=tuple(stems(r["words"]) for r in data["sides"]),
    )


def _stem(word: str, irregular: Mapping[str, str]) -> str:
    """Return `word` without its inflection: plural, possessive, -ed, -ing, doubled ends."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in irregular:
        return irregular[word]
    if len(word) <= _SHORT:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word in irregular:
        return irregular[word]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2 and _VOWELS.search(word[: -len(ending)]):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    return next((word[: -len(a)] + b for a, b in _AMERICAN if word.endswith(a) and len(word) > _LONG), word)


@remembered(100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    return _stem(word, relations().irregular)


@lru_cache(maxsize=50_000)
def name_key(word: str) -> str:
    """Return a spelling-tolerant key of a folded name: its consonants, romanisations folded.

    "kuweires" and "kuwayris" share one, as do "tukhar" and "tokhar"; names of fewer than three
    consonants keep vowels.
    """
    written = _ARTICLE.sub("", word.removesuffix("'s"))
    soft = _romanised(written)
    key = _consonants(soft)
    if len(key) < _TELLING:  # a hard h is then a consonant too
        key = _consonants(_romanised(written.replace("kh", "x")))
    return key if len(key) >= _TELLING else soft


def _romanised(name: str) -> str:
    for old, new in _SPELLING:
        name = name.replace(old, new)
    return _DOUBLED.sub(r"\1", name)


def _consonants(name: str) -> str:
    """Return the first letter and the consonants after it, a soft h left out."""
    return _DOUBLED.sub(r"\1", name[:1] + _VOWELS.sub("", name[1:]).replace("h", ""))


def read_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of `text[start:end]` in order, offsets into the whole of `text`."""
    found, dated = [], False
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        begin, stop = match.span()
        root, kind, concepts, value, name, form = _sort(match[0], begin == start)
        dated = dated or kind in {"time", "number"}
        found.append(Word(root, begin, stop, kind, concepts, value, name, form))
    return tuple(_dated(found) if dated else found)


def terms(words: Iterable[Word]) -> frozenset[str]:
    """Return the match terms of content words: stems, "@" name keys, "#" concepts."""
    found: set[str] = set()
    for word in words:
        found.update(_terms(word))
    return frozenset(found)


def terms_in(text: str, start: int, end: int) -> frozenset[str]:
    """Return the terms of the words of `text[start:end]`, without making the words where no date is."""
    found: set[str] = set()
    for match in WORD.finditer(text, start, end):
        own, may_date = _terms_of(match[0], match.start() == start)
        if may_date:  # what a figure is, is told by the words beside it
            return terms(read_words(text, start, end))
        found.update(own)
    return frozenset(found)


@remembered(100_000)
def _terms_of(written: str, opening: bool) -> tuple[tuple[str, ...], bool]:
    """Return the terms of a word as written, and whether it may be or make part of a date."""
    root, kind, concepts, value, name, form = _sort(written, opening)
    word = Word(root, 0, len(written), kind, concepts, value, name, form)
    return _terms(word), kind == "time" or _year(word)


def _terms(word: Word) -> tuple[str, ...]:
    if word.kind in ("word", "name"):
        named = ("@" + word.name,) if word.name else ()
        return (word.stem, *named, *("#" + concept for concept in word.concepts))
    return (f"{word.value:g}",) if word.kind == "number" and word.value is not None else ()


# What a word is wherever it stands: stem, kind, concepts, value, name, form, as in `Word`.
_Sort = tuple[str, str, tuple[str, ...], float | None, str, str]


@remembered(100_000)  # few words make most of a text
def _sort(written: str, opening: bool) -> _Sort:
    """Return what a word is as written, given whether it opens the passage."""
    word, capital = fold(written), written[:1].isupper()
    lists = relations()
    bare, root = word.removesuffix("'s"), stem(word)
    concepts = lists.concepts.get(root, ())
    if _DIGITS.match(word):
        return root, *_figure(word), "", bare
    if bare in lists.numbers and bare not in {"a", "second", "first", "third"}:
        return root, "number", (), lists.numbers[bare], "", bare
    if bare in lists.calendar and (capital or bare not in {"march", "may", "sun", "sat"}):
        return root, "time", (), None, "", bare
    if bare in lists.stop or (len(bare) == 1 and not capital):
        return root, "stop", (), None, "", bare
    if capital and not (concepts and opening):
        own = concepts if root == bare or len(bare) > 5 else ()
        return root if own else bare, "name", own, None, name_key(bare), bare
    return root, "word", concepts, None, "", bare


def _dated(found: list[Word]) -> list[Word]:
    """Turn the figures of a date ("1-2 August 2013", "in 2013") from numbers to time."""
    times = [i for i, w in enumerate(found) if w.kind == "time"]
    dates = set(times)
    for i in times:
        for step in (-1, 1):
            j = i + step
            while (
                0 <= j < len(found)
                and (found[j].kind == "number" or found[j].stem == "and")
                and abs(j - i) < 5
            ):
                if found[j].kind == "number" and (found[j].value or 0) > 31 and not _year(found[j]):
                    break
                dates.add(j)
                j += step
    dates |= {i for i, w in enumerate(found) if _year(w)}
    for i in dates:
        if found[i].kind == "number":
            found[i] = found[i]._replace(kind="time")
    return found


def _year(word: Word) -> bool:
    return word.kind == "number" and word.end - word.start == 4 and 1900 <= (word.value or 0) < 2100


def _figure(word: str) -> tuple[str, tuple[str, ...], float | None]:
    """Return kind, concepts and value of a word that begins with a digit."""
    plain = word.replace(",", "")
    try:
        return "number", (), float(plain)
    except ValueError:
        return "word", (), None


def counts(quantity: Quantity) -> bool:
    """Tell whether a quantity counts something: not what a date left over ("4-5 July")."""
    return quantity.unit.casefold() not in relations().calendar


@view
def happenings() -> frozenset[str]:
    """Return the nouns of deeds ("attack", "raids"), one and many."""
    nouns = table("slots")["actions"]["happenings"]
    return frozenset(nouns) | frozenset(f"{noun}s" for noun in nouns)
