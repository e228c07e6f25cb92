"""Who is said to say what: source, cue and content by rules over the parse (PARC 3, PolNeAR).

Every rule is a frame: a cue word (`lexicon/cues.toml`) with the relations that bring its
source and its content. Frames work on text whose quotation marks and commas are lost too,
by falling back from the parse to the order of words.
"""

from __future__ import annotations

from dataclasses import replace

from secondsource.extract.headline import headline_attributions
from secondsource.extract.mended import Mended
from secondsource.extract.parse import Tree, telling
from secondsource.extract.parts import Found
from secondsource.extract.quotes import quotes
from secondsource.lexicon.cues import cues
from secondsource.model import Report

_NESTING = frozenset({"speech", "according", "reported", "adverb", "judgement"})


def attributions(tree: Tree, report: Report) -> list[Found]:
    """Return the attributions of a parsed body in the order of their cues, nested ones too.

    Only what stands in the headline or the body proper is content, source or cue.

    Source: Pareti 2016, PARC 3.0; Newell et al. 2018, PolNeAR.
    """
    finder = _Finder(tree, cues(), quotes(tree))
    tells = telling(tree, report)
    found = list(headline_attributions(tree, report))
    for token in range(len(tree.words)):
        one = finder.at(token) if tells[token] else None
        if one is not None and one.content and not (tells[one.content[0]] and tells[one.content[-1]]):
            one = replace(one, content=tuple(t for t in one.content if tells[t]))
        if one is not None and one.content:
            found.append(one)
    ending = [one for one in found if _goes_on(tree, one)]
    return _outer([_cut(tree, one, ending) for one in found])


def _goes_on(tree: Tree, one: Found) -> bool:
    """Tell whether an attribution may end the one before it: "adding that ...", "citing ..."."""
    adding = one.frame == "speech" and tree.tag[one.head] == "VBG" and tree.dep[one.head] == "advcl"
    return adding or one.frame == "citing"


def _cut(tree: Tree, one: Found, found: list[Found]) -> Found:
    """End a content before "adding that ...", which is its speaker's next statement."""
    if not one.states or not one.content:
        return one
    for other in found:
        if (
            other.frame == "citing"
            and one is not other
            and one.head < one.content[0] < other.head <= one.content[-1]
        ):
            shared = tuple(t for t in other.content if t not in (*one.cue, *one.source))
            return replace(one, content=shared or one.content)
        if (
            other.frame == "speech"
            and one.head < one.content[0] < other.head <= one.content[-1]
            and other.source == one.source
        ):
            kept = [t for t in one.content if t < other.cue[0]]
            while kept and (not tree.words[kept[-1]][-1:].isalnum() or tree.tag[kept[-1]] == "CC"):
                kept.pop()
            if kept:
                return replace(one, content=tuple(kept))
    return one


def _outer(found: list[Found]) -> list[Found]:
    """Leave out attitudes inside what another source states: they are its content, not the report's."""
    inside: set[int] = set()
    for one in found:
        if one.states and one.frame != "reported":
            inside.update(range(one.content[0], one.content[-1] + 1))
    return [one for one in found if one.head not in inside or one.frame in _NESTING]


class _Finder(Mended):
    """All rules over one tree."""

    def at(self, token: int) -> Found | None:
        tree, cue = self.tree, self.cues
        tag, lemma = tree.tag[token], tree.lemma[token]
        if tag[:1] == "V":
            if lemma in cue.according and self._word(token + 1) == "to":
                return self._according(token)
            if lemma in cue.verbs and tree.dep[token] not in ("aux", "auxpass", "amod", "compound"):
                return self._mended(token, self._verb(token))
        elif tag[:2] == "RB":
            if tree.lower[token] in cue.hearsay:
                return self._adverb(token)
        elif tag[:2] == "NN":
            if lemma in cue.nouns and tag[:3] != "NNP":
                return self._noun(token)
        elif tag == "JJ" and lemma in cue.adjectives and tree.dep[token] in ("acomp", "ROOT", "conj"):
            return self._adjective(token)
        return None

    def _verb(self, verb: int) -> Found | None:
        tree, lemma = self.tree, self.tree.lemma[verb]
        if self._costs(verb):
            return None
        passive = self._passive(verb)
        if passive:
            return self._passive_verb(verb)
        if lemma in self.cues.seeming:
            return self._seeming(verb)
        if lemma in self.cues.citing:
            cited = self._citing(verb) if tree.tag[verb] == "VBG" else self._quoting(verb)
            if cited is not None:
                return cited
        source = self._subject(verb)
        if lemma in self.cues.object_and:
            pair = self._object_and(verb)
            if pair:
                content, extra = pair
                return self._found("judgement", verb, content, source, (*self._cue(verb), *extra))
        if lemma in self.cues.speech or lemma in self.cues.belief or lemma in self.cues.evidence:
            one = self._clausal(verb, source)
            if one is not None:
                return one
        if lemma in self.cues.intention:
            xcomp = self._infinitive(verb)
            if xcomp is not None and source:
                content = self._range(tree.left[xcomp], tree.right[xcomp])
                return self._found("intention", verb, content, source, self._cue(verb))
        return self._phrase(verb, source)

    def _costs(self, verb: int) -> bool:
        """Tell whether a verb takes lives and says nothing: "the flood claimed nine lives"."""
        objects = self.cues.costs.get(self.tree.lemma[verb], ())
        return any(lemma in objects for lemma in self.tree.lemma[verb + 1 : verb + 5])
