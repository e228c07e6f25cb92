"""Where: the place names of a parsed body, how specific each is, and whether something is put there."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.lexicon import table, view
from secondsource.model import Span
from secondsource.places import Gazetteer, Place, demonyms, key_of

_PROPER = ("NNP", "NNPS")
_SURE = 50_000  # inhabitants from which a bare name is taken as the place without further sign


@dataclass(frozen=True, slots=True)
class Setting:
    """A place name as tokens [start, end): `level` 1 country, 2 wide area, 3 settlement or named spot.

    `located` tells that a preposition puts something there; `known` that the gazetteer has the name.
    """

    start: int
    end: int
    name: str
    level: int
    located: bool
    known: bool


@dataclass(frozen=True, slots=True)
class _Words:
    areas: frozenset[str]
    wide: frozenset[str]
    prepositions: frozenset[str]
    locative: frozenset[str]
    directions: frozenset[str]
    articles: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]


@view
def _words() -> _Words:
    words, calendar = table("places")["words"], table("calendar")
    return _Words(
        frozenset(words["areas"]),
        frozenset(words["wide"]),
        frozenset(words["prepositions"]),
        frozenset(words["locative"]),
        frozenset(words["directions"]),
        frozenset(words["articles"]),
        frozenset(words["titles"]),
        frozenset(words["bodies"]),
        frozenset([*calendar["months"], *calendar["weekdays"]]),
    )


def settings(tree: Tree) -> tuple[Setting, ...]:
    """Return the place names of a body in order, none overlapping.

    A name counts when the gazetteer knows it as a place big enough, or when words around it
    say so ("the village of X", "X province", "in X").
    """
    found: list[Setting] = []
    gazetteer = Gazetteer()
    at = 0
    while at < len(tree.words):
        run = _run_at(tree, at)
        if run is None:
            at += 1
            continue
        found.extend(_places_in(tree, (at, run), gazetteer))
        at = run
    return tuple(found)


_JOINTS = frozenset({"-", "'", "\u2019", "\u2013"})


def _run_at(tree: Tree, at: int) -> int | None:
    """Return the end of the run of proper nouns at `at`, articles and hyphens inside it."""
    if tree.tag[at] not in _PROPER and not _opening_article(tree, at):
        return None
    end = at + 1
    last = tree.sentences[tree.sent[at]][1]
    while end < last:
        if tree.tag[end] in _PROPER or _inner_article(tree, end):
            end += 1
        elif tree.words[end] in _JOINTS and end + 1 < last and tree.tag[end] != "POS" and _tight(tree, end):
            end += 2
        else:
            break
    return end


def _opening_article(tree: Tree, at: int) -> bool:
    """Tell whether "al", "el" or "Al" opens a name at `at`."""
    if tree.lower[at] not in _words().articles or not _proper_next(tree, at):
        return False
    return tree.words[at][:1].isupper() or (
        tree.lower[at] != "the" and tree.tag[at] not in {"IN", "RB", "PRP"}
    )


def _inner_article(tree: Tree, at: int) -> bool:
    return (
        tree.lower[at] in _words().articles
        and tree.lower[at] != "the"
        and tree.tag[at] not in {"IN", "RB", "DT"}
        and _proper_next(tree, at)
    )


def _proper_next(tree: Tree, at: int) -> bool:
    step = at + 1
    if step < len(tree.words) and tree.words[step] == "-":
        step += 1
    return step < len(tree.words) and tree.tag[step] in _PROPER


def _tight(tree: Tree, at: int) -> bool:
    """Tell whether the mark at `at` joins its two neighbours without a space."""
    return at > 0 and tree.end[at - 1] == tree.start[at] and tree.end[at] == tree.start[at + 1]


def _places_in(tree: Tree, run: Span, gazetteer: Gazetteer) -> list[Setting]:
    """Return the places within one run of proper nouns."""
    start, end = run
    lists = _words()
    while start < end and (tree.lower[start] in lists.never or tree.lower[start] in lists.directions):
        start += 1
    if start >= end:
        return []
    hits = gazetteer.find(tree.words[start:end])
    found = []
    for hit in hits:
        a, b = start + hit.start, start + hit.end
        setting = _from_hit(tree, (a, b), (start, end), hit.places[0])
        if setting is not None:
            found.append(setting)
    if not found:
        setting = _from_pattern(tree, (start, end))
        if setting is not None:
            found.append(setting)
    return found


def _from_hit(tree: Tree, span: Span, run: Span, place: Place) -> Setting | None:
    a, b = span
    key = key_of(" ".join(tree.words[a:b]))
    settled = place.kind != "country"
    if key in _words().never or (key in demonyms() and b - a == 1 and settled):
        return None
    areal = _areal(tree, span)
    located = bool(areal or _located(tree, a))
    alone = run == span or bool(areal)
    if settled and not areal and not (alone and (located or place.population >= _SURE)):
        return None
    if (b < run[1] and not alone) or (a > 0 and tree.lower[a - 1].rstrip(".") in _words().titles):
        return None
    level = 1 if place.kind == "country" else 2 if areal == "wide" else 3
    return Setting(a, b, tree.text(range(a, b)), level, located, known=True)


def _from_pattern(tree: Tree, run: Span) -> Setting | None:
    """Read an unknown name as a place beside an area word, or after a locative preposition."""
    a, b = run
    areal, located = _areal(tree, run), _located(tree, a)
    if tree.lower[a].rstrip(".") in _words().titles or (b - a == 1 and len(tree.words[a]) < 3):
        return None
    if not areal and not (located == "in" and b - a <= 3 and not tree.words[a].isupper()):
        return None
    if not areal and (key_of(tree.words[a]) in demonyms() or _words().bodies & set(tree.lower[a:b])):
        return None
    if (b - a == 1 and tree.lower[a] in _words().areas) or (not areal and _modifies(tree, b)):
        return None
    level = 2 if areal == "wide" else 3
    return Setting(a, b, tree.text(range(a, b)), level, bool(areal or located), known=False)


def _modifies(tree: Tree, after: int) -> bool:
    """Tell whether a common noun follows, so that the name before it only describes ("X warplanes")."""
    return after < len(tree.words) and tree.tag[after] in {"NN", "NNS"}


def _areal(tree: Tree, span: Span) -> str:
    """Return "wide" or "near" when an area word stands right before ("town of X") or after ("X province")."""
    lists = _words()
    word = ""
    for t in range(span[0] - 1, max(-1, span[0] - 4), -1):
        if tree.lower[t] in {"of", "the"} or tree.lower[t] in lists.directions:
            continue
        word = tree.lower[t]
        break
    after = tree.lower[span[1]] if span[1] < len(tree.words) else ""
    if tree.words[span[1] - 1].lower() in lists.areas and span[1] - span[0] > 1:
        after = tree.lower[span[1] - 1]
    for one in (after, word):
        if one in lists.wide:
            return "wide"
        if one in lists.areas:
            return "near"
    return ""


def _located(tree: Tree, start: int) -> str:
    """Return "in" when a locative preposition leads to the name, "to" for another spatial one, else ""."""
    lists = _words()
    for t in range(start - 1, max(-1, start - 7), -1):
        word = tree.lower[t]
        if word in lists.locative:
            return "in"
        if word in lists.prepositions and word != "of":
            return "to"
        if word in lists.areas or word in lists.directions or word in {"the", "of", "a", "its", "and", ","}:
            continue
        if tree.tag[t] in _PROPER or tree.tag[t] in {"JJ", "JJS"} or tree.words[t] == "-":
            continue
        return ""
    return ""
