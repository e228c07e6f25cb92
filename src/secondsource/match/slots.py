"""Which slots of a passage stand against a claim: each laid beside its like first, then compared.

Strict where `compare` is broad: a number of the same thing, another that acts in the same deed, a
place told nowhere in the report, the same parties the other way round, an excluding outcome of the
same deed, another year, a negation of the same word. What is found here decides before the trees do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from secondsource.lexicon import table, view
from secondsource.match.align import Point, quality
from secondsource.match.compare import Asked, Comparison, stems_of
from secondsource.match.days import years
from secondsource.match.findings import figure, persons
from secondsource.match.negation import negated
from secondsource.match.numbers import Fit, NumberPair, compare_numbers
from secondsource.match.told import Passage, Told
from secondsource.match.who import Named, actors_in, akin, meet_places
from secondsource.match.words import Word, read_words, relations, stem
from secondsource.model import Certainty, Conflict, Mention, Quantity
from secondsource.text import overlaps

_AGREE = ("same", "part")
_COUNTRY_CODE = 2
_REACH = 3  # words between an actor and the deed that is its
_LOCATIVE = re.compile(
    r"\b(?:in|at|on|near|of|outside|around|inside|into|over|towards?)\s+(?:(?:the|rural|central|(?:nor|sou)th\w*|"
    r"(?:ea|we)st\w*|city|town|village|district|province|suburbs?|of|al)[\s-]+)*$", re.IGNORECASE
)  # fmt: skip
_HELD = re.compile(r"(\w+)-(?:held|controlled|run|ruled|besieged)\b", re.IGNORECASE)


def against(asked: Asked, told: Told, number: int, comparison: Comparison) -> tuple[Conflict, ...]:
    """Return every slot in which passage `number` of `told` stands against the claim, plainest first."""
    passage = told.passages[number]
    found = [
        *_quantities(comparison, told),
        *_plain_numbers(asked, passage),
        *_years(asked, passage),
        *_deeds(asked, passage, comparison),
        *_turned(asked, passage),
        *_holders(asked, passage),
        *_places(asked, told, passage),
        *_outcomes(asked, passage),
        *_negations(asked, passage, comparison),
    ]
    return tuple(dict.fromkeys(found))


def untold(asked: Asked, told: Told, number: int, comparison: Comparison) -> tuple[str, ...]:
    """Return what a passage and those beside it must name to support the claim, and do not.

    Doers of the deed under any of their names, settlements, and rare proper names of the claim
    that stand nowhere in the report.
    """
    around = told.passages[max(0, number - 1) : number + 2]
    near = [*actors_in(told.report.title), *(a for p in around for a in p.actors)]
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    missing = [a for a in mine if all(akin(a, b) == "other" and not _allied(a, b) for b in near)]
    doers = missing if len(missing) == len(mine) else []
    nowhere = _located(asked.claim.statement, meet_places(asked.places, told.places).unmet)
    text = asked.claim.statement
    unknown = tuple(
        text[p.word.start : p.word.end]
        for p in comparison.alignment.points
        if p.word.kind == "name" and not p.anywhere and _LOCATIVE.search(text, 0, p.word.start)
    )
    return unknown + tuple(text[slice(*n.span)] for n in (*doers, *nowhere) if not _worded(asked, n, told))


def _quantities(comparison: Comparison, told: Told) -> Iterator[Conflict]:
    """Yield the claimed figures that the passage gives otherwise, unless the report gives them too."""
    for pair in comparison.numbers:
        if pair.told is None or pair.fit not in (Fit.CONFLICTS, Fit.OTHER_KIND):
            continue
        if pair.fit is Fit.CONFLICTS and not _alike(pair.claimed, pair.told, comparison.alignment.words):
            continue
        if any(p.fit is Fit.AGREES for p in elsewhere(pair.claimed, told)):
            continue
        slot = "quantity" if pair.fit is Fit.CONFLICTS else "patient"
        yield Conflict(slot, figure(pair.claimed), figure(pair.told))


def elsewhere(claimed: Quantity, told: Told) -> Iterator[NumberPair]:
    """Yield how a claimed figure fits what each mention of a report counts."""
    for mention in told.mentions:
        yield from compare_numbers((claimed,), mention.slots.quantity)


def _alike(claimed: Quantity, told: Quantity, words: Sequence[Word]) -> bool:
    """Tell whether two figures count the same: the same fate, or the same things where one has none told."""
    if claimed.of and told.of:
        return claimed.of == told.of
    same = bool(claimed.unit) and bool(stems_of(claimed.unit) & stems_of(told.unit))
    fate = frozenset(c for w in words for c in w.concepts)
    return same and (not claimed.of or bool(fate & _fates().get(claimed.of, frozenset())))


@view
def _fates() -> dict[str, frozenset[str]]:
    """Return the concepts of each fate that a figure can be of ("killed", "wounded")."""
    concepts = relations().concepts
    return {fate: frozenset(concepts.get(stem(fate), ())) for fate in ("killed", "wounded", "trapped")}


def _plain_numbers(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield figures of the same thing that differ, read off the words ("forty days", "three days")."""
    mine, theirs = _counted(asked.words), _counted(passage.words)
    for thing in sorted(mine.keys() & theirs.keys()):
        if not set(mine[thing]) & set(theirs[thing]):
            one, other = mine[thing][0], theirs[thing][0]
            yield Conflict("quantity", f"{one:g} {thing}", f"{other:g} {thing}")


def _counted(words: Sequence[Word]) -> dict[str, list[float]]:
    """Return the things that stand right behind a number, with their numbers; no kinds of people."""
    found: dict[str, list[float]] = {}
    for word, after in pairwise(words):
        if word.kind == "number" and word.value is not None and after.form in _measures():
            found.setdefault(after.stem, []).append(word.value)
    return found


@view
def _measures() -> frozenset[str]:
    return frozenset(table("relations")["measures"].split())


def _years(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield a year that differs where the same word leads to it ("since 2012", "since 2016")."""
    mine, theirs = years(asked.words), years(passage.words)
    for lead in sorted(mine.keys() & theirs.keys()):
        if not mine[lead] & theirs[lead]:
            yield Conflict("time", f"{lead} {min(mine[lead])}", f"{lead} {min(theirs[lead])}")


def _deeds(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
    """Yield another doer of the same deed, or the same parties the other way round."""
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    theirs = agents(passage.text, passage.mentions, passage.span[0])
    if not mine or not theirs:
        return
    rest = [one for one in asked.actors if one not in mine]
    borne = [one for one in passage.actors if one not in theirs]
    if not all(apart(a, b) for a in mine for b in theirs):
        return
    owned = all(_owns_deed(asked.claim.statement, a) for a in mine) and all(
        _owns_deed(passage.text, b) for b in theirs
    )
    crossed = any(close(a, b) for a in mine for b in borne) and any(close(a, b) for a in rest for b in theirs)
    if owned and crossed:
        yield Conflict("roles", _named(asked.claim.statement, mine), "the other way round")
    elif all(apart(a, b) for a in mine for b in passage.actors) and _same_deed(asked, passage, comparison):
        yield Conflict("actor", _named(asked.claim.statement, mine), _named(passage.text, theirs))


def _turned(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield the parties the other way round, read off the names and nouns of subject and object."""
    mine = asked.claim.mention.slots
    does, bears = _names_of(mine.actor), _names_of(mine.patient)
    for mention in passage.mentions:
        doing, borne = _names_of(mention.slots.actor), _names_of(mention.slots.patient)
        straight = does & doing or bears & borne
        if (
            does & borne
            and bears & doing
            and not straight
            and stems_of(mine.action) & stems_of(mention.slots.action)
        ):
            yield Conflict("roles", f"{mine.actor} to {mine.patient}", "the other way round")
            return


@lru_cache(maxsize=50_000)
def _names_of(text: str | None) -> frozenset[str]:
    """Return the stems of the words that tell one party from another: no figures, no kinds of people."""
    words = read_words(text or "")
    return frozenset(
        w.stem for w in words if w.kind in ("word", "name") and w.stem not in relations().persons
    )


def agents(text: str, mentions: Iterable[Mention], start: int) -> tuple[Named, ...]:
    """Return the actors of `text` that do what it tells: subjects, and owners of a deed ("X's raid", "by X").

    `start` is where `text` begins in the body that the mentions' spans count from.
    """
    named = actors_in(text)
    subjects = [m.slots.actor for m in mentions if m.slots.actor]
    spoken = [(s - start, e - start) for m in mentions for s, e in (*m.source, *m.cue)]
    found = []
    for one in named:
        if any(overlaps(one.span, span) for span in spoken) or _only_states(one):
            continue
        held = text[slice(*one.span)]
        if any(held in subject for subject in subjects) or _owns_deed(text, one):
            found.append(one)
    return tuple(found)


def _only_states(one: Named) -> bool:
    """Tell whether a name is that of a country alone, which is as often the place as the doer."""
    return all(len(i) == _COUNTRY_CODE for i in one.ids)


def _owns_deed(text: str, one: Named) -> bool:
    """Tell whether a deed is an actor's own: it holds or precedes the noun of one, or follows it and "by"."""
    happenings = _happenings()
    own = read_words(text, *one.span)
    if any(w.form in happenings or w.stem in happenings for w in own):
        return True
    before = text[: one.span[0]].rstrip().casefold()
    if before.endswith((" by", " by the")):
        return True
    for word in read_words(text, one.span[1])[:_REACH]:
        if word.form in happenings or word.stem in happenings:
            return True
        if word.kind in ("stop", "name", "time"):
            return False
    return False


@view
def _happenings() -> frozenset[str]:
    nouns = table("slots")["actions"]["happenings"]
    return frozenset(nouns) | frozenset(f"{noun}s" for noun in nouns)


def close(one: Named, other: Named) -> bool:
    """Tell whether two actors are one, or one is part of the other."""
    return akin(one, other) in _AGREE


def apart(one: Named, other: Named) -> bool:
    """Tell whether two actors are surely two, neither leading or part of the other."""
    return akin(one, other) == "other" and not _allied(one, other)


def _allied(one: Named, other: Named) -> bool:
    return _led(one, other) or _led(other, one)


def _led(one: Named, other: Named) -> bool:
    """Tell whether `one` may act in the name of a state that is part of `other` (a coalition)."""
    states = {i.partition(":")[0] for i in one.ids if ":" in i}
    return any(
        akin(Named((0, 0), (state,)), other) in _AGREE
        for state in sorted(states - {"generic"})
        if not any(":" in i for i in other.ids)
    )


def _named(text: str, named: Iterable[Named]) -> str:
    return ", ".join(dict.fromkeys(text[n.span[0] : n.span[1]] for n in named))


def _same_deed(asked: Asked, passage: Passage, comparison: Comparison) -> bool:
    """Tell whether the passage tells the claim's own act: done to the same, or with the same figure."""
    mine = asked.claim.mention.slots
    if comparison.features["fate_agrees"]:
        return True
    for mention in passage.mentions:
        act = stems_of(mine.action) & stems_of(mention.slots.action)
        borne = stems_of(mine.patient) & stems_of(mention.slots.patient)
        if act and (borne or not mine.patient):
            return True
    return False


def _holders(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield who holds the place, where the passage names another side."""
    mine, theirs = _held_by(asked.claim.statement), _held_by(passage.text)
    if mine and theirs and all(apart(a, b) for a in mine.values() for b in theirs.values()):
        yield Conflict("place", ", ".join(f"{n}-held" for n in mine), ", ".join(f"{n}-held" for n in theirs))


def _held_by(text: str) -> dict[str, Named]:
    holders = [m.span(1) for m in _HELD.finditer(text)]
    return {
        text[slice(*one.span)]: one
        for one in actors_in(text)
        if any(overlaps(one.span, holder) for holder in holders)
    }


def _places(asked: Asked, told: Told, passage: Passage) -> Iterator[Conflict]:
    """Yield a claimed settlement that the report names nowhere, where it names others instead."""
    nowhere = meet_places(asked.places, told.places).unmet
    nowhere = tuple(n for n in _located(asked.claim.statement, nowhere) if not _worded(asked, n, told))
    here = _located(passage.text, meet_places(asked.places, passage.places).strangers)
    if nowhere and here and not meet_places(asked.places, passage.places).met:
        claimed = _named(asked.claim.statement, nowhere)
        yield Conflict("place", claimed, _named(passage.text, here))


def _located(text: str, places: Iterable[Named]) -> tuple[Named, ...]:
    """Return those of `places` that stand where a place does ("in X", "the town of X"), not as a name."""
    return tuple(one for one in places if _LOCATIVE.search(text, 0, one.span[0]))


def _worded(asked: Asked, named: Named, told: Told) -> bool:
    """Tell whether the words of a name stand in the report, in whatever spelling."""
    words = [w for w in asked.content if named.span[0] <= w.start and w.end <= named.span[1]]
    return bool(words) and all(quality(w, told.terms) for w in words)


def _outcomes(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield an outcome that excludes the claimed one of the same deed: the acts themselves exclude."""
    mine = asked.claim.mention.slots
    for mention in passage.mentions:
        theirs = mention.slots
        ours, other = _stem_set(mine.action), _stem_set(theirs.action)
        if not ours or not other or ours & other:
            continue
        same = stems_of(mine.patient) & stems_of(theirs.patient) or (
            stems_of(mine.actor) & stems_of(theirs.actor) and not mine.patient
        )
        if not same:
            continue
        for row in relations().exclusions:
            if (ours & row.a and other & row.b) or (ours & row.b and other & row.a):
                yield Conflict(row.slot, mine.action or "", theirs.action or "")
                break


@lru_cache(maxsize=50_000)
def _stem_set(text: str | None) -> frozenset[str]:
    return frozenset(w.stem for w in read_words(text or ""))


def _negations(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
    """Yield the claimed act, where one side negates it and the other asserts it."""
    for point, one, other in _sides(asked, passage, comparison):
        if one != other and point.word.stem in _acts(asked):
            sides = ("negated", "asserted") if one else ("asserted", "negated")
            yield Conflict("polarity", *(f"{point.word.form} {side}" for side in sides))
            return


def _sides(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[tuple[Point, bool, bool]]:
    """Yield the words that both tell, with whether claim and passage negate them."""
    mine, theirs = negated(asked.words), negated(passage.words)
    told = [w for w in passage.words if w.kind in ("word", "name")]
    for point in comparison.alignment.points:
        if point.at >= 0 and point.word.kind == "word" and (mine or theirs):
            yield point, point.word.start in mine, told[point.at].start in theirs


def seemingly(asked: Asked, passage: Passage, comparison: Comparison) -> tuple[Conflict, ...]:
    """Return what may stand against the claim: enough only where the trees are sure that the passage does."""
    found = []
    sides = [(one, other) for _, one, other in _sides(asked, passage, comparison)]
    denied = asked.claim.mention.certainty is Certainty.DENIED
    asserted = _names_party(asked, passage) and not any(
        m.certainty is Certainty.DENIED for m in passage.mentions
    )
    negates = denied or any(one for one, _ in sides)
    if (denied and asserted) or (not denied and negates != any(other for _, other in sides)):
        found.append(Conflict("polarity", *(("negated", "asserted") if negates else ("asserted", "negated"))))
    spoken = [span for m in passage.mentions for span in (*m.source, *m.cue)]
    start = passage.span[0]
    if comparison.actors:
        mine, others = comparison.actors
        theirs = [
            o for o in others if not any(overlaps((start + o.span[0], start + o.span[1]), s) for s in spoken)
        ]
        if theirs and all(apart(a, b) for a in mine for b in theirs):
            claimed, said = _named(asked.claim.statement, mine), _named(passage.text, theirs)
            found.append(Conflict("actor", claimed, said))
    if comparison.places:
        here = _located(passage.text, comparison.places[1])
        nowhere = _located(asked.claim.statement, comparison.places[0])
        if here and nowhere:
            found.append(
                Conflict("place", _named(asked.claim.statement, nowhere), _named(passage.text, here))
            )
    borne = stems_of(asked.claim.mention.slots.patient)
    found += [c for c in persons(comparison) if borne & stems_of(c.claimed)]
    return tuple(found)


def _names_party(asked: Asked, passage: Passage) -> bool:
    """Tell whether the passage may name the doer that the claim names, if it names one."""
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    return not mine or any(akin(a, b) != "other" for a in mine for b in passage.actors)


def _acts(asked: Asked) -> frozenset[str]:
    """Return the stems of what the claim says is done."""
    return _stem_set(asked.claim.mention.slots.action)
