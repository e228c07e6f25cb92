import sqlite3
from contextlib import closing

import pytest

from secondsource.pipeline import Library
from secondsource.pipeline.verify import manifest, verify

from .conftest import write_pile


@pytest.fixture
def path(tmp_path):
    write_pile(tmp_path / "pile.jsonl")
    library = Library(tmp_path / "library.db")
    library.add([str(tmp_path / "pile.jsonl")])
    library.close()
    return tmp_path / "library.db"


def verified(path):
    library = Library(path)
    try:
        return verify(library)
    finally:
        library.close()


def test_an_untouched_library_is_whole(path):
    found = verified(path)
    assert (found.documents, found.reports, found.faults) == (6, 6, ())
    assert found.mentions > 6


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            "update documents set content = content || 'x' where id = (select min(id) from documents)",
            "altered",
        ),
        ("update reports set body = replace(body, '20', '21') where id = 'h1'", "not the one"),
        ("update reports set body = substr(body, 1, 20) where id = 'h1'", "lies outside"),
    ],
)
def test_what_was_altered_behind_its_back_is_named(path, change, what):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    faults = verified(path).faults
    assert faults
    assert any(what in fault.what for fault in faults)
    assert all(fault.where.startswith(("document", "report h1")) for fault in faults)


def test_a_manifest_lists_the_documents_under_a_dossier(path):
    library = Library(path)
    dossier = library.check("h1")
    held = manifest(library, dossier)
    library.close()
    assert "h1" in {report for document in held.documents for report in document.reports}
    assert all(document.sha256 == document.id and document.size for document in held.documents)
    assert held.missing == ()
