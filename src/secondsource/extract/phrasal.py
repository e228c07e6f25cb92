"""What a source judges or is said to say in a phrase: objects, passives, nouns, "according to"."""

from __future__ import annotations

from secondsource.extract.clausal import Clausal
from secondsource.extract.flat import source_before
from secondsource.extract.parts import Found

_BEFORE_ARTICLE = frozenset({"IN", "TO", "CC", "DT", "PDT", "VBG", "VBD", "VBN", "POS", "VB", ","})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "it"})


class Phrasal(Clausal):
    """Rules for cues whose content is no clause of theirs."""

    def _phrase(self, verb: int, source: list[int]) -> Found | None:
        """Return a judgement or call whose content is a phrase: an object, or after a preposition."""
        tree, lemma = self.tree, self.tree.lemma[verb]
        if not source:
            return None
        for kid in tree.kids[verb]:
            if tree.dep[kid] == "prep" and tree.lower[kid] in self.cues.prepositions.get(lemma, ()):
                content = self._range(kid + 1, tree.right[kid])
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
                    return self._found("reported", verb, sorted({*topic, *tail}), source, cue)
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
                return self._found("judgement", verb, sorted({*topic, *tail}), source, (*cue, kid))
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
        return self._found("according", token, content, source, (token, to))

    def _initial(self, token: int) -> bool:
        """Tell whether nothing that could be content stands before `token` in its sentence."""
        tree = self.tree
        low = tree.sentences[tree.sent[token]][0]
        return sum(tree.words[t][:1].isalnum() for t in range(low, token)) < 3

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
            fresh = initial and token > first and tree.tag[token] in ("DT", "CD", "PRP", "PRP$", "EX")
            if fresh and tree.tag[token - 1] not in _BEFORE_ARTICLE:
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
        return self._found("adverb", token, [t for t in self._range(low, high) if t != token], [], (token,))

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
                carried = self._carried(noun) if that and not source else None
                if carried is not None:
                    said_by = self._subject(carried) or source_before(tree, carried)
                    cue = tuple(t for t in self._cue(carried) if t not in said_by)
                    return self._found("speech", carried, content, said_by, cue)
                if not source:
                    source, extra = self._by(noun)
                    cue = (noun, *extra)
                return self._found("claim" if that else "noun", noun, content, source, cue)
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

    def _carried(self, noun: int) -> int | None:
        """Return the verb of "said in a statement that ..." for its noun."""
        tree, prep = self.tree, self.tree.head[noun]
        verb = tree.head[prep]
        said = tree.tag[verb][:1] == "V" and tree.lemma[verb] in self.cues.speech and not self._passive(verb)
        return verb if said and tree.lower[prep] in ("in", "by", "with") and prep > verb else None

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
