"""What a name is in another romanisation whose letters say otherwise than they look.

Wade-Giles writes "Pei-ching" where Pinyin writes "Beijing": letter exchanges that hold there are
wrong nearly everywhere else, so such a name is read as a whole or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from secondsource.lexicon import remembered, table, view
from secondsource.places.names import key_of

_APART = re.compile(r"[-\s]+")
_UMLAUT = "v"  # how the table writes u with two dots


@remembered(20_000)
def readings(name: str) -> tuple[str, ...]:
    """Return a name as written and, when every part of it is a Wade-Giles syllable, in Pinyin too.

    Only a name with a hyphen or an apostrophe is read so: else any short name might be.
    """
    t = _syllables()
    plain = "".join("'" if sign in t["marks"] else sign for sign in name.casefold())
    if "-" not in plain and "'" not in plain:
        return (name,)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", plain).replace("ü", _UMLAUT))
    parts = _APART.split("".join(sign for sign in plain if not unicodedata.combining(sign)).strip())
    read = [t["whole"].get(part) or t["spelled"].get(part, "") for part in parts]
    other = "".join(read)
    return (name, other) if all(read) and other != key_of(name).replace(" ", "") else (name,)


@view
def _syllables() -> dict[str, Any]:
    t = table("wade_giles")
    spelled = {}
    for begin, pinyin in t["begins"].items():
        for end, rest in t["ends"].items():
            soft = t["softened"].get(begin, pinyin) if end in t["soft"] else pinyin
            spelled[begin + end] = soft + rest
    return {"marks": t["marks"], "whole": t["whole"], "spelled": spelled}
