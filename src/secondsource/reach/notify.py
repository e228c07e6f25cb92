"""Post alerts to a webhook that the user configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondsource.errors import UndeliveredAlert

if TYPE_CHECKING:
    import httpx


def post(url: str, body: bytes, key: str, client: httpx.Client | None = None) -> None:
    """Post JSON to `url`; `key` goes along as `Idempotency-Key`, equal for the same alert.

    The address is the user's own, so that private ones are allowed; redirects are not followed.

    Raises:
        UndeliveredAlert: no answer, or another status than 2xx.
    """
    import httpx

    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    session = client or httpx.Client(timeout=20.0, follow_redirects=False)
    try:
        response = session.post(url, content=body, headers=headers)
        if not response.is_success:
            raise UndeliveredAlert(f"{url}: answered {response.status_code}; the alert is tried again")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        what = str(error) or type(error).__name__
        raise UndeliveredAlert(f"{url}: cannot be reached ({what}); the alert is tried again") from error
    finally:
        if client is None:
            session.close()
