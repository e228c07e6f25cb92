"""What a source says in a clause: after its verb, before it, around it, or in quotation marks."""

from __future__ import annotations

from dataclasses import replace

from secondsource.extract.flat import bare, closes_with_name, source_after, source_before, stands_last
from secondsource.extract.parts import FINITE, Found
from secondsource.extract.quoted import Quoted

_NOMINAL = frozenset({"NN", "JJ", "VB", "IN", "DT", "HY", "PO", "CD"})


class Clausal(Quoted):
    """Rules for verbs that take what is said as a clause."""

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
            content = self._one_side(self._own(content, clause, verb), verb)
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
        return replace(self._found(frame, verb, content, source, cue), media=self._media(verb))

    def _subject_by_order(self, verb: int, source: list[int], cue: tuple[int, ...]) -> list[int]:
        """Mend a source before its verb: none found, cut short of the verb, or run over a quotation mark."""
        tree = self.tree
        if source and source[0] < verb:
            marks = [t for t in source if tree.words[t] in ('"', "\u201d", "''") and t != source[-1]]
            if marks and not any(q.open in source and q.close in source for q in self.quoted):
                source = self._trim([t for t in source if t > marks[-1]])
        if tree.tag[verb] not in FINITE:
            return source
        gap = [t for t in range(source[-1] + 1, verb) if t not in cue] if source and source[-1] < verb else []
        short = bool(gap) and len(gap) < 9 and all(tree.tag[t][:2] in _NOMINAL for t in gap)
        if not source:
            source = self._after_quote(verb, cue)
        if short or (not source and tree.dep[verb] != "conj"):
            mended = self._trim([t for t in source_before(tree, verb) if t not in cue])
            return mended or source
        return source

    def _after_quote(self, verb: int, cue: tuple[int, ...]) -> list[int]:
        """Return the words between a closing quotation mark and the verb when they are a noun phrase."""
        tree = self.tree
        low = tree.sentences[tree.sent[verb]][0]
        closed = [quote.close for quote in self._closed(low, verb)]
        if not closed:
            return []
        between = self._trim([t for t in range(closed[-1] + 1, verb) if t not in cue])
        if not between or tree.tag[between[0]][:2] not in ("DT", "NN", "JJ", "PR", "CD"):
            return []
        relative = next((t for t in between if tree.tag[t][:1] == "W"), between[-1] + 1)
        finite = any(tree.tag[t] in FINITE for t in between if t < relative)
        return [] if finite or not any(tree.tag[t][:2] in ("NN", "PR") for t in between) else between

    def _citing(self, verb: int) -> Found | None:
        """Return "X reported, citing Y": Y answers for what X reports."""
        tree = self.tree
        target = tree.child(verb, "dobj")
        if target is None or tree.dep[verb] == "ROOT":
            return None
        source = self._range(tree.left[target], tree.right[target])
        content: list[int] = []
        above = self._speech_above(verb)
        outer = self._clausal(above, self._subject(above)) if above is not None else None
        if outer is not None:
            content = [t for t in outer.content if not tree.under(t, verb)]
        if not content:
            low = tree.sentences[tree.sent[verb]][0]
            content = self._range(low, tree.left[verb] - 1)
        return self._found("citing", verb, content, source, (verb,))

    def _speech_above(self, verb: int) -> int | None:
        """Return the verb of speech that "citing ..." goes with, past the clause that it hangs on."""
        tree, at = self.tree, verb
        for _ in range(5):
            if tree.head[at] == at:
                return None
            at = tree.head[at]
            if tree.lemma[at] in self.cues.speech and tree.lemma[at] not in self.cues.citing:
                return at
        return None

    def _quoting(self, verb: int) -> Found | None:
        """Return "X quoted Y as saying ...": X answers for it that Y says so."""
        tree = self.tree
        target, source = tree.child(verb, "dobj"), self._subject(verb)
        saying = [k for k in tree.kids[verb] if tree.dep[k] == "prep" and tree.lower[k] == "as" and k > verb]
        if target is None or not source or not saying:
            return None
        content = self._range(tree.left[target], max(tree.right[target], tree.right[saying[0]]))
        return self._found("speech", verb, content, source, self._cue(verb))

    def _flat(self, verb: int, content: list[int]) -> tuple[list[int], list[int]] | None:
        """Return content and source by the order of words where a comma was lost before "X said"."""
        tree = self.tree
        if tree.lemma[verb] not in self.cues.final or tree.dep[verb] in ("acl", "xcomp", "pcomp"):
            return None
        if tree.tag[verb] not in FINITE | {"VBN"} or (
            tree.dep[verb] == "relcl" and self._true_relative(verb)
        ):
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

    def _true_relative(self, verb: int) -> bool:
        """Tell whether "... the toll the ministry reported" is one noun phrase and not an attribution."""
        tree = self.tree
        last = tree.sentences[tree.sent[verb]][1]
        ends = not any(tree.words[t][:1].isalnum() for t in range(verb + 1, last))
        wh = any(tree.tag[t][:1] == "W" for t in range(tree.left[verb], verb))
        noun = tree.head[verb]
        whole = tree.dep[noun] in ("pobj", "dobj") and tree.lemma[tree.head[noun]] not in ("to", "of")
        return wh or not ends or not whole or tree.lower[noun] in ("what", "all", "thing", "words")

    def _inserted(self, verb: int, source: list[int]) -> list[int]:
        """Return the sentence around an "X said" set off by commas in its middle, else nothing."""
        tree = self.tree
        if not source or not self._adjacent(verb, source) or tree.tag[verb] not in FINITE:
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

    def _clause_like(self, verb: int, kid: int) -> bool:
        if self.tree.tag[kid] == "VBG":
            return self.tree.lemma[verb] in self.cues.gerund
        return not self._to(kid)

    def _complement(self, verb: int) -> int | None:
        tree = self.tree
        best = None
        for kid in tree.kids[verb]:
            clause = tree.dep[kid] == "ccomp" or (tree.dep[kid] == "xcomp" and self._clause_like(verb, kid))
            if clause and (best is None or kid > verb):
                best = kid
        return best

    def _own(self, content: list[int], clause: int, verb: int) -> list[int]:
        """Return a complement up to where its verb of saying is joined by the next: "| and blamed Y"."""
        tree = self.tree
        for kid in tree.kids[clause]:
            if kid > clause and self._resumes(kid) == verb:
                kept = [t for t in content if t < tree.left[kid]]
                while kept and tree.tag[kept[-1]] == "CC":
                    kept.pop()
                return kept
        return content

    def _one_side(self, content: list[int], verb: int) -> list[int]:
        """Keep the longer side of a complement that the parse drew around its verb."""
        before = [t for t in content if t < verb]
        after = [t for t in content if t > verb]
        return before if len(before) > len(after) else after

    def _around(self, verb: int, source: list[int], taken: set[int]) -> list[int]:
        """Return the rest of the sentence around an inserted or final "X said"."""
        tree = self.tree
        if not source or not self._adjacent(verb, source) or tree.tag[verb] not in FINITE | {"VBN"}:
            return []
        if tree.dep[verb] in ("relcl", "acl", "xcomp", "pcomp"):
            return []
        low, high = tree.sentences[tree.sent[verb]]
        first = min(*self._sharpen(source), verb)
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
        if not number or tree.lemma[verb] not in self.cues.final or not stands_last(tree, verb):
            return []
        own = set(source)
        rest = [t for t in range(low, high) if tree.words[t][:1].isalnum() and t not in own]
        if len(rest) > 8:
            return []
        if any("\n" in tree.words[t] for t in range(low - 1, high)) or any(
            tree.dep[t] == "dobj" for t in rest
        ):
            return []
        first, after = tree.sentences[number - 1]
        tells = any(tree.lemma[t] in self.cues.final and tree.tag[t] in FINITE for t in range(first, after))
        return [] if tells else self._range(first, after - 1)

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

    def _goes_on(self, first: int, high: int) -> bool:
        """Tell whether the content goes on after an inserted "X said,": what follows is no aside."""
        tree = self.tree
        if first >= high:
            return False
        return tree.tag[first] not in ("VBG", "IN", "WDT", "WP", "WRB", "RB") and any(
            tree.tag[t][:1] == "V" for t in range(first, high)
        )

    def _past_link(self, low: int) -> int:
        """Return the first token of a sentence after "And", "But" or the like."""
        while (
            self.tree.lower[low] in ("and", "but", "meanwhile", "however", ",")
            or self.tree.words[low].isspace()
        ):
            low += 1
        return low
