"""What became of a receipt or a promise in the published log (trust.md §1: counted = signatures + settled - void)."""

from __future__ import annotations

import re
import time as clock
from datetime import datetime, timezone
from typing import Any, Dict, Optional, Sequence

from .canonical import read_object
from .cross_link import OriginChain
from .judgement import MAX_HEAD_AGE
from .logfiles import LogFault, Progress, read_checkpoint, walk
from .notes import Signed
from .policy import Policy
from .receipt import ACTS, Verdict
from .strict import instant_seconds, to_base64
from .trust import Trust

_WORD = re.compile(r"[^\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]{1,128}")

# The last second of the year 9999, the last that the usual spelling of an instant can name.
LAST_SECOND = 253_402_300_799


def _word(value: Any) -> str:
    """A ground or code as it may be shown: short, and nothing in it that would steer a terminal."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "?"


class _Life:
    """One signature and the later entries about it: the first `settled` of a held one, the first `void` of either."""

    def __init__(self, case: str) -> None:
        self.case = case
        self.index: Optional[int] = None
        self.held = False
        self.settled: Optional[Dict[str, Any]] = None
        self.voided: Optional[Dict[str, Any]] = None

    def begin(self, index: int, held: bool) -> None:
        if self.index is None:
            self.index, self.held = index, held

    def take(self, at: int, entry: Dict[str, Any]) -> None:
        if self.index is None or at <= self.index or entry.get("case") != self.case:
            return
        target = entry.get("index")
        if type(target) is not int:
            return
        kind = entry.get("kind")
        if kind == "settled" and self.held and target == self.index and self.settled is None:
            self.settled = {"at": at, "counted": entry.get("outcome") == "counted", "reason": _word(entry.get("code"))}
        settled_at = None if self.settled is None else self.settled["at"]
        if kind == "void" and target in (self.index, settled_at) and self.voided is None:
            self.voided = {"at": at, "ground": _word(entry.get("ground"))}

    def standing(self) -> Dict[str, Any]:
        if self.voided is not None:
            return {"code": "excluded", **self.voided}
        if not self.held:
            return {"code": "counted"}
        if self.settled is None:
            return {"code": "held"}
        if self.settled["counted"]:
            return {"code": "counted"}
        return {"code": "refused", "at": self.settled["at"], "reason": self.settled["reason"]}


def _about(entry: bytes) -> bool:
    return b'"kind":"settled"' in entry or b'"kind":"void"' in entry


def _receipt(log, checkpoint, facts: Dict[str, Any], receipt: Dict[str, Any], progress: Progress) -> Verdict:
    base = {"receipt": receipt, "log": facts}
    chain = OriginChain(receipt["origin"])
    other = {"code": "log-other-origin", "detail": checkpoint.origin}
    if checkpoint.size < receipt["size"]:
        return {"code": "log-behind", **base} if chain.origin == checkpoint.origin else other
    life = _Life(receipt["caseNumber"])
    life.begin(receipt["index"], receipt["held"])

    def visit(at: int, data: bytes) -> None:
        # A link that lies within the receipt's own tree counts too: the roots will then contradict each other.
        if at >= receipt["index"]:
            chain.take(at, data)
        if at > receipt["index"] and _about(data):
            entry = read_object(data)
            if entry is not None:
                life.take(at, entry)

    root = walk(log, checkpoint, visit, progress, [receipt["size"]])[0]
    if chain.origin != checkpoint.origin:
        return other
    if to_base64(root) != receipt["root"]:
        return {"code": "log-contradicts-receipt", **base}
    return {**life.standing(), **base}


def _promise(log, checkpoint, facts: Dict[str, Any], promise: Dict[str, Any], progress: Progress) -> Verdict:
    life = _Life(promise["caseNumber"])
    needle = promise["commitment"].encode("ascii")

    chain = OriginChain(promise["origin"])

    def visit(at: int, data: bytes) -> None:
        chain.take(at, data)
        if not (needle in data or _about(data)):
            return
        entry = read_object(data)
        if entry is None:
            return
        kind = entry.get("kind")
        own = entry.get("commitment") == promise["commitment"] and entry.get("case") == promise["caseNumber"]
        if own and kind in ACTS + ("held",):
            life.begin(at, kind == "held")
        else:
            life.take(at, entry)

    walk(log, checkpoint, visit, progress)
    if chain.origin != checkpoint.origin:
        return {"code": "log-other-origin", "detail": checkpoint.origin}
    base = {"promise": promise, "log": facts}
    if life.index is not None:
        return {"code": "promise-kept", **base, "at": life.index, "standing": life.standing()}
    due = instant_seconds(promise["publishBy"], True)
    if due is None or clock.time() <= due:
        return {"code": "promise-not-due", **base}
    # A copy proves absence only if a signed time shows that it was made after the promise fell due.
    as_of = facts.get("asOfSeconds", 0)
    return {"code": "promise-broken" if log.live or as_of > due else "promise-undecided", **base}


def head_witnesses(policy: Policy, cosigned: Sequence[Signed], now: float) -> Dict[str, Any]:
    """Who of the policy stands behind a log's head, since when, and whether that is too long ago to decide anything."""
    reached, present, missing = policy.witnessed(key for key, _ in cosigned)
    facts: Dict[str, Any] = {"quorum": reached, "cosigned": present, "missing": missing}
    since = policy.since(cosigned)
    age = None if since is None else int(now) - since
    if age is not None:
        facts["since"], facts["ageSeconds"] = _instant(since), age
    facts["tooOld"] = reached and policy.quorum != b"none" and (age is None or age > MAX_HEAD_AGE)
    return facts


def _instant(seconds: int) -> str:
    """UTC, as far as the usual spelling goes; beyond that the bare number."""
    if not 0 < seconds < LAST_SECOND:
        return str(seconds)
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def follow(log, trust: Trust, verdict: Verdict, progress: Progress) -> Verdict:
    """The verdict on the file and the published log together. A file that proves nothing keeps its verdict."""
    if verdict["code"] not in ("included", "promised"):
        return verdict
    part = "receipt" if verdict["code"] == "included" else "promise"
    try:
        checkpoint, signed_by, cosigned = read_checkpoint(log, trust)
        facts: Dict[str, Any] = {"size": checkpoint.size, "root": to_base64(checkpoint.root)}
        latest = max(time for _, time in signed_by + cosigned)
        if 0 < latest < 8_640_000_000_000:
            facts["asOfSeconds"] = latest
        judge = _receipt if part == "receipt" else _promise
        if trust.policy is not None:
            facts["witnesses"] = head_witnesses(trust.policy, cosigned, clock.time())
        result = judge(log, checkpoint, facts, verdict[part], progress)
        if 0 < facts.pop("asOfSeconds", 0) < LAST_SECOND:
            facts["asOf"] = _instant(latest)
        return result
    except LogFault as fault:
        return {"code": fault.code, "detail": fault.detail}
