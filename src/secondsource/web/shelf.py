"""Dossiers that were worked out, as long as the library is as it was then and there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import quote

from secondsource import plugins
from secondsource.tell import html, lines
from secondsource.tell.records import DossierRecord

PAGES = (("Library", "/"), ("Shared text", "/origins"))  # those that anybody may see
ROOM = 64 << 20  # bytes of dossiers kept


@dataclass(frozen=True, slots=True)
class Kept:
    """One dossier as it goes out: the library's contents that it was made for, its JSON and its page."""

    contents: str
    json: bytes
    page: bytes

    @property
    def record(self) -> DossierRecord:
        """The dossier itself."""
        return lines.decode(self.json, DossierRecord)


class DossierShelf:
    """The dossiers kept, by report; the longest unread give way."""

    def __init__(self, room: int = ROOM) -> None:
        """Keep at most `room` bytes."""
        self._room = room
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def put(self, dossier: DossierRecord, contents: str) -> None:
        """Keep a dossier made when the library held `contents`."""
        report = dossier.report.id
        page = html.render(dossier, _frame(report)).encode("utf-8", "replace")
        kept = Kept(contents, lines.to_json(dossier).encode("utf-8", "replace"), page)
        with self._lock:
            self._kept[report] = kept
            self._kept.move_to_end(report)
            while len(self._kept) > 1 and sum(map(_size, self._kept.values())) > self._room:
                self._kept.popitem(last=False)

    def get(self, report: str, contents: str) -> Kept | None:
        """Return the dossier of a report if the library still holds `contents`."""
        with self._lock:
            kept = self._kept.get(report)
            if kept is None or kept.contents != contents:
                return None
            self._kept.move_to_end(report)
            return kept


def report_address(report: str) -> str:
    """Return the stable address of a report."""
    return f"/reports/{quote(report, safe='')}"


def _frame(report: str) -> html.Frame:
    address = report_address(report)
    forms = plugins.names(plugins.EXPORTERS)
    files = tuple((form, f"{address}/export/{form}") for form in forms)
    return html.Frame("/", f"{address}/claims/", PAGES, files)


def _size(kept: Kept) -> int:
    return len(kept.json) + len(kept.page)
