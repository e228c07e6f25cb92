"""The parts of an attribution in the parse: who does a verb, its cue words, noun phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.extract.quotes import Quote
from secondsource.lexicon.cues import Cues
from secondsource.lexicon.sources import source_words

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EDGE = frozenset(".,;:!?\"'`\u201c\u201d\u2018\u2019\u2013\u2014-()[]")
_PASSIVE = ("auxpass", "nsubjpass")
_STATING = frozenset({"speech", "belief", "evidence", "reported", "according", "citing", "claim"})
_SUBJECT_INSIDE = frozenset({"reported", "adverb", "seeming"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as token indices, with the frame that saw it.

    `frame` is the cue class; `head` the cue's main token; `media` the hearer that carries
    the words ("told X").
    """

    frame: str
    head: int
    content: tuple[int, ...]
    source: tuple[int, ...]
    cue: tuple[int, ...]
    media: tuple[int, ...] = ()

    @property
    def states(self) -> bool:
        """Tell whether the source puts the content forward as so, and not only judges or wants it."""
        return self.frame in _STATING


class Parts:
    """What every rule needs of one tree: subjects, cues, trimmed phrases."""

    def __init__(self, tree: Tree, lexicon: Cues, quoted: list[Quote]) -> None:
        """Hold a tree, the cue lists and the body's quotations."""
        self.tree, self.cues, self.quoted = tree, lexicon, quoted
        self._opens = [quote.open for quote in quoted]
        self._closes = [quote.close for quote in quoted]

    def _opened(self, low: int, high: int) -> list[Quote]:
        """Return the quotations that open in [low, high), in order."""
        return self.quoted[bisect_left(self._opens, low) : bisect_left(self._opens, high)]

    def _closed(self, low: int, high: int) -> list[Quote]:
        """Return the quotations that close in [low, high), in order."""
        return self.quoted[bisect_left(self._closes, low) : bisect_left(self._closes, high)]

    def _subject(self, verb: int, depth: int = 0) -> list[int]:
        """Return the words of the one who does `verb`, by way of coordination and control."""
        tree = self.tree
        own = tree.child(verb, "nsubj")
        if own is not None:
            return [] if tree.dep[own] == "expl" else self._noun_phrase(own)
        if depth > 4 or tree.child(verb, "csubj", "expl") is not None:
            return []
        above, dep = tree.head[verb], tree.dep[verb]
        resumed = self._resumes(verb)
        if resumed is not None:
            return self._subject(resumed, depth + 1)
        if dep == "advcl" and tree.tag[verb] == "VBG" and tree.lemma[verb] in self.cues.final:
            speaker = self._speaker_above(verb)
            if speaker:
                return speaker
        if dep == "acl" and tree.tag[verb] in ("VBG", "VBN"):
            return self._modified(verb)
        if dep in ("conj", "advcl", "xcomp") and tree.tag[above][:1] in "VM":
            passive = tree.child(above, "nsubjpass")
            if passive is not None:
                return self._noun_phrase(passive)
            return self._subject(above, depth + 1)
        if dep == "pcomp":
            return self._subject_of_gerund(verb, depth)
        return []

    def _resumes(self, verb: int) -> int | None:
        """Return the verb of saying that "X denied it had fired | and blamed Y" goes on from.

        The tense tells: what is joined to "had fired" has no plain past.
        """
        tree = self.tree
        first = tree.head[verb]
        if tree.dep[verb] != "conj" or tree.tag[verb] != "VBD" or tree.dep[first] != "ccomp":
            return None
        perfect = tree.tag[first] == "VBN" and any(tree.lower[kid] == "had" for kid in tree.kids[first])
        says = tree.lemma[verb] in self.cues.answers | self.cues.speech
        above = tree.head[first]
        return above if perfect and says and tree.tag[above] == "VBD" else None

    def _speaker_above(self, verb: int) -> list[int]:
        """Return who says what "adding that ..." goes on with, past the clause that it hangs on."""
        tree, at = self.tree, verb
        for _ in range(5):
            if tree.head[at] == at or tree.dep[at] not in ("advcl", "ccomp", "conj"):
                return []
            at = tree.head[at]
            if tree.lemma[at] in self.cues.speech and tree.child(at, "nsubj") is not None:
                return self._subject(at)
        return []

    def _subject_of_gerund(self, verb: int, depth: int) -> list[int]:
        """Return who speaks in "quoted X as saying", "X was quoted as saying", "X ... by saying"."""
        tree = self.tree
        prep = tree.head[verb]
        above = tree.head[prep]
        if tree.tag[above][:1] != "V":
            return self._noun_phrase(above) if tree.lower[prep] == "as" else []
        passive = tree.child(above, "nsubjpass")
        if passive is not None:
            return self._noun_phrase(passive)
        target = tree.child(above, "dobj")
        if tree.lower[prep] == "as" and target is not None:
            cited = self._range(tree.left[target], prep - 1)
            if target < prep and all(tree.tag[t][:1] in "NDIJPC" for t in cited):
                return self._trim(cited)
            return self._noun_phrase(target)
        return self._subject(above, depth + 1)

    def _modified(self, verb: int) -> list[int]:
        """Return the noun phrase that a participle modifies, without the participle's own words."""
        tree = self.tree
        if tree.dep[verb] not in ("acl", "relcl"):
            return []
        noun = tree.head[verb]
        return self._trim([t for t in self._range(tree.left[noun], tree.right[noun]) if t < tree.left[verb]])

    def _noun_phrase(self, head: int) -> list[int]:
        tree = self.tree
        if tree.lower[head] in ("'s", "\u2019s"):
            return []
        first, last = tree.left[head], tree.right[head]
        if last == head and self._word(last + 1) == "based" and last + 2 < len(tree.words):
            # "the Lyth based Union of Ports": the parse may end the phrase too early
            last += 1
            while last + 1 < len(tree.words) and tree.tag[last + 1] in ("NNP", "NNPS", "NN", "JJ", "IN"):
                last += 1
        return self._trim(self._range(first, last))

    def _media(self, verb: int) -> tuple[int, ...]:
        """Return the words of a named hearer: "told X"."""
        tree = self.tree
        if tree.lemma[verb] not in self.cues.told:
            return ()
        hearer = tree.child(verb, "dobj", "dative")
        if hearer is None or hearer < verb:
            return ()
        return tuple(self._noun_phrase(hearer))

    def _passive(self, verb: int) -> bool:
        tree = self.tree
        # an abbreviation in capitals is no auxiliary, whatever the parse takes "IS" for
        if any(tree.dep[k] in _PASSIVE and not tree.words[k].isupper() for k in tree.kids[verb]):
            return True
        return tree.tag[verb] == "VBN" and tree.dep[verb] == "acl" and not self._that_clause(verb)

    def _that_clause(self, verb: int) -> bool:
        """Tell whether "that ..." follows as what is said: its verb is no participle then."""
        tree = self.tree
        clause = tree.child(verb, "ccomp")
        return clause is not None and any(tree.lower[k] == "that" for k in tree.kids[clause] if k > verb)

    def _to(self, verb: int) -> bool:
        return any(self.tree.tag[kid] == "TO" for kid in self.tree.kids[verb])

    def _cue(self, verb: int) -> tuple[int, ...]:
        """Return the verb with its auxiliaries, negation and particle."""
        tree = self.tree
        kin = [
            k
            for k in tree.kids[verb]
            if tree.dep[k] in ("aux", "auxpass", "neg", "prt") and abs(k - verb) < 5
        ]
        return tuple(sorted({verb, *kin}))

    def _range(self, first: int, last: int) -> list[int]:
        return list(range(first, last + 1))

    def _word(self, token: int) -> str:
        return self.tree.lower[token] if token < len(self.tree.words) else ""

    def _trim(self, tokens: list[int]) -> list[int]:
        """Cut marks and white space from both ends."""
        words = self.tree.words
        low, high = 0, len(tokens)
        while low < high and self._mark(words[tokens[low]], final=False):
            low += 1
        while high > low and self._mark(words[tokens[high - 1]], final=True):
            high -= 1
        return tokens[low:high]

    def _cleared(self, source: list[int]) -> list[int]:
        """Cut from a source what leads up to it where commas are lost: "Sunday | the mayor"."""
        tree, words = self.tree, source_words()
        while len(source) > 1 and source[1] == source[0] + 1:
            first = source[0]
            says = tree.tag[first][:2] == "VB" and tree.lemma[first] in self.cues.final
            if not says and tree.lower[first] not in words.leading | words.days:
                break
            source = source[1:]
        return source

    def _mark(self, word: str, *, final: bool) -> bool:
        if word.isspace() or word in _EDGE or word in ("''", "``", "--", "..."):
            return not (final and word in (")", "]")) and not (not final and word in ("(", "["))
        return False

    def _by(self, noun: int) -> tuple[list[int], list[int]]:
        tree = self.tree
        for kid in tree.kids[noun]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in ("by", "from") and kid > noun:
                return self._range(kid + 1, tree.right[kid]), [kid]
        return [], []

    def _infinitive(self, verb: int) -> int | None:
        for kid in self.tree.kids[verb]:
            if self.tree.dep[kid] in ("xcomp", "ccomp") and self._to(kid) and kid > verb:
                return kid
        return None

    def _found(
        self, frame: str, head: int, content: Iterable[int], source: Iterable[int], cue: Iterable[int]
    ) -> Found:
        """Return the attribution with its parts trimmed; "that" and the frame's own words are no content."""
        cue_, source_ = tuple(sorted(set(cue))), self._cleared(self._trim(sorted(source)))
        taken = set(cue_) if frame in _SUBJECT_INSIDE else {*cue_, *source_}
        kept = self._trim([t for t in content if t not in taken])
        if len(kept) > 2 and self.tree.lower[kept[0]] == "that" and self.tree.dep[kept[0]] == "mark":
            kept = self._trim(kept[1:])
        return Found(frame, head, tuple(kept), tuple(source_), cue_)
