"""Evidence to verdict and grade, by counted origins."""

from secondsource.weigh.grade import grade
from secondsource.weigh.origins import Copied, unite
from secondsource.weigh.outcome import Sign, outcome, settleable
from secondsource.weigh.verdict import Weights, weigh

__all__ = ["Copied", "Sign", "Weights", "grade", "outcome", "settleable", "unite", "weigh"]
