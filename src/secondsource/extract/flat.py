"""Sources told by the order of words, for text that has lost its commas and quotation marks.

"Jets hit the market a monitor said": the parse reads on over the missing comma, but the
words just before the verb still are a noun phrase, and the words before them the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from secondsource.extract.parse import Tree
from secondsource.lexicon.outlets import find as find_outlet
from secondsource.lexicon.sources import source_words

_NAME = frozenset({"NNP", "NNPS"})
_NOMINAL = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "CD", "VBN", "JJS", "JJR", "RBS", "VBG"}
)
_BINDS = frozenset({"for", "of", "at", "in", "from", "on", "with", "and", "to", "near"})
_MARKS = frozenset(
    {
        ",",
        "\u201d",
        '"',
        "''",
        ".",
        "!",
        "?",
        "\u2019",
        "'",
        "-",
        "\u2014",
        "\u2013",
        ":",
        ";",
        "``",
        "\u201c",
    }
)
_PERSON = frozenset({"he", "she", "they", "it", "we", "i"})
_REACH = 16  # tokens: no source without commas is longer
_AFTER = frozenset(
    {
        "on",
        "in",
        "at",
        "late",
        "early",
        "earlier",
        "by",
        "to",
        "during",
        "via",
        "through",
        "from",
        "after",
        "citing",
        "without",
        "while",
    }
)


def source_before(tree: Tree, verb: int) -> list[int]:
    """Return the noun phrase that ends just before `verb` and its auxiliaries; empty if there is none.

    The phrase starts at its article, or where a name, or a run of nouns, begins.
    """
    low = tree.sentences[tree.sent[verb]][0]
    end = verb - 1
    while end > low and tree.tag[end] in ("RB", "VBZ", "VBP", "VBD", "MD", "VB") and tree.head[end] == verb:
        end -= 1
    if end < low:
        return []
    if tree.lower[end] in _PERSON:
        return [end]
    if tree.tag[end] not in ("NN", "NNS", "NNP", "NNPS", "CD") and not capitals(tree, end):
        return []
    if (
        capitals(tree, end)
        and end > low
        and tree.tag[end - 1] in ("NN", "NNS")
        and not _titles(tree, end - 1)
    ):
        return [end]
    start = _article(tree, low, end)
    if start is None:
        start = _run(tree, low, end)
    return list(range(start, end + 1))


def capitals(tree: Tree, token: int) -> bool:
    """Tell whether a word is an abbreviation in capitals, whatever the tagger takes it for ("WHO", "IS")."""
    word = tree.words[token]
    if len(word) < 2 or not word.isalpha():
        return False
    return word.isupper() or (word.istitle() and token > 0 and tree.words[token - 1].istitle())


def _titles(tree: Tree, token: int) -> bool:
    """Tell whether a noun says what the name after it is ("the news agency KRTA")."""
    words = source_words()
    noun = tree.lower[token].removesuffix("s")
    return noun in words.media | words.organisation | words.official | words.person | words.document


def _article(tree: Tree, low: int, end: int) -> int | None:
    """Return the article that opens the phrase, passing over those inside its own prepositions."""
    token = end
    while token >= low and end - token < _REACH:
        if token == end and capitals(tree, end):
            token -= 1
            continue
        if tree.words[token] in _MARKS and not (token and tree.tag[token] == "HYPH"):
            inner = range(token + 1, end + 1)
            opens = bool(inner) and tree.tag[inner[0]] in ("NN", "NNS", "NNP", "NNPS", "JJ")
            return inner[0] if opens and not any(tree.tag[t][:1] == "V" for t in inner) else None
        tag = tree.tag[token]
        if tag in ("DT", "PRP$"):
            before = tree.lower[token - 1] if token > low else ""
            if before not in _BINDS and tree.tag[token - 1] not in ("PDT", "DT", "VBG", "VBN"):
                return token
        elif tag not in _NOMINAL and tree.lower[token] not in _BINDS and tag != "RB":
            return None
        token -= 1
    return None


def _run(tree: Tree, low: int, end: int) -> int:
    """Return where the run of names or nouns that ends at `end` begins."""
    start = end
    while start > low:
        before = start - 1
        tag, title = tree.tag[before], tree.words[before][:1].isupper()
        common = tag in ("NN", "JJ", "POS", "VBN") and tree.tag[start] not in _NAME
        if (
            tag in _NAME
            or (title and tree.words[start].istitle())
            or tag == "HYPH"
            or tree.words[before] == "-"
            or common
            or (tag == "JJ" and title)
        ):
            start = before
        elif tree.lower[before] in ("of", "for") and start - 2 >= low and tree.tag[start - 2] in _NAME:
            start -= 2
        else:
            break
    run = list(range(start, end + 1))
    for first in run:
        if first > start and find_outlet(tree.text(range(first, end + 1))) is not None:
            return first
    if tree.lower[start - 1] in ("in", "near", "of", "on", "at") and start > low:
        # "... in Narvik local police said": the first name is still the place
        lower = [t for t in run if tree.words[t][:1].islower()]
        if lower and lower[0] > start:
            return lower[0]
    return start


def stands_last(tree: Tree, verb: int, limit: int = 14) -> bool:
    """Tell whether nothing but when, where and to whom follows `verb` in its sentence."""
    rest = _rest(tree, verb, limit)
    if not rest:
        return True
    if len(rest) > limit or any(tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in rest):
        return False
    first = rest[0]
    return (
        tree.lower[first] in _AFTER
        or _day(tree, first)
        or (tree.lemma[verb] == "tell" and tree.tag[first] in (*_NAME, "NNS", "DT", "PRP", "JJ", "NN"))
    )


def _rest(tree: Tree, verb: int, limit: int) -> list[int]:
    """Return the words behind `verb` in its sentence, one more than `limit` at most."""
    behind = range(verb + 1, tree.sentences[tree.sent[verb]][1])
    return list(islice((t for t in behind if tree.words[t][:1].isalnum()), limit + 1))


def _day(tree: Tree, token: int) -> bool:
    return tree.dep[token] == "npadvmod" or tree.lower[token] in source_words().days


def source_after(tree: Tree, verb: int) -> list[int]:
    """Return the noun phrase just after `verb` when the words before it are content: "... said X"."""
    high = tree.sentences[tree.sent[verb]][1]
    first = verb + 1
    if (
        first >= high
        or tree.tag[first] not in (*_NAME, "DT", "NN", "NNS", "JJ", "PRP$")
        or tree.lower[first] in source_words().days
    ):
        return []
    end = first
    while end + 1 < high:
        nxt = end + 1
        if tree.tag[nxt] in _NOMINAL or tree.tag[nxt] in ("DT", "CC", "IN", "PRP$", "WP", ","):
            if tree.tag[nxt] == "VBG" or (
                tree.lower[nxt] in ("while", "as", "after", "that", "in", "on", "during", "to")
                and tree.lower[nxt] not in ("in",)
            ):
                break
            end = nxt
        else:
            break
    if any(tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in range(first, min(high, end + 2))):
        return []
    return list(range(first, end + 1))


def bare(tree: Tree, first: int) -> bool:
    """Tell whether no mark of punctuation stands before token `first`: the comma is lost."""
    return first > 0 and tree.words[first - 1] not in _MARKS and not tree.words[first - 1].isspace()


def closes_with_name(tree: Tree, verb: int, limit: int = 8) -> bool:
    """Tell whether the sentence ends in the verb and a name of `limit` words at most: "... said Vela"."""
    rest = _rest(tree, verb, limit)
    if not rest or len(rest) > limit or tree.lemma[verb] == "tell":
        return False
    nominal = all(tree.tag[t] in _NOMINAL or tree.tag[t] in ("DT", "IN") for t in rest)
    opens = tree.tag[rest[0]] in _NAME or tree.tag[rest[0]] == "DT"
    named = any(tree.tag[t] in _NAME for t in rest) and tree.tag[rest[-1]] in (*_NAME, "NN", "NNS")
    return nominal and opens and named and not any(_day(tree, t) for t in rest)


__all__: Sequence[str] = ("bare", "closes_with_name", "source_after", "source_before", "stands_last")
