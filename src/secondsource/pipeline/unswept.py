"""Work that makes many lasting objects and no cycles, spared the collector that looks for cycles."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def unswept(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Make a function run without search for cyclic garbage, which would walk all loaded models each time.

    What it leaves is collected afterwards; where collection was off already it stays off.
    """

    @wraps(function)
    def quiet(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        swept = gc.isenabled()
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            if swept:
                gc.enable()

    return quiet
