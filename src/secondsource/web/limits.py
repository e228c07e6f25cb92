"""How much a caller may ask: so many requests a second, so many bytes a body."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

_CALLERS = 10_000


@dataclass(slots=True)
class Rate:
    """A bucket for each caller: `each` drops a second run in, at most `most` stay, a request takes one."""

    each: float
    most: float
    clock: Callable[[], float] = monotonic
    _held: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, caller: str) -> float:
        """Take one drop and return 0, or take none and return the seconds until there is one."""
        drops = self._drops(caller)
        granted = drops >= 1
        self._held.pop(caller, None)
        self._held[caller] = (drops - granted, self.clock())
        while len(self._held) > _CALLERS:
            self._held.popitem(last=False)
        return 0.0 if granted else (1 - drops) / self.each

    def due(self, caller: str) -> float:
        """Return the seconds until there is a drop, 0 if there is one; none is taken."""
        return max(0.0, 1 - self._drops(caller)) / self.each

    def _drops(self, caller: str) -> float:
        now = self.clock()
        drops, then = self._held.get(caller, (self.most, now))
        return min(self.most, drops + (now - then) * self.each)
