"""What pages say of their own changes, and how soon forecasts promise (`living.toml`)."""

from __future__ import annotations

import re

from secondsource.lexicon import table, view


def retracts(before: str, after: str) -> bool:
    """Tell whether `after` says that it is withdrawn, and `before` did not."""
    return _says(_retraction(), after) > _says(_retraction(), before)


def notes_change(before: str, after: str) -> bool:
    """Tell whether `after` owns up to a change that `before` did not own up to."""
    return _says(_correction(), after) > _says(_correction(), before)


def horizon(text: str) -> int | None:
    """Return in how many days a forecast in these words should have come about, None if it does not say."""
    folded = " ".join(text.casefold().split())
    found = [(folded.find(words), days) for words, days in _horizons().items() if _stands(words, folded)]
    return min(found)[1] if found else None


def without_horizon(text: str) -> str:
    """Return what is foreseen without the words for how soon, spaces joined."""
    plain = " ".join(text.split())
    for words in _horizons():
        if _stands(words, plain.casefold()):
            plain = re.sub(rf"\s*\b{re.escape(words)}\b", "", plain, flags=re.IGNORECASE)
    return plain


def _stands(words: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None


def _says(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


@view
def _retraction() -> re.Pattern[str]:
    return _joined("retraction")


@view
def _correction() -> re.Pattern[str]:
    return _joined("correction")


@view
def _horizons() -> dict[str, int]:
    horizons: dict[str, int] = table("living")["horizons"]
    return horizons


def _joined(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("living")["notices"][name]), re.IGNORECASE | re.MULTILINE)
