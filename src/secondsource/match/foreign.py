"""A claim against reports in another language than its own: likeness finds, figures and places decide.

No parser reads these languages here, so support is taken only where an encoder of many languages finds
a sentence very like the claim, and its figures, its places and the day of the report agree, with no word
that may deny. Who says it cannot be read: such support is shown, and is too weak to add an origin.
Nothing is taken to contradict. What is alike and does not agree is undetermined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from secondsource.lexicon import table, view
from secondsource.match.asked import Asked
from secondsource.match.event import EventOptions, window
from secondsource.match.judge import Judged
from secondsource.match.told import Passage, Told
from secondsource.match.who import places_in
from secondsource.model import Certainty, Evidence, Kind, Relation
from secondsource.places import key_of
from secondsource.places.abroad import foreign_words, is_named

if TYPE_CHECKING:
    import numpy as np

VERSION = "abroad-1"
ALIKE = 0.80  # cosine from which a sentence may speak of the claim; other news of one kind reaches .81
SAME = 0.82  # from which it may say the same; translations of one sentence lie at .82 to .89
SCORE = 0.55  # of every support: below what adds an origin, since nothing is read of who says it
_SENTENCES = 40  # of a report, from its beginning
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f\u066b\u066c]\d{3})*(?!\d)")

Encode = Callable[[Sequence[str]], "np.ndarray"]


def judge(asked: Asked, pile: Sequence[Told], encode: Encode) -> Judged:
    """Judge reports in another language on a claim; those with nothing like it stand nowhere.

    `encode` gives unit vectors of texts [n, width], alike for one meaning in many languages.
    """
    evidence, undetermined = [], []
    timely = [told for told in pile if told.report.id != asked.claim.report and _timely(asked, told)]
    wanted = encode([asked.claim.statement])[0] if timely else None
    for told in timely:
        passages = told.passages[:_SENTENCES]
        if not passages:
            continue
        alike = encode([one.text for one in passages]) @ wanted
        order = sorted(range(len(passages)), key=lambda at: (-float(alike[at]), at))
        same = [at for at in order if alike[at] >= SAME and _agrees(asked, told, passages[at])]
        if same:
            evidence.append(_evidence(asked, told, passages[same[0]], float(alike[same[0]])))
        elif alike[order[0]] >= ALIKE:
            undetermined.append(told.report.id)
    return Judged(tuple(evidence), (), tuple(undetermined))


def _timely(asked: Asked, told: Told) -> bool:
    """Tell whether a report is of the days in which the claim's event is told."""
    if told.report.published is None or asked.time is None:
        return False
    first, last = window(asked.time, EventOptions())
    return first <= told.report.published <= last


def _agrees(asked: Asked, told: Told, passage: Passage) -> bool:
    """Tell whether a sentence has the claim's figures and places, and nothing that may deny it."""
    mention = asked.claim.mention
    plain = mention.kind is Kind.EVENT and mention.certainty is Certainty.ASSERTED and not asked.negated
    language = told.report.language
    words = foreign_words(passage.text)
    if not plain or set(words) & _words("negators", language):
        return False
    figures = {q.low for q in asked.quantities if q.low is not None and q.low == q.high}
    if len(figures) < len(asked.quantities) or figures - figures_in(passage.text, language):
        return False
    everywhere = foreign_words(f"{told.report.title}\n{told.report.body}")
    prefixes = tuple(_listed("prefixes", language))
    placed = [is_named(key, everywhere, prefixes) for key in _places(asked)]
    return all(placed) and bool(figures or placed)


def _places(asked: Asked) -> dict[str, str]:
    """Return the names of the claim's places as printed, by key; one that no gazetteer knows too."""
    place = asked.claim.mention.slots.place or ""
    found = {one.ids[0]: place[slice(*one.span)] for one in places_in(place)}
    if not found and place != place.casefold():
        found = {key_of(place): place}
    return found | {one.ids[0]: asked.claim.statement[slice(*one.span)] for one in asked.places}


def figures_in(text: str, language: str) -> frozenset[float]:
    """Return the numbers of a text: digits of any script, and words that its language's table lists."""
    spelled = _numbers().get(language, {})
    digits = {float(re.sub(r"\D", "", found)) for found in _FIGURE.findall(text)}
    folded = text.casefold()
    told = {
        float(value) for word, value in spelled.items() if re.search(rf"(?<![\w-]){word}(?![\w-])", folded)
    }
    return frozenset(digits | told)


def _evidence(asked: Asked, told: Told, passage: Passage, likeness: float) -> Evidence:
    span = passage.span
    agreed = [f"{q.low:g}" for q in asked.quantities]
    agreed += _places(asked).values()
    return Evidence(
        claim=asked.claim.id,
        report=told.report.id,
        mention=passage.mentions[0].id,
        relation=Relation.SUPPORTS,
        span=span,
        quote=passage.text,
        score=SCORE,
        reason=f"in another language ({told.report.language}), likeness {likeness:.2f}; both say: "
        f"{', '.join(agreed)}; who says it was not read, so it adds no origin",
        method=VERSION,
    )


@view
def _numbers() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = table("foreign")["numbers"]
    return found


def _listed(name: str, language: str) -> list[str]:
    listed: dict[str, Any] = table("foreign")[name]
    return list(listed.get(language, ()))


def _words(name: str, language: str) -> set[str]:
    return {word for entry in _listed(name, language) for word in foreign_words(entry)}
