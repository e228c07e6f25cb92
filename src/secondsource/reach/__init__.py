"""Reach: the one package that opens network connections, always because a user named an address."""

from secondsource.reach.fetch import Answer, FetchOptions, Services, Validators, ask, fetch
from secondsource.reach.notify import post
from secondsource.reach.visit import VisitOptions, Visitor

__all__ = [
    "Answer", "FetchOptions", "Services", "Validators", "VisitOptions", "Visitor", "ask", "fetch", "post",
]  # fmt: skip
