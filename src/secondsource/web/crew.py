"""Threads that each keep a library of their own open: SQLite's connections do not change hands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar


class _Closable(Protocol):
    def close(self) -> None: ...


_Own = TypeVar("_Own", bound=_Closable)
_Result = TypeVar("_Result")


class Crew(Generic[_Own]):
    """A fixed number of threads; each opens what it works with at its first task."""

    def __init__(self, size: int, name: str, furnish: Callable[[], _Own]) -> None:
        """Hire `size` threads, each of which calls `furnish` once."""
        self._size = size
        self._furnish = furnish
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=name)
        self._own = threading.local()

    def submit(self, task: Callable[[_Own], _Result]) -> Future[_Result]:
        """Put a task in line."""
        return self._threads.submit(self._run, task)

    def close(self) -> None:
        """Finish what is under way, close what the threads opened, and let them go."""
        everyone = threading.Barrier(self._size)
        for _ in range(self._size):
            self._threads.submit(self._leave, everyone)
        self._threads.shutdown()

    def _run(self, task: Callable[[_Own], _Result]) -> _Result:
        if not hasattr(self._own, "it"):
            self._own.it = self._furnish()
        return task(self._own.it)

    def _leave(self, everyone: threading.Barrier) -> None:
        everyone.wait()
        if hasattr(self._own, "it"):
            self._own.it.close()
