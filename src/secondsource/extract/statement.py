"""A proposition said by itself: names for pronouns, days for "on Monday", its subject in front.

Nothing is guessed: a pronoun with no clear antecedent stays, and the statement is marked
as not self-contained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secondsource.extract.clauses import Proposition
from secondsource.extract.hanging import opener
from secondsource.extract.parse import Tree
from secondsource.extract.sources import Phrase, bearer, core, personal_name, singular
from secondsource.lexicon import table
from secondsource.lexicon.sources import source_words
from secondsource.model import SourceKind, Span
from secondsource.text import words

_PROPER = frozenset({"NNP", "NNPS"})
_SUBJECT = ("nsubj", "nsubjpass")
_NAMING = (*_SUBJECT, "dobj", "pobj")
_HE = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_SEXES = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
}
_DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "our", "some", "one", "no", "several"}
)
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_OWNING = frozenset({"his", "her", "their", "its", "our", "my", "whose"})
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OFFICIAL, SourceKind.MEDIA, SourceKind.DOCUMENT})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself"})
_DANGLING = frozenset({"IN", "DT", "CC", "TO", "WDT", "PRP$"})  # classes of words that no sentence ends in
_BESIDES = frozenset({"mark", "advmod"})
_MARKS = frozenset({"\u201c", '"', "``", "\u00ab", "\u201e"})

_OPENERS = frozenset({"The", "A", "An", "Its", "Their", "His", "Her", "Our", "It", "They", "There"})


@dataclass(frozen=True, slots=True)
class Dates:
    """In-text dates of a body: spans with their days, and whether the words name the days themselves."""

    found: Sequence[tuple[Span, tuple[date, date], bool]] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and whether it stands by itself."""

    text: str
    self_contained: bool


def statement(tree: Tree, one: Proposition, speaker: Phrase | None, dates: Dates) -> Said:
    """Return the proposition in words that need no context, as far as the report settles them.

    `speaker` is the nearest source; first persons are his, and so is the subject pronoun
    that opens what he says.
    """
    writer = _Writer(tree, one, speaker)
    pieces = [*writer.lead(), *((t, writer.word(t)) for t in _plainly(tree, one))]
    text = _joined(tree, pieces, _day_notes(tree, one.tokens, dates))
    return Said(text, not writer.open and not _dangles(tree, one))


def _plainly(tree: Tree, one: Proposition) -> tuple[int, ...]:
    """Return the words of a clause without the one that only hangs it on another: "when the shell fell"."""
    first = opener(tree, one.root) if tree.dep[one.root] == "advcl" else one.tokens[0]
    hangs = tree.dep[one.root] == "advcl" and tree.dep[first] in _BESIDES and tree.head[first] == one.root
    plain = tuple(token for token in one.tokens if token > first)
    return plain if hangs and first in one.tokens and plain else one.tokens


def _dangles(tree: Tree, one: Proposition) -> bool:
    """Tell whether a clause breaks off, or has neither subject nor finite verb: a piece of garbled text."""
    last = next((t for t in reversed(one.tokens) if tree.words[t][-1:].isalnum()), one.tokens[-1])
    if tree.tag[last] in _DANGLING and tree.child(last, "pobj", "pcomp") is None:
        return tree.dep[last] not in ("prt", "advmod", "dobj", "nsubj", "attr")
    bare = tree.tag[one.root] in ("VB", "VBG", "VBN") and any(tree.lower[t] == "to" for t in one.tokens[:1])
    return bare and not one.subject


def denial(text: str) -> str:
    """Return what a source denies as the claim it makes: that it is not so.

    Words that are negated already stay: there the denial is in the words themselves.
    """
    negators = set(table("relations")["negators"].split())
    if any(word in negators for word in words(text)):
        return text
    inner = (
        text if text[1:2].isupper() or text.split(" ", 1)[0] not in _OPENERS else text[0].lower() + text[1:]
    )
    return f"It is not so that {inner}"


class _Writer:
    def __init__(self, tree: Tree, one: Proposition, speaker: Phrase | None) -> None:
        self.tree, self.one, self.speaker = tree, one, speaker
        self.open = False
        self.lowered: dict[str, str] = {}
        if speaker is not None and speaker.name.split(" ", 1)[0].lower() in _DETERMINERS:
            self.lowered[speaker.name] = _small(speaker.name)

    def lead(self) -> list[tuple[int, str]]:
        """Return the subject that the clause shares with the one before, pronouns replaced."""
        return [(t, self.word(t)) for t in self.one.subject]

    def word(self, token: int) -> str:
        """Return a token's word, or the name that stands for it."""
        tree, low = self.tree, self.tree.lower[token]
        if tree.tag[token] == "WRB" and token == self.one.tokens[0] and self._relative_here(token):
            return ""
        if tree.tag[token] in ("WP", "WDT", "WP$") and token <= self.one.root and self._relative_here(token):
            return self._relative(token)
        if tree.tag[token] not in ("PRP", "PRP$") or low in _REFLEXIVE or low in ("you", "your", "one"):
            return tree.words[token]
        if low in ("it",) and self._empty(token):
            return tree.words[token]
        if self._held(token, low):
            return tree.words[token]
        name = self._antecedent(token, low)
        if name is None:
            self.open = True
            return tree.words[token]
        name = name if token == self.one.tokens[0] and not self.one.subject else self._inside(name)
        return _owner(name) if low in _OWNING or tree.tag[token] == "PRP$" else name

    def _inside(self, name: str) -> str:
        """Return a name as it stands within a sentence: without the capital that only opened another."""
        return self.lowered.get(name, name)

    def _held(self, token: int, low: str) -> bool:
        """Tell whether the statement itself names, before the pronoun, whom it stands for."""
        tree = self.tree
        said = [*self.one.subject, *(t for t in self.one.tokens if t < token)]
        return any(
            tree.tag[t][:2] == "NN" and tree.dep[t] in _NAMING and self._noun_fits(t, low) for t in said
        )

    def _relative_here(self, token: int) -> bool:
        return self.tree.dep[self.one.root] == "relcl" and self.tree.under(token, self.one.root)

    def _relative(self, token: int) -> str:
        tree, root = self.tree, self.one.root
        noun = bearer(tree, tree.head[root]) if tree.lower[token] == "who" else tree.head[root]
        words = [
            t
            for t in range(tree.left[noun], tree.left[root])
            if not _edge(tree.words[t]) or t != tree.left[root] - 1
        ]
        name = self._plain(words)
        return _owner(name) if tree.tag[token] == "WP$" else name

    def _plain(self, tokens: Sequence[int]) -> str:
        tokens = list(tokens)
        while tokens and _edge(self.tree.words[tokens[-1]]):
            tokens.pop()
        return " ".join(self.tree.text(tokens).split())

    def _empty(self, token: int) -> bool:
        """Tell whether "it" stands for nothing: "it is clear that ...", "it rained"."""
        tree, verb = self.tree, self.tree.head[token]
        if tree.dep[token] == "expl":
            return True
        be = tree.lemma[verb] in ("be", "seem", "appear", "take", "remain", "become")
        return be and any(
            tree.dep[k] in ("ccomp", "csubj", "xcomp", "acomp") and k > verb for k in tree.kids[verb]
        )

    def _antecedent(self, token: int, low: str) -> str | None:
        speaker = self.speaker
        if low in source_words().first_person:
            named = speaker is not None and any(c.isupper() or c == " " for c in speaker.name[1:])
            return self._called(speaker) if speaker is not None and named and self._speaks_as(token) else None
        spoken = speaker is not None and self.one.found is not None and self._fits(speaker, low)
        if spoken and speaker is not None and self._taken_up(token):
            return self._called(speaker)
        near = self._in_sentence(token, low)
        if near is not None:
            return near
        if self._quoted():
            return None
        if spoken and speaker is not None and not self._introduced_behind(speaker, token):
            return self._called(speaker)
        return self._subject_before(low)

    def _called(self, speaker: Phrase) -> str:
        """Return the speaker's name with the article that a common noun needs: "the ministry"."""
        name = speaker.name
        plain = name[:1].islower() and name.split(" ", 1)[0] not in _DETERMINERS
        return f"the {name}" if plain and speaker.tokens and not self._plural(speaker) else name

    def _introduced_behind(self, speaker: Phrase, token: int) -> bool:
        """Tell whether a source is first named behind a pronoun, which is another: "It fell, X said"."""
        found = self.one.found
        if found is None or not found.source or found.source[0] < token:
            return False
        fresh = self.tree.tag[speaker.head] not in ("PRP", "PRP$")
        return fresh and self._plain(found.source).lower().endswith(speaker.name.lower())

    def _speaks_as(self, token: int) -> bool:
        """Tell whether a first person can take the speaker's name: "our boats", but no "we" of one man."""
        tree = self.tree
        plural = tree.lower[token] in ("we", "us", "ourselves")
        person = self.speaker is not None and self.speaker.person
        return not (plural and person and tree.dep[token] in _SUBJECT)

    def _taken_up(self, token: int) -> bool:
        """Tell whether a pronoun opens what a source says, behind "that": it goes on about itself."""
        tree = self.tree
        return tree.lower[token - 1] == "that" and tree.dep[token] in _SUBJECT if token else False

    def _quoted(self) -> bool:
        """Tell whether a clause is quoted speech: its pronouns look to what was said before it."""
        found = self.one.found
        if found is None or not found.content or not found.content[0]:
            return False
        return self.tree.words[found.content[0] - 1] in _MARKS

    def _in_sentence(self, token: int, low: str) -> str | None:
        """Return the nearest subject of the same region earlier in the sentence that the pronoun fits."""
        tree = self.tree
        first = self.one.sentence[0]
        own = self.one.found.content if self.one.found is not None else None
        for at in range(token - 1, first - 1, -1):
            if (
                tree.dep[at] in _SUBJECT
                and (own is None or own[0] <= at <= own[-1])
                and self._noun_fits(at, low)
            ):
                return self._phrase(at)
        return None

    def _subject_before(self, low: str) -> str | None:
        """Return the subject of the sentence before, when it is the only one that fits."""
        tree = self.tree
        number = tree.sent[self.one.sentence[0]]
        if not number:
            return None
        first, after = tree.sentences[number - 1]
        fitting = [t for t in range(first, after) if tree.dep[t] in _SUBJECT and self._noun_fits(t, low)]
        names = sorted({self._phrase(t) for t in fitting})
        return names[0] if len(names) == 1 else None

    def _noun_fits(self, token: int, low: str) -> bool:
        tree = self.tree
        if tree.tag[token][:2] != "NN":
            return False
        plural = tree.tag[token] in ("NNS", "NNPS") or any(tree.dep[k] == "conj" for k in tree.kids[token])
        if tree.lower[token] in ("number", "group", "total", "handful", "couple", "majority"):
            of = tree.child(token, "prep")
            counted = tree.child(of, "pobj") if of is not None else None
            plural = plural or (counted is not None and tree.tag[counted] in ("NNS", "NNPS"))
        if low in _THEY:
            return plural
        if plural:
            return False
        person = bool(personal_name(tree, range(tree.left[token], tree.right[token] + 1)))
        words = source_words()
        human = person or singular(tree.lower[token]) in words.human
        return human if low in _HE else not human if low in _IT else False

    def _fits(self, phrase: Phrase, low: str) -> bool:
        plural, sex = self._plural(phrase), self.tree.lower[phrase.head]
        if low in _THEY:
            return plural
        if sex in _SEXES and low in _HE:
            return low in _SEXES[sex]
        if plural:
            return False
        if low in _IT:
            return phrase.kind in _BODIES and not phrase.person
        return low in _HE and (phrase.person or phrase.kind not in _BODIES)

    def _plural(self, phrase: Phrase) -> bool:
        return self.tree.tag[phrase.head] in ("NNS", "NNPS")

    def _phrase(self, token: int) -> str:
        tree = self.tree
        whole = range(tree.left[token], tree.right[token] + 1)
        kept = [t for t in core(tree, whole, token) if not tree.under(t, self.one.root) or t <= token]
        name = self._plain(kept)
        if kept and kept[0] == tree.sentences[tree.sent[token]][0] and tree.tag[kept[0]] not in _PROPER:
            self.lowered[name] = _small(name)
        return name


def _small(name: str) -> str:
    """Return words without the capital of their first one, unless it is all capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _edge(word: str) -> bool:
    return not word[-1:].isalnum() and word not in (")", "]", "%")


def _owner(name: str) -> str:
    return name + ("\u2019" if name.endswith("s") else "\u2019s")


def _day_notes(tree: Tree, tokens: Sequence[int], dates: Dates) -> dict[int, str]:
    """Return, by the last token of each date phrase that leans on the day of publication, its days."""
    inside = set(tokens)
    notes = {}
    for span, (first, last), absolute in dates.found:
        held = [t for t in tokens if tree.start[t] < span[1] and tree.end[t] > span[0]]
        if absolute or not held or held[-1] not in inside or (last - first).days > 31:
            continue
        notes[held[-1]] = f" ({first})" if first == last else f" ({first} to {last})"
    return notes


def _joined(tree: Tree, pieces: Sequence[tuple[int, str]], notes: dict[int, str]) -> str:
    """Return the words with the body's own spacing; marks beside a gap are left out."""
    out: list[str] = []
    before: int | None = None
    for token, word in pieces:
        gap = before is None or token != before + 1
        if gap and not word[:1].isalnum() and word[:1] not in "([$\u20ac\u00a3'\u2019\"\u201c":
            continue
        if not word:
            continue
        if gap:
            while (
                out
                and out[-1]
                and _edge(out[-1].strip())
                and out[-1].strip() in (",", ";", "-", "\u2013", "\u2014")
            ):
                out.pop()
            out.append(" " if out else "")
        elif before is not None and tree.start[token] > tree.end[before]:
            out.append(" ")
        out.append(word + notes.get(token, ""))
        before = token
    return " ".join("".join(out).split())
