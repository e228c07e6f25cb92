"""Who a source is, across reports: one key for a body, its spokesman, its acronym and its epithets.

What is known is learned from the pile itself: names that stand as sources, acronyms that
a report defines ("Long Name (LN)"), people introduced as somebody's spokesman or head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from secondsource.lexicon import table, view
from secondsource.model import Link, Mention, Report, SourceKind
from secondsource.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019.][^\W_]+)*\.?")
_OWNED = re.compile(r"['\u2019]s?$")
_APART = frozenset(',;:()"\u201c\u201d')
_ACRONYM = re.compile(r"\(\s*(?:the\s+)?([A-Z][A-Za-z-]{1,9})\s*\)")
_OWNERS = frozenset({"its", "his", "her", "their", "our", "my"})
JOINERS = frozenset({"of", "for", "and", "the", "de", "du", "al", "el", "in", "on", "to", "is"})
_SAME_PERSON = 82.0  # percent likeness of two spellings of one person's name
_USUAL = 5  # reports that must use a word for a body before it is taken to mean it
_COMMON = 3  # times that a name must stand as a source to be looked for elsewhere
_LONGEST = 9  # words of a body's name
_BODIES = (SourceKind.ORGANISATION, SourceKind.OFFICIAL, SourceKind.DOCUMENT)

Words = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What a pile says about its sources.

    `bodies` counts the names of bodies, as folded words, `common` lists the often named ones;
    `acronyms` gives the words of an acronym; `people` the body that a person speaks for, by
    surname and by full name; `watchers` what "the monitor" usually means.
    """

    bodies: Mapping[Words, int]
    common: tuple[Words, ...]
    acronyms: Mapping[str, Words]
    people: Mapping[Words, Words]
    watchers: Mapping[str, Words]

    def longer(self, words: Words) -> Sequence[Words]:
        """Return often named bodies among which are all that `words` may shorten, most often named first."""
        return min((self._common_with.get(word, ()) for word in words), key=len, default=self.common)

    @cached_property
    def _common_with(self) -> Mapping[str, Sequence[Words]]:
        found: dict[str, list[Words]] = {}
        for body in self.common:
            for word in set(body):
                found.setdefault(word, []).append(body)
        return found


@lru_cache(maxsize=1 << 16)
def capitalised(text: str) -> tuple[Words, ...]:
    """Return the runs of capitalised words in a text, each as printed; "of", "for", "and" join them."""
    runs: list[list[str]] = [[]]
    last = 0
    for match in _TOKEN.finditer(text):
        word = match[0].rstrip(".")
        apart = any(c in _APART for c in text[last : match.start()])
        last = match.end()
        if apart:
            runs.append([])
        if word.rpartition("-")[2] in word_list("compounds"):
            runs.append([])  # "Tarn-backed" says whose side somebody is on, and is no name
        elif word[:1].isupper() or any(c.isupper() for c in word[1:]):
            runs[-1].append(_OWNED.sub("", word))
        elif word.lower() in JOINERS and runs[-1]:
            runs[-1].append(word.lower())
        else:
            runs.append([])
    trimmed = (_trimmed(run) for run in runs)
    return tuple(tuple(run) for run in trimmed if run and not is_day(run) and not _is_platform(run))


def folded(words: Iterable[str]) -> Words:
    """Return words as names are compared: folded, hyphens and articles dropped."""
    return tuple(part for word in words for part in _parts(word))


@lru_cache(maxsize=1 << 17)
def _parts(word: str) -> Words:
    parts = re.split(r"[-\s]+", fold(_OWNED.sub("", word)).replace(".", ""))
    return tuple(part for part in parts if part and part not in ("the", "a", "an"))


@lru_cache(maxsize=1 << 16)
def name_in(text: str) -> Words:
    """Return the capitalised words of a text as names are compared."""
    return folded(word for run in capitalised(text) for word in run)


def learn(pile: Iterable[tuple[Report, Sequence[Mention]]]) -> Known:
    """Return what a pile says about its sources; the order of reports does not count.

    The pile, each report with its mentions, is gone through once and not kept.
    """
    alike: dict[tuple[str, SourceKind], Link] = {}
    links: dict[str, list[Link]] = {}
    defined: dict[str, Counter[Words]] = {}
    introduced: list[Link] = []
    for report, mentions in pile:
        links[report.id] = [alike.setdefault((x.name, x.kind), x) for m in mentions for x in m.links]
        introduced += [alike.setdefault((x.name, x.kind), x) for x in _introduced(report, mentions)]
        for short, long in _definitions(report.body):
            defined.setdefault(short, Counter())[long] += 1
    acronyms = {
        short: min(found, key=lambda words: (-found[words], words)) for short, found in defined.items()
    }
    every = [link for report in sorted(links) for link in links[report]]
    bodies = _bodies(every, acronyms)
    roles = [*every, *sorted(introduced, key=lambda link: link.name)]
    return Known(bodies, _often(bodies), acronyms, _people(roles, bodies), _watchers(links, bodies))


def _introduced(report: Report, mentions: Sequence[Mention]) -> Iterator[Link]:
    """Yield people with all that is said of them where they come in: "Vela Torn, head of the Union"."""
    for link in (link for mention in mentions for link in mention.links):
        if link.span is None or link.kind is not SourceKind.NAMED_PERSON:
            continue
        said = report.body[slice(*link.span)]
        if len(said) > len(link.name) and link.name in said and has_role(said):
            yield replace(link, name=said)


def joined(known: Known, own: Known) -> Known:
    """Return what a pile and a report beside it say; where they differ, the pile is right."""
    bodies = dict(sorted((Counter(known.bodies) + Counter(own.bodies)).items()))
    acronyms, people = {**own.acronyms, **known.acronyms}, {**own.people, **known.people}
    return Known(bodies, _often(bodies), acronyms, people, {**own.watchers, **known.watchers})


def _often(bodies: Mapping[Words, int]) -> tuple[Words, ...]:
    return tuple(sorted((b for b in bodies if bodies[b] >= _COMMON), key=lambda b: (-bodies[b], b)))


def body_in(words: Words, known: Known) -> Words | None:
    """Return the known body whose whole name lies in `words`, an acronym read out.

    Of several the longest, unless a part of it is a far commoner name: words that only stood
    beside a name are no part of it.
    """
    found: set[Words] = set()
    for start in range(len(words)):
        expanded = known.acronyms.get(words[start])
        if expanded in known.bodies:
            found.add(expanded or ())
        found |= {words[start:end] for end in range(start + 1, min(len(words), start + _LONGEST) + 1)}
    found = {name for name in found if name in known.bodies}
    if not found:
        return None
    best = max(found, key=lambda name: (len(name), known.bodies[name], name))
    parts = [name for name in found if _within(name, best) and known.bodies[name] >= 4 * known.bodies[best]]
    return max(parts, key=lambda name: (len(name), name)) if parts else best


def speaker_in(words: Words, known: Known) -> Words | None:
    """Return the known body that a sentence says it has from: "the X said", "according to the X"."""
    says, by = word_list("says"), ("according", "to")
    for at in range(len(words)):
        for end in range(min(len(words), at + _LONGEST), at + 1, -1):
            if known.bodies.get(words[at:end], 0) < _COMMON:
                continue
            before = words[max(0, at - 5) : at]
            if says & set(words[end : end + 3]) or any(pair == by for pair in pairwise(before)):
                return words[at:end]
    return None


def body_of(person: Words, known: Known) -> Words | None:
    """Return the body that a person speaks for; other spellings of the name are the same person."""
    if person in known.people:
        return known.people[person]
    if len(person) < 2:
        return None
    fuller = {known.people[other] for other in known.people if other[-len(person) :] == person}
    if len(fuller) == 1:
        return fuller.pop()
    name = " ".join(person)
    near = [
        (fuzz.ratio(name, " ".join(other)), other)
        for other in known.people
        if len(other) > 1 and other[0][:1] == person[0][:1]
    ]
    best = max(near, default=(0.0, ()))
    return known.people[best[1]] if best[0] >= _SAME_PERSON else None


def full_name(words: Words, pool: Iterable[Words]) -> Words:
    """Return the first name of `pool` that `words` shorten, or `words`.

    "Observatory" and "Syrian Observatory" shorten "Syrian Observatory for Human Rights".
    """
    return next((name for name in pool if len(name) > len(words) and _within(words, name)), words)


def _within(part: Words, whole: Words) -> bool:
    """Tell whether the words of `part` come in `whole` in this order."""
    rest = iter(whole)
    return all(word in rest for word in part)


def _definitions(body: str) -> Iterator[tuple[str, Words]]:
    """Yield the acronyms that a text defines, folded, each with the words it stands for."""
    for match in _ACRONYM.finditer(body):
        before = [m[0] for m in _TOKEN.finditer(body[max(0, match.start() - 90) : match.start()])]
        long = _stands_for(match[1], before)
        if long:
            yield fold(match[1]), long


def _stands_for(short: str, before: Sequence[str]) -> Words | None:
    """Return the last words of `before` whose initials spell `short`, small words optional."""
    letters = [c for c in short.lower() if c.isalpha()]
    for start in range(len(before) - 2, max(-1, len(before) - 9), -1):
        words = before[start:]
        initials = [word[0].lower() for word in words if word.lower() not in JOINERS]
        every = [word[0].lower() for word in words]
        if words[0][:1].isupper() and letters in (initials, every):
            return folded(words)
    return None


def _bodies(links: Iterable[Link], acronyms: Mapping[str, Words]) -> dict[Words, int]:
    """Return the names of bodies that stand as sources, with how often."""
    found: Counter[Words] = Counter()
    persons: Counter[Words] = Counter()
    for link in links:
        for run in capitalised(link.name):
            words = bare(folded(run))
            words = acronyms.get(words[0], words) if len(words) == 1 else words
            if not words or len(words) > _LONGEST or demonyms().issuperset(words):
                continue
            if link.kind in _BODIES and not has_role(link.name) and not set(words) & word_list("titles"):
                found[words] += 1
            elif link.kind is SourceKind.NAMED_PERSON:
                persons.update({words[start:] for start in range(len(words))})
    kept = {
        words: count
        for words, count in found.items()
        if (count > 1 or len(words) > 1) and persons[words] < count
    }
    kept |= {words: kept.get(words, 1) for words in acronyms.values()}
    return dict(sorted(kept.items()))


def _people(links: Iterable[Link], bodies: Mapping[Words, int]) -> dict[Words, Words]:
    """Return whom people speak for, where a link introduces them so: "X spokesman Y", "Y, head of X"."""
    votes: dict[Words, Counter[Words]] = {}
    known = Known(bodies, (), {}, {}, {})
    for link in links:
        role = has_role(link.name)
        if not role:
            continue
        words = name_in(link.name)
        body = body_in(words, known)
        person = person_of(link.name, body or ())
        if len(person) < 2:
            continue
        body = before_role(link.name) or body
        if body is None:
            continue
        votes.setdefault(person, Counter())[body] += 1
        votes.setdefault(person[-1:], Counter())[body] += 1
    return {
        person: min(found, key=lambda body: (-found[body], body)) for person, found in sorted(votes.items())
    }


def has_role(name: str) -> bool:
    """Tell whether a link introduces a person as speaking for a body or leading it."""
    words = _parts_of(name)
    return bool(words & word_list("speaks_for") or words & word_list("leads"))


def before_role(name: str) -> Words | None:
    """Return the common noun before a spokesman's title: "coalition" of "coalition spokesman Y".

    None where a name stands there.
    """
    words = folded(_TOKEN.findall(name))
    for before, word in pairwise(words):
        apart = word_list("titles") | word_list("beside_names") | JOINERS | {"and", "as", "or"}
        if word in word_list("speaks_for") and before not in apart:
            return (before,) if before not in name_in(name) else None
    return None


def _watchers(links: Mapping[str, Sequence[Link]], bodies: Mapping[Words, int]) -> dict[str, Words]:
    """Return for each word such as "monitor" the body it means in most reports that use it."""
    counts: dict[str, Counter[Words]] = {}
    for report in links:
        used = {word for link in links[report] for word in _parts_of(link.name) & word_list("watchers")}
        present = {bare(name_in(x.name)) for x in links[report] if x.kind is SourceKind.ORGANISATION}
        for word in used:
            counts.setdefault(word, Counter()).update(
                name for name in present if bodies.get(name, 0) >= _COMMON
            )
    result = {}
    for word, found in sorted(counts.items()):
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if ranked and ranked[0][1] >= _USUAL and all(ranked[0][1] >= 3 * n for _, n in ranked[1:2]):
            result[word] = ranked[0][0]
    return result


def _parts_of(text: str) -> frozenset[str]:
    return frozenset(folded(_TOKEN.findall(text)))


def without(words: Words, body: Words) -> Words:
    """Return `words` with the run `body` cut out."""
    if not body:
        return words
    for start in range(len(words) - len(body) + 1):
        if words[start : start + len(body)] == body:
            return words[:start] + words[start + len(body) :]
    return words


def person_in(words: Words) -> Words:
    """Return a person's name without titles, ranks and joining words."""
    apart = word_list("titles") | _OWNERS | (JOINERS - {"al", "el", "de"})
    return tuple(word for word in words if word not in apart)


def person_of(name: str, body: Words = ()) -> Words:
    """Return the person in a link's name: its first run of two words or more that are no title or body.

    A demonym before a name is no part of it.
    """
    runs = [person_in(without(folded(run), body)) for run in capitalised(name)]
    runs = [tuple(word for word in run if word not in demonyms()) for run in runs]
    return next((run for run in runs if len(run) >= 2), next((run for run in reversed(runs) if run), ()))


@view
def demonyms() -> frozenset[str]:
    """Return the demonyms of all countries, folded."""
    countries = table("places")["countries"].values()
    return frozenset(fold(word) for entry in countries for word in entry.get("demonyms", ()))


def bare(words: Words) -> Words:
    """Return a body's name without what is said about it before."""
    at = 0
    while at < len(words) - 1:
        if words[at + 1] == "based" and at < len(words) - 2:
            at += 2
        elif words[at] in word_list("beside_names"):
            at += 1
        else:
            break
    return () if words[-1:] == ("based",) else words[at:]


def is_day(words: Iterable[str]) -> bool:
    """Tell whether all words are names of days or months."""
    return all(fold(word) in _days() for word in words)


def _is_platform(run: list[str]) -> bool:
    """Tell whether a run only names where something was posted."""
    return all(fold(word) in word_list("platforms") for word in run)


@view
def _days() -> frozenset[str]:
    calendar = table("calendar")
    return frozenset((*calendar["weekdays"], *calendar["months"]))


def _trimmed(run: list[str]) -> list[str]:
    while run and run[-1] in JOINERS:
        run = run[:-1]
    return run


@view
def _lists() -> dict[str, frozenset[str]]:
    return {
        key: frozenset(words) for key, words in table("trace")["source"].items() if isinstance(words, list)
    }


def word_list(key: str) -> frozenset[str]:
    """Return a list of `[source]` in `lexicon/trace.toml` as a set."""
    return _lists()[key]
