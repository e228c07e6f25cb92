"""From a report to its mentions: who says what, one checkable proposition at a time."""

from secondsource.extract.extractor import METHOD, ExtractOptions, Extractor

__all__ = ["METHOD", "ExtractOptions", "Extractor"]
