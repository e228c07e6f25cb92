"""Who did what to whom, where, when, how many: the slots of one proposition (PLOVER roles)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from secondsource.extract.dates import Dated
from secondsource.extract.hanging import lag
from secondsource.extract.numbers import Counted, quantities
from secondsource.extract.parse import Clause, Tree
from secondsource.extract.settings import Setting, settings
from secondsource.extract.when import days_in, of_saying, token_at
from secondsource.lexicon import table, view
from secondsource.model import Quantity, Slots, Span

_PRONOUNS = frozenset({"PRP", "WP", "WDT", "EX", "PRP$", "WP$"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "obj", "dative", "attr", "oprd")


@dataclass(frozen=True, slots=True)
class SlotContext:
    """What the slots of a report's clauses share: its parse, day of publication, dates, places.

    Quantities are read once per sentence, when first asked for.
    """

    tree: Tree
    anchor: date | None
    dates: tuple[Dated, ...]
    settings: tuple[Setting, ...]
    counted: dict[Span, tuple[Counted, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree, anchor: date | None) -> SlotContext:
        """Return the context of a parsed body published on `anchor`."""
        return cls(tree, anchor, tuple(days_in(tree, anchor)), settings(tree))

    def quantities(self, sentence: Span) -> tuple[Counted, ...]:
        """Return the quantities of the sentence, in reading order."""
        if sentence not in self.counted:
            spans = [one.span for one in _within(self.dates, self._body(sentence))]
            self.counted[sentence] = quantities(self.tree, sentence, spans)
        return self.counted[sentence]

    def dated(self, clause: Clause) -> list[Dated]:
        """Return the dates named inside the clause, in order."""
        spans = clause.spans
        inside = _within(self.dates, self._body(clause.sentence))
        return [one for one in inside if any(s <= one.span[0] < e for s, e in spans)]

    def _body(self, tokens: Span) -> Span:
        return self.tree.start[tokens[0]], self.tree.end[tokens[1] - 1]


@dataclass(frozen=True, slots=True)
class _Roles:
    light: frozenset[str]
    wrappers: frozenset[str]
    undergo: frozenset[str]
    happenings: frozenset[str]


@view
def _roles() -> _Roles:
    actions = table("slots")["actions"]
    return _Roles(*(frozenset(actions[name]) for name in ("light", "wrappers", "undergo", "happenings")))


def read_slots(clause: Clause, context: SlotContext) -> Slots:
    """Return the slots of a clause; what the clause does not say is None, or taken from its sentence.

    Place and time fall back to the sentence, never further: an event's setting in the rest
    of the report is for whoever compares reports.
    """
    inside = frozenset(clause.tokens)
    verb = _acting(context.tree, clause.root, inside)
    actor, patient = _who(context.tree, verb)
    return Slots(
        actor=actor,
        action=_action(context.tree, verb),
        patient=patient,
        place=_place(context, clause, inside),
        time=_time(context, clause),
        quantity=clause_quantities(clause, context),
    )


def clause_quantities(clause: Clause, context: SlotContext) -> tuple[Quantity, ...]:
    """Return the quantities whose number or noun stands in the clause, in reading order."""
    inside = frozenset(clause.tokens)
    found = context.quantities(clause.sentence)
    return tuple(one.quantity for one in found if one.token in inside or one.start in inside)


# ---- what -------------------------------------------------------------------------------


def _acting(tree: Tree, root: int, inside: frozenset[int]) -> int:
    """Return the verb that says what happened: a wrapping verb gives way to its complement."""
    for _ in range(3):
        if tree.lemma[root] not in _roles().wrappers:
            return root
        inner = tree.child(root, "xcomp", "ccomp") if tree.tag[root][:1] in "VJ" else None
        if inner is None or inner not in inside or not tree.tag[inner].startswith("V"):
            return root
        root = inner
    return root


def _action(tree: Tree, verb: int) -> str | None:
    if not tree.words:
        return None
    word = tree.lemma[verb]
    if not tree.tag[verb].startswith("V"):
        return word
    particle = tree.child(verb, "prt")
    if word in _roles().light:
        carried = tree.child(verb, "dobj", "obj")
        if carried is not None and tree.lemma[carried] in _roles().happenings:
            return tree.lemma[carried]
    return f"{word} {tree.lower[particle]}" if particle is not None else word


# ---- who, whom --------------------------------------------------------------------------


def _who(tree: Tree, verb: int) -> tuple[str | None, str | None]:
    """Return (actor, patient) as the text's own words; pronouns are nobody."""
    if not tree.words:
        return None, None
    subject = _subject(tree, verb)
    passive = tree.child(verb, "auxpass") is not None or tree.child(verb, "nsubjpass") is not None
    agent = _agent(tree, verb)
    target = next((tree.child(verb, dep) for dep in _OBJECTS if tree.child(verb, dep) is not None), None)
    if passive or (_participle(tree, verb) and agent is not None):
        patient, actor = subject, agent
        if patient is None and tree.dep[verb] in {"acl", "relcl", "amod"}:
            patient = tree.head[verb]
    elif tree.lemma[verb] in _roles().undergo and target is None:
        actor, patient = agent, subject
    else:
        actor, patient = subject, target
    return _named(tree, _bearer(tree, actor)), _named(tree, patient, whole=True)


def _participle(tree: Tree, verb: int) -> bool:
    return tree.tag[verb] == "VBN"


def _subject(tree: Tree, verb: int) -> int | None:
    """Return the verb's subject, its own or the one it shares with the verb that governs it."""
    for _ in range(4):
        for kid in tree.kids[verb]:
            if tree.dep[kid] in _SUBJECTS:
                if tree.tag[kid] in {"WDT", "WP"} and tree.dep[verb] == "relcl":
                    return tree.head[verb]
                return kid
        if tree.dep[verb] in {"conj", "xcomp", "advcl"} and tree.head[verb] != verb:
            verb = tree.head[verb]
        elif tree.dep[verb] in {"acl", "relcl"}:
            return tree.head[verb]
        else:
            return None
    return None


def _agent(tree: Tree, verb: int) -> int | None:
    """Return the head of "by X" under `verb`; a time or a means is no agent."""
    for kid in tree.kids[verb]:
        if tree.lower[kid] == "by" and tree.dep[kid] in {"agent", "prep"}:
            noun = tree.child(kid, "pobj")
            if noun is not None and tree.tag[noun] not in {"CD", "VBG"}:
                return noun
    return None


def _bearer(tree: Tree, actor: int | None) -> int | None:
    """Return who bears a happening that is the subject ("an air strike by X" gives X), else the subject."""
    if actor is None or tree.lemma[actor] not in _roles().happenings:
        return actor
    for kid in tree.kids[actor]:
        if tree.lower[kid] == "by":
            return tree.child(kid, "pobj")
        if tree.dep[kid] in {"acl", "relcl"}:
            agent = _agent(tree, kid)
            if agent is not None:
                return agent
    return actor


def _named(tree: Tree, head: int | None, *, whole: bool = False) -> str | None:
    """Return the words of a noun phrase without articles, clauses and most of its tail."""
    if head is None or tree.tag[head] in _PRONOUNS:
        return None
    if tree.tag[head].startswith("V") and tree.dep[head] in {"csubj", "ccomp"}:
        return None
    tokens = [head]
    for kid in tree.kids[head]:
        dep = tree.dep[kid]
        if kid < head and dep not in {"punct", "prep", "relcl", "cc", "preconj"}:
            tokens.extend(tree.subtree(kid))
        elif dep == "prep" and tree.lower[kid] == "of" and kid == head + 1:
            tokens.extend(_short(tree.subtree(kid)))
        elif whole and dep in {"conj", "cc"} and tree.right[kid] - head < 12:
            tokens.extend(t for t in tree.subtree(kid) if t - head < 12)
    tokens = sorted(tokens)
    while tokens and tree.tag[tokens[0]] in {"DT", "PDT", "PRP$", ","} and len(tokens) > 1:
        tokens = tokens[1:]
    return tree.text(tokens) or None


def _short(tokens: Sequence[int]) -> Sequence[int]:
    return tokens if len(tokens) <= 8 else tokens[:6]


# ---- where, when ------------------------------------------------------------------------


def _place(context: SlotContext, clause: Clause, inside: frozenset[int]) -> str | None:
    """Return the most specific place in the clause, else in its sentence but for where it was said."""
    first, after = clause.sentence
    at = bisect_left(context.settings, first, key=lambda s: s.start)
    local = []
    for one in context.settings[at:]:
        if one.start >= after:
            break
        local.append(one)
    around = [s for s in local if not of_saying(context.tree, s.start)]
    for pool in ([s for s in local if s.start in inside], around):
        if pool:
            best = max(pool, key=lambda s: (s.located and s.level > 1, s.level, s.located, -s.start))
            return best.name
    return None


def _time(context: SlotContext, clause: Clause) -> tuple[date, date] | None:
    """Return the narrowest days named in the clause, else in its sentence but for when it was said."""
    tree = context.tree
    sentence = _within(context.dates, (tree.start[clause.sentence[0]], tree.end[clause.sentence[1] - 1]))
    pool = context.dated(clause) or [
        d
        for d in sentence
        if (d.days[1] - d.days[0]).days <= 7 and not of_saying(tree, token_at(tree, d.span[0]))
    ]
    if not pool:
        return None
    first, last = min(pool, key=lambda d: ((d.days[1] - d.days[0]).days, d.span)).days
    apart = None if context.dated(clause) else lag(tree, clause.root)
    return (first + apart, last + apart) if apart else (first, last)


def _within(dates: Iterable[Dated], span: Span) -> list[Dated]:
    return [one for one in dates if span[0] <= one.span[0] < span[1]]
