"""The example case as a hand-made Material: the key's answers put into model objects."""

import json
from datetime import date
from importlib.resources import files

import pytest

from secondsource.model import (
    Certainty,
    Claim,
    Conflict,
    Direction,
    Document,
    Evidence,
    Grade,
    Kind,
    Link,
    Mention,
    Origin,
    OriginKind,
    Outcome,
    Rejected,
    Relation,
    Report,
    Reuse,
    ReuseKind,
    Section,
    SectionRole,
    SourceKind,
    Telling,
    Verdict,
    VerdictLabel,
)
from secondsource.tell import dossier as tell_dossier

CASE = files("secondsource") / "example"
SIDES = {
    "plain-ledger": "independent, Lythia",
    "continental-wire": "independent, Lythia",
    "lyth-courier": "independent, Lythia",
    "harbour-times": "independent, Lythia",
    "ksna": "state-owned, Kessaria",
    "halvet-one": "state-owned, Kessaria",
    "free-sel-radio": "party, Northern League",
    "mountain-voice": "party, Northern League",
}
LEAGUE = ("terrorists", "rebels", "freedom fighters", "Northern League")


def case_reports():
    """The thirteen reports, read as JSON with one body section (the footer apart for the main one)."""
    reports = {}
    for row in (CASE / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(row)
        body = record["body"]
        footer = body.find("ABOUT THE PLAIN LEDGER")
        cut = footer if footer >= 0 else len(body)
        sections = [Section(SectionRole.BODY, (0, cut))]
        if cut < len(body):
            sections.append(Section(SectionRole.DISCLAIMER, (cut, len(body))))
        reports[record["id"]] = Report(
            id=record["id"],
            document=Document.of(row.encode(), record["uri"], "application/json").id,
            body=body,
            sections=tuple(sections),
            outlet=record["outlet"],
            title=record["title"],
            uri=record["uri"],
            published=date.fromisoformat(record["published"]),
        )
    return reports


def _sentence_with(report, words):
    """The longest sentence-like stretch of the report that shares most words with `words`."""
    best = (-1, 0, 0)
    wanted = set(words.casefold().split())
    start = 0
    for part in report.body.replace("\n", " ").split(". "):
        end = start + len(part)
        best = max(best, (len(wanted & set(part.casefold().split())), -start, end))
        start = end + 2
    return -best[1], min(best[2], len(report.body))


def _telling(claim, report, relation, origin, extra):
    repeat, conflicts = extra
    span = _sentence_with(report, claim.statement)
    evidence = Evidence(
        claim=claim.id,
        report=report.id,
        mention=f"{report.id}#1",
        relation=relation,
        span=span,
        quote=report.body[span[0] : span[1]],
        score=0.9,
        reason="set by hand",
        conflicts=conflicts,
        method="hand/1",
    )
    return Telling(evidence, origin, repeat)


def _claim(entry, main):
    start = main.body.index(entry["quote"])
    span = (start, start + len(entry["quote"]))
    condition = ()
    if "condition" in entry:
        at = main.body.index(entry["condition"])
        condition = ((at, at + len(entry["condition"])),)
    kinds = [SourceKind(entry["source_kind"])] + [SourceKind.MEDIA] * 5
    mention = Mention(
        id=f"ledger-1#{start}",
        report="ledger-1",
        content=(span,),
        sentence=span,
        statement=entry["quote"],
        links=tuple(Link(name, kinds[place]) for place, name in enumerate(entry["chain"])),
        source_kind=kinds[0],
        kind=Kind(entry["kind"]),
        certainty=Certainty(entry["certainty"]),
        condition=condition,
    )
    return Claim(entry["id"], entry["quote"], mention, "ledger-1", span)


def _verdict(entry, claim, reports):
    chain = entry["chain"]
    own_kind = OriginKind.SOURCE if chain else OriginKind.OUTLET
    name = chain[0] if chain else "plain-ledger"
    own = Origin(name.casefold(), name, own_kind, "the source named in the text")
    tellings = [_telling(claim, reports[r], Relation.SUPPORTS, own, (True, ())) for r in entry["own_origin"]]
    for relation, side in ((Relation.SUPPORTS, entry["supports"]), (Relation.REFUTES, entry["refutes"])):
        for ids in side:
            first = reports[ids[0]].outlet
            origin = Origin(first, first, OriginKind.OUTLET, "the outlet's own reporting")
            for report in ids:
                clashes = tuple(
                    Conflict(c["slot"], c["claimed"], c["told"])
                    for c in entry["conflicts"]
                    if c["report"] == report
                )
                tellings.append(_telling(claim, reports[report], relation, origin, (False, clashes)))
    return Verdict(
        claim=claim.id,
        label=VerdictLabel(entry["verdict"]),
        independent_origins=entry["independent_origins"],
        own_origin=own,
        tellings=tuple(tellings),
        silent=tuple(entry["silent"]),
        undetermined=tuple(entry["either"][:1]),
        outcome=Outcome(entry["outcome"]) if entry["outcome"] else None,
        grade=Grade("F", 3, "the source cannot be judged; one origin tells it"),
    )


def _find_actors(text):
    found = []
    for name in LEAGUE:
        start = text.find(name)
        while start >= 0:
            found.append(((start, start + len(name)), ("northern-league",)))
            start = text.find(name, start + 1)
    return sorted(found)


@pytest.fixture(scope="session")
def key():
    return json.loads((CASE / "key.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def material(key):
    """The whole example case, answered by hand."""
    reports = case_reports()
    main = reports.pop("ledger-1")
    claims = [_claim(entry, main) for entry in key["claims"]]
    verdicts = [_verdict(entry, claim, reports) for entry, claim in zip(key["claims"], claims, strict=True)]
    change = tell_dossier.Change("hedge-dropped", "may have been fired", "were fired")
    return tell_dossier.Material(
        report=main,
        claims=tuple(claims),
        verdicts=tuple(verdicts),
        pile=tuple(reports.values()),
        reuse=(Reuse("ksna-1", "ledger-1", ReuseKind.QUOTATION, 0.1234, Direction.A_TO_B, "ksna"),),
        changes={"ksna-1": (change,)},
        omissions=tuple(
            tell_dossier.Omission(
                o["statement"],
                "The shelling also stopped the town's main water pump",
                o["reports"][0],
                ("waterworks engineers", "Free Sel Radio", "Jonas Ebru"),
                tuple(o["reports"]),
            )
            for o in key["omissions"]
        ),
        rejects=(Rejected("pile.jsonl:line 7", "read", "no body"),),
        as_of=date.fromisoformat(key["as_of"]),
        versions={"secondsource": "0", "extract": "hand/1"},
        side_of=lambda report: SIDES.get(report.outlet, report.told),
        find_actors=_find_actors,
    )


@pytest.fixture(scope="session")
def dossier(material):
    return tell_dossier.build(material)
