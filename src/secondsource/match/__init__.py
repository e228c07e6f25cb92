"""Mentions to evidence: which reports tell a claim, which contradict it, which are silent."""

from secondsource.match.asked import Asked
from secondsource.match.candidates import KEYS, Postings, candidates
from secondsource.match.event import EventOptions, days_of, given_for
from secondsource.match.foreign import judge as judge_foreign
from secondsource.match.judge import VERSION, Judged, MatchOptions, Services, judge
from secondsource.match.propose import Model, propose
from secondsource.match.told import Statistics, Told, count_words

__all__ = [
    "KEYS", "VERSION", "Asked", "EventOptions", "Judged", "MatchOptions", "Model", "Postings", "Services",
    "Statistics", "Told", "candidates", "count_words", "days_of", "given_for",
    "judge", "judge_foreign", "propose",
]  # fmt: skip
