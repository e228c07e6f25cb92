"""The pipeline: the steps bound to a store, an engine and a command's wishes."""

from secondsource.pipeline.inputs import OnProgress, attributions, mentions, read_all
from secondsource.pipeline.library import Addition, Library, ask, check, demo
from secondsource.pipeline.models import model_of

__all__ = [
    "Addition", "Library", "OnProgress", "ask", "attributions", "check", "demo", "mentions", "model_of",
    "read_all",
]  # fmt: skip
