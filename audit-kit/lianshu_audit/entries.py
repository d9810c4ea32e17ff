"""Entries of the public record (trust.md §1, "Entries"): which bytes are one, and what it says.

Each kind must have exactly its members: the compact ones here, the bodies of acts in `kinds.py`.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Optional, Tuple

from .canonical import read
from .kinds import ACTS, CASE_ACTS, EITHER_ACTS, PLATFORM_ACTS, WHY, whole
from .strict import from_base64url, instant_seconds

_CASE = re.compile(r"[0-9]{4,6}|D[0-9]{5}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_NAME = re.compile(r"[a-z][a-z-]{0,39}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")

Entry = Dict[str, Any]


def _text(value: Any, pattern: "re.Pattern[str]") -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _digest(value: Any) -> bool:
    return isinstance(value, str) and from_base64url(value, 32) is not None


_MEMBERS = {
    "act": lambda value: value in ACTS,
    "case": lambda value: _text(value, _CASE),
    "code": lambda value: _text(value, _CODE),
    "commitment": _digest,
    "ground": lambda value: _text(value, _CODE),
    "index": whole,
    "kind": lambda value: isinstance(value, str),
    "outcome": lambda value: value in ("counted", "refused"),
    "result": _digest,
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
# What a `void` rests on; one that rests on nothing is believed by no monitor.
_MAY_HAVE = {"void": {"result"}}
_COMPACT_KINDS = {kind for kind, _ in _COMPACT}


def taipei_seconds(at: str) -> Optional[int]:
    """POSIX seconds of `…+08:00`; None for a time that does not exist."""
    seconds = instant_seconds(at[:19] + "Z", True)
    return None if seconds is None else seconds - 8 * 3600


def _is_compact(entry: Entry) -> bool:
    outcome = entry.get("outcome")
    members = _COMPACT.get((entry["kind"], outcome if isinstance(outcome, str) else None))
    present = set(entry) - _MAY_HAVE.get(entry["kind"], set())
    if members != present or not all(_MEMBERS[name](value) for name, value in entry.items()):
        return False
    return bool(entry.get("act", entry["kind"]) == act_of_number(entry["case"]))


def act_of_number(number: str) -> str:
    """What is signed follows from the number alone: a proposal under a draft's, a joint signature under a case's."""
    return "proposal-signature" if number.startswith("D") else "joint-signature"


def _is_act(entry: Entry) -> bool:
    names, kind = set(entry), entry["kind"]
    required = {"at", "basis", "body", "capacity", "kind", "v"}
    optional = {"case", "replaces", "why"}
    if not required <= names <= required | optional or type(entry["v"]) is not int or entry["v"] != 1:
        return False
    if kind not in EITHER_ACTS and ("case" in names) != (kind in CASE_ACTS):
        return False
    body = CASE_ACTS.get(kind) or PLATFORM_ACTS.get(kind) or EITHER_ACTS[kind]
    basis = entry["basis"]
    return (
        _text(entry["at"], _AT)
        and isinstance(basis, str)
        and 1 <= len(basis.encode("utf-16-le")) // 2 <= 200
        and _text(entry["capacity"], _NAME)
        and ("case" not in names or _text(entry["case"], _CASE))
        and ("replaces" not in names or whole(entry["replaces"]))
        and ("why" not in names or ("replaces" in names and WHY(entry["why"])))
        and body(entry["body"])
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
    if not isinstance(kind, str) or not (kind in CASE_ACTS or kind in PLATFORM_ACTS or kind in EITHER_ACTS):
        return None, "entry-unknown-kind"
    return (value, "") if _is_act(value) else (None, "entry-shape")
