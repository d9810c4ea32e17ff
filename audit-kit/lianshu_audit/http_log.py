"""A published log over HTTP: bounded in size and time, redirects refused."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request

from .logfiles import LogFault, Missing

TIMEOUT_SECONDS = 10


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The prefix says where the log is: being sent elsewhere is no answer."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # noqa: D102
        return None


def _read_until(answer, limit: int, deadline: float, path: str) -> bytes:
    """At most `limit` bytes, all of them before the deadline: a slow trickle is no answer either."""
    parts, size = [], 0
    while size < limit:
        part = answer.read1(min(65_536, limit - size))
        if not part:
            break
        if time.monotonic() > deadline:
            raise LogFault("log-unreachable", f"{path}: not whole within {TIMEOUT_SECONDS} s")
        parts.append(part)
        size += len(part)
    return b"".join(parts)


class HttpLog:
    """A log served below a URL that has `checkpoint` under it."""

    live = True

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix if prefix.endswith("/") else prefix + "/"
        self.opener = urllib.request.build_opener(_NoRedirect)

    def read(self, path: str, limit: int) -> bytes:
        try:
            deadline = time.monotonic() + TIMEOUT_SECONDS
            with self.opener.open(self.prefix + path, timeout=TIMEOUT_SECONDS) as answer:
                data = _read_until(answer, limit + 1, deadline, path)
        except urllib.error.HTTPError as refusal:
            if refusal.code in (404, 410):
                raise Missing(path) from None
            raise LogFault("log-unreachable", f"{path}: HTTP {refusal.code}") from None
        except (OSError, ValueError, http.client.HTTPException) as cause:
            raise LogFault("log-unreachable", f"{path}: {cause}") from None
        if len(data) > limit:
            raise LogFault("log-answer-too-large", f"{path}: over {limit} bytes")
        return data
