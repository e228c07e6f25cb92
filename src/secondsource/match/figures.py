"""Which figures of a passage stand against those of a claim: other counts of the same, other fates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from secondsource.lexicon import table, view
from secondsource.match.asked import Asked, stems_of
from secondsource.match.compare import Comparison
from secondsource.match.doers import apart, general
from secondsource.match.findings import figure
from secondsource.match.numbers import Fit, NumberPair, compare_numbers, units_relate
from secondsource.match.told import Passage, Told
from secondsource.match.who import Named, actors_in, listed, meet_places, places_in, settled
from secondsource.match.words import Word, relations, stem
from secondsource.model import Conflict, Quantity

_HARM = ("killed", "wounded")  # fates of which one excludes the other
_FATES = (*_HARM, "captured", "arrested", "kidnapped")  # of many, who met one met no other
_CLOSE = 4  # words within which a fate belongs to "nobody"
_OTHER_SCALE = 20  # times a figure from which another counts something else


def figures_apart(asked: Asked, comparison: Comparison, told: Told, number: int) -> Iterator[Conflict]:
    """Yield every figure in which passage `number` of a report stands against the claim, plainest first."""
    passage = told.passages[number]
    yield from _quantities(asked, comparison, told, number)
    yield from _fates_apart(comparison, passage, told)
    yield from _others_counted(asked, comparison, passage)
    yield from _plain_numbers(asked, passage)
    yield from _nobody(asked, passage)


def _quantities(asked: Asked, comparison: Comparison, told: Told, number: int) -> Iterator[Conflict]:
    """Yield the claimed figures that the passage gives otherwise, unless the report gives them too.

    What is counted at a place that nothing around the passage joins to the claim's is another event's,
    and so is what is counted on another scale where nothing is said of the place.
    """
    here, near = _whereabouts(asked, told, number)
    for pair in comparison.numbers:
        if pair.told is None or pair.fit not in (Fit.CONFLICTS, Fit.OTHER_KIND):
            continue
        if pair.fit is Fit.CONFLICTS and not _alike(pair.claimed, pair.told, comparison.alignment.words):
            continue
        if any(p.fit is Fit.AGREES for p in elsewhere(pair.claimed, told)):
            continue
        if _other_side(asked.words, pair.claimed, told.passages[number].words, pair.told):
            continue
        if _narrowed(pair, told.passages[number]):
            continue
        if not near and (here or _scale(pair.claimed, pair.told) >= _OTHER_SCALE):
            continue
        if pair.fit is Fit.OTHER_KIND and pair.claimed.low == 1:  # "a woman and her child"
            continue
        slot = "quantity" if pair.fit is Fit.CONFLICTS else "patient"
        yield Conflict(slot, figure(pair.claimed), figure(pair.told))


def _others_counted(asked: Asked, comparison: Comparison, passage: Passage) -> Iterator[Conflict]:
    """Yield a claimed figure that the passage gives of another's men ("nine guards", "nine X fighters")."""
    for pair in comparison.numbers:
        if pair.told is None or pair.fit is not Fit.AGREES or not _same_figure(pair.claimed, pair.told):
            continue
        mine = _counted_of(asked.claim.statement, asked.words, 0, pair.claimed)
        theirs = _counted_of(passage.text, passage.words, passage.span[0], pair.told)
        if mine and theirs and all(apart(a, b) for a in mine for b in theirs):
            claimed, said = listed(asked.claim.statement, mine), listed(passage.text, theirs)
            yield Conflict("patient", f"{figure(pair.claimed)}: {claimed}", f"{figure(pair.told)}: {said}")


def _counted_of(text: str, words: Sequence[Word], start: int, quantity: Quantity) -> tuple[Named, ...]:
    """Return whose men a figure counts: the actors named up to its noun, or led to by "of" behind it.

    Names of kinds of men ("rebels") are left out. Words count from the beginning of the body, `text`
    from `start` in it.
    """
    at, noun = _figure(words, quantity)
    if at < 0:
        return ()
    led = [word.form for word in words[noun + 1 : noun + 2]] == ["of"]
    last = words[min(len(words) - 1, noun + 1 + _CLOSE if led else noun)]
    span = words[at].end - start, last.end - start
    named = (one for one in actors_in(text) if not general(one))
    return tuple(one for one in named if span[0] <= one.span[0] and one.span[1] <= span[1])


def _figure(words: Sequence[Word], quantity: Quantity) -> tuple[int, int]:
    """Return where a figure stands among words, and where the noun that it counts; -1 and -1 if nowhere."""
    ends, unit = (quantity.low, quantity.high), stems_of(quantity.unit)
    for at, word in enumerate(words):
        if word.kind == "number" and word.value in ends:
            counted = takewhile(lambda w: w.kind != "number", words[at + 1 : at + 1 + _CLOSE])
            noun = next((i for i, w in enumerate(counted, at + 1) if w.stem in unit), -1)
            if noun >= 0:
                return at, noun
    return -1, -1


def _narrowed(pair: NumberPair, passage: Passage) -> bool:
    """Tell whether a passage gives a figure again, of fewer ("Nine killed", "nine miners were killed")."""
    again = [q for q in passage.quantities if q != pair.told and pair.told and _same_figure(q, pair.told)]
    return any(each.fit is Fit.OPEN for each in compare_numbers((pair.claimed,), again))


def _other_side(mine: Sequence[Word], claimed: Quantity, theirs: Sequence[Word], told: Quantity) -> bool:
    """Tell whether two figures count men of two sides ("nine rebels", "nine government soldiers")."""
    one, other = _sides_of(mine, claimed), _sides_of(theirs, told)
    return bool(one) and bool(other) and not one & other


def _sides_of(words: Sequence[Word], quantity: Quantity) -> frozenset[int]:
    """Return the sides named between a figure and what it counts."""
    at, noun = _figure(words, quantity)
    held = {word.stem for word in words[at + 1 : noun + 1]}
    return frozenset(i for i, side in enumerate(relations().sides) if side & held)


def _whereabouts(asked: Asked, told: Told, number: int) -> tuple[bool, bool]:
    """Return whether a passage names other places than the claim, and whether what is near names its own."""
    passage = told.passages[number]
    around = told.passages[max(0, number - 1) : number + 2]
    near = [*places_in(told.report.title), *(place for each in around for place in each.places)]
    strangers = settled(passage.text, meet_places(asked.places, passage.places).strangers)
    return bool(asked.places and strangers), bool(meet_places(asked.places, near).met)


def _scale(one: Quantity, other: Quantity) -> float:
    """Return how many times as much the larger of two figures is as the smaller; infinite against none."""
    small, large = sorted((one.low or one.high or 0.0, other.low or other.high or 0.0))
    return large / small if small else math.inf


def _fates_apart(comparison: Comparison, passage: Passage, told: Told) -> Iterator[Conflict]:
    """Yield a claimed figure that the passage gives of another fate, and the report never of the claimed."""
    figures = [q for m in passage.mentions for q in m.slots.quantity]
    anywhere = [q for m in told.mentions for q in m.slots.quantity]
    for claimed in (pair.claimed for pair in comparison.numbers):
        told_so = any(_same_figure(claimed, q) and q.of in (claimed.of, "") for q in anywhere)
        fates = _FATES if (claimed.low or 0) > 1 else _HARM
        if claimed.of not in fates or told_so:
            continue
        other = next((q for q in figures if _same_figure(claimed, q) and q.of in fates), None)
        if other is not None and units_relate(claimed.unit, other.unit) != "apart":
            yield Conflict("outcome", figure(claimed), figure(other))


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return one.low is not None and (one.low, one.high) == (other.low, other.high)


def figures_untold(asked: Asked, told: Told, number: int) -> tuple[str, ...]:
    """Return the counts of a claim that nothing bears out: no word around passage `number`, no count at all.

    One is no count here ("a woman").
    """
    near = frozenset().union(*(each.terms for each in told.passages[max(0, number - 1) : number + 2]))
    return tuple(
        figure(claimed)
        for claimed in asked.quantities
        if (claimed.low or claimed.high or 0) > 1
        and not near & {f"{end:g}" for end in (claimed.low, claimed.high) if end is not None}
        and all(pair.fit is not Fit.AGREES for pair in elsewhere(claimed, told))
    )


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


def _nobody(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield the fate that one side says nobody met, and of which the other counts people."""
    counted = [q for q in passage.quantities if q.of in _HARM and q.low]
    claimed = [q for q in asked.quantities if q.of in _HARM and q.low]
    mine, theirs = _spared(asked.words), _spared(passage.words)
    yield from (Conflict("quantity", f"nobody {q.of}", figure(q)) for q in counted if q.of in mine)
    yield from (Conflict("quantity", figure(q), f"nobody {q.of}") for q in claimed if q.of in theirs)


def _spared(words: Sequence[Word]) -> frozenset[str]:
    """Return the fates that a text says nobody met ("killed nobody", "no one was hurt")."""
    nobody = relations().nobody
    found = set()
    for at, word in enumerate(words):
        if word.form in nobody or [w.form for w in words[at : at + 2]] == ["no", "one"]:
            near = {c for w in words[max(0, at - 1) : at + _CLOSE] for c in w.concepts}
            found |= {fate for fate in _HARM if near & _fates()[fate]}
    return frozenset(found)


def _plain_numbers(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield figures of the same thing that differ, read off the words ("forty days", "three days")."""
    mine, theirs = _counted(asked.words), _counted(passage.words)
    for thing in sorted(mine.keys() & theirs.keys()):
        if not mine[thing].keys() & theirs[thing].keys():
            one, other = (next(iter(side[thing].items())) for side in (mine, theirs))
            yield Conflict("quantity", *(f"{number:g} {noun}" for number, noun in (one, other)))


def _counted(words: Sequence[Word]) -> dict[str, dict[float, str]]:
    """Return by stem the things that stand right behind numbers: by number, as written.

    They are measures, or several of what no list knows ("five cases"): no kinds of people.
    """
    found: dict[str, dict[float, str]] = {}
    for word, after in pairwise(words):
        if word.kind == "number" and word.value is not None and _countable(after, word.value):
            found.setdefault(after.stem, {}).setdefault(word.value, after.form)
    return found


def _countable(thing: Word, number: float) -> bool:
    if thing.form in _measures():
        return True
    known = thing.concepts or thing.stem in relations().persons
    return thing.kind == "word" and thing.form.endswith("s") and number > 1 and not known


@view
def _measures() -> frozenset[str]:
    return frozenset(table("relations")["measures"].split())
