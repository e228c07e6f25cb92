"""Read: bytes become a Document, a Document becomes a Report with its body in sections.

Plain text, HTML, PDF, JSON lines, CSV, feeds, wire messages and web archives. A body is the text as
it stands; what could not be read becomes `Rejected` inside a batch, and `UnreadableInput` where it
was the whole input.
"""

from secondsource.read.feeds import Entry, entries, feeds_of, report_of
from secondsource.read.inputs import read_bytes, read_path
from secondsource.read.options import FIELDS, ReadOptions

__all__ = ["FIELDS", "Entry", "ReadOptions", "entries", "feeds_of", "read_bytes", "read_path", "report_of"]
