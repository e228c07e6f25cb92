"""Mentions to evidence: which reports tell a claim, which contradict it, which are silent."""

from secondsource.match.event import EventOptions
from secondsource.match.judge import VERSION, Judged, MatchOptions, PairModel, Services, judge
from secondsource.match.told import Statistics, Told, count_words

__all__ = [
    "VERSION", "EventOptions", "Judged", "MatchOptions", "PairModel", "Services", "Statistics", "Told",
    "count_words", "judge",
]  # fmt: skip
