"""Attributions mended where lost commas misled the parse: the words beside the verb decide who speaks."""

from __future__ import annotations

from dataclasses import replace

from secondsource.extract.flat import bare, closes_with_name, source_after, stands_last
from secondsource.extract.parts import FINITE, Found
from secondsource.extract.phrasal import Phrasal
from secondsource.extract.sources import head_of
from secondsource.extract.speaker import speaker_before, speaks, title_before

_NAMES = frozenset({"NNP", "NNPS"})
_PHRASE = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "JJ", "PRP$", "POS", "HYPH"})
_ENDS = frozenset({"NN", "NNS", "NNP", "NNPS", "VBN", "VBD"})
_FEW = 6  # words before an opening source: "Elsewhere on Tuesday the ministry said"
_NAMED = 12  # words of a source behind its verb at the end of a sentence


class Mended(Phrasal):
    """Rules by order of words, over what the parse gave."""

    def _mended(self, verb: int, found: Found | None) -> Found | None:
        """Return what the parse found for `verb`, or what the words beside it say where they differ."""
        tree = self.tree
        if found is None and self._word(verb - 1) == "as":
            return self._quoted_as(verb)
        if tree.lemma[verb] not in self.cues.final or tree.tag[verb] not in FINITE | {"VBN"}:
            return found
        if any(tree.dep[k] in ("aux", "auxpass") and tree.lemma[k] == "be" for k in tree.kids[verb]):
            return found
        between = self._between(verb)
        if between is not None:
            return between
        found = found if found is None else self._titled(verb, found)
        if found is not None and found.source and speaks(tree, head_of(tree, found.source)):
            return self._cut_to(verb, self._whole(found))
        behind = self._behind(verb, found)
        if behind is not None:
            return behind
        speaker = speaker_before(tree, verb) or self._name_before(verb)
        if not speaker or (found is not None and set(speaker) <= set(found.source)):
            return self._sharper(speaker, found)
        return self._closing(verb, speaker) or self._opening(verb, speaker, found)

    def _sharper(self, speaker: list[int], found: Found | None) -> Found | None:
        """Cut from a source what the words before it say: "in Tarn on Sunday | state radio"."""
        if found is None or not speaker or found.source[-1] > speaker[-1] or found.content[0] < speaker[0]:
            return found
        return replace(found, source=tuple(speaker))

    def _quoted_as(self, saying: int) -> Found | None:
        """Return "Nine boats sank, the pilot was quoted by Radio Tarn as saying", the comma lost or not."""
        tree = self.tree
        near = range(saying - 2, max(0, saying - _NAMED), -1)
        quoted = next((t for t in near if tree.lemma[t] in self.cues.citing), None)
        if quoted is None or tree.tag[quoted] not in FINITE | {"VBN"}:
            return None
        source = speaker_before(tree, quoted)
        if not source:
            return None
        low, high = tree.sentences[tree.sent[saying]]
        carrier = next((t for t in range(quoted, high) if tree.lower[t] == "by"), None)
        target = None if carrier is None else tree.child(carrier, "pobj")
        media = [] if target is None else self._noun_phrase(target)
        content = self._range(low, source[0] - 1)
        if not any(tree.tag[t] in FINITE | {"VBN"} for t in content):
            return None
        cue = self._range(source[-1] + 1, saying)
        found = self._found("speech", saying, content, source, [t for t in cue if t not in (carrier, *media)])
        return replace(found, media=tuple(media))

    def _whole(self, found: Found) -> Found:
        """Return a source with the words that a dash binds to its first: "Vice | -president"."""
        tree, first = self.tree, found.source[0]
        while (
            first > 1
            and tree.words[first - 1] == "-"
            and tree.end[first - 2] == tree.start[first - 1] == tree.start[first] - 1
        ):
            first -= 2
        extra = range(first, found.source[0])
        return replace(found, source=(*extra, *found.source)) if extra else found

    def _cut_to(self, verb: int, found: Found) -> Found:
        """Return a source without what ran into it: "in the border area | local officials said"."""
        tree, source = self.tree, found.source
        if source[-1] > verb:
            return found
        speaker = speaker_before(tree, verb)
        if not speaker or speaker[-1] != source[-1] or speaker == list(source):
            return found
        if speaker[0] < source[0]:
            opens = speaker[0] == self._sentence(verb) or tree.tag[speaker[0]] in ("DT", "PRP$")
            kept = tuple(t for t in found.content if t not in speaker)
            return replace(found, source=tuple(speaker), content=kept) if opens and kept else found
        before = speaker[0] - 1
        runs_on = tree.tag[before] in _ENDS or tree.words[before].endswith("ed")
        if not runs_on or speaker[0] - 1 not in source or found.content[0] > verb:
            return found
        low = found.content[0]
        return replace(found, source=tuple(speaker), content=tuple(self._range(low, speaker[0] - 1)))

    def _titled(self, verb: int, found: Found) -> Found:
        """Return a personal name with the title before it: "local rescue official | Ada Torn told"."""
        tree, source = self.tree, found.source
        low = self._sentence(verb)
        if not source or not low < source[0] < verb or tree.tag[source[0]] not in _NAMES:
            return found
        first = title_before(tree, low, source[0])
        if first is None or found.content[0] > verb:
            return found
        content = tuple(t for t in found.content if not first <= t <= source[-1])
        return (
            replace(found, source=(*range(first, source[0]), *source), content=content) if content else found
        )

    def _sentence(self, token: int) -> int:
        return self.tree.sentences[self.tree.sent[token]][0]

    def _between(self, verb: int) -> Found | None:
        """Return "'...' the mayor said": a quotation, and nothing but a speaker before the verb."""
        tree = self.tree
        subject = tree.child(verb, "nsubj")
        quote = next(iter(self._closed(verb - _FEW, verb - 1)), None)
        if quote is None or tree.sent[quote.first] != tree.sent[verb]:
            return None
        between = self._range(quote.close + 1, verb - 1)
        plain = all(tree.tag[t] in _PHRASE for t in between)
        if not plain or not any(tree.tag[t][:2] in ("NN", "PR") for t in between):
            return None
        if subject is not None and set(between) <= set(self._noun_phrase(subject)) and subject > quote.close:
            return None  # the parse has it
        clause = any(tree.tag[t] in FINITE for t in self._range(quote.first, quote.last))
        if not clause or not self._leads_on(quote, between[0]):
            return None
        found = self._found("speech", verb, self._range(quote.first, quote.last), between, self._cue(verb))
        return replace(found, media=self._media(verb))

    def _name_before(self, verb: int) -> list[int]:
        """Return the proper name that closes a sentence before its verb: "... was a mistake Torn said"."""
        tree = self.tree
        low, first = tree.sentences[tree.sent[verb]][0], verb
        if not stands_last(tree, verb):
            return []
        while first > low and (tree.tag[first - 1] in _NAMES or tree.words[first - 1] == "-"):
            first -= 1
        common = first > low and tree.tag[first - 1] in ("NN", "NNS", "RB", "VBN")
        return self._range(first, verb - 1) if common and tree.tag[verb - 1] in _NAMES else []

    def _behind(self, verb: int, found: Found | None) -> Found | None:
        """Return "... said the monitor adding ...": a source behind its verb, as quotation or name tells."""
        tree = self.tree
        if tree.lemma[verb] in self.cues.told:
            return None  # behind "told" stands who heard it
        quote = next(iter(self._closed(verb - 2, verb)), None)
        if quote is None and not (found is not None and found.source and found.source[-1] < verb):
            return None
        if quote is None and not closes_with_name(tree, verb, _NAMED):
            return None
        source = source_after(tree, verb)
        if not source or (quote is not None and not speaks(tree, head_of(tree, source))):
            return None
        low = tree.sentences[tree.sent[verb]][0]
        content = self._range(quote.first, quote.last) if quote else self._range(low, verb - 1)
        return self._found("speech", verb, content, source, self._cue(verb))

    def _closing(self, verb: int, speaker: list[int]) -> Found | None:
        """Return "Jets hit the market a monitor said on Sunday": what stands before is the content."""
        tree = self.tree
        low, first = tree.sentences[tree.sent[verb]][0], speaker[0]
        before = self._range(low, first - 1)
        if not stands_last(tree, verb) or not bare(tree, first) or self._in_quotes(first - 1):
            return None
        if len(before) < 4 or not any(tree.tag[t] in FINITE | {"VBN"} for t in before):
            return None
        found = self._found("speech", verb, before, speaker, self._cue(verb))
        return replace(found, media=self._media(verb))

    def _opening(self, verb: int, speaker: list[int], found: Found | None) -> Found | None:
        """Return "On Sunday the ministry said the raid killed nine": what follows is the content."""
        tree = self.tree
        low, high = tree.sentences[tree.sent[verb]]
        if found is not None and found.content[0] > verb:
            return replace(found, source=tuple(speaker))
        before = [t for t in range(low, speaker[0]) if tree.words[t][:1].isalnum()]
        if len(before) > _FEW or any(tree.tag[t][:1] == "V" for t in before):
            return found
        first = verb + 1
        while first < high and (tree.lower[first] == "that" or tree.dep[first] == "npadvmod"):
            first += 1
        content = self._range(first, high - 1)
        if not any(tree.tag[t] in FINITE for t in content) or tree.tag[first] in ("IN", "TO"):
            return found
        return self._found("speech", verb, content, speaker, self._cue(verb))
