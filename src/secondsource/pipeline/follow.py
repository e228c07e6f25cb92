"""Following addresses: what is new is added, an edited article gets a new version, a withdrawn one ends.

Each article is one transaction: its document, report, version, visit and alerts come together or
not at all, so that a round that was killed is repeated without a trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from secondsource import trace
from secondsource.errors import UnreadableInput
from secondsource.lexicon import living
from secondsource.model import Document, Rejected, Report
from secondsource.reach import Answer, Validators
from secondsource.read import Entry, ReadOptions, entries, feeds_of, read_bytes, read_path, report_of
from secondsource.store.port import Arrival, Store
from secondsource.store.sqlite import text_key
from secondsource.store.versions import FEED, FILE, PAGE, Version, Visit
from secondsource.tell import lines
from secondsource.tell.alerts import EDITED, GONE, RETRACTED, AlertRecord
from secondsource.tell.records import ChangeRecord

GONE_STATUS, NOT_FOUND, NOT_MODIFIED = 410, 404, 304
_MISSING, _LOST = "missing", "gone"
_HELD = (Arrival.KNOWN, Arrival.FORGOTTEN)


class Guest(Protocol):
    """Who asks addresses for what is there (`reach.Visitor`)."""

    def get(self, url: str, known: Validators | None = None) -> Answer:
        """Return the answer at `url`; 304 if it is what is `known`."""
        ...


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """How long an article is followed after it was first seen, and how often once no feed lists it."""

    days: int = 30
    hours: int = 6


@dataclass(slots=True)
class Followed:
    """What one round of following came to, by ids of reports; `rejected` is in the order of asking."""

    read: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def sources(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Return the addresses of feeds, and the folders, that the arguments of a watch name.

    Raises:
        UnreadableInput: a name is neither an address, a folder nor an OPML file.
    """
    feeds: list[str] = []
    folders: list[Path] = []
    for name in names:
        if name.startswith(("http://", "https://")):
            feeds.append(name)
        elif Path(name).is_dir():
            folders.append(Path(name))
        elif Path(name).is_file():
            feeds += feeds_of(Path(name).read_bytes(), name)
        else:
            raise UnreadableInput(f"{name}: no such file; name an OPML file, a feed's address, or a folder")
    return tuple(dict.fromkeys(feeds)), tuple(folders)


@dataclass(slots=True)
class Follower:
    """One round of following: `guest` asks, `now` tells the time (aware UTC)."""

    store: Store
    guest: Guest
    now: Callable[[], datetime]
    options: FollowOptions = field(default_factory=FollowOptions)
    done: Followed = field(default_factory=Followed)
    _seen: set[str] = field(default_factory=set)

    def feed(self, uri: str) -> None:
        """Visit a feed or sitemap and every article that it lists; it counts as visited when all were."""
        known = self.store.versions.visit(uri)
        answer = self._asked(uri, known)
        if answer is None or answer.status == NOT_MODIFIED:
            return
        if answer.document is None:
            self._reject(uri, f"the server answered {answer.status}")
            return
        try:
            found = entries(answer.document.content, uri)
        except UnreadableInput as error:
            self._reject(uri, str(error))
            return
        for entry in found:
            self._entry(entry if entry.uri else replace(entry, uri=_unnamed(uri, entry)))
        self.store.versions.put_visit(self._visit(uri, FEED, known, answer.validators))

    def known_pages(self) -> None:
        """Visit again the articles of late that no feed of this round listed."""
        now = self.now()
        for visit in self.store.versions.visits(PAGE):
            young = now - visit.first_at <= timedelta(days=self.options.days)
            due = now - visit.checked_at >= timedelta(hours=self.options.hours)
            if visit.uri not in self._seen and young and due and visit.state != _LOST:
                self._page(Entry(uri=visit.uri))

    def folder(self, path: Path) -> None:
        """Read the files of a folder that are new or changed, by name; hidden ones are left alone."""
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if not any(part.startswith(".") for part in file.relative_to(path).parts):
                self._file(file)

    # -- inside ---------------------------------------------------------------------------

    def _entry(self, entry: Entry) -> None:
        if entry.uri in self._seen or self.store.tombstones.against("", entry.uri):
            return
        self._seen.add(entry.uri)
        if entry.uri.startswith(("http://", "https://")) and "#item-" not in entry.uri:
            self._page(entry)
        else:
            self._carried(entry)

    def _page(self, entry: Entry) -> None:
        """Visit an article's page."""
        known = self.store.versions.visit(entry.uri)
        answer = self._asked(entry.uri, known)
        if answer is None:
            if known is None:
                self._carried(entry)
        elif answer.status == NOT_MODIFIED:
            self.store.versions.put_visit(self._visit(entry.uri, PAGE, known, None))
        elif answer.document is not None:
            self._captured(entry, known, answer)
        elif answer.status in (NOT_FOUND, GONE_STATUS) and known is not None:
            self._missing(known, answer.status)
        else:
            self._reject(entry.uri, f"the server answered {answer.status}")

    def _captured(self, entry: Entry, known: Visit | None, answer: Answer) -> None:
        """Read a captured page and let it stand at its address."""
        page = answer.document
        assert page is not None
        options = ReadOptions(published=_day(entry.published), uri=entry.uri)
        visit = self._visit(entry.uri, PAGE, known, answer.validators)
        try:
            items = list(read_bytes(page.content, page.uri, page.media_type, options, page.fetched_at))
        except UnreadableInput as error:
            if entry.text and known is None:
                self._carried(entry)
                return
            self._reject(entry.uri, str(error))
            self.store.versions.put_visit(visit)
            return
        for item in items:
            if isinstance(item, Rejected):
                self.done.rejected.append(item)
            else:
                self._stand(item[0], _completed(item[1], entry), visit)

    def _carried(self, entry: Entry) -> None:
        """Take what the feed itself carries of an article that has no page, or none that can be read."""
        if not entry.text:
            return
        item = report_of(entry, entry.uri, ReadOptions(uri=entry.uri))
        if not isinstance(item, Rejected):
            known = self.store.versions.visit(entry.uri)
            document = replace(item[0], fetched_at=self.now())
            self._stand(document, replace(item[1], uri=entry.uri), self._visit(entry.uri, FILE, known, None))

    def _file(self, file: Path) -> None:
        uri, state = str(file), file.stat()
        stamp = Validators(etag=f"{state.st_size}-{state.st_mtime_ns}")
        known = self.store.versions.visit(uri)
        if known is not None and known.etag == stamp.etag:
            return
        visit = self._visit(uri, FILE, known, stamp)
        try:
            items = list(read_path(file, ReadOptions()))
        except UnreadableInput as error:
            self._reject(uri, str(error))
            self.store.versions.put_visit(visit)
            return
        whole = len(items) == 1
        for item in items:
            if isinstance(item, Rejected):
                self.done.rejected.append(item)
                self.store.put_reject(item)
            elif whole:
                self._stand(item[0], replace(item[1], uri=item[1].uri or uri), visit)
            else:
                self._add(*item)
        self.store.versions.put_visit(visit)

    def _add(self, document: Document, report: Report) -> None:
        with self.store.versions.step():
            added = self.store.put(document, report)
            if added.arrival not in _HELD:
                self.store.versions.put_unweighed([added.report.id])
                self.done.read.append(added.report.id)

    def _stand(self, document: Document, report: Report, visit: Visit) -> None:
        """Let `report` stand at the address of `visit` if its text is another than the one that stands."""
        versions = self.store.versions
        with versions.step():
            versions.put_visit(visit)
            held = self._held(visit)
            current = held[-1] if held and held[-1].until is None else None
            old = self.store.report(held[-1].report) if held else None
            if current is not None and old is not None and text_key(old.body) == text_key(report.body):
                return
            if old is None:
                self._first(document, report, visit)
            else:
                self._next(document, report, visit, (held, old, current is not None))

    def _held(self, visit: Visit) -> list[Version]:
        """Return the versions at an address; a report that was added by hand counts as the first."""
        held = self.store.versions.of(visit.uri)
        if not held and (there := self.store.versions.reports_at(visit.uri)):
            self.store.versions.put(Version(there[-1], visit.uri, 1, visit.checked_at))
            held = self.store.versions.of(visit.uri)
        return held

    def _first(self, document: Document, report: Report, visit: Visit) -> None:
        arrived = self.store.put(document, report)
        added = arrived.report
        if arrived.arrival is Arrival.FORGOTTEN or self.store.versions.holds(added.id):
            return  # kept out by a person, or the same bytes under another address
        self.store.versions.put(Version(added.id, visit.uri, 1, visit.checked_at))
        self.store.versions.put_unweighed([added.id])
        self.done.read.append(added.id)

    def _next(
        self, document: Document, report: Report, visit: Visit, before: tuple[list[Version], Report, bool]
    ) -> None:
        """Store another version than the one before, and tell what changed if that one still stood."""
        held, old, stood = before
        number, today = held[-1].number + 1, visit.checked_at.date()
        named = replace(
            report,
            id=f"{held[0].report}-v{number}",
            published=old.published or report.published,
            outlet=report.outlet or old.outlet,
        )
        arrived = self.store.put(document, named)
        if arrived.arrival is Arrival.FORGOTTEN:
            return
        new = arrived.report
        retracted = living.retracts(f"{old.title}\n{old.body}", f"{new.title}\n{new.body}")
        ends = today if retracted else None
        self.store.versions.put(Version(new.id, visit.uri, number, visit.checked_at, today, ends))
        self.store.versions.put_unweighed([old.id, new.id])
        if stood:
            self._tell_edit(old, new, visit, retracted=retracted)
        (self.done.withdrawn if retracted else self.done.versions).append(new.id)

    def _tell_edit(self, old: Report, new: Report, visit: Visit, *, retracted: bool) -> None:
        changed = () if retracted else trace.what_changed(old, new)
        changes = tuple(ChangeRecord(kind=one.kind, before=one.before, after=one.after) for one in changed)
        silent = not living.notes_change(f"{old.title}\n{old.body}", f"{new.title}\n{new.body}")
        self._alert(
            AlertRecord(
                id="", at=stamp(visit.checked_at), kind=RETRACTED if retracted else EDITED, report=new.id,
                outlet=new.outlet, uri=visit.uri, title=old.title or new.title, because=(old.id,),
                silent=silent and not retracted, changes=changes,
            )
        )  # fmt: skip

    def _missing(self, known: Visit, status: int) -> None:
        """End what stood at an address that answers 410, or 404 twice."""
        lost = status == GONE_STATUS or known.state == _MISSING
        state = _LOST if lost else _MISSING
        now = self.now()
        with self.store.versions.step():
            self.store.versions.put_visit(replace(known, state=state, checked_at=now))
            held = self.store.versions.of(known.uri)
            if not lost or not held or held[-1].until is not None:
                return
            old = self.store.report(held[-1].report)
            self.store.versions.end(known.uri, now.date())
            self.store.versions.put_unweighed([old.id])
            self._alert(
                AlertRecord(
                    id="", at=stamp(now), kind=GONE, report=old.id, outlet=old.outlet, uri=known.uri,
                    title=old.title, because=(old.id,),
                )
            )  # fmt: skip
            self.done.withdrawn.append(old.id)

    def _alert(self, alert: AlertRecord) -> None:
        put_alert(self.store, alert)

    def _asked(self, uri: str, known: Visit | None) -> Answer | None:
        """Return the answer, None (with a reject) where there was none."""
        try:
            return self.guest.get(uri, Validators(known.etag, known.modified) if known else None)
        except UnreadableInput as error:
            self._reject(uri, str(error))
            return None

    def _reject(self, uri: str, reason: str) -> None:
        self.done.rejected.append(Rejected(uri, "watch", reason.removeprefix(f"{uri}: ")))

    def _visit(self, uri: str, kind: str, known: Visit | None, told: Validators | None) -> Visit:
        now = self.now()
        kept = told or (Validators(known.etag, known.modified) if known else Validators())
        return Visit(uri, kind, kept.etag, kept.modified, "", known.first_at if known else now, now)


def put_alert(store: Store, alert: AlertRecord) -> None:
    """Keep an alert for delivery; its id is a digest of what it says and of its place among all."""
    number = store.versions.last_alert() + 1
    digest = hashlib.sha256(f"{number}{lines.to_line(alert)}".encode()).hexdigest()[:16]
    named = replace(alert, id=digest)
    store.versions.put_alert(named.id, named.report, lines.to_line(named).rstrip("\n"))


def stamp(at: datetime) -> str:
    """Return a time in UTC as ISO 8601 with Z, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _completed(report: Report, entry: Entry) -> Report:
    """Return the report with what only the feed says of it: outlet, credit, byline, title."""
    bare = "." in report.outlet and " " not in report.outlet  # a host's name, for want of a better
    return replace(
        report,
        outlet=entry.outlet if entry.outlet and (bare or not report.outlet) else report.outlet,
        credit=report.credit or entry.credit,
        byline=report.byline or entry.byline,
        title=report.title or entry.title,
        uri=entry.uri,
    )


def _unnamed(feed: str, entry: Entry) -> str:
    """Return an address for an item that has none: the feed's, with a digest of the title."""
    return f"{feed}#item-{hashlib.sha256(entry.title.encode()).hexdigest()[:12]}"


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None
