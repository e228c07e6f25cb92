"""Exports held to what their standards demand, written here as JSON Schemas.

Annotations: W3C Web Annotation Data Model, sections 3 and 4 (MUSTs). Claim reviews: the properties that
schema.org declares for each type used, and those that readers of ClaimReview require.
"""

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from secondsource.tell import annotation, claimreview

IRI = {"type": "string", "pattern": "^(https?://|urn:[a-z0-9]+:)\\S+$"}
SELECTOR = {
    "oneOf": [
        {
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "additionalProperties": False,
        },
        {
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "additionalProperties": False,
        },
    ]
}
PURPOSES = ["assessing", "describing", "linking", "tagging"]
BODY = {
    "oneOf": [
        {
            "required": ["type", "value"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": PURPOSES},
                "language": {"type": "string"},
            },
            "additionalProperties": False,
        },
        {
            "required": ["type", "source"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": IRI,
                "purpose": {"enum": PURPOSES},
            },
            "additionalProperties": False,
        },
    ]
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": PURPOSES},
        "body": {"type": "array", "items": BODY},
        "target": {
            "required": ["source", "selector"],
            "properties": {"source": IRI, "selector": {"type": "array", "items": SELECTOR, "minItems": 1}},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": ANNOTATION},
    },
    "additionalProperties": False,
}

TEXT, DAY = {"type": "string", "minLength": 1}, {"type": "string", "format": "date"}


def typed(name, properties, required):
    """A node of one schema.org type that has these properties and no others."""
    return {
        "type": "object",
        "required": ["@type", *required],
        "properties": {"@type": {"const": name}, **properties},
        "additionalProperties": False,
    }


PARTY = {"anyOf": [typed(name, {"name": TEXT}, ["name"]) for name in ("Organization", "Person")]}
ARTICLE = typed(
    "NewsArticle",
    {"identifier": TEXT, "headline": TEXT, "datePublished": DAY, "url": IRI, "publisher": PARTY},
    ["identifier"],
)
CLAIM = typed(
    "Claim",
    {
        "identifier": TEXT,
        "text": TEXT,
        "author": PARTY,
        "appearance": {"type": "array", "items": ARTICLE, "minItems": 1},
    },
    ["author", "appearance"],
)
REVIEW = typed(
    "ClaimReview",
    {
        "claimReviewed": TEXT,
        "author": PARTY,
        "datePublished": DAY,
        "itemReviewed": CLAIM,
        "reviewRating": typed("Rating", {"alternateName": TEXT}, ["alternateName"]),
        "citation": {"type": "array", "items": ARTICLE},
    },
    ["claimReviewed", "author", "itemReviewed", "reviewRating"],
)
GRAPH = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "items": REVIEW, "minItems": 1},
    },
    "additionalProperties": False,
}


def checked(schema, text):
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate(json.loads(text))


def test_annotations_are_as_the_w3c_asks(dossier):
    checked(PAGE, annotation.render(dossier))


def test_claim_reviews_are_as_schema_org_declares(dossier):
    checked(GRAPH, claimreview.render(dossier))


def test_a_rating_of_truth_would_be_refused(dossier):
    graph = json.loads(claimreview.render(dossier))
    graph["@graph"][0]["reviewRating"]["ratingValue"] = 5
    with pytest.raises(ValidationError, match="ratingValue"):
        checked(GRAPH, json.dumps(graph))
