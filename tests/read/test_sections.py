from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import SectionRole
from secondsource.read.sections import split

STORY = "At least 20 people died when a ferry capsized off Port Velm, the coast guard said."
MORE = "The minister, Ole Dahl, denied that the ship had been overloaded."


def _parts(body, title=""):
    return [(s.role.value, body[slice(*s.span)].strip()) for s in split(body, title)]


def _story(body, title=""):
    return " ".join(text for role, text in _parts(body, title) if role == "body")


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("PORT VELM, May 2 (Reuters) -", "dateline"),
        ("PORT VELM (AP) \u2014", "dateline"),
        ("PORT VELM:", "dateline"),
        ("Port Velm \u2013", "dateline"),
        ("Fri May 2 2031", "dateline"),
        ("Published May 2 2031", "dateline"),
        ("Date of publication 2 May 2031", "dateline"),
        ("Last updated at May 022031", "dateline"),
        ("02.05.2031(updated 1549 02.05.2031)", "dateline"),
        ("Published 3:14 PM EDT, Fri May 2, 2031", "dateline"),
        ("AFP Friday 2 May 2031", "credit dateline"),
        ("02.05.2031 Get short URL 0 612", "dateline boilerplate"),
        ("May 2 2031 PORT VELM", "dateline dateline"),
        ("By Ana Brook and Tom Reed\n", "credit"),
    ],
)
def test_head_is_told_from_the_story(head, role):
    parts = _parts(f"{head} {STORY} {MORE}")
    assert " ".join(role for role, _ in parts) == f"{role} body"
    assert parts[-1][1] == f"{STORY} {MORE}"


@pytest.mark.parametrize(
    "tail",
    [
        "(AFP)",
        "-AFP",
        "Source: Norland Press Agency",
        "(With Reuters and AFP) Last Update: Friday, 2 May 2031 10:15 - GMT 07:15",
        "Reporting by Ana Brook; Editing by Tom Reed Our Standards: The Norland Principles.",
        "Ana Brook/Tom Reed",
        "SSH 11",
        "Read Also",
        "... 285 Related Ferries Unsafe Says Union Port Velm Mourns Tags ferry Velm Comment via Facebook",
        "Tags: ferry, accident, Port Velm",
        "Follow us on Twitter and Facebook. \u00a9 2031 Norland Daily. All rights reserved.",
        "Share this article Facebook Twitter WhatsApp 5 Comments",
        "About the author: Ana Brook is a reporter at the Velm Herald.",
        "The views expressed in this article are the author's own and do not reflect our editorial policy.",
        "Editor's note: This story has been updated to correct a name.",
        "DEAR READERS We bring you news from all sides so that YOU are Well InformedStill, errors are a "
        "plague of our time. We therefore ask you to check with other websites before you form an opinion.\n"
        "About NT - Policies & Disclosures - Comment Policy",
    ],
)
def test_tail_is_told_from_the_story(tail):
    body = f"{STORY} {MORE} {tail}"
    assert _story(body) == f"{STORY} {MORE}"
    assert _parts(body)[0][1] == f"{STORY} {MORE}"


@pytest.mark.parametrize(
    "piece",
    [
        "Subscribe to our newsletter to get the latest business news.",
        "Read more: What we know about the ferry.",
        "Tags Port Velm Norland Ferry Safety",
        "A rescuer walks past the wreck in Port Velm, Norland, May 2 2031. REUTERS/Ana Brook",
        "Relatives look for survivors at the harbour. (Reuters)",
        "Image: The wreck lies on its side off Port Velm.",
        "Slideshow (3 Images)",
        "Ana Brook contributed to this report from Nordby.",
    ],
)
def test_furniture_inside_a_story_is_told_from_it(piece):
    body = f"{STORY} {piece} {MORE} The search goes on."
    assert _story(body) == f"{STORY} {MORE} The search goes on."


@pytest.mark.parametrize(
    "body",
    [
        "May 2, 2031 was the deadliest day of the year on the roads of Norland, the police said.",
        "The study was published on May 1, 2031 in a journal. It followed 2,000 patients for two years.",
        "ISIS fighters attacked a base, the army said. UNICEF said that children were hurt.",
        "Police related the attack to a gang war. The ministry followed us on the road, a driver said.",
        "The agency Agence France-Presse (AFP) said that two of its staff were hurt.",
        "A Reuters/Ipsos poll put her ahead. The margin was three points, the pollsters said.",
        "He read more than the law asks. About us he said nothing. Source after source was silent, she said.",
        "She met readers of the paper. Subscribers were told that the paper would close, the editor said.",
        "The talks were held under the U.N. Security Council. They failed.",
        "NATO (North Atlantic Treaty Organization) troops left. The base was handed over on Friday.",
    ],
)
def test_story_is_left_alone(body):
    assert [role for role, _ in _parts(body)] == ["body"]


def test_headline_run_into_the_story_is_found_by_the_title():
    parts = _parts(
        f"Fri May 2 2031 Ferry capsizes off Port Velm. {STORY}", "Ferry capsizes off Port Velm - Velm Herald"
    )
    assert parts == [
        ("dateline", "Fri May 2 2031"),
        ("headline", "Ferry capsizes off Port Velm."),
        ("body", STORY),
    ]


def test_title_that_only_begins_a_sentence_is_no_headline():
    body = "A ferry capsized off Port Velm on Monday, killing 20, officials said."
    assert _parts(body, "A ferry capsized off Port Velm") == [("body", body)]


def test_unknown_headline_before_a_day_stays_story():
    assert _story(f"Ferry sinks near Nordby Monitor AFP Friday 2 May 2031 {STORY}").endswith(STORY)


def test_lines_that_stand_alone_are_judged_whole():
    body = f"{STORY}\nADVERTISEMENT\nRead more: Ferries and their dangers\n{MORE}\n5 comments\n"
    assert _story(body) == f"{STORY} {MORE}"


def test_story_after_a_call_to_readers_is_kept():
    body = f"{STORY} Follow us on Twitter. {MORE} Divers said they had found the wreck on Tuesday."
    assert MORE in _story(body)
    assert "Follow us" not in _story(body)


PIECES = st.sampled_from(
    [
        STORY,
        MORE,
        "(AFP)",
        "Read more:",
        "Tags",
        "AFP",
        "\n",
        " ",
        "May 2 2031",
        "By Ana Brook",
        "PORT VELM -",
        "(",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=12).map(" ".join), st.text(max_size=30))
def test_sections_tile_the_body(body, title):
    sections = split(body, title)
    if not body:
        assert sections == ()
        return
    assert sections[0].span[0] == 0
    assert sections[-1].span[1] == len(body)
    assert all(a.span[1] == b.span[0] for a, b in pairwise(sections))
    assert all(s.span[0] < s.span[1] for s in sections)
    assert all(isinstance(s.role, SectionRole) for s in sections)


def test_first_line_without_a_stop_is_the_headline_of_a_text_with_lines():
    assert _parts(f"Ferry capsizes off Port Velm, 20 dead\n\n{STORY}\n{MORE}")[0] == (
        "headline",
        "Ferry capsizes off Port Velm, 20 dead",
    )
    assert _parts(f"{STORY}\n{MORE} The search goes on, she said, and will not end soon.")[0][0] == "body"
