"""Entries of the public record (trust.md §1, "Entries"): which bytes are one, and what it says.

The compact kinds must have exactly their members. Acts must have the common envelope; of their bodies only those
that numbers follow from are looked into (`day`, `paper-batch`).
"""

from __future__ import annotations

import re
from typing import Any, Dict, Optional, Tuple

from .canonical import read
from .strict import MAX_SAFE, from_base64url, instant_seconds

ACTS = ("joint-signature", "proposal-signature")

# Acts by whether they belong to a case.
OF_CASE = {
    "initiative-filed", "version", "decision", "hearing", "correction", "opinion", "opened", "closed",
    "roster-sealed", "check-result", "paper-batch", "established", "statistics", "destruction",
    "check-request", "supplement", "notice-to-collect", "collection", "signing-address", "roster-filed",
    "raw-count", "withdrawal", "stop", "suspension", "vote",
}  # fmt: skip
OF_NONE = {"policy", "key-event", "day", "incident"}
OF_EITHER = {"approval", "opened-evidence"}

_CASE = re.compile(r"[0-9]{4,6}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_NAME = re.compile(r"[a-z][a-z-]{0,39}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TOWNSHIP = re.compile(r"[0-9]{8}")

Entry = Dict[str, Any]


def _text(value: Any, pattern: "re.Pattern[str]") -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _digest(value: Any) -> bool:
    return isinstance(value, str) and from_base64url(value, 32) is not None


def whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MAX_SAFE


_MEMBERS = {
    "act": lambda value: value in ACTS,
    "case": lambda value: _text(value, _CASE),
    "code": lambda value: _text(value, _CODE),
    "commitment": _digest,
    "ground": lambda value: _text(value, _CODE),
    "index": whole,
    "kind": lambda value: isinstance(value, str),
    "outcome": lambda value: value in ("counted", "refused"),
    "tag": _digest,
    "v": lambda value: type(value) is int and value == 1,
}

_COMPACT = {
    ("joint-signature", None): {"case", "commitment", "kind", "tag", "v"},
    ("proposal-signature", None): {"case", "commitment", "kind", "tag", "v"},
    ("held", None): {"act", "case", "commitment", "kind", "v"},
    ("settled", "counted"): {"act", "case", "index", "kind", "outcome", "tag", "v"},
    ("settled", "refused"): {"act", "case", "code", "index", "kind", "outcome", "v"},
    ("void", None): {"act", "case", "ground", "index", "kind", "v"},
}
_COMPACT_KINDS = {kind for kind, _ in _COMPACT}


def is_date(value: Any) -> bool:
    """A day that exists."""
    return _text(value, _DATE) and instant_seconds(value + "T00:00Z", False) is not None


def taipei_seconds(at: str) -> Optional[int]:
    """POSIX seconds of `…+08:00`; None for a time that does not exist."""
    seconds = instant_seconds(at[:19] + "Z", True)
    return None if seconds is None else seconds - 8 * 3600


def _is_compact(entry: Entry) -> bool:
    outcome = entry.get("outcome")
    members = _COMPACT.get((entry["kind"], outcome if isinstance(outcome, str) else None))
    return members == set(entry) and all(_MEMBERS[name](value) for name, value in entry.items())


def _is_body(kind: str, body: Any) -> bool:
    if not isinstance(body, dict):
        return False
    if kind == "day":
        return set(body) == {"date"} and is_date(body["date"])
    if kind == "paper-batch":
        townships = body.get("townships")
        return (
            {"act", "townships"} <= set(body) <= {"act", "townships", "proof"}
            and body["act"] in ACTS
            and isinstance(body.get("proof", ""), str)
            and isinstance(townships, dict)
            and all(_TOWNSHIP.fullmatch(code) and whole(count) for code, count in townships.items())
        )
    return True


def _is_act(entry: Entry) -> bool:
    names, kind = set(entry), entry["kind"]
    required = {"at", "basis", "body", "capacity", "kind", "v"}
    if not required <= names <= required | {"case", "replaces"} or type(entry["v"]) is not int or entry["v"] != 1:
        return False
    if kind not in OF_EITHER and ("case" in names) != (kind in OF_CASE):
        return False
    basis = entry["basis"]
    return (
        _text(entry["at"], _AT)
        and isinstance(basis, str)
        and 1 <= len(basis.encode("utf-16-le")) // 2 <= 200
        and _text(entry["capacity"], _NAME)
        and ("case" not in names or _text(entry["case"], _CASE))
        and ("replaces" not in names or whole(entry["replaces"]))
        and _is_body(kind, entry["body"])
    )


def read_entry(data: bytes) -> Tuple[Optional[Entry], str]:
    """The entry, or None and why the bytes are none."""
    good, value = read(data)
    if not good:
        return None, "entry-not-canonical"
    if not isinstance(value, dict):
        return None, "entry-shape"
    kind = value.get("kind")
    if isinstance(kind, str) and kind in _COMPACT_KINDS:
        return (value, "") if _is_compact(value) else (None, "entry-shape")
    if not isinstance(kind, str) or kind not in OF_CASE | OF_NONE | OF_EITHER:
        return None, "entry-unknown-kind"
    return (value, "") if _is_act(value) else (None, "entry-shape")
