"""Who does what a text tells: the doers of a deed, another doer of the same deed, parties turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from secondsource.lexicon import remembered
from secondsource.match.asked import Asked, stems_of
from secondsource.match.compare import Comparison
from secondsource.match.told import Passage
from secondsource.match.who import Named, actors_in, akin, listed
from secondsource.match.words import happenings, read_words, relations
from secondsource.model import Conflict, Mention
from secondsource.text import overlaps

_AGREE = ("same", "part")
_COUNTRY_CODE = 2
_REACH = 3  # words between an actor and the deed that is its


def other_doers(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
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
    act = stems_of(asked.claim.mention.slots.action)
    owned = owned or any(act & stems_of(mention.slots.action) for mention in passage.mentions)
    crossed = any(close(a, b) for a in mine for b in borne) and any(close(a, b) for a in rest for b in theirs)
    if owned and crossed:
        yield Conflict("roles", listed(asked.claim.statement, mine), "the other way round")
    elif all(apart(a, b) for a in mine for b in passage.actors if not _holds(passage, b)) and _same_deed(
        asked, passage, comparison
    ):
        yield Conflict("actor", listed(asked.claim.statement, mine), listed(passage.text, theirs))


def turned_round(asked: Asked, passage: Passage) -> Iterator[Conflict]:
    """Yield the parties the other way round, read off the names and nouns of subject and object."""
    mine = asked.claim.mention.slots
    does, bears = names_of(mine.actor), names_of(mine.patient)
    for mention in passage.mentions:
        doing, borne = names_of(mention.slots.actor), names_of(mention.slots.patient)
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
def names_of(text: str | None) -> frozenset[str]:
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
    mentions = tuple(mentions)
    behind = [(m.slots.actor, antecedent(text, m, start)) for m in mentions]
    subjects = [subject for subject, other in behind if subject and other is None]
    spoken = [(s - start, e - start) for m in mentions for s, e in (*m.source, *m.cue)]
    found = []
    for one in named:
        if any(overlaps(one.span, span) for span in spoken) or only_states(one):
            continue
        if any(_is_in(text[slice(*one.span)], subject) for subject in subjects) or _owns_deed(text, one):
            found.append(one)
    return (*found, *dict.fromkeys(other for _, other in behind if other and other not in found))


def antecedent(text: str, mention: Mention, start: int) -> Named | None:
    """Return whom a subject takes up ("it", "one of its fighters"): the last actor named before it in `text`.

    `start` is as in `agents`.
    """
    return _taken_up(text, mention.content[0][0] - start, mention.slots.actor or "")


@remembered(20_000)
def _taken_up(text: str, begin: int, actor: str) -> Named | None:
    """Return whom the subject of the clause from `begin` takes up: its actor, or else its first word."""
    subject = actor or next((text[w.start : w.end] for w in read_words(text, begin)[:1]), "")
    at = text.find(subject, begin)
    if at < 0 or not any(word.form in relations().taken_up for word in read_words(subject)):
        return None
    before = [one for one in actors_in(text) if one.span[1] <= at and not only_states(one)]
    return before[-1] if before else None


def _is_in(name: str, subject: str) -> bool:
    """Tell whether a name stands in a subject, or a subject is the beginning of a name that was cut short."""
    name, subject = name.replace("-", " "), subject.replace("-", " ")
    return name in subject or (subject[:1].isupper() and name.startswith(f"{subject} "))


def only_states(one: Named) -> bool:
    """Tell whether a name is that of a country alone, which is as often the place as the doer."""
    return all(len(i) == _COUNTRY_CODE for i in one.ids)


@remembered(20_000)
def _owns_deed(text: str, one: Named) -> bool:
    """Tell whether a deed is an actor's own: it holds or precedes the noun of one, or follows it and "by"."""
    deeds = happenings()
    own = read_words(text, *one.span)
    if any(w.form in deeds or w.stem in deeds for w in own):
        return True
    before = text[: one.span[0]].rstrip().casefold()
    if before.endswith((" by", " by the")):
        return True
    for word in read_words(text, one.span[1])[:_REACH]:
        if word.form in deeds or word.stem in deeds:
            return True
        if word.kind in ("stop", "name", "time"):
            return False
    return False


def general(one: Named) -> bool:
    """Tell whether a name is no actor's own ("rebels", "the army")."""
    return any(i.startswith("generic:") for i in one.ids)


def close(one: Named, other: Named) -> bool:
    """Tell whether two actors are one, or one is part of the other."""
    return akin(one, other) in _AGREE


def apart(one: Named, other: Named) -> bool:
    """Tell whether two actors are surely two, neither leading or part of the other."""
    return akin(one, other) == "other" and not allied(one, other)


def allied(one: Named, other: Named) -> bool:
    """Tell whether one of two actors may act in the name of the other."""
    return _led(one, other) or _led(other, one)


def _led(one: Named, other: Named) -> bool:
    """Tell whether `one` may act in the name of a state that is part of `other` (a coalition)."""
    states = {i.partition(":")[0] for i in one.ids if ":" in i}
    return any(
        akin(Named((0, 0), (state,)), other) in _AGREE
        for state in sorted(states - {"generic"})
        if not any(":" in i for i in other.ids)
    )


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


def other_holders(asked: Asked, passage: Passage, comparison: Comparison) -> Iterator[Conflict]:
    """Yield who holds the place, where the passage names another side and none of the figures differs."""
    mine, theirs = _held_by(asked.claim.statement), _held_by(passage.text)
    features = comparison.features
    agreed = features["number_agrees"] == features["numbers"]
    if agreed and mine and theirs and all(apart(a, b) for a in mine.values() for b in theirs.values()):
        yield Conflict("place", ", ".join(f"{n}-held" for n in mine), ", ".join(f"{n}-held" for n in theirs))


def _holds(passage: Passage, one: Named) -> bool:
    """Tell whether an actor of a passage is named only for whose a place is ("rebel-held")."""
    return one in _held_by(passage.text).values()


@remembered(20_000)
def _held_by(text: str) -> Mapping[str, Named]:
    """Return the actors of `text` that hold a place ("rebel-held"), as written."""
    kept = relations().held
    holders = [
        (before.start, before.end)
        for before, after in pairwise(read_words(text))
        if after.form in kept and text[before.end : after.start] == "-"
    ]
    return {
        text[slice(*one.span)]: one
        for one in actors_in(text)
        if any(overlaps(one.span, holder) for holder in holders)
    }
