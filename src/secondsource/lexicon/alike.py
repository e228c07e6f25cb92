"""Names written to look alike or otherwise: letters of other scripts, a web address in place of a name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from secondsource.lexicon import table, view
from secondsource.text import fold

_AMONG_LETTERS = re.compile(r"(?<=[a-z])[01](?=[a-z])")


def plain(folded: str) -> str:
    """Return a folded name in the Latin letters that it looks like, where that leaves nothing foreign.

    A name in another script is itself as long as one of its letters has no Latin likeness. Digits
    between letters are read as the letters that they pass for: "n0rth".
    """
    likened = folded if folded.isascii() else folded.translate(_letters())
    return _AMONG_LETTERS.sub(lambda digit: _digits()[digit[0]], likened) if likened.isascii() else folded


def host_of(name: str) -> str:
    """Return the host of a web address in the letters that it looks like; empty for a plain name."""
    name = name.strip()
    if "." not in name.strip(".") or " " in name:
        return ""
    try:
        host = urlsplit(name if "//" in name else f"//{name}").hostname or ""
        host = host.encode("ascii").decode("idna") if "xn--" in host else host
    except ValueError:  # no address after all, or one that nobody could open
        return ""
    host = plain(fold(host)).removeprefix("www.").strip(".")
    top = host.rpartition(".")[2]
    return host if len(top) > 1 and top.isalpha() else ""


def house_of(name: str) -> str:
    """Return the part of a web address that names its house: "velm" of "https://m.velm.co.uk/3".

    Houses under one name at different registries count as one, as outlets of one name do. Empty
    for a plain name, and for an address that many houses share.
    """
    host = host_of(name)
    addresses = table("outlet_names")["addresses"]
    if not host or any(host == one or host.endswith(f".{one}") for one in addresses["platforms"]):
        return ""
    shared = next((one for one in addresses["shared"] if host.endswith(f".{one}")), "")
    labels = host.removesuffix(f".{shared}").split(".") if shared else host.split(".")[:-1]
    if not shared and len(labels) > 1 and labels[-1] in addresses["registries"]:
        labels.pop()
    return labels[-1] if labels and len(labels[-1]) > 1 else ""


@view
def _letters() -> dict[int, str]:
    return {
        ord(fold(c)[:1] or c): latin
        for latin, others in table("outlet_names")["letters"].items()
        for c in others
    }


@view
def _digits() -> dict[str, str]:
    return {digit: latin for latin, digit in table("outlet_names")["digits"].items()}
