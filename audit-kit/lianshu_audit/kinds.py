"""The administrative acts of the record: which members the body of each kind has, exactly, and whether it is of a case.

Written from the definitions of the service (`src/record/entry.ts`, `src/initiatives/*-record.ts`,
`src/officers/approval-record.ts`), and apart from the table of `lianshu-verify`: a kind or a member that the service
adds without telling its readers is a fault to both.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, NamedTuple

from .strict import MAX_SAFE, instant_seconds, utf16_length

# Whether a value is as it must be.
Shape = Callable[[Any], bool]

ACTS = ("joint-signature", "proposal-signature")


class _Optional(NamedTuple):
    shape: Shape


def optional(shape: Shape) -> Any:
    """Of a member that may be absent; null is not absence."""
    return _Optional(shape)


def matching(pattern: str) -> Shape:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def text_of(least: int, most: int) -> Shape:
    """A text of so many UTF-16 units."""
    return lambda value: isinstance(value, str) and least <= utf16_length(value) <= most


def text(value: Any) -> bool:
    return isinstance(value, str)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def whole(value: Any, least: int = 0) -> bool:
    return type(value) is int and least <= value <= MAX_SAFE


def some(value: Any) -> bool:
    return whole(value, 1)


def is_date(value: Any) -> bool:
    """A day that exists."""
    return _DATE(value) and instant_seconds(value + "T00:00Z", False) is not None


def one_of(*words: str) -> Shape:
    return lambda value: isinstance(value, str) and value in words


def list_of(shape: Shape, least: int = 0, most: int = MAX_SAFE) -> Shape:
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(shape, value))


def map_of(name: str, shape: Shape) -> Shape:
    named = matching(name)
    return lambda value: isinstance(value, dict) and all(named(key) and shape(each) for key, each in value.items())


def exactly(members: Dict[str, Any]) -> Shape:
    """An object with these members and no others."""
    required = {name for name, shape in members.items() if not isinstance(shape, _Optional)}
    shapes = {name: shape.shape if isinstance(shape, _Optional) else shape for name, shape in members.items()}
    return lambda value: (
        isinstance(value, dict)
        and required <= set(value) <= set(shapes)
        and all(shapes[name](each) for name, each in value.items())
    )


def by_step(**shapes: Dict[str, Any]) -> Shape:
    """An object whose member `step` says which members it has."""
    each = {name: exactly({"step": one_of(name), **members}) for name, members in shapes.items()}
    return lambda value: (
        isinstance(value, dict)
        and isinstance(value.get("step"), str)
        and value["step"] in each
        and each[value["step"]](value)
    )


# As a browser reads one, for hosts as they occur: names in any script, with or without a port.
_HTTPS = re.compile(
    r"[\x00-\x20]*[hH][tT][tT][pP][sS]:[/\\]*"
    r"(?:[^/\\?#@]*@)?"
    r"(?:\[[0-9A-Fa-f:.]+\]|[^\x00-\x20\x7f#/:<>?@\[\\\]^|%]+)"
    r"(?::(?P<port>[0-9]*))?"
    r"(?:[/\\?#].*)?",
    re.DOTALL,
)


def https_link(value: Any) -> bool:
    match = _HTTPS.fullmatch(value) if isinstance(value, str) else None
    return match is not None and int(match["port"] or 0) <= 65_535


_DATE = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CASE = matching("[0-9]{4,6}|D[0-9]{5}")
_DRAFT = matching("D[0-9]{5}")
_HEX = matching("[0-9a-f]{64}")
_LOG_NAME = matching(r"[a-z0-9.-]+(?:/[a-z0-9.-]+)*")
_VKEYS = list_of(text, 1, 4)
_FILLED = text_of(1, 65_535)
_CHINESE = text_of(1, 8_000)
_LOCALISED = exactly({"zh-Hant-TW": _FILLED, "en": _FILLED})
_SOURCE = exactly({"label": text, "href": https_link})
_REASONS = exactly({"zh-Hant-TW": _CHINESE, "en": optional(text_of(0, 8_000))})
_MEETING = exactly({"number": text_of(1, 40), "date": is_date})
_PAPER = exactly({"number": text_of(1, 80), "date": is_date})
_AGENCY = text_of(2, 60)
_BODY = text_of(2, 80)
_LINKED = exactly({"label": text_of(1, 200), "href": https_link})
# Why an entry that is replaced was wrong.
WHY = exactly({"zh-Hant-TW": text_of(1, 2_000), "en": optional(text_of(0, 2_000))})
_WHOM = one_of("proposers", "signers")
_GROUND = one_of("matter", "wording", "indigenous-or-multiple", "frozen-matter", "unclear-intent")
_EXCLUSION = "not-qualified|name-id-or-address|unsigned|forged|barred-proposer|duplicate"
_REASON = (
    "AGE|RESIDENCE|GUARDIANSHIP|NOT_NATIONAL|DECEASED|NAME_OR_ID_ERROR|ADDRESS_ERROR|UNSIGNED|FORGED"
    "|DUPLICATE_SAME_MEDIUM|DUPLICATE_PAPER_VS_E|BARRED_PROPOSER"
)
# The registry's signed word over the act without it.
_PROOF = optional(_CHINESE)
_ENCODED = matching("[A-Za-z0-9_-]{1,4000}")
_OPINION = {"on": is_date, "agency": _AGENCY, "textDigest": _HEX, "characters": whole}

# Acts of no case: of the platform, its keys and its days.
PLATFORM_ACTS: Dict[str, Shape] = {
    "policy": exactly(
        {
            "rulePacks": list_of(text),
            "release": text,
            "sbomSha256": optional(_HEX),
            "demonstration": optional(flag),
            "packs": optional(map_of("[a-z][a-z0-9.@-]{2,79}", _HEX)),
            "inForce": optional(text),
        }
    ),
    "key-event": exactly(
        {
            "event": one_of("created", "in-use", "replaced", "destroyed", "compromised"),
            "purpose": text,
            "publicKey": optional(text),
            "sha256": optional(_HEX),
            "case": optional(_CASE),
            "origin": optional(_LOG_NAME),
            "keys": optional(_VKEYS),
            "successor": optional(exactly({"origin": _LOG_NAME, "keys": _VKEYS})),
            "former": optional(
                exactly(
                    {
                        "origin": _LOG_NAME,
                        "size": whole,
                        "root": text,
                        "checkpoint": text,
                        "witnessed": optional(text),
                    }
                )
            ),
        }
    ),
    "day": exactly({"date": is_date}),
    "incident": exactly(
        {
            "summary": exactly({"zh-Hant-TW": text, "en": text}),
            "since": optional(text),
            "cases": optional(list_of(_CASE)),
        }
    ),
    "switch": exactly(
        {
            "name": one_of("electronic-proposal", "mobile-certificate", "reflection-period"),
            "state": one_of("on", "off"),
            "minutes": optional(some),
            "from": is_date,
            "status": one_of("cited", "project-default", "demonstration"),
            "citation": text_of(1, 200),
        }
    ),
    "closure": exactly({"day": is_date, "place": text_of(2, 60), "source": _LINKED}),
    "election-day": exactly(
        {
            "on": is_date,
            "day": is_date,
            "election": exactly({"zh-Hant-TW": text_of(2, 100), "en": text_of(2, 100)}),
            "source": _LINKED,
        }
    ),
}

# Acts of one case or of none.
EITHER_ACTS: Dict[str, Shape] = {
    "announcement": exactly(
        {
            "on": is_date,
            "title": exactly({"zh-Hant-TW": text_of(1, 200), "en": optional(text_of(0, 200))}),
            "text": _REASONS,
            "article": text_of(1, 200),
        }
    ),
    "approval": exactly(
        {
            "action": _HEX,
            "nonce": matching("[A-Za-z0-9_-]{22}"),
            "approvals": list_of(
                exactly({"key": _HEX, "clientDataJSON": _ENCODED, "authenticatorData": _ENCODED, "signature": _ENCODED}),
                2,
                2,
            ),
        }
    ),
}

_OUTCOME = exactly(
    {
        "outcome": one_of(
            "inadmissible", "rejected", "withdrawn", "deemed-abandoned",
            "not-established", "established", "stopped", "unconfirmed",
        ),
        "on": is_date,
        "consequence": _LOCALISED,
        "article": optional(_LOCALISED),
        "source": optional(_SOURCE),
    }
)  # fmt: skip

_DECIDED = exactly(
    {
        "decides": one_of(
            "accepted", "inadmissible", "correction", "conforming", "rejected", "established", "not-established"
        ),
        "on": is_date,
        "grounds": optional(list_of(exactly({"ground": _GROUND, "reasons": _REASONS}))),
        "reasons": optional(_REASONS),
        "meeting": optional(_MEETING),
        "number": optional(some),
    }
)

# Acts of one case, in the order of the law.
CASE_ACTS: Dict[str, Shape] = {
    "initiative-filed": exactly(
        {
            "on": optional(is_date),
            "subject": _LOCALISED,
            "leadProposer": _LOCALISED,
            "subjectMatter": one_of("principle", "statute", "policy"),
            "rulePack": text,
            "origin": one_of("here", "public-reports"),
            "isInvented": optional(flag),
            "plainWords": optional(exactly({"author": one_of("lead-proposer", "platform"), "text": _LOCALISED})),
            "helpContact": optional(_LOCALISED),
            "proposal": optional(exactly({"draft": _DRAFT, "electronic": whole, "paper": whole})),
            "onPaper": optional(exactly({"textDigest": _HEX, "proposers": whole})),
        }
    ),
    "delivered": exactly(
        {
            "on": is_date,
            "route": one_of("executive", "legislature", "president"),
            "document": _PAPER,
            "consent": optional(_PAPER),
            "subject": _LOCALISED,
            "subjectMatter": one_of("principle", "statute", "policy"),
            "rulePack": text,
            "textDigest": _HEX,
            "isInvented": optional(flag),
        }
    ),
    "version": exactly(
        {
            "on": optional(is_date),
            "version": some,
            "textDigest": _HEX,
            "translation": optional(exactly({"mainText": text, "reasons": list_of(text)})),
        }
    ),
    "opened": exactly(
        {
            "collectedOn": is_date,
            "firstDay": is_date,
            "lastDay": is_date,
            "threshold": some,
            "electors": some,
            "mode": one_of("electronic", "paper-and-electronic"),
        }
    ),
    "closed": exactly({"lastDay": optional(is_date)}),
    "decision": lambda value: (_DECIDED if isinstance(value, dict) and "decides" in value else _OUTCOME)(value),
    "statistics": exactly(
        {
            "series": list_of(
                exactly(
                    {"on": is_date, "value": whole, "qualifier": optional(one_of("<", ">", "≈")), "source": _SOURCE}
                )
            )
        }
    ),
    "hearing": by_step(
        notified={
            "on": is_date,
            "hearingOn": is_date,
            "hour": optional(matching("([01][0-9]|2[0-3]):[0-5][0-9]")),
            "place": _CHINESE,
            "parties": optional(list_of(_BODY)),
            "interested": optional(list_of(_BODY)),
            "matter": optional(_CHINESE),
            "rights": optional(_CHINESE),
            "absence": optional(_CHINESE),
        },
        held={
            "on": is_date,
            "disputedFacts": list_of(exactly({"fact": _CHINESE, "settled": _CHINESE})),
            "recordings": list_of(https_link),
            "summary": optional(_CHINESE),
        },
    ),
    "correction": exactly({"on": is_date, "version": some, "textDigest": _HEX}),
    "check-request": exactly(
        {
            "of": _WHOM,
            "on": is_date,
            "sent": whole,
            "barred": optional(list_of(matching("[0-9]{4,6}"))),
            "letter": optional(_HEX),
        }
    ),
    "check-result": exactly(
        {
            "of": _WHOM,
            "on": is_date,
            "received": whole,
            "valid": whole,
            "required": some,
            "excluded": map_of(_EXCLUSION, whole),
            "reasons": optional(map_of(_REASON, whole)),
            "batch": optional(_HEX),
            "electronic": optional(
                exactly({"received": whole, "valid": whole, "excluded": map_of(_EXCLUSION, whole), "voids": _HEX})
            ),
            "proof": _PROOF,
        }
    ),
    "supplement": exactly({"of": _WHOM, "step": one_of("ordered", "filed"), "on": is_date}),
    "opinion": by_step(requested={"on": is_date, "agency": _AGENCY}, received=_OPINION, amended=_OPINION),
    "notice-to-collect": exactly({"on": is_date}),
    "collection": exactly({"on": is_date, "mode": one_of("paper", "code", "both")}),
    "affidavit": by_step(
        **{
            "signed": {"on": is_date, "textDigest": _HEX, "statementDigest": _HEX},
            "handed-in": {"on": is_date},
        }
    ),
    "access-code": exactly({"step": one_of("issued", "ended"), "on": is_date}),
    "help-contact": exactly({"text": exactly({"zh-Hant-TW": text_of(1, 500), "en": text_of(1, 500)})}),
    "plain-words": exactly(
        {
            "text": exactly({"zh-Hant-TW": text_of(1, 2_000), "en": text_of(1, 4_000)}),
            "why": exactly({"zh-Hant-TW": text_of(1, 500), "en": optional(text_of(0, 500))}),
        }
    ),
    "signing-address": exactly({"on": is_date}),
    "roster-filed": exactly({"on": is_date}),
    "raw-count": exactly(
        {
            "on": is_date,
            "electronic": whole,
            "paper": whole,
            "required": some,
            "isBound": flag,
            "meeting": optional(_MEETING),
        }
    ),
    "withdrawal": exactly({"on": is_date, "agreeing": whole, "proposers": some}),
    "stop": exactly({"on": is_date, "notice": _CHINESE}),
    "purpose-notice": exactly({"on": is_date, "summary": _REASONS, "source": _LINKED}),
    "retraction": exactly({"on": is_date}),
    "suspension": exactly({"step": one_of("begun", "ended"), "on": is_date, "court": _AGENCY}),
    "vote": by_step(
        announced={"on": is_date, "vote": is_date},
        held={"on": is_date},
        result={"on": is_date, "yes": whole, "no": whole, "invalid": whole, "electors": whole, "passed": flag},
    ),
    # Of a draft that collects proposers, before there is a case.
    "proposal-opened": exactly(
        {
            "subject": _LOCALISED,
            "leadProposer": _LOCALISED,
            "subjectMatter": one_of("principle", "statute", "policy"),
            "rulePack": text,
            "allowedBy": _LOCALISED,
            "textDigest": _HEX,
            "translation": optional(exactly({"mainText": text, "reasons": list_of(text)})),
            "firstDay": is_date,
            "lastDay": is_date,
            "threshold": some,
            "electors": some,
            "isInvented": optional(flag),
            "plainWords": optional(exactly({"author": one_of("lead-proposer", "platform"), "text": _LOCALISED})),
            "helpContact": optional(_LOCALISED),
        }
    ),
    "proposal-closed": lambda value: (
        exactly({"outcome": one_of("filed", "supplemented", "lapsed"), "case": matching("[0-9]{4,6}")})(value)
        or exactly({"outcome": one_of("withdrawn", "expired")})(value)
    ),
    "proposal-reopened": exactly(
        {
            "case": matching("[0-9]{4,6}"),
            "allowedBy": _LOCALISED,
            "firstDay": is_date,
            "lastDay": is_date,
            "threshold": some,
        }
    ),
    "paper-proposers": exactly(
        {
            "on": is_date,
            "count": whole,
            "includesLead": flag,
            "townships": optional(map_of("[0-9]{8}", some)),
            "sheets": optional(_HEX),
        }
    ),
    # Designed, and written by no service yet.
    "paper-batch": exactly({"act": one_of(*ACTS), "townships": map_of("[0-9]{8}", whole), "proof": _PROOF}),
    "destruction": exactly({"on": is_date, "proof": _PROOF}),
}
