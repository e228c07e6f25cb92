"""What is read does not depend on how many processes read, and comes in the order given."""

from __future__ import annotations

from secondsource import lexicon
from secondsource.extract import Extractor
from secondsource.model import Report, Section, SectionRole
from secondsource.pipeline.readers import read_each

BODIES = (
    "A ferry sank off Velm on Friday, the mayor said. At least 4 people died.",
    "Police in Orsa said that two bridges had been closed.",
    "The council of Hollin will meet on Monday.",
    'Nara Tolun told reporters: "Nobody warned us."',
    "Residents of Dunmarsh denied that shots were fired.",
)


def report(number: int) -> Report:
    body = BODIES[number % 5]
    return Report(f"r{number}", "d", body, (Section(SectionRole.BODY, (0, len(body))),), outlet="o")


def test_two_processes_read_what_one_reads_in_order(tmp_path) -> None:
    (tmp_path / "outlets.toml").write_text("", encoding="utf-8")
    lexicon.use(tmp_path)
    try:
        batches = [[report(3 * n + i) for i in range(3)] for n in range(7)]
        alone = [list(read) for read in read_each(iter(batches), 1, Extractor)]
        together = [list(read) for read in read_each(iter(batches), 2, _nobody_here)]
    finally:
        lexicon.use()
    assert [one[0] for read in alone for one in read] == [f"r{n}" for n in range(21)]
    assert together == alone
    assert sum(len(mentions) for read in alone for _, mentions, _ in read) >= 15


def test_one_batch_starts_no_process() -> None:
    assert [len(list(read)) for read in read_each(iter([[report(0)]]), 4, Extractor)] == [1]


def _nobody_here() -> Extractor:
    raise AssertionError("read in this process")
