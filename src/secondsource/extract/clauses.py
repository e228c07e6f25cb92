"""One proposition at a time: a sentence cut into clauses, each under the attribution that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.extract.hanging import opener
from secondsource.extract.parse import Tree
from secondsource.extract.parts import Found
from secondsource.lexicon.cues import cues
from secondsource.model import Span

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_IF = frozenset({"if", "unless", "provided", "until"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_LEADING = frozenset(
    {"and", "but", "or", "that", "while", "although", "though", "whereas", "yet", "so", "nor"}
)
_HANGING = frozenset(
    {"while", "whereas", "although", "though", "as", "after", "when", "because", "before", "since"}
)
_PHRASE = frozenset(
    {
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "DT",
        "JJ",
        "IN",
        "TO",
        "PRP",
        "PRP$",
        "CD",
        "POS",
        "HYPH",
        "VBN",
        "RB",
        "CC",
    }
)
_NAMES = frozenset({"NNP", "NNPS", "CD", "IN", "DT"})
_SMALL = 3  # words: a clause of fewer is part of its neighbour


@dataclass(frozen=True, slots=True)
class Proposition:
    """Tokens of one clause; `root` its head; `condition` the tokens of "if ..."; `found` who answers for it.

    `subject` are tokens to be said first where the clause shares its subject with another one.
    """

    tokens: tuple[int, ...]
    root: int
    sentence: Span
    condition: tuple[int, ...] = ()
    found: Found | None = None
    subject: tuple[int, ...] = ()


def propositions(tree: Tree, sentence: Span, found: Sequence[Found]) -> list[Proposition]:
    """Return the propositions of one sentence in reading order; `found` are its attributions."""
    cut = _Cut(tree, sentence, found)
    return cut.propositions() or ([] if cut.asks else cut.whole())


class _Cut:
    def __init__(self, tree: Tree, sentence: Span, found: Sequence[Found]) -> None:
        self.tree, self.sentence = tree, sentence
        self.doers = {one.head: one.source for one in found if one.source}
        self.found = sorted(
            (one for one in found if one.states),
            key=lambda one: (-len(one.content), one.frame == "citing", one.head),
        )
        self.owner: dict[int, int] = {}
        self.frame: set[int] = set()
        self.segment: dict[int, int] = {}
        self.moved: dict[int, int] = {}
        self.heading: dict[int, bool] = {}
        self.roots: dict[tuple[int, int], int | None] = {}
        self.asks = False
        low, high = sentence
        part = 0
        for token in range(low, high):
            part += tree.words[token] == ";"
            self.segment[token] = part
        for number, one in enumerate(self.found):
            for token in one.content:
                if low <= token < high:
                    self.owner[token] = number
        for one in self.found:
            mine = set(one.content)
            self.frame.update(t for t in (*one.cue, *one.source, *one.media) if t not in mine)
        self._mend_subjects()

    def whole(self) -> list[Proposition]:
        """Return the sentence as one proposition of the outlet's where its attributions left no clause of it.

        A sentence of nothing but "X said on Monday" stays empty.
        """
        tree = self.tree
        tokens = [t for t in range(*self.sentence) if not tree.words[t].isspace()]
        left = [t for t in tokens if tree.words[t][:1].isalnum() and t not in self.frame]
        if len(left) < _SMALL or not any(self._verbal(t) for t in tokens):
            return []
        if any(
            one.content and not self.sentence[0] <= one.content[0] < self.sentence[1] for one in self.found
        ):
            return []
        root = next((t for t in tokens if tree.dep[t] == "ROOT"), tokens[0])
        return [Proposition(tuple(self._trimmed(tokens)), root, self.sentence)]

    def _mend_subjects(self) -> None:
        """Give "and [noun phrase] will grow" its noun phrase back from the clause before.

        A finite verb without a subject whose own words follow a noun phrase that follows a
        conjunction at once has that phrase as its subject.
        """
        tree = self.tree
        low, _ = self.sentence
        for verb in range(*self.sentence):
            if tree.dep[verb] not in ("conj", "ccomp", "advcl") or tree.tag[verb][:1] not in "VM":
                continue
            if not self._finite(verb) or tree.child(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None:
                continue
            first = min([verb, *(k for k in tree.kids[verb] if tree.dep[k] in ("aux", "auxpass", "neg"))])
            start = first
            while (
                start - 1 > low and tree.tag[start - 1] in _PHRASE and tree.words[start - 1] not in (",", ";")
            ):
                start -= 1
            while start < first and tree.tag[start] in ("IN", "TO", "CC", "RB"):
                start += 1
            nouns = [t for t in range(start, first) if tree.tag[t][:2] == "NN"]
            joined = (start > low and tree.tag[start - 1] == "CC") or (
                start - 1 > low and tree.tag[start - 2] == "CC"
            )
            if nouns and joined and tree.tag[first - 1] not in ("IN", "TO"):
                for token in range(start, first):
                    self.moved[token] = verb

    def propositions(self) -> list[Proposition]:
        low, high = self.sentence
        conditions = self._conditions()
        conditional = {token for tokens in conditions.values() for token in tokens}
        groups: dict[tuple[int, int], list[int]] = {}
        for token in range(low, high):
            if token in self.frame and token not in self._innermost_content(token):
                continue
            if token in conditional or self.tree.words[token].isspace():
                continue
            owner = self.owner.get(token, -1)
            root = self._root(self.moved.get(token, token), owner)
            if root is not None:
                groups.setdefault((owner, root), []).append(token)
        merged = self._handed_back(self._merged(groups))
        made = [self._made(owner, root, tokens, conditions) for (owner, root), tokens in merged]
        return sorted((one for one in made if one is not None), key=lambda one: (one.tokens[0], one.root))

    def _innermost_content(self, token: int) -> set[int]:
        """Return the token itself when a frame's words are also content of another attribution."""
        owner = self.owner.get(token, -1)
        if owner < 0:
            return set()
        inner = self.found[owner]
        covered = any(token in (*one.cue, *one.source) and one is not inner for one in self.found)
        return set() if covered else {token}

    def _conditions(self) -> dict[int, list[int]]:
        """Return the tokens of each "if" clause by the verb that depends on it."""
        tree, found = self.tree, {}
        for token in range(*self.sentence):
            if tree.dep[token] == "advcl" and any(
                tree.lower[k] in _IF for k in tree.kids[token] if k < token
            ):
                mark = min(k for k in tree.kids[token] if tree.lower[k] in _IF)
                if tree.lower[mark] in ("if", "unless", "provided"):
                    found[tree.head[token]] = list(range(mark, tree.right[token] + 1))
        return found

    def _root(self, token: int, owner: int) -> int | None:
        """Return the head of the clause that `token` belongs to, inside its own region; None in a frame."""
        way, at = [], token
        while (at, owner) not in self.roots:
            way.append((at, owner))
            above = self._above(at, owner)
            if above is None:
                self.roots[at, owner] = self._top(at, owner)
            else:
                at = above
        root = self.roots[at, owner]
        self.roots.update(dict.fromkeys(way, root))
        return root

    def _above(self, token: int, owner: int) -> int | None:
        """Return the token above one that is not the highest of its clause and region."""
        if self._heads(token):
            return None
        above = self.tree.head[token]
        if above == token or self.segment.get(above) != self.segment.get(token):
            return None
        return None if self._leaves(above, owner) else above

    def _leaves(self, above: int, owner: int) -> bool:
        return self.owner.get(above, -1) != owner or above in self.frame

    def _top(self, token: int, owner: int) -> int | None:
        """Return the highest token of a clause in its region, None where it belongs to no proposition."""
        if owner >= 0:
            return token
        above = self.tree.head[token]
        cut = not self._heads(token) and above != token and self.segment.get(above) == self.segment.get(token)
        if (cut and self.found and not self._verbal(token)) or token in self.frame:
            return None
        return token

    def _heads(self, token: int) -> bool:
        """Tell whether `token` heads a clause that is a proposition of its own, found once."""
        found = self.heading.get(token)
        if found is None:
            found = self.heading[token] = self._is_head(token)
        return found

    def _is_head(self, token: int) -> bool:
        tree = self.tree
        dep = tree.dep[token]
        if dep == "ROOT":
            return True
        if tree.tag[token][:1] not in "VM" or not self._finite(token):
            return False
        if token in self.moved.values():
            return True
        if dep in ("conj", "parataxis"):
            above = tree.head[token]
            return tree.tag[above][:1] in "VM" and self._finite(above)
        if dep == "relcl":
            return any(tree.lower[t] in _RELATIVE for t in range(tree.left[token], token))
        if dep == "advcl":
            first = tree.lower[opener(tree, token)]
            return not self._empty(tree.head[token], token) and first in _HANGING
        return False

    def _empty(self, verb: int, clause: int) -> bool:
        """Tell whether a verb says nothing without the clause on it: "The attack came | as ..."."""
        tree = self.tree
        if tree.lemma[verb] not in cues().empty:
            return False
        left_out = ("nsubj", "nsubjpass", "aux", "punct")
        kids = [kid for kid in tree.kids[verb] if kid != clause and tree.dep[kid] not in left_out]
        return all(tree.lower[kid] == "place" and tree.left[kid] == kid for kid in kids)

    def _finite(self, verb: int) -> bool:
        tree = self.tree
        if tree.tag[verb] in _FINITE:
            return True
        if any(tree.tag[k] in _FINITE for k in tree.kids[verb] if tree.dep[k] in ("aux", "auxpass")):
            return True
        # "were killed and wounded": the auxiliary is said once
        return tree.dep[verb] == "conj" and tree.tag[verb] == "VBN" and self._finite(tree.head[verb])

    def _verbal(self, token: int) -> bool:
        return self.tree.tag[token][:1] in "VM" and self._finite(token)

    def _merged(self, groups: dict[tuple[int, int], list[int]]) -> list[tuple[tuple[int, int], list[int]]]:
        """Join each fragment (verbless or tiny) to the nearest clause of its region."""
        whole = {key: tokens for key, tokens in groups.items() if self._stands(key[1], tokens)}
        for (owner, root), tokens in sorted(groups.items()):
            if (owner, root) in whole:
                continue
            mates = [key for key in whole if key[0] == owner]
            if mates:
                near = min(mates, key=lambda key: (min(abs(t - tokens[0]) for t in whole[key]), key[1]))
                whole[near] = sorted([*whole[near], *tokens])
            elif owner >= 0 or not self.found:
                whole[owner, root] = tokens
        return sorted(whole.items())

    def _handed_back(
        self, groups: list[tuple[tuple[int, int], list[int]]]
    ) -> list[tuple[tuple[int, int], list[int]]]:
        """Give the words before ", and then X ..." in a clause's subject back to the clause before."""
        tree = self.tree
        held = dict(groups)
        for key, tokens in groups:
            cut = next((n for n, t in enumerate(tokens) if n > 0 and t < key[1] and self._turns(t)), 0)
            before = tokens[:cut]
            if not cut or any(tree.tag[t][:1] == "V" for t in before):
                continue
            mates = [k for k in held if k[0] == key[0] and k != key and held[k][-1] < before[0]]
            if mates:
                near = max(mates, key=lambda k: held[k][-1])
                held[near] = sorted([*held[near], *before])
                held[key] = tokens[cut:]
        return sorted(held.items())

    def _turns(self, token: int) -> bool:
        """Tell whether a conjunction joins clauses by its looks: a comma before it, an adverb after it."""
        tree = self.tree
        if tree.tag[token] != "CC" or token + 2 >= len(tree.words) or tree.words[token - 1] != ",":
            return False
        return tree.tag[token + 1] == "RB" and tree.tag[token + 2] not in ("JJ", "CD", "RB", "VBN")

    def _stands(self, root: int, tokens: list[int]) -> bool:
        words = sum(self.tree.words[t][:1].isalnum() for t in tokens)
        return words >= _SMALL and self.tree.tag[root][:1] in "VM"

    def _made(
        self, owner: int, root: int, tokens: list[int], conditions: dict[int, list[int]]
    ) -> Proposition | None:
        tree = self.tree
        kept = self._closed(self._trimmed(tokens))
        if sum(tree.words[t][:1].isalnum() for t in kept) < 2:
            return None
        if owner < 0 and self.found and not self._stands(root, kept):
            return None
        if all(tree.tag[t] in _NAMES or not tree.words[t][:1].isalnum() for t in kept):
            return None  # a place, a day and an agency: a dateline that the reader left in
        found = self.found[owner] if owner >= 0 else None
        if found is not None and self._questions(root):
            self.asks = True
            return None  # "did not say how many died" states nothing that can be checked
        condition = self._condition(root, conditions)
        subject = self._shared_subject(root, set(kept))
        return Proposition(tuple(kept), root, self.sentence, tuple(condition), found, tuple(subject))

    def _questions(self, root: int) -> bool:
        """Tell whether a clause is an indirect question: "who fired", "how many died", "whether it fell"."""
        tree = self.tree
        first = next((t for t in range(tree.left[root], root) if tree.words[t][:1].isalnum()), root)
        if tree.dep[root] not in ("ccomp", "pcomp") or tree.lower[first] not in cues().questions:
            return False
        above = first
        while tree.head[above] != above and tree.tag[above][:1] not in "VM":
            above = tree.head[above]
        return above == root

    def _trimmed(self, tokens: list[int]) -> list[int]:
        words, low, high = self.tree.words, 0, len(tokens)
        while low < high and (
            not words[tokens[low]][:1].isalnum() and words[tokens[low]] not in ("$", "(", "[")
        ):
            low += 1
            while low < high and words[tokens[low]].lower() in _LEADING and high - low > 2:
                low += 1
        while low < high - 2 and words[tokens[low]].lower() in _LEADING:
            low += 1
        while (
            high > low
            and not words[tokens[high - 1]][-1:].isalnum()
            and words[tokens[high - 1]] not in (")", "]", "%")
        ):
            high -= 1
        while high > low + 2 and words[tokens[high - 1]].lower() in ("and", "but", "or"):
            high -= 1
            while high > low and not words[tokens[high - 1]][-1:].isalnum():
                high -= 1
        return tokens[low:high]

    def _closed(self, tokens: list[int]) -> list[int]:
        """Drop commas and dashes beside the gaps that other clauses left."""
        words = self.tree.words
        kept = []
        for place, token in enumerate(tokens):
            mark = words[token] in (",", "-", "\u2013", "\u2014", ";")
            after = place + 1 < len(tokens) and tokens[place + 1] != token + 1
            before = place > 0 and tokens[place - 1] != token - 1
            if not (mark and (after or before)):
                kept.append(token)
        return kept

    def _condition(self, root: int, conditions: dict[int, list[int]]) -> list[int]:
        """Return the condition of a clause, its own or that of the clause it is joined to."""
        tree, at = self.tree, root
        for _ in range(6):
            if at in conditions:
                return conditions[at]
            if tree.dep[at] not in ("conj", "advcl") or tree.head[at] == at:
                return []
            at = tree.head[at]
        return []

    def _shared_subject(self, root: int, own: set[int]) -> list[int]:
        tree, at = self.tree, root
        if root in self.moved.values() or tree.child(root, "nsubj", "nsubjpass", "csubj", "expl") is not None:
            return []
        if root in self.doers:
            return list(self.doers[root])
        for _ in range(6):
            if tree.dep[at] != "conj" or tree.tag[at][:1] not in "VM":
                return []
            at = tree.head[at]
            subject = tree.child(at, "nsubj", "nsubjpass")
            if subject is not None:
                tokens = range(tree.left[subject], tree.right[subject] + 1)
                return [] if own & set(tokens) else list(tokens)
        return []
