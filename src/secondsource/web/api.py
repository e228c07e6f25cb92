"""The API: the same records as the files, under addresses that stay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from secondsource.read import ReadOptions
from secondsource.store.catalogue import Catalogue, Entry, Search
from secondsource.tell import lines
from secondsource.tell.dossier import report_record
from secondsource.tell.records import (
    AnswerRecord,
    ClaimRecord,
    DossierRecord,
    JudgementRecord,
    PileRecord,
    ReportRecord,
)
from secondsource.web.desk import Arriving, Desk, day_of, desk_of
from secondsource.web.faults import Refused
from secondsource.web.forms import bare_name
from secondsource.web.openapi import answers, asks
from secondsource.web.pages import shared
from secondsource.web.records import (
    AddRequest,
    AskRequest,
    CheckRequest,
    EffectRecord,
    FoundRecord,
    JobRecord,
    JudgementsRecord,
    JudgeRequest,
    PairsRecord,
)
from secondsource.web.show import json

router = APIRouter(prefix="/api")

First = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Most = Annotated[int, Query(ge=1, le=500, description="How many to return at most.")]
_LOOK = 0.25  # seconds between two looks at a job under way
_LONGEST = 1800.0  # seconds that events are sent

_Asked = TypeVar("_Asked")


async def _asked(request: Request, kind: type[_Asked]) -> _Asked:
    """Return the record in a request's body."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "Send it as application/json.")
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refused(422, f"The body is not as the schema has it: {error}") from error


@router.get("/reports", **answers(FoundRecord))
async def reports(  # noqa: PLR0913, PLR0917 - a field of the address is a parameter
    request: Request,
    text: Annotated[str, Query(max_length=200, description="Words in title or body, all of them.")] = "",
    outlet: Annotated[str, Query(max_length=200)] = "",
    day: Annotated[date | None, Query(description="Day of publication.")] = None,
    first: First = 0,
    most: Most = 50,
) -> Response:
    """Find reports, newest first."""
    search = Search(text, outlet, day)
    total, found = await desk_of(request).look(lambda at: at.find(search, first, most))
    return json(FoundRecord(total=total, first=first, reports=tuple(map(_brief, found))))


@router.post("/reports", **asks(AddRequest, JobRecord, 202))
async def add(request: Request) -> Response:
    """Have a page or a text read into the library; the answer is the job that does it."""
    asked = await _asked(request, AddRequest)
    options = ReadOptions(
        outlet=asked.outlet, published=day_of(asked.published), uri=asked.uri, title=asked.title
    )
    content = asked.content.encode("utf-8", "replace")
    return json(desk_of(request).add(Arriving(options, asked.url, bare_name(asked.name), content)), 202)


@router.get("/origins", **answers(PairsRecord))
async def origins(request: Request, first: First = 0, most: Most = 100) -> Response:
    """Return which reports share text, as it was traced last."""
    total, current, pairs = await desk_of(request).look(lambda at: shared(at, first, most))
    return json(PairsRecord(total=total, first=first, current=current, pairs=tuple(pairs)))


@router.get("/judgements", **answers(JudgementsRecord))
async def judgements(
    request: Request,
    place: Annotated[str, Query(max_length=1000, description="A claim or telling judged, or all.")] = "",
) -> Response:
    """Return what people judged, by date."""

    def look(at: Catalogue) -> tuple[JudgementRecord, ...]:
        made = at.judgements.all()
        return tuple(
            lines.judgement(one) for one in made if place in ("", one.subject.claim, one.subject.place)
        )

    return json(JudgementsRecord(judgements=await desk_of(request).look(look)))


@router.post("/judgements", **asks(JudgeRequest, EffectRecord, 201))
async def judge(request: Request) -> Response:
    """Keep a judgement on a claim of a checked report, and return what it changes."""
    desk = desk_of(request)
    job = await desk.judge(await _asked(request, JudgeRequest), request.state.person)
    return json((await desk.finished(job)).value, 201)


@router.post("/checks", **asks(CheckRequest, JobRecord, 202))
async def check(request: Request) -> Response:
    """Have a report checked; the answer is the job that does it."""
    return json(await desk_of(request).check((await _asked(request, CheckRequest)).report), 202)


@router.post("/ask", **asks(AskRequest, AnswerRecord, 200))
async def ask(request: Request) -> Response:
    """Return the evidence for a bare statement."""
    desk = desk_of(request)
    job = desk.ask((await _asked(request, AskRequest)).statement)
    return json((await desk.finished(job)).value)


@router.get("/jobs/{job}", **answers(JobRecord))
async def job(request: Request, job: str) -> Response:
    """Return how work stands."""
    return json(desk_of(request).jobs.record(job))


@router.get("/jobs/{job}/events", **answers(JobRecord, kind="text/event-stream"))
async def events(request: Request, job: str) -> Response:
    """Send how work stands at every change, until it is over (server-sent events)."""
    desk_of(request).jobs.record(job)
    return StreamingResponse(_told(desk_of(request), job), media_type="text/event-stream")


@router.get("/reports/{report:path}/dossier", **answers(DossierRecord))
async def dossier(request: Request, report: str) -> Response:
    """Return the dossier of a report that is checked against the library as it is now."""
    kept = (await desk_of(request).report_and_dossier(report))[1]
    if kept is None:
        raise Refused(404, "Not checked against the library as it is now: POST it to /api/checks.")
    return Response(kept.json, media_type="application/json")


@router.get("/reports/{report:path}/claims/{number}", **answers(ClaimRecord))
async def claim(
    request: Request,
    report: str,
    number: int,
) -> Response:
    """Return one claim of a checked report, counted from 1."""
    return json((await desk_of(request).claim(report, number))[1])


@router.get("/reports/{report:path}", **answers(ReportRecord))
async def report(request: Request, report: str) -> Response:
    """Return a report."""
    return json(report_record(await desk_of(request).report(report)))


async def _told(desk: Desk, job: str) -> AsyncIterator[str]:
    before: Any = None
    for _ in range(int(_LONGEST / _LOOK)):
        record = desk.jobs.record(job)
        if record != before:
            yield f"data: {msgspec.json.encode(record).decode()}\n\n"
            before = record
        if record.over:
            return
        await asyncio.sleep(_LOOK)


def _brief(entry: Entry) -> PileRecord:
    published = entry.published.isoformat() if entry.published else None
    return PileRecord(id=entry.id, outlet=entry.outlet, published=published, title=entry.title, uri=entry.uri)
