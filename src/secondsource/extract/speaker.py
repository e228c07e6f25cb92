"""Who speaks, told by the words before a verb alone: a noun phrase whose noun names a kind of source.

The parse of a sentence that has lost its commas attaches "a monitor said" anywhere. But "monitor",
"ministry", "Red Cross" or an outlet's name just before a verb of saying is who says it, and where its
phrase begins follows from the order of word classes: no noun phrase has an adjective behind a noun.
"""

from __future__ import annotations

from secondsource.extract.parse import Tree
from secondsource.extract.sources import singular
from secondsource.lexicon import actors, view
from secondsource.lexicon.outlets import find as find_outlet
from secondsource.lexicon.sources import source_words

_NAME = frozenset({"NNP", "NNPS"})
_NOUN = frozenset({"NN", "NNS", *_NAME})
_PARTICIPLE = frozenset({"VBN", "VBG"})
_ARTICLE = frozenset({"DT", "PRP$"})
_LINK = frozenset({"of", "for", "in", "at", "from", "with"})
_DASHES = frozenset({"-", "\u2013"})
_PARTS = 4  # noun groups that one source may hold: "the head | of the union | of fishermen | in Tarn"


@view
def _speaking() -> frozenset[str]:
    words = source_words()
    people = words.person | words.office | words.eyewitness | words.anonymous
    return people | words.media | words.official | words.organisation | words.document | words.issued


def speaks(tree: Tree, head: int) -> bool:
    """Tell whether a noun, by the word itself, names what may say something."""
    if tree.tag[head] in _NOUN or tree.words[head].isupper():
        if singular(tree.lower[head]) in _speaking():
            return True
        named = tree.tag[head] in _NAME or tree.words[head].isupper()
        return named and (find_outlet(tree.words[head]) is not None or bool(actors.find(tree.words[head])))
    return False


def speaker_before(tree: Tree, verb: int) -> list[int]:
    """Return the source just before `verb` and its auxiliaries; empty when no noun there can speak."""
    low = tree.sentences[tree.sent[verb]][0]
    end = verb - 1
    while end > low and tree.head[end] == verb and tree.dep[end] in ("aux", "auxpass", "advmod", "neg"):
        end -= 1
    groups = _groups(tree, low, end)
    told = next((n for n, (first, last) in enumerate(groups) if speaks(tree, _head(tree, last))), None)
    if told is None:
        return []
    chosen = told
    for n in range(told + 1, len(groups)):
        first, last = groups[n]
        if speaks(tree, _head(tree, last)) and _opens(tree, low, first):
            chosen = n
    return list(range(groups[chosen][0], end + 1))


def title_before(tree: Tree, low: int, name: int) -> int | None:
    """Return where the title of the name at `name` begins ("rescue official | Ada Torn"), if it has one."""
    words = source_words()
    title = name - 1
    if title < low or tree.tag[title] != "NN" or tree.lower[title] not in words.roles:
        return None
    return _first(tree, low, title)


def _groups(tree: Tree, low: int, end: int) -> list[tuple[int, int]]:
    """Return the noun groups that end at `end` and are linked by prepositions, nearest first."""
    groups: list[tuple[int, int]] = []
    while end >= low and len(groups) < _PARTS:
        last = end
        inner = _before_bracket(tree, low, end)
        first = _first(tree, low, inner)
        if first is None:
            break
        groups.append((first, last))
        if first - 2 < low or tree.lower[first - 1] not in _LINK:
            break
        end = first - 2
    return groups


def _head(tree: Tree, last: int) -> int:
    return _before_bracket(tree, 0, last)


def _before_bracket(tree: Tree, low: int, end: int) -> int:
    """Return the token before "(...)" when a bracket closes at `end`."""
    if tree.words[end] not in (")", "]"):
        return end
    at = end
    while at > low and tree.words[at] not in ("(", "[") and end - at < 6:
        at -= 1
    return at - 1 if at > low and tree.words[at] in ("(", "[") else end


def _first(tree: Tree, low: int, last: int) -> int | None:
    """Return where the noun group that ends at `last` begins, its article with it."""
    if tree.tag[last] not in _NOUN and not (tree.words[last].isupper() and len(tree.words[last]) > 1):
        return None
    first = last
    while first > low and _joins(tree, low, first - 1):
        first -= 1
    for start in range(first, last + 1):  # a known outlet's name begins the phrase: "in Tarn | KRTA radio"
        if tree.tag[start] in _NAME and any(
            find_outlet(tree.text(range(start, stop + 1))) is not None for stop in range(last, start - 1, -1)
        ):
            if start > first and tree.tag[start - 1] in _NAME:
                return start
            break
    return first - 1 if first > low and tree.tag[first - 1] in _ARTICLE else first


def _joins(tree: Tree, low: int, before: int) -> bool:
    """Tell whether the word at `before` belongs to the noun group that begins right after it."""
    tag, after, word = tree.tag[before], tree.tag[before + 1], tree.lower[before]
    words = source_words()
    if word in words.days or tree.lower[before + 1] in words.openers:
        return False
    if tree.words[before] in _DASHES or tree.words[before + 1] in _DASHES:
        return tree.end[before] == tree.start[before + 1]
    if after in _NAME:
        titled = tag == "NN" and singular(word) in _speaking()
        return tag in _NAME or titled or tag == "POS" or (tag == "JJ" and tree.words[before][:1].isupper())
    if after in ("JJ", "POS"):
        return tag in ("JJ", "JJS", *_NAME) if after == "JJ" else tag in _NOUN
    if tag in _PARTICIPLE:
        return before > low and tree.tag[before - 1] in _ARTICLE
    if tag == "NNS":
        return word in words.modifiers
    return tag in ("NN", "JJ", "JJS", "JJR", "POS", "CD", *_NAME)


def _opens(tree: Tree, low: int, first: int) -> bool:
    """Tell whether a phrase that begins at `first` surely begins there: an article, or nothing before it."""
    return first == low or tree.tag[first] in _ARTICLE or not tree.words[first - 1][-1:].isalnum()
