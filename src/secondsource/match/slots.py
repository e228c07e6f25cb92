"""Which slots of a passage stand against a claim: each laid beside its like first, then compared.

Strict where `compare` is broad: a number of the same thing, another that acts in the same deed, a
place told nowhere in the report, the same parties the other way round, an excluding outcome of the
same deed, another year, a negation of the same word. What is found here decides before the trees do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from secondsource.match.align import Point, quality
from secondsource.match.asked import Asked, stems_of
from secondsource.match.compare import Comparison, rings_of
from secondsource.match.days import years
from secondsource.match.deeds import other_culprit, other_owner, unnamed_doer
from secondsource.match.doers import agents, allied, apart, other_doers, other_holders, turned_round
from secondsource.match.figures import figures_apart, figures_untold
from secondsource.match.findings import persons
from secondsource.match.negation import ended, negated
from secondsource.match.swaps import Swap
from secondsource.match.told import Passage, Told, content
from secondsource.match.who import Named, actors_in, akin, is_area, listed, located, meet_places, settled
from secondsource.match.words import Word, read_words, relations, terms
from secondsource.model import Certainty, Conflict
from secondsource.text import overlaps

_ROLES = ("actor", "patient")


def against(asked: Asked, told: Told, number: int, comparison: Comparison) -> tuple[Conflict, ...]:
    """Return every slot in which passage `number` of `told` stands against the claim, plainest first."""
    passage = told.passages[number]
    found = [
        *figures_apart(asked, comparison, told, number),
        *_years(asked, passage),
        *other_doers(asked, passage, comparison),
        *other_culprit(asked, told, passage),
        *other_owner(asked, passage, comparison),
        *turned_round(asked, passage),
        *other_holders(asked, passage, comparison),
        *_places(asked, told, passage),
        *_outcomes(asked, passage),
        *_negations(asked, passage, comparison),
        *_replaced(asked, passage, comparison),
    ]
    return tuple(dict.fromkeys(found))


def untold(asked: Asked, told: Told, number: int, comparison: Comparison) -> tuple[str, ...]:
    """Return what a passage and those beside it must name to support the claim, and do not.

    Doers of the deed under any of their names, settlements, and rare proper names of the claim
    that stand nowhere in the report; kinds of things that tell one happening from the next.
    """
    around = told.passages[max(0, number - 1) : number + 2]
    near = [*actors_in(told.report.title), *(a for p in around for a in p.actors)]
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    missing = [a for a in mine if all(akin(a, b) == "other" and not allied(a, b) for b in near)]
    theirs = agents(told.passages[number].text, told.passages[number].mentions, told.passages[number].span[0])
    others = bool(mine) and bool(theirs) and all(apart(a, b) for a in mine for b in theirs)
    others = others or unnamed_doer(asked, told.passages[number])
    doers = missing if len(missing) == len(mine) else []
    nowhere = settled(asked.claim.statement, meet_places(asked.places, told.places).unmet)
    text = asked.claim.statement
    unknown = tuple(
        text[p.word.start : p.word.end]
        for p in comparison.alignment.points
        if p.word.kind == "name" and not p.anywhere and located(text, p.word.start)
    )
    needed = [word.form for word in comparison.unnamed]
    needed += [listed(asked.claim.statement, mine)] if others else []
    needed += [swap.claimed.form for swap in comparison.swaps if swap.held]
    return (
        *unknown,
        *needed,
        *figures_untold(asked, told, number),
        *(text[slice(*n.span)] for n in (*doers, *nowhere) if not _worded(asked, n, told)),
    )


def unspoken(asked: Asked, told: Told, number: int, comparison: Comparison) -> bool:
    """Tell whether the act of a claim, or what it is done to, is told nowhere around a passage.

    Where the passage counts what the claim counts, the figures speak for it.
    """
    if comparison.features["number_agrees"]:
        return False
    near = rings_of(told, number).near
    mine = asked.claim.mention.slots
    heads = [words[-1] for slot in (mine.action, mine.patient) if (words := content(read_words(slot or "")))]
    return any(not quality(word, near) for word in heads)


def _replaced(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
    """Yield claimed words that have another of their group in their place; people only in the same role."""
    for swap in comparison.swaps:
        if swap.slot == "outcome" and _aimed_at(asked.claim.statement, swap.claimed):
            continue
        if swap.held and (swap.slot not in _ROLES or _in_role(swap, asked, passage)):
            yield Conflict(swap.slot, swap.claimed.form, swap.told.form)


def _aimed_at(text: str, word: Word) -> bool:
    """Tell whether a text tells what a verb names as an aim ("a bid to reopen the road"), not as done."""
    return text[: word.start].rstrip().casefold().endswith(" to")


def _in_role(swap: Swap, asked: Asked, passage: Passage) -> bool:
    """Tell whether both words of a swap stand in the slot that it is of."""
    mine = getattr(asked.claim.mention.slots, swap.slot)
    theirs = [getattr(mention.slots, swap.slot) for mention in passage.mentions]
    return swap.claimed.stem in stems_of(mine) and any(swap.told.stem in stems_of(one) for one in theirs)


def _years(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield a year that differs where the same word leads to it ("since 2012", "since 2016")."""
    mine, theirs = years(asked.words), years(passage.words)
    for lead in sorted(mine.keys() & theirs.keys()):
        if not mine[lead] & theirs[lead]:
            yield Conflict("time", f"{lead} {min(mine[lead])}", f"{lead} {min(theirs[lead])}")


def _places(asked: Asked, told: Told, passage: Passage) -> Iterator[Conflict]:
    """Yield a claimed settlement that the report names nowhere, where it names others instead."""
    nowhere = meet_places(asked.places, told.places).unmet
    nowhere = tuple(n for n in settled(asked.claim.statement, nowhere) if not _worded(asked, n, told))
    here = settled(passage.text, meet_places(asked.places, passage.places).strangers)
    here = tuple(n for n in here if not is_area(passage.text, n))
    if nowhere and here and not meet_places(asked.places, passage.places).met:
        claimed = listed(asked.claim.statement, nowhere)
        yield Conflict("place", claimed, listed(passage.text, here))


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
    asserted = (
        _names_party(asked, passage)
        and not any(m.certainty is Certainty.DENIED for m in passage.mentions)
        and not ended(passage.words, asked.terms)
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
            claimed, said = listed(asked.claim.statement, mine), listed(passage.text, theirs)
            found.append(Conflict("actor", claimed, said))
    if comparison.places:
        here = settled(passage.text, comparison.places[1])
        nowhere = settled(asked.claim.statement, comparison.places[0])
        if here and nowhere:
            found.append(
                Conflict("place", listed(asked.claim.statement, nowhere), listed(passage.text, here))
            )
    borne = stems_of(asked.claim.mention.slots.patient)
    found += [c for c in persons(comparison) if borne & stems_of(c.claimed)]
    return tuple(found)


def _names_party(asked: Asked, passage: Passage) -> bool:
    """Tell whether the passage may name the doer that the claim names, if it names one.

    Where clauses of it tell the claimed deed, those count: "shells fell after the army left" names no
    doer of the shelling.
    """
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    deed = [w for w in read_words(asked.claim.mention.slots.action or "") if w.kind == "word"]
    telling = [
        span
        for mention in passage.mentions
        for span in mention.content
        if any(quality(w, terms(read_words(passage.body, *span))) for w in deed)
    ]
    start = passage.span[0]
    there = [
        one
        for one in passage.actors
        if not telling or any(overlaps((start + one.span[0], start + one.span[1]), span) for span in telling)
    ]
    return not mine or any(akin(a, b) != "other" for a in mine for b in there)


def _acts(asked: Asked) -> frozenset[str]:
    """Return the stems of what the claim says is done, or is the case."""
    slots = asked.claim.mention.slots
    act = _stem_set(slots.action)
    return act | _stem_set(slots.patient) if act <= relations().stop else act
