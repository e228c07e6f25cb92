"""The fields of a posted form, and the one file that it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import PurePosixPath
from urllib.parse import parse_qsl

from starlette.requests import Request

from secondsource.web.faults import Refused
from secondsource.web.sessions import Sessions

_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent: its bare name, without folders, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in."""

    fields: dict[str, str]
    file: Upload | None = None

    def get(self, name: str) -> str:
        """Return a field, white space around it cut off; "" if it was left out."""
        return self.fields.get(name, "").strip()


async def read_form(request: Request, sessions: Sessions) -> Form:
    """Return the form of a request that comes from a page of the same session.

    Raises:
        Refused: it is no form, or comes from elsewhere.
    """
    kind = request.headers.get("content-type", "")
    body = await request.body()
    if kind.startswith("multipart/form-data"):
        form = _multipart(kind, body)
    elif kind.startswith("application/x-www-form-urlencoded"):
        form = Form(_urlencoded(body))
    else:
        raise Refused(415, "Send it as a form.")
    if not sessions.is_marked(request.state.session, form.get("mark")):
        raise Refused(403, "This form is not from a page of this session: load the page again.")
    return form


def _urlencoded(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise Refused(400, "This is no form.") from error
    return dict(pairs)


def _multipart(kind: str, body: bytes) -> Form:
    head = b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    fields: dict[str, str] = {}
    file = None
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if not parts or len(parts) > _FIELDS:
        raise Refused(400, "This is no form.")
    for part in parts:
        name = part.get_param("name", "", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not isinstance(name, str):
            raise Refused(400, "This is no form.")
        if (called := part.get_filename()) is not None:
            file = Upload(bare_name(called), content) if content else file
        else:
            fields[name] = content.decode("utf-8", "replace")
    return Form(fields, file)


def bare_name(name: str) -> str:
    """Return the last part of a file's name, of letters, digits, and dots and dashes between them."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign if sign.isalnum() or sign in "._-" else "_" for sign in last)
    return kept.strip("._-")[-100:] or "report.txt"
