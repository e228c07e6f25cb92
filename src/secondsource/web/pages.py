"""The pages: library, search, reports, claims, origins, adding, jobs, and the way in."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from secondsource import plugins
from secondsource.model import JudgedKind, Subject, VerdictLabel
from secondsource.pipeline import review
from secondsource.read import ReadOptions
from secondsource.store.catalogue import Catalogue, Search
from secondsource.tell import graph, html, lines
from secondsource.tell.groups import groups
from secondsource.tell.records import ClaimRecord, DossierRecord
from secondsource.web.desk import Arriving, day_of, desk_of
from secondsource.web.faults import Refused
from secondsource.web.forms import Form, read_form
from secondsource.web.records import JobRecord, JudgeRequest
from secondsource.web.sessions import cookie
from secondsource.web.shelf import report_address
from secondsource.web.show import page

router = APIRouter(include_in_schema=False)

PAGE = 50
DOSSIER_POLICY = html.policy() + "; frame-ancestors 'none'"
FILE_TYPES = {
    "annotation": ("application/ld+json", "jsonld"),
    "claimreview": ("application/ld+json", "jsonld"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
}
First = Annotated[int, Query(ge=0, le=10_000_000)]
Word = Annotated[str, Query(max_length=200)]


async def _form(request: Request) -> Form:
    return await read_form(request, request.app.state.sessions)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _job(job: JobRecord) -> RedirectResponse:
    return _to(f"/jobs/{job.id}")


@router.get("/")
async def overview(
    request: Request, text: Word = "", outlet: Word = "", day: Word = "", first: First = 0
) -> Response:
    """Show the library, or what of it is looked for."""
    search = Search(text, outlet, day_of(day))

    def look(at: Catalogue) -> dict[str, Any]:
        total, found = at.find(search, first, PAGE)
        return {
            "total": total, "found": found, "count": at.count(), "outlets": at.outlets(), "days": at.days(),
            "rejects": len(at.rejects()), "judged": len(at.judgements.all()),
        }  # fmt: skip

    seen = await desk_of(request).look(look)
    asked = {"text": text, "outlet": outlet, "day": day}
    return page(request, "library.html.j2", asked=asked, first=first, size=PAGE, **seen)


@router.get("/rejects")
async def rejects(request: Request) -> Response:
    """Show what could not be read."""
    return page(request, "rejects.html.j2", found=await desk_of(request).look(lambda at: at.rejects()))


@router.get("/origins")
async def origins(request: Request, first: First = 0) -> Response:
    """Show which reports share text, by where it comes from."""
    total, current, pairs = await desk_of(request).look(lambda at: shared(at, first, 4 * PAGE))
    named = {side for pair in pairs for side in (pair.a, pair.b)}
    reports = await desk_of(request).look(lambda at: at.reports(sorted(named)))
    return page(
        request,
        "origins.html.j2",
        total=total,
        current=current,
        pairs=pairs,
        told={one.id: one.told for one in reports},
        first=first,
        size=4 * PAGE,
    )


@router.post("/origins")
async def trace(request: Request) -> Response:
    """Have it traced anew which reports share text."""
    await _form(request)
    return _job(desk_of(request).trace())


@router.get("/add")
async def adding(request: Request) -> Response:
    """Show the form for adding."""
    return page(request, "add.html.j2")


@router.post("/add")
async def add(request: Request) -> Response:
    """Have a page or a file read into the library."""
    form = await _form(request)
    options = ReadOptions(
        outlet=form.get("outlet")[:400],
        published=day_of(form.get("published")),
        uri=form.get("uri")[:2000],
        title=form.get("title")[:2000],
    )
    name, content = (form.file.name, form.file.content) if form.file else ("", b"")
    return _job(desk_of(request).add(Arriving(options, form.get("url")[:2000], name, content)))


@router.post("/checks")
async def check(request: Request) -> Response:
    """Have a report checked."""
    form = await _form(request)
    return _job(await desk_of(request).check(form.get("report")))


@router.get("/jobs/{job}")
async def job(request: Request, job: str) -> Response:
    """Show how work stands; lead on to its result when it is done."""
    record = desk_of(request).jobs.record(job)
    if record.state == "done" and record.kind in ("check", "origins"):
        return _to(record.address)
    if record.state == "done" and record.kind == "judge":
        return _to(f"{record.address}?job={record.id}")
    return page(request, "job.html.j2", job=record)


@router.get("/reports/{report:path}/export/{form}")
async def export(request: Request, report: str, form: str) -> Response:
    """Give the dossier as a file of another standard."""
    if form not in plugins.names(plugins.EXPORTERS):
        raise Refused(404, f"There is no form {form!r}.")
    dossier = await desk_of(request).dossier(report)
    exporter: plugins.Exporter = plugins.load(plugins.EXPORTERS, form)
    content = await desk_of(request).look(lambda _: exporter(dossier))
    kind, ending = FILE_TYPES.get(form, ("application/octet-stream", form))
    stem = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in report)[:60]
    headers = {"content-disposition": f'attachment; filename="{stem}-{form}.{ending}"'}
    return Response(content, headers=headers, media_type=kind)


@router.get("/reports/{report:path}/claims/{number:int}")
async def claim(request: Request, report: str, number: int, job: Word = "") -> Response:
    """Show one claim with its evidence, the form for judging it, and who judged it before."""
    desk = desk_of(request)
    if (await desk.report_and_dossier(report))[1] is None:
        return _to(report_address(report))
    dossier, record = await desk.claim(report, number)
    history = await desk.history(_subjects(dossier, record))
    effect = (await desk.finished(desk.jobs.record(job))).value if job else None
    return page(
        request,
        "claim.html.j2",
        d=dossier,
        claim=record,
        number=number,
        groups=groups(record.tellings, dossier.origins),
        graph=graph.draw(record, dossier),
        pile={one.id: one for one in dossier.pile},
        verdicts=list(VerdictLabel),
        history=history,
        effect=effect,
    )


@router.post("/reports/{report:path}/claims/{number:int}")
async def judge(request: Request, report: str, number: int) -> Response:
    """Have a judgement on a claim kept."""
    form = await _form(request)
    what, _, link = form.get("what").partition(" ")
    fields = {
        "kind": what, "report": report, "claim": number, "link": link, "decision": form.get("decision"),
        "value": form.get("value"), "by": form.get("by"), "reason": form.get("reason"),
    }  # fmt: skip
    try:
        asked = msgspec.convert(fields, JudgeRequest)
    except msgspec.ValidationError as error:
        raise Refused(422, f"The judgement is not whole: {error}") from error
    return _job(await desk_of(request).judge(asked, request.state.person))


@router.get("/reports/{report:path}")
async def report(request: Request, report: str) -> Response:
    """Show a report: its dossier if it is checked, else its text and the way to check it."""
    found, kept = await desk_of(request).report_and_dossier(report)
    if kept is None:
        return page(request, "report.html.j2", report=found, paragraphs=found.body.split("\n"))
    headers = {"content-security-policy": DOSSIER_POLICY}
    return Response(kept.page, headers=headers, media_type="text/html; charset=utf-8")


@router.get("/enter")
async def entrance(request: Request) -> Response:
    """Show where a token is entered."""
    return page(request, "enter.html.j2", wrong=False)


@router.post("/enter")
async def enter(request: Request) -> Response:
    """Let in whoever shows a token."""
    form = await _form(request)
    session = await request.app.state.enter(form.get("token"))
    if not session:
        return page(request, "enter.html.j2", 403, wrong=True)
    answer = _to("/")
    answer.headers["set-cookie"] = cookie(session)
    return answer


@router.post("/leave")
async def leave(request: Request) -> Response:
    """Forget who this browser is."""
    await _form(request)
    request.app.state.sessions.end(request.state.session)
    return _to("/enter")


def shared(at: Catalogue, first: int, most: int) -> tuple[int, bool, list[Any]]:
    """Return how many pairs share text, whether that is up to date, and those from `first` on."""
    pairs = at.reuse()
    current = at.reuse_state().endswith(f" {at.state()}")
    return len(pairs), current, [lines.pair(pair) for pair in pairs[first : first + most]]


def _subjects(dossier: DossierRecord, claim: ClaimRecord) -> list[Subject]:
    """Return all of a claim that may have been judged: it, its source, and every link, rejected ones too."""
    rejected = [made.place for made in claim.judgements if made.kind == JudgedKind.LINK]
    places = sorted({telling.link for telling in claim.tellings if telling.link} | set(rejected))
    return [
        review.verdict_subject(dossier, claim),
        review.source_subject(dossier, claim),
        *([review.grade_subject(dossier.report.outlet)] if dossier.report.outlet else []),
        *(review.link_subject(dossier, claim, place) for place in places),
        *(review.source_subject(dossier, claim, place) for place in places),
    ]
