"""Who is said to say what: source, cue and content by rules over the parse (PARC 3, PolNeAR).

Every rule is a frame: a cue word (`lexicon/cues.toml`) with the relations that bring its
source and its content. Frames work on text whose quotation marks and commas are lost too,
by falling back from the parse to the order of words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondsource.extract.flat import bare, closes_with_name, source_after, source_before, stands_last
from secondsource.extract.parse import Tree, telling
from secondsource.extract.quotes import Quote, quotes
from secondsource.lexicon.cues import Cues, cues
from secondsource.model import Report

_NOMINAL = frozenset({"NN", "JJ", "VB", "IN", "DT", "HY", "PO", "CD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EDGE = frozenset(".,;:!?\"'`\u201c\u201d\u2018\u2019\u2013\u2014-()[]")


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as token indices, with the frame that saw it.

    `frame` is the cue class; `head` the cue's main token; `media` the hearer that carries
    the words ("told X"); `states` tells that the source puts the content forward as so, so
    that it answers for it (speech, evidence, belief), not only judges or wants it.
    """

    frame: str
    head: int
    content: tuple[int, ...]
    source: tuple[int, ...]
    cue: tuple[int, ...]
    media: tuple[int, ...] = ()
    states: bool = False


def attributions(tree: Tree, report: Report) -> list[Found]:
    """Return the attributions of a parsed body in the order of their cues, nested ones too.

    Only what stands in the headline or the body proper is content, source or cue.

    Source: Pareti 2016, PARC 3.0; Newell et al. 2018, PolNeAR.
    """
    finder = _Finder(tree, cues(), quotes(tree))
    tells = telling(tree, report)
    found: list[Found] = []
    for token in range(len(tree.words)):
        one = finder.at(token) if tells[token] else None
        if one is not None and one.content and not (tells[one.content[0]] and tells[one.content[-1]]):
            one = replace(one, content=tuple(t for t in one.content if tells[t]))
        if one is not None and one.content:
            found.append(one)
    return _outer([_cut(tree, one, found) for one in found])


def _cut(tree: Tree, one: Found, found: list[Found]) -> Found:
    """End a content before "adding that ...", which is its speaker's next statement."""
    if not one.states or not one.content:
        return one
    for other in found:
        later = other.frame == "speech" and tree.tag[other.head] == "VBG" and tree.dep[other.head] == "advcl"
        if later and one.head < one.content[0] < other.head <= one.content[-1] and other.source == one.source:
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
        if one.states and one.frame != "hearsay":
            inside.update(range(one.content[0], one.content[-1] + 1))
    return [one for one in found if one.head not in inside or one.frame in _NESTING]


_NESTING = frozenset({"speech", "according", "hearsay", "judgement"})


class _Finder:
    """The rules over one tree; kept in a class so that they share its tables."""

    def __init__(self, tree: Tree, lexicon: Cues, quoted: list[Quote]) -> None:
        self.tree, self.cues, self.quoted = tree, lexicon, quoted

    # ---- which rule ---------------------------------------------------------------------

    def at(self, token: int) -> Found | None:
        tree, cue = self.tree, self.cues
        tag, lemma = tree.tag[token], tree.lemma[token]
        if tag[:1] == "V":
            if lemma in cue.according and self._word(token + 1) == "to":
                return self._according(token)
            if lemma in cue.verbs and tree.dep[token] not in ("aux", "auxpass", "amod", "compound"):
                return self._verb(token)
        elif tag[:2] == "RB":
            if tree.lower[token] in cue.hearsay:
                return self._adverb(token)
        elif tag[:2] == "NN":
            if lemma in cue.nouns and tag[:3] != "NNP":
                return self._noun(token)
        elif tag == "JJ":
            if lemma in cue.adjectives and tree.dep[token] in ("acomp", "ROOT", "conj"):
                return self._adjective(token)
        return None

    # ---- verbs --------------------------------------------------------------------------

    def _verb(self, verb: int) -> Found | None:
        tree, lemma = self.tree, self.tree.lemma[verb]
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

    def _clausal(self, verb: int, source: list[int]) -> Found | None:
        """Return a statement: a clause of the verb, a quotation beside it, or the words before it."""
        tree, lemma = self.tree, self.tree.lemma[verb]
        speech = lemma in self.cues.speech
        frame = "speech" if speech else "belief" if lemma in self.cues.belief else "evidence"
        cue = self._cue(verb)
        source = self._subject_by_order(verb, source, cue) if speech else source
        taken = set(source) | set(cue)
        clause = self._complement(verb)
        content: list[int] = []
        if clause is not None:
            content = [t for t in self._range(tree.left[clause], tree.right[clause]) if t not in taken]
            content = self._one_side(content, verb)
        if speech:
            flat = self._flat(verb, content)
            inserted = self._inserted(verb, source) if flat is None else []
            if flat is not None:
                content, source = flat
            elif inserted:
                content = [t for t in inserted if t not in taken]
            else:
                content = self._with_quotes(content, source, cue, verb)
            if not content:
                content = self._around(verb, source, taken)
                if content and source:
                    source = self._sharpen(source)
        if not content:
            return None
        return self._found(frame, verb, content, source, cue, media=self._media(verb), states=True)

    def _subject_by_order(self, verb: int, source: list[int], cue: tuple[int, ...]) -> list[int]:
        """Mend a source before its verb: none found, cut short of the verb, or run over a quotation mark."""
        tree = self.tree
        if source and source[0] < verb:
            marks = [t for t in source if tree.words[t] in ('"', "\u201d", "''") and t != source[-1]]
            if marks and not any(q.open in source and q.close in source for q in self.quoted):
                source = self._trim([t for t in source if t > marks[-1]])
        if tree.tag[verb] not in _FINITE:
            return source
        gap = [t for t in range(source[-1] + 1, verb) if t not in cue] if source and source[-1] < verb else []
        short = bool(gap) and len(gap) < 9 and all(tree.tag[t][:2] in _NOMINAL for t in gap)
        if short or (not source and tree.dep[verb] != "conj"):
            mended = self._trim([t for t in source_before(tree, verb) if t not in cue])
            return mended or source
        return source

    def _citing(self, verb: int) -> Found | None:
        """Return "X reported, citing Y": Y answers for what X reports."""
        tree = self.tree
        target = tree.child(verb, "dobj")
        above = tree.head[verb]
        if target is None or above == verb or tree.tag[above][:1] != "V":
            return None
        source = self._range(tree.left[target], tree.right[target])
        content: list[int] = []
        if tree.lemma[above] in self.cues.speech and tree.lemma[above] not in self.cues.citing:
            outer = self._verb(above)
            content = [t for t in outer.content if not tree.under(t, verb)] if outer is not None else []
        if not content:
            low = tree.sentences[tree.sent[verb]][0]
            content = self._range(low, tree.left[verb] - 1)
        return self._found("citing", verb, content, source, (verb,), states=True)

    def _quoting(self, verb: int) -> Found | None:
        """Return "X quoted Y as saying ...": X answers for it that Y says so."""
        tree = self.tree
        target, source = tree.child(verb, "dobj"), self._subject(verb)
        saying = [k for k in tree.kids[verb] if tree.dep[k] == "prep" and tree.lower[k] == "as" and k > verb]
        if target is None or not source or not saying:
            return None
        content = self._range(tree.left[target], max(tree.right[target], tree.right[saying[0]]))
        return self._found("speech", verb, content, source, self._cue(verb), states=True)

    def _flat(self, verb: int, content: list[int]) -> tuple[list[int], list[int]] | None:
        """Return content and source by the order of words where a comma was lost before "X said"."""
        tree = self.tree
        if tree.lemma[verb] not in self.cues.final or tree.dep[verb] in ("relcl", "acl", "xcomp", "pcomp"):
            return None
        if tree.tag[verb] not in _FINITE | {"VBN"}:
            return None
        low = tree.sentences[tree.sent[verb]][0]
        source: list[int] = []
        if closes_with_name(tree, verb) and not self._right_clause(verb):
            source = source_after(tree, verb)
            first = verb
        elif stands_last(tree, verb):
            source = source_before(tree, verb)
            first = source[0] if source else verb
        elif tree.dep[verb] != "conj" and (not content or content[0] == verb + 1):
            source = source_after(tree, verb)
            first = verb
        if not source or not bare(tree, first) or self._in_quotes(first - 1):
            return None
        before = self._range(low, first - 1)
        if not any(tree.tag[t][:1] == "V" for t in before) or len(before) < 4:
            return None
        return before, source

    def _inserted(self, verb: int, source: list[int]) -> list[int]:
        """Return the sentence around an "X said" set off by commas in its middle; empty if it stands elsewhere."""
        tree = self.tree
        if not source or not self._adjacent(verb, source) or tree.tag[verb] not in _FINITE:
            return []
        low, high = tree.sentences[tree.sent[verb]]
        first, last = min(source[0], verb), max(source[-1], verb)
        while (
            last + 1 < high
            and tree.words[last + 1] not in (",", "\u201c", '"', "''", "``")
            and last - verb < 6
        ):
            if tree.tag[last + 1][:1] == "V" or tree.lower[last + 1] in ("that", "if", "whether"):
                return []
            last += 1
        if first - 1 <= low or last + 2 >= high or tree.words[last + 1] != ",":
            return []
        gap = first - 1
        while gap > low and tree.words[gap] in ("''", "\u201d", '"'):
            gap -= 1
        if tree.words[gap] != "," and tree.words[gap + 1] not in ("''", "\u201d", '"'):
            return []
        after = last + 2
        opens = tree.words[after] in ("\u201c", "``", '"', "''")
        before = self._range(self._past_link(low), first - 1)
        enough = sum(tree.words[t][:1].isalnum() for t in before) >= 1
        if not enough or not (opens or self._goes_on(after, high)):
            return []
        if opens:
            quote = next((q for q in self.quoted if q.open == after), None)
            if quote is not None:
                return [*before, *self._range(quote.first, quote.last)]
        return [*before, *self._range(after, high - 1)]

    def _right_clause(self, verb: int) -> bool:
        tree = self.tree
        return any(tree.dep[k] == "ccomp" and k > verb for k in tree.kids[verb])

    def _in_quotes(self, token: int) -> bool:
        return any(quote.first <= token <= quote.last for quote in self.quoted)

    def _complement(self, verb: int) -> int | None:
        tree = self.tree
        best = None
        for kid in tree.kids[verb]:
            if tree.dep[kid] == "ccomp" or (tree.dep[kid] == "xcomp" and self._clause_like(verb, kid)):
                if best is None or kid > verb:
                    best = kid
        return best

    def _clause_like(self, verb: int, kid: int) -> bool:
        if self.tree.tag[kid] == "VBG":
            return self.tree.lemma[verb] in self.cues.gerund
        return not self._to(kid)

    def _one_side(self, content: list[int], verb: int) -> list[int]:
        """Keep the longer side of a complement that the parse drew around its verb."""
        before = [t for t in content if t < verb]
        after = [t for t in content if t > verb]
        return before if len(before) > len(after) else after

    def _with_quotes(self, content: list[int], source: list[int], cue: Iterable[int], verb: int) -> list[int]:
        """Extend content over quotations that it touches, or take one that stands beside the frame."""
        frame = sorted({verb, *source, *cue})
        low, high = self._block(frame, verb)
        before, after = self._quote_before(low), self._quote_after(high)
        taken = set(frame)
        if content:
            for quote in self.quoted:
                if (
                    quote.first <= content[-1]
                    and content[0] <= quote.last
                    and not quote.first <= verb <= quote.last
                ):
                    if content[-1] < verb and quote.first < content[0]:
                        content = [*self._range(quote.first, content[0] - 1), *content]
                    if content[0] > verb and quote.last > content[-1]:
                        content = [*content, *self._range(content[-1] + 1, quote.last)]
        elif before is not None:
            content = self._range(before.first, before.last)
        elif after is not None:
            content = self._range(after.first, after.last)
        content = [t for t in content if t not in taken]
        if (
            content
            and content[-1] < verb
            and before is not None
            and before.last >= content[-1] >= before.first - 1
        ):
            following = self._quote_goes_on(high)
            if following is not None:
                content = [*content, *self._range(following.first, following.last)]
        return content

    def _block(self, frame: list[int], verb: int) -> tuple[int, int]:
        """Return first and last token of the frame's part that is one piece with the verb."""
        low = high = verb
        near = set(frame)
        while low - 1 in near or (low - 2 in near and low > 1):
            low -= 1
        while high + 1 in near or high + 2 in near:
            high += 1
        return low, high

    def _quote_before(self, low: int) -> Quote | None:
        for quote in self.quoted:
            if quote.close < low <= quote.close + 3 and not self._letters(quote.close + 1, low):
                return quote
        return None

    def _quote_after(self, high: int) -> Quote | None:
        for quote in self.quoted:
            if high < quote.open <= high + 8:
                between = self._range(high + 1, quote.open - 1)
                same = all(self.tree.sent[t] == self.tree.sent[high] for t in between)
                object_ = any(
                    self.tree.dep[t] == "dobj" and self.tree.lemma[self.tree.head[t]] != "tell"
                    for t in between
                )
                return quote if same and not object_ else None
        return None

    def _quote_goes_on(self, high: int) -> Quote | None:
        """Return the quotation that opens the next sentence of the paragraph, if no other frame claims it."""
        tree = self.tree
        end = tree.sentences[tree.sent[high]][1]
        for quote in self.quoted:
            if end - 2 <= quote.open <= end + 1 and quote.open > high:
                if any("\n" in tree.words[t] for t in range(high, quote.open)):
                    return None
                tail = [tree.lemma[t] for t in range(quote.close + 1, min(quote.close + 8, len(tree.words)))]
                stop = next(
                    (n for n, word in enumerate(tail) if word in (".", "\u201c") or "\n" in word), len(tail)
                )
                claimed = any(word in self.cues.speech for word in tail[:stop])
                return None if claimed else quote
        return None

    def _letters(self, low: int, high: int) -> bool:
        return any(self.tree.words[t][:1].isalnum() for t in range(low, high))

    def _around(self, verb: int, source: list[int], taken: set[int]) -> list[int]:
        """Return the rest of the sentence around an inserted or final "X said"."""
        tree = self.tree
        if not source or not self._adjacent(verb, source) or tree.tag[verb] not in _FINITE | {"VBN"}:
            return []
        if tree.dep[verb] in ("relcl", "acl", "xcomp", "pcomp"):
            return []
        low, high = tree.sentences[tree.sent[verb]]
        first = min(min(self._sharpen(source)), verb)
        before = self._range(low, first - 1)
        if sum(tree.words[t][:1].isalnum() for t in before) < 3:
            return self._sentence_before(verb, source)
        inserted = tree.dep[verb] == "parataxis" and tree.head[verb] > verb
        if inserted:
            tail = tree.right[verb]
            return [t for t in [*before, *self._range(tail + 1, high - 1)] if t not in taken]
        if not any(tree.tag[t][:1] == "V" for t in before):
            return []
        return [t for t in before if t not in taken]

    def _sentence_before(self, verb: int, source: list[int]) -> list[int]:
        """Return the sentence before one that is nothing but "X said on Monday"."""
        tree = self.tree
        number = tree.sent[verb]
        low, high = tree.sentences[number]
        rest = [t for t in range(low, high) if tree.words[t][:1].isalnum() and t not in source]
        if (
            not number
            or tree.lemma[verb] not in self.cues.final
            or not stands_last(tree, verb)
            or len(rest) > 8
        ):
            return []
        if any("\n" in tree.words[t] for t in range(low - 1, high)) or any(
            tree.dep[t] == "dobj" for t in rest
        ):
            return []
        first, after = tree.sentences[number - 1]
        own = any(tree.lemma[t] in self.cues.final and tree.tag[t] in _FINITE for t in range(first, after))
        return [] if own else self._range(first, after - 1)

    def _adjacent(self, verb: int, source: list[int]) -> bool:
        return min(abs(verb - source[-1]), abs(source[0] - verb)) <= 3

    def _sharpen(self, source: list[int]) -> list[int]:
        """Cut from a source before its verb the words of a sentence whose comma is lost."""
        tree = self.tree
        for place in range(len(source) - 1, 0, -1):
            token, before = source[place], source[place - 1]
            if token - before > 1:
                continue
            starts = tree.tag[token] in ("DT", "PRP$") and tree.tag[before] not in (
                "IN",
                "CC",
                "PDT",
                "TO",
                ",",
                "CD",
            )
            name = tree.tag[token] == "NNP" and tree.tag[before] == "NNS" and place == len(source) - 1
            if starts or name:
                return source[place:]
        return source

    def _phrase(self, verb: int, source: list[int]) -> Found | None:
        """Return a judgement or call whose content is a phrase: an object, or after a preposition."""
        tree, lemma = self.tree, self.tree.lemma[verb]
        if not source:
            return None
        for kid in tree.kids[verb]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in self.cues.prepositions.get(lemma, ()):
                content = [t for t in self._range(kid + 1, tree.right[kid])]
                return self._found("call", verb, content, source, (*self._cue(verb), kid))
        if lemma in self.cues.object:
            for kid in tree.kids[verb]:
                if tree.dep[kid] == "dobj" and tree.lower[kid] not in _REFLEXIVE:
                    content = self._range(tree.left[kid], tree.right[kid])
                    return self._found("object", verb, content, source, self._cue(verb))
        return None

    def _object_and(self, verb: int) -> tuple[list[int], list[int]] | None:
        """Return content and further cue words of "accuse Y of Z", "call Y Z"."""
        tree = self.tree
        wanted = self.cues.object_and[tree.lemma[verb]]
        target = tree.child(verb, "dobj")
        for kid in tree.kids[verb]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in wanted and target is not None:
                content = [
                    *self._range(tree.left[target], tree.right[target]),
                    *self._range(kid + 1, tree.right[kid]),
                ]
                return sorted(set(content) - {kid}), [kid]
            if tree.dep[kid] in ("oprd", "xcomp") and "oprd" in wanted and not self._to(kid) and kid > verb:
                own = tree.child(kid, "nsubj")
                objects = [] if target is None else self._range(tree.left[target], tree.right[target])
                if objects or own is not None:
                    return sorted({*objects, *self._range(tree.left[kid], tree.right[kid])}), []
            if tree.dep[kid] == "ccomp" and "oprd" in wanted and kid > verb and tree.tag[kid][:1] != "V":
                return self._range(tree.left[kid], tree.right[kid]), []
        if target is not None:
            for kid in tree.kids[target]:
                if tree.dep[kid] == "prep" and tree.lower[kid] in wanted and tree.lower[kid] in ("of", "as"):
                    content = [t for t in self._range(tree.left[target], tree.right[target]) if t != kid]
                    return content, [kid]
        return None

    def _infinitive(self, verb: int) -> int | None:
        for kid in self.tree.kids[verb]:
            if self.tree.dep[kid] in ("xcomp", "ccomp") and self._to(kid) and kid > verb:
                return kid
        return None

    # ---- passive, seeming, according, adverbs -------------------------------------------

    def _passive_verb(self, verb: int) -> Found | None:
        tree, lemma = self.tree, self.tree.lemma[verb]
        subject = tree.child(verb, "nsubjpass")
        agent = tree.child(verb, "agent")
        source: list[int] = []
        if agent is not None:
            source = self._range(agent + 1, tree.right[agent])
        topic = self._noun_phrase(subject) if subject is not None else self._modified(verb)
        cue = self._cue(verb)
        if lemma in self.cues.raising:
            for kid in tree.kids[verb]:
                if kid > verb and tree.dep[kid] in ("xcomp", "oprd", "ccomp", "acomp"):
                    tail = self._range(tree.left[kid], tree.right[kid])
                    if tree.dep[kid] == "ccomp" and (subject is None or tree.lower[subject] == "it"):
                        topic = []
                    return self._found("hearsay", verb, sorted({*topic, *tail}), source, cue, states=True)
        for kid in tree.kids[verb]:
            if (
                tree.dep[kid] == "prep"
                and kid > verb
                and tree.lower[kid] in self.cues.object_and.get(lemma, ())
            ):
                tail = self._range(kid + 1, tree.right[kid])
                if agent is not None:
                    tail = [t for t in tail if t not in source and t != agent]
                if tree.lemma[kid + 1 if kid + 1 < len(tree.words) else kid] in self.cues.speech:
                    return None
                return self._found(
                    "judgement", verb, sorted({*topic, *tail}), source, (*cue, kid), states=False
                )
        if source and topic and (lemma in self.cues.object or lemma in self.cues.prepositions):
            return self._found("object", verb, topic, source, (*cue, agent if agent is not None else verb))
        return None

    def _seeming(self, verb: int) -> Found | None:
        tree = self.tree
        subject = tree.child(verb, "nsubj")
        for kid in tree.kids[verb]:
            if kid > verb and tree.dep[kid] in ("xcomp", "oprd", "acomp", "ccomp", "advcl"):
                if tree.dep[kid] == "advcl" and tree.lower[tree.left[kid]] not in ("like", "as"):
                    continue
                tail = self._range(tree.left[kid], tree.right[kid])
                topic = [] if subject is None or tree.lower[subject] == "it" else self._noun_phrase(subject)
                return self._found("seeming", verb, sorted({*topic, *tail}), [], self._cue(verb))
        return None

    def _according(self, token: int) -> Found | None:
        tree = self.tree
        to = token + 1
        low, high = tree.sentences[tree.sent[token]]
        target = tree.child(to, "pobj")
        if target is None:
            target = tree.child(token, "pobj")
        if target is None:
            return None
        stop = self._source_end(to + 1, max(target, tree.right[target]), target, initial=self._initial(token))
        source = self._range(to + 1, stop)
        start = token
        while start > low and tree.lower[start - 1] in ("also", "meanwhile", "and", ","):
            start -= 1
        if self._initial(token):
            content = self._range(stop + 1, high - 1)
        else:
            content = self._range(self._past_link(low), start - 1)
            if stop + 1 < high and tree.words[stop + 1] == "," and self._goes_on(stop + 2, high):
                content = [*content, *self._range(stop + 2, high - 1)]
        return self._found("according", token, content, source, (token, to), states=True)

    def _initial(self, token: int) -> bool:
        """Tell whether nothing that could be content stands before `token` in its sentence."""
        tree = self.tree
        low = tree.sentences[tree.sent[token]][0]
        return sum(tree.words[t][:1].isalnum() for t in range(low, token)) < 3

    def _past_link(self, low: int) -> int:
        """Return the first token of a sentence after "And", "But" or the like."""
        while (
            self.tree.lower[low] in ("and", "but", "meanwhile", "however", ",")
            or self.tree.words[low].isspace()
        ):
            low += 1
        return low

    def _goes_on(self, first: int, high: int) -> bool:
        """Tell whether the content goes on after an inserted "X said,": the words there are no aside of the frame."""
        tree = self.tree
        if first >= high:
            return False
        return tree.tag[first] not in ("VBG", "IN", "WDT", "WP", "WRB", "RB") and any(
            tree.tag[t][:1] == "V" for t in range(first, high)
        )

    def _source_end(self, first: int, last: int, head: int, *, initial: bool) -> int:
        """Return the last token of a source after "according to", where no comma may end it."""
        tree = self.tree
        depth = 0
        for token in range(first, last + 1):
            word = tree.words[token]
            if word in "([":
                depth += 1
            elif word in ")]":
                depth -= 1
            if word == "," and depth == 0 and initial and token >= head:
                return token - 1
            if initial and token > first and tree.tag[token] in ("DT", "CD", "PRP", "PRP$", "EX"):
                if tree.tag[token - 1] not in (
                    "IN",
                    "TO",
                    "CC",
                    "DT",
                    "PDT",
                    "VBG",
                    "VBD",
                    "VBN",
                    "POS",
                    "VB",
                    ",",
                ):
                    return token - 1
        return last

    def _adverb(self, token: int) -> Found | None:
        tree = self.tree
        above = tree.head[token]
        if tree.tag[above][:1] == "V" and tree.dep[token] == "advmod":
            low, high = tree.left[above], tree.right[above]
            if tree.dep[above] in ("acl", "amod"):
                noun = tree.head[above]
                low, high = tree.left[noun], tree.right[noun]
        else:
            low, high = tree.left[above], tree.right[above]
        return self._found("hearsay", token, [t for t in self._range(low, high) if t != token], [], (token,))

    # ---- nouns and adjectives -----------------------------------------------------------

    def _noun(self, noun: int) -> Found | None:
        tree = self.tree
        owner = tree.child(noun, "poss")
        source = self._noun_phrase(owner) if owner is not None else []
        source = [t for t in source if tree.tag[t] != "POS"]
        cue: tuple[int, ...] = (noun,)
        for kid in tree.kids[noun]:
            if kid > noun and tree.dep[kid] in ("acl", "ccomp", "relcl", "appos"):
                mark = tree.child(kid, "mark")
                that = mark is not None and tree.lower[mark] == "that"
                if not that and not (self._to(kid) and tree.dep[kid] == "acl"):
                    continue
                content = self._range(tree.left[kid], tree.right[kid])
                if not source:
                    source, extra = self._by(noun)
                    cue = (noun, *extra)
                return self._found("noun", noun, content, source, cue, states=that)
        for kid in tree.kids[noun]:
            word = tree.lower[kid]
            fits = (word == "of" and tree.lemma[noun] in self.cues.nouns_of) or (
                word == "for" and tree.lemma[noun] in self.cues.nouns_for
            )
            if tree.dep[kid] == "prep" and fits:
                content = self._range(kid + 1, tree.right[kid])
                if not source:
                    source, extra = self._by(noun)
                    cue = (noun, *extra)
                    content = [t for t in content if t not in source and t not in extra]
                return self._found("noun", noun, content, source, (*cue, kid))
        return None

    def _by(self, noun: int) -> tuple[list[int], list[int]]:
        tree = self.tree
        for kid in tree.kids[noun]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in ("by", "from") and kid > noun:
                return self._range(kid + 1, tree.right[kid]), [kid]
        return [], []

    def _adjective(self, word: int) -> Found | None:
        tree = self.tree
        verb = tree.head[word]
        source = self._subject(verb)
        if not source or tree.lower[source[0]] in ("it", "that", "this"):
            return None
        for kid in tree.kids[word]:
            if kid > word and tree.dep[kid] in ("ccomp", "xcomp", "prep"):
                if tree.dep[kid] == "prep" and tree.lower[kid] not in ("of", "about", "that", "on"):
                    continue
                content = self._range(tree.left[kid] + (tree.dep[kid] == "prep"), tree.right[kid])
                return self._found("adjective", word, content, source, (*self._cue(verb), word))
        return None

    # ---- parts --------------------------------------------------------------------------

    def _subject(self, verb: int, depth: int = 0) -> list[int]:
        """Return the words of the one who does `verb`, by way of coordination and control."""
        tree = self.tree
        own = tree.child(verb, "nsubj")
        if own is not None:
            return [] if tree.dep[own] == "expl" else self._noun_phrase(own)
        if depth > 4 or tree.child(verb, "csubj", "expl") is not None:
            return []
        above, dep = tree.head[verb], tree.dep[verb]
        if dep == "advcl" and tree.tag[verb] == "VBG" and tree.lemma[verb] in self.cues.final:
            speaker = self._speaker_above(verb)
            if speaker:
                return speaker
        if dep == "acl" and tree.tag[verb] == "VBG":
            return self._modified(verb)
        if dep in ("conj", "advcl", "xcomp") and tree.tag[above][:1] in "VM":
            passive = tree.child(above, "nsubjpass")
            if passive is not None:
                return self._noun_phrase(passive)
            return self._subject(above, depth + 1)
        if dep == "pcomp":
            return self._subject_of_gerund(verb, depth)
        return []

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
        return self._trim(self._range(self.tree.left[head], self.tree.right[head]))

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
        if tree.child(verb, "auxpass", "nsubjpass") is not None:
            return True
        return tree.tag[verb] == "VBN" and tree.dep[verb] == "acl"

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

    def _mark(self, word: str, *, final: bool) -> bool:
        if word.isspace() or word in _EDGE or word in ("''", "``", "--", "..."):
            return not (final and word in (")", "]")) and not (not final and word in ("(", "["))
        return False

    def _found(
        self,
        frame: str,
        head: int,
        content: Iterable[int],
        source: Iterable[int],
        cue: Iterable[int],
        media: tuple[int, ...] = (),
        states: bool = False,
    ) -> Found:
        cue_ = tuple(sorted(set(cue)))
        source_ = self._trim(sorted(source))
        taken = set(cue_) | set(source_)
        if frame not in ("hearsay", "seeming"):
            kept = [t for t in content if t not in taken]
        else:
            kept = [t for t in content if t not in cue_]
        content_ = self._trim(kept)
        if (
            len(content_) > 2
            and self.tree.lower[content_[0]] == "that"
            and self.tree.dep[content_[0]] == "mark"
        ):
            content_ = self._trim(content_[1:])
        return Found(frame, head, tuple(content_), tuple(source_), cue_, media, states)


_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "it"})
