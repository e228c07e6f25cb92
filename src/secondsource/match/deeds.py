"""The claim's own deed through a report: who is told to have done it, mention by mention.

A report names the doer once, and then goes on in the passive; so the doer of the deed that a passage
tells is whoever any part of the report says did the same to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from secondsource.lexicon import remembered
from secondsource.match.align import quality
from secondsource.match.asked import Asked, stems_of
from secondsource.match.compare import Comparison
from secondsource.match.days import day_gap
from secondsource.match.doers import agents, allied, antecedent, apart, general, names_of, only_states
from secondsource.match.told import Passage, Told, content
from secondsource.match.who import Named, actors_in, akin, listed, meet_places
from secondsource.match.words import happenings, read_words, terms
from secondsource.model import Conflict, Mention, Slots

_MOSTLY = 0.6  # share of the claim's words a passage tells, from which its deeds are the claim's
_REACH = 3  # words between an owner and the deed that is its
_LINK = 2  # function words between a doer and whose it is


def other_culprit(asked: Asked, told: Told, passage: Passage) -> Iterator[Conflict]:
    """Yield the claimed doer, where the passage tells the deed as another's.

    It does where it names another as its doer, or names none and the report knows only others; never
    where the report says anywhere that the claimed one did it.
    """
    mine = agents(asked.claim.statement, (asked.claim.mention,), 0)
    if not mine or not any(_same(asked, mention) for mention in passage.mentions):
        return
    here, anywhere = _doers(asked, passage), [d for each in told.passages for d in _doers(asked, each)]
    doers = here or anywhere
    did = any(akin(a, b) in ("same", "part") or allied(a, b) for a in mine for _, b in anywhere)
    if doers and not did and all(apart(a, b) for a in mine for _, b in doers):
        said = dict.fromkeys(name for name, _ in doers)
        yield Conflict("actor", listed(asked.claim.statement, mine), ", ".join(said))


def other_owner(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
    """Yield the claimed owner of a deed ("X's raids", "raids by X"), where the passage gives it another."""
    if comparison.features["here"] < _MOSTLY:
        return
    mine, theirs = _owned(asked.claim.statement), _owned(passage.text)
    for deed in sorted(mine.keys() & theirs.keys()):
        if all(apart(a, b) for _, a in mine[deed] for _, b in theirs[deed]):
            yield Conflict("actor", *(", ".join(name for name, _ in side[deed]) for side in (mine, theirs)))


@remembered(20_000)
def _owned(text: str) -> Mapping[str, list[tuple[str, Named]]]:
    """Return by deed (the noun's stem) whose it is told to be, each with the name as written."""
    found: dict[str, list[tuple[str, Named]]] = {}
    words = [word for word in read_words(text) if word.kind != "time"]
    for one in actors_in(text):
        inside = [i for i, w in enumerate(words) if one.span[0] <= w.start and w.end <= one.span[1]]
        if not inside:
            continue
        after = words[inside[-1] + 1 : inside[-1] + 1 + _REACH]
        named = list(takewhile(lambda w: w.kind != "stop", after))
        before = [w.form for w in words[max(0, inside[0] - 2) : inside[0]]]
        led = words[max(0, inside[0] - _REACH - 1) : inside[0]] if "by" in before else []
        for word in (*(words[i] for i in inside), *named, *led):
            if word.form in happenings() or word.stem in happenings():
                found.setdefault(word.stem, []).append((text[slice(*one.span)], one))
    return found


def told_alike(asked: Asked, told: Told, passage: Passage) -> bool:
    """Tell whether a passage tells the claim's own deed: the act, whom it was done to, on which day.

    By whom must not be told otherwise, the claim's settlements must stand somewhere in the report, and
    words of the same kind are the same ("bridge", "crossing").
    """
    mine = asked.claim.mention.slots
    if mine.action is None or mine.patient is None or asked.quantities:
        return False
    if meet_places(asked.places, told.places).unmet:
        return False
    doers = agents(asked.claim.statement, (asked.claim.mention,), 0)
    for mention in passage.mentions:
        theirs = mention.slots
        same_day = asked.time is not None and day_gap(asked.time, theirs.time) == 0
        if not same_day or not _holds(theirs.action, mine.action) or not _heads(theirs.patient, mine.patient):
            continue
        others = actors_in(theirs.actor or "")
        if doers and others and not any(apart(a, b) for a in doers for b in others):
            return True
    return False


def _holds(told: str | None, claimed: str) -> bool:
    """Tell whether told words hold every content word of the claimed ones."""
    there = terms(read_words(told or ""))
    words = content(read_words(claimed.lower()))
    return bool(words) and all(quality(word, there) for word in words)


def _heads(told: str | None, claimed: str) -> bool:
    """Tell whether the noun that heads the claimed words heads the told ones too, alike or of its kind."""
    mine, theirs = content(read_words(claimed)), content(read_words(told or ""))
    return bool(mine and theirs) and quality(mine[-1], terms(theirs[-1:])) > 0


def unnamed_doer(asked: Asked, passage: Passage) -> bool:
    """Tell whether the passage gives the deed to a doer who only might be the claimed one.

    "Rebels" who killed somebody are not known to be the one group of rebels that the claim names.
    """
    statement = asked.claim.statement
    mine = [one for one in agents(statement, (asked.claim.mention,), 0) if not general(one)]
    called = stems_of(" ".join(statement[slice(*one.span)] for one in mine))
    if mine and any(_same(asked, m) and _of_another_house(m, called) for m in passage.mentions):
        return True
    doers = [one for name, one in _doers(asked, passage) if not stems_of(name) <= called]
    return bool(mine and doers) and all(
        akin(a, b) in ("maybe", "other") and not allied(a, b) for a in mine for b in doers
    )


def _of_another_house(mention: Mention, called: frozenset[str]) -> bool:
    """Tell whether a spokesman tells what "it" did, his house, which is not `called` so."""
    opening = read_words(mention.statement)[:1]
    speakers = stems_of(" ".join(link.name for link in mention.links))
    of_house = bool(opening) and opening[0].form in ("it", "its") and "#spokesman" in speakers
    return of_house and not called & speakers


def _doers(asked: Asked, passage: Passage) -> list[tuple[str, Named]]:
    """Return the actors that a passage says did the claim's deed, each with its name as written."""
    found = []
    for mention in passage.mentions:
        subject = mention.slots.actor or ""
        if _same(asked, mention):
            named = [(subject[slice(*one.span)], one) for one in actors_in(subject)]
            found += named or _whose(passage, subject) or _taken_up(passage, mention)
    return [(name, one) for name, one in found if not only_states(one)]


def _taken_up(passage: Passage, mention: Mention) -> list[tuple[str, Named]]:
    """Return the actor that a nameless doer takes up ("it", "one of its men")."""
    one = antecedent(passage.text, mention, passage.span[0])
    return [(passage.text[slice(*one.span)], one)] if one else []


def _whose(passage: Passage, subject: str) -> list[tuple[str, Named]]:
    """Return the actor whose man a nameless doer is: the name right behind it ("a fighter of X")."""
    if not subject:
        return []
    end = passage.text.find(subject) + len(subject)
    for one in passage.actors:
        between = read_words(passage.text, end, max(end, one.span[0]))
        if end <= one.span[0] and len(between) <= _LINK and all(word.kind == "stop" for word in between):
            return [(passage.text[slice(*one.span)], one)]
    return []


def _same(asked: Asked, mention: Mention) -> bool:
    """Tell whether a mention tells the claim's act, done to the same name or thing: people are none."""
    mine, theirs = asked.claim.mention.slots, mention.slots
    act = stems_of(mine.action) & stems_of(theirs.action) or (mine.action and mine.action == theirs.action)
    return bool(act and _borne(mine) & _borne(theirs))


def _borne(slots: Slots) -> frozenset[str]:
    return names_of(slots.patient)
