"""Read: bytes become a Document, a Document becomes a Report with its body in sections.

Plain text, HTML, JSON lines and CSV. A body is the text as it stands; what could not be
read becomes `Rejected` inside a batch, and `UnreadableInput` where it was the whole input.
"""

from secondsource.read.inputs import read_bytes, read_path
from secondsource.read.options import FIELDS, ReadOptions

__all__ = ["FIELDS", "ReadOptions", "read_bytes", "read_path"]
