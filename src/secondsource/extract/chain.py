"""Names for sources: pronouns, short names and "the monitor" followed back to who was named before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from secondsource.extract.parse import Tree
from secondsource.extract.sources import Phrase, bearer, core, head_of, kind_of, personal_name, singular
from secondsource.lexicon.sources import source_words
from secondsource.model import SourceKind

_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
_HE, _THEY = frozenset({"he", "she"}), frozenset({"they"})
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OFFICIAL, SourceKind.MEDIA, SourceKind.DOCUMENT})
_PEOPLE = frozenset({SourceKind.NAMED_PERSON, SourceKind.OFFICIAL, SourceKind.UNNAMED, SourceKind.EYEWITNESS})
_CONNECT = frozenset({"for", "of", "the", "and", "de", "la", "al", "el", "in", "-", "'s", "\u2019s", "&"})


class Names:
    """The sources of one report in reading order, each with the name under which it was introduced."""

    def __init__(self, tree: Tree) -> None:
        self._tree, self._words = tree, source_words()
        self._met: list[Phrase] = []
        self._by_noun: dict[str, list[int]] = {}
        self._phrases_of: dict[str, list[tuple[int, list[int], frozenset[str]]]] = {}
        self._names_of: dict[str, list[tuple[int, list[int], frozenset[str]]]] = {}
        for token, tag in enumerate(tree.tag):
            if tag in _NOUN and tree.dep[token] != "compound":
                self._by_noun.setdefault(
                    tree.lemma[token] if tag[:3] != "NNP" else tree.lower[token], []
                ).append(token)

    def resolve(self, tokens: Sequence[int]) -> Phrase:
        """Return the source that `tokens` name; later pronouns may stand for it.

        A pronoun with nobody to stand for keeps its own words and is unnamed.
        """
        tree, head = self._tree, head_of(self._tree, tokens)
        word = tree.lower[head]
        known: Phrase | None = None
        if tree.tag[head] in ("PRP", "PRP$"):
            known = self._pronoun(word)
        elif tree.tag[head] in ("WP", "WDT") and not tree.words[head].isupper():
            return self._relative(tokens, head)
        elif tree.lemma[head] in self._words.issued:
            known = self._issuer(tokens, head)
        if known is not None:
            phrase = replace(known, tokens=tuple(tokens), head=head)
        else:
            phrase = self._named(tuple(tokens), head)
        self._met.append(phrase)
        return phrase

    def _issuer(self, tokens: Sequence[int], head: int) -> Phrase | None:
        """Return who put out "a toll from X", "X's statement" or, named before, "the statement"."""
        tree = self._tree
        owner = tree.child(head, "poss")
        if owner is not None:
            inner = [t for t in range(tree.left[owner], tree.right[owner] + 1) if tree.tag[t] != "POS"]
            return self.resolve(inner)
        for kid in tree.kids[head]:
            prep = (
                kid
                if tree.dep[kid] == "prep"
                else tree.child(kid, "agent")
                if tree.dep[kid] == "acl"
                else None
            )
            if prep is None or prep not in tokens or tree.lower[prep] not in ("from", "by"):
                continue
            target = tree.child(prep, "pobj")
            if target is not None:
                return self.resolve(list(range(tree.left[target], tree.right[target] + 1)))
        modified = any(tree.dep[t] in ("compound", "amod", "nmod") and tree.head[t] == head for t in tokens)
        return self.last() if tree.lower[tokens[0]] in ("the", "this") and not modified else None

    def last(self) -> Phrase | None:
        """Return the source met last that can speak."""
        able = (one for one in reversed(self._met) if one.person or one.kind is not SourceKind.UNNAMED)
        return next(able, None)

    def _pronoun(self, word: str) -> Phrase | None:
        for phrase in reversed(self._met):
            if word in _HE and (phrase.person or phrase.kind in _PEOPLE) and not self._plural(phrase):
                return phrase
            if word == "it" and phrase.kind in _BODIES and not phrase.person and not self._plural(phrase):
                return phrase
            if word in _THEY and self._plural(phrase):
                return phrase
        return None

    def _plural(self, phrase: Phrase) -> bool:
        return self._tree.tag[phrase.head] == "NNS" or self._tree.lower[phrase.head] == "they"

    def _relative(self, tokens: Sequence[int], head: int) -> Phrase:
        """Return the noun that a relative pronoun stands for."""
        tree, at = self._tree, head
        for _ in range(5):
            at = tree.head[at]
            if tree.dep[at] == "relcl":
                noun = bearer(tree, tree.head[at]) if tree.lower[head] == "who" else tree.head[at]
                phrase = list(range(tree.left[noun], tree.left[at]))
                if phrase:
                    found = self.resolve(phrase)
                    return replace(found, tokens=tuple(tokens), head=head)
        return Phrase(tuple(tokens), head, tree.words[head], SourceKind.UNNAMED)

    def _named(self, tokens: tuple[int, ...], head: int) -> Phrase:
        tree = self._tree
        anonymous = self._anonymous(tokens)
        kind = kind_of(tree, tokens, anonymous=anonymous)
        name = self._words_of(tokens, head)
        definite = tree.lower[tokens[0]] in ("the", "this", "that") or tree.tag[head] == "NNP"
        words = frozenset(singular(tree.lower[t]) for t in tokens)
        plain = Phrase(tokens, head, name, kind, self._person(tokens, head), words)
        if not definite:
            return plain
        if tree.tag[head][:3] == "NNP":
            longer = self._longer(tokens, head)
            if longer is not None:
                met = self._introduced(longer)
                if met is not None:
                    return replace(met, tokens=tokens, head=head)
                grown = kind_of(tree, longer, anonymous=anonymous)
                top = head_of(tree, longer)
                return Phrase(tokens, head, self._words_of(longer, top), grown, self._person(longer, top))
            return plain
        standing = self._standing(tokens, head)
        if standing is not None:
            return replace(standing, tokens=tokens, head=head)
        earlier = self._same_noun(tokens, head)
        if earlier is not None:
            grown = kind_of(tree, earlier, anonymous=anonymous)
            if anonymous is False and self._anonymous(earlier):
                grown = SourceKind.UNNAMED
            top = head_of(tree, earlier)
            return Phrase(tokens, head, self._words_of(earlier, top), grown, self._person(earlier, top))
        return plain

    def _person(self, tokens: Sequence[int], head: int) -> bool:
        """Tell whether a phrase names somebody: by a personal name, or by what a person is or does."""
        noun = singular(self._tree.lower[head])
        human = noun in self._words.person | self._words.office | self._words.eyewitness
        return human or bool(personal_name(self._tree, tokens))

    def _introduced(self, name: Sequence[int]) -> Phrase | None:
        """Return the first source whose name holds all words of `name` and has a head of its own kind."""
        wanted = {self._tree.lower[t] for t in name if self._tree.words[t][:1].isalnum()}
        for phrase in self._met:
            if wanted <= set(phrase.name.lower().replace("-", " ").split()) and " and " not in phrase.name:
                return phrase
        return None

    def _anonymous(self, tokens: Sequence[int]) -> bool:
        text = self._tree.text(tokens).lower()
        return any(word in text for word in self._words.anonymity)

    def _words_of(self, tokens: Sequence[int], head: int) -> str:
        """Return a phrase as a name: without "the" and without what follows in commas.

        A person named behind an office ("its commander, Colonel Ada Torn") goes by the name.
        """
        tree = self._tree
        kept = core(tree, tokens, head)
        person = personal_name(tree, tokens)
        if person and person[0] > kept[-1]:
            first = person[0]
            while first - 1 in tokens and tree.tag[first - 1] in _NOUN:
                first -= 1
            return " ".join(tree.text(range(first, person[-1] + 1)).split())
        if kept and tree.lower[kept[0]] in ("the", "this", "that"):
            kept = kept[1:]
        while kept and tree.tag[kept[-1]] == "POS":
            kept = kept[:-1]
        return " ".join(tree.text(kept or tokens).split())

    def _standing(self, tokens: Sequence[int], head: int) -> Phrase | None:
        """Return the earlier source that "the monitor", "the UK-based group", "the agency" takes up."""
        tree, words = self._tree, self._words
        noun = tree.lemma[head]
        inner = core(tree, tokens, head)
        if any(tree.dep[t] == "prep" and tree.head[t] == head for t in inner):
            return None
        if any(noun in phrase.name.lower().split() for phrase in self._met if not phrase.person):
            return None  # the noun is a source's own name already
        for phrase in reversed(self._met):
            same = phrase.name.lower()
            if (
                noun in words.standing_organisation
                and phrase.kind is SourceKind.ORGANISATION
                and _proper(same, phrase.name)
            ):
                return phrase
            if (
                noun in words.standing_media
                and phrase.kind is SourceKind.MEDIA
                and _proper(same, phrase.name)
            ):
                return phrase
            if (
                noun in words.standing_person
                and phrase.kind in _PEOPLE
                and (noun in phrase.words or noun in same.replace("-", " ").split())
            ):
                return phrase
        return None

    def _same_noun(self, tokens: Sequence[int], head: int) -> list[int] | None:
        """Return the first earlier phrase with the same head noun that says more."""
        tree = self._tree
        own = {tree.lower[t] for t in tokens if tree.tag[t] in _NOUN or tree.tag[t] == "JJ"}
        for other, phrase, said in self._phrases(tree.lemma[head]):
            if other >= tokens[0]:
                return None
            extra = own - said - {tree.lower[head]}
            if len(said) > len(own) + 1 and not any(
                tree.tag[t] == "NNP" and tree.lower[t] in extra for t in tokens
            ):
                return phrase
        return None

    def _longer(self, tokens: Sequence[int], head: int) -> list[int] | None:
        """Return the fullest earlier name that ends in, or holds, this one ("the Observatory")."""
        tree = self._tree
        own = [t for t in core(tree, tokens, head) if tree.tag[t][:3] == "NNP"]
        if not own:
            return None
        said = {tree.lower[t] for t in own}
        best: list[int] | None = None
        for other, phrase, names in self._names(tree.lower[head]):
            if other >= tokens[0] and best is not None:
                break
            if said < names and (best is None or len(names) > len({tree.lower[t] for t in best})):
                best = phrase
        if best is None:
            return None
        size = len([t for t in core(tree, tokens, head) if tree.words[t][:1].isalnum()])
        return best if len([t for t in best if tree.words[t][:1].isalnum()]) > size else None

    def _phrases(self, noun: str) -> list[tuple[int, list[int], frozenset[str]]]:
        """Return the phrases around a noun with their words, each choice of words at its first place."""
        if noun not in self._phrases_of:
            tree, first = self._tree, dict[frozenset[str], tuple[int, list[int]]]()
            for head in self._by_noun.get(noun, ()):
                phrase = core(tree, list(range(tree.left[head], tree.right[head] + 1)), head)
                first.setdefault(frozenset(tree.lower[t] for t in phrase), (head, phrase))
            self._phrases_of[noun] = [(head, phrase, said) for said, (head, phrase) in first.items()]
        return self._phrases_of[noun]

    def _names(self, noun: str) -> list[tuple[int, list[int], frozenset[str]]]:
        """Return the names that end in, or hold, a noun, each choice of names at its first place."""
        if noun not in self._names_of:
            tree, first = self._tree, dict[frozenset[str], tuple[int, list[int]]]()
            for head in self._by_noun.get(noun, ()):
                if tree.tag[head][:3] == "NNP":
                    name = _name_around(tree, head)
                    names = frozenset(tree.lower[t] for t in name if tree.tag[t][:3] == "NNP")
                    first.setdefault(names, (head, name))
            self._names_of[noun] = [(head, name, names) for names, (head, name) in first.items()]
        return self._names_of[noun]


def _proper(_: str, name: str) -> bool:
    """Tell whether a name is a proper one: a capital inside it after its first word, or all capitals."""
    words = name.split()
    return any(word[:1].isupper() for word in words[1:]) or (len(words) == 1 and name[:1].isupper())


def _name_around(tree: Tree, token: int) -> list[int]:
    """Return the proper name around a token, with the small words that bind it ("for", "of")."""
    low = high = token
    sentence = tree.sentences[tree.sent[token]]
    apart = source_words().days | source_words().leading
    while low - 1 >= sentence[0] and (tree.tag[low - 1][:3] == "NNP" or tree.words[low - 1] == "-"):
        if tree.lower[low - 1] in apart:
            break
        low -= 1
    while high + 1 < sentence[1]:
        if tree.tag[high + 1][:3] == "NNP":
            high += 1
            continue
        step = high + 1
        while step < sentence[1] and step - high < 3 and tree.lower[step] in _CONNECT:
            step += 1
        if step > high + 1 and step < sentence[1] and tree.tag[step][:3] == "NNP" and tree.under(step, high):
            high = step
            continue
        break
    while tree.words[low] == "-":
        low += 1
    return list(range(low, high + 1))
