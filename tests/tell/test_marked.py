import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from secondsource.tell.marked import paragraphs


def test_marks_cover_each_claim_and_the_footer_has_none(dossier):
    for place, claim in enumerate(dossier.claims, 1):
        marked = [piece for part in paragraphs(dossier) for piece in part.pieces if piece.claim == place]
        assert "".join(piece.text for piece in marked) == claim.quote
        assert [piece.last for piece in marked] == [False] * (len(marked) - 1) + [True]
    footer = [part for part in paragraphs(dossier) if part.role]
    assert [part.role for part in footer] == ["disclaimer"]
    assert not any(piece.claim for piece in footer[0].pieces)


def test_the_shorter_of_two_overlapping_claims_owns_the_words(dossier):
    outer, inner = dossier.claims[:2]
    start = outer.span[0]
    inner = dataclasses.replace(inner, span=(start + 4, start + 9), content=((start + 4, start + 9),))
    other = dataclasses.replace(dossier, claims=(outer, inner))
    first = paragraphs(other)[0].pieces
    assert [piece.claim for piece in first if piece.claim] == [1, 2, 1]


@given(st.text(alphabet="ab \n\r\u2028", max_size=40))
def test_pieces_are_the_body_without_line_breaks(dossier, body):
    report = dataclasses.replace(dossier.report, body=body, sections=())
    told = paragraphs(dataclasses.replace(dossier, report=report, claims=()))
    joined = "\n".join("".join(piece.text for piece in part.pieces) for part in told)
    assert joined.split() == body.split()
