"""A claim against reports in other languages, by the encoder of the `multilingual` extra if it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from secondsource import encode, match
from secondsource.match import Asked, Judged
from secondsource.pipeline.shelf import Shelf

_AROUND = timedelta(days=12)
_MOST = 200  # reports read closely for one claim, those of the lowest ids


def judged_abroad(asked: Asked, language: str, shelf: Shelf, holds: Callable[[str], bool]) -> Judged:
    """Return how reports in other languages than `language` bear on a claim; nothing without the extra."""
    others = shelf.in_other_words(language)
    if not others or asked.time is None or (encoder := encode.multilingual()) is None:
        return Judged((), (), ())
    first, last = asked.time
    near = sorted(others & shelf.near(first - _AROUND, last + _AROUND))
    return match.judge_foreign(asked, shelf.read([one for one in near if holds(one)][:_MOST]), encoder)


def together(one: Judged, other: Judged) -> Judged:
    """Return two parts of a pile as one, evidence and ids in the order of ids."""
    return Judged(
        tuple(sorted((*one.evidence, *other.evidence), key=lambda found: found.report)),
        tuple(sorted((*one.silent, *other.silent))),
        tuple(sorted((*one.undetermined, *other.undetermined))),
    )
