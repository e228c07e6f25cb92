"""secondsource: who says it, who else says it independently, and who says otherwise.

`Library`, `check` and `ask` are the main job in Python; they load lazily, so that
importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["Library", "__version__", "ask", "check"]

_LAZY = dict.fromkeys(("Library", "ask", "check"), "secondsource.pipeline")


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
