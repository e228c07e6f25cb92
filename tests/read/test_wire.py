import json

from secondsource.read import read_bytes

STORY = "A ferry capsized off Port Velm on Monday, killing at least 20 people, the coast guard said."
NEWSML = f"""<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:ona:77">
<itemMeta><provider literal="ONA"/><versionCreated>2031-05-06T10:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2031-05-05T10:00:00Z</contentCreated><by>By Ada Quill</by>
<creditline>Orsa News Agency</creditline><language tag="en"/><headline>Ferry capsizes</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>
<body><p>{STORY}</p><p>Divers searched.</p></body></html></inlineXML></contentSet></newsItem>""".encode()


def test_newsml_keeps_the_credit_line_and_the_first_day():
    ((document, report),) = read_bytes(NEWSML, "item.xml")
    assert report.body == f"{STORY}\nDivers searched."
    assert (report.outlet, report.credit, report.byline) == ("ONA", "Orsa News Agency", "By Ada Quill")
    assert (report.uri, report.title, report.published.isoformat()) == (
        "urn:ona:77", "Ferry capsizes", "2031-05-05",
    )  # fmt: skip
    assert document.content == NEWSML


def test_ninjs_reads_the_source_as_credit():
    item = {
        "uri": "urn:ona:78", "versioncreated": "2031-05-05T10:00:00Z", "headline": "Ferry capsizes",
        "body_xhtml": f"<p>{STORY}</p>", "byline": "Ada Quill", "infosource": [{"name": "ONA"}],
    }  # fmt: skip
    ((document, report),) = read_bytes(json.dumps(item).encode(), "item.json")
    assert (report.body, report.credit, report.byline) == (STORY, "ONA", "Ada Quill")
    assert (report.title, report.uri, report.published.isoformat()) == (
        "Ferry capsizes", "urn:ona:78", "2031-05-05",
    )  # fmt: skip
    assert json.loads(document.content) == item


def test_ninjs_3_has_lists_of_bodies_and_headlines():
    item = {
        "uri": "urn:ona:79", "versionCreated": "2031-05-05T10:00:00Z", "headlines": [{"value": "Ferry"}],
        "bodies": [{"contentType": "text/html", "value": f"<p>{STORY}</p>"}],
        "infosources": [{"name": "ONA"}],
    }  # fmt: skip
    ((_, report),) = read_bytes(json.dumps(item).encode(), "item.json")
    assert (report.body, report.title, report.credit) == (STORY, "Ferry", "ONA")
