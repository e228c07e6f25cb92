"""Reach: the one package that opens network connections, always because a user named an address."""

from secondsource.reach.fetch import FetchOptions, fetch

__all__ = ["FetchOptions", "fetch"]
