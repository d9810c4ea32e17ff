"""The two questions about a whole log: did it only grow, and do the numbers of a case follow from its entries."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Tuple

from .canonical import read_object
from .entries import ACTS, whole
from .logfiles import LogFault, Missing, Progress, walk
from .notes import COSIGNATURE, MAX_NOTE, Checkpoint, Refused, open_checkpoint
from .receipt import Verdict, parse_proof
from .recount import NUMBERS, Recount
from .strict import MAX_SAFE, from_base64, to_base64
from .trust import Trust

MAX_COUNTS = 1 << 20
MAX_CHECKPOINT_FILE = 384 * 1024


def open_trusted(data: bytes, trust: Trust) -> Tuple[Checkpoint, Dict[str, Any]]:
    """A checkpoint, or the one in a receipt, that every trusted key of its log has signed; what a reader is told of it.

    A log does not drop one of its keys without a new origin. Raises `Refused`.
    """
    if not trust.all_keys():
        raise Refused("no-trusted-key")
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("note-malformed") from None
    if note.startswith("c2sp.org/tlog-proof@"):
        proof = parse_proof(note)
        if proof is None:
            raise Refused("note-malformed")
        note = proof.checkpoint
    checkpoint, signed_by, cosigned = open_checkpoint(note, trust.log_keys(), trust.cosigners())
    held = {key for key, _ in signed_by + cosigned}
    own = [key for key in trust.log_keys() if key.name == checkpoint.origin and key.type != COSIGNATURE]
    if any(key not in held for key in own):
        raise Refused("checkpoint-signature-missing")
    facts: Dict[str, Any] = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": to_base64(checkpoint.root),
        "signedBy": [key.label for key, _ in signed_by],
    }
    if trust.policy is not None:
        if trust.policy.logs and all(key.name != checkpoint.origin for key in trust.policy.logs):
            raise Refused("policy-other-log")
        reached, cosigned, missing = trust.policy.witnessed(held)
        facts["witnesses"] = {"quorum": reached, "cosigned": cosigned, "missing": missing}
    return checkpoint, facts


def _published(log, trust: Trust) -> Tuple[Checkpoint, Dict[str, Any]]:
    try:
        data = log.read("checkpoint", MAX_NOTE)
    except Missing:
        raise LogFault("log-unreachable", "checkpoint") from None
    return open_trusted(data, trust)


def _has_quorum(facts: Dict[str, Any]) -> bool:
    return facts.get("witnesses", {}).get("quorum", True)


def consistency(old: bytes, new: bytes, log, trust: Trust, progress: Progress) -> Verdict:
    """Whether the log, at its published checkpoint, begins with the trees of both saved ones. Order does not matter."""
    facts: Dict[str, Any] = {}
    try:
        for name, data in (("old", old), ("new", new)):
            facts[name] = open_trusted(data, trust)[1]
        heads = sorted(facts.values(), key=lambda head: head["size"])
        if heads[0]["origin"] != heads[1]["origin"]:
            return {"code": "different-logs", **facts}
        if heads[0]["size"] == heads[1]["size"] and heads[0]["root"] != heads[1]["root"]:
            return {"code": "log-forked", **facts}
        if log is None:
            return {"code": "consistent" if heads[0]["size"] == heads[1]["size"] else "needs-log", **facts}
        checkpoint, facts["log"] = _published(log, trust)
        if checkpoint.origin != heads[0]["origin"]:
            return {"code": "different-logs", **facts}
        if checkpoint.size < heads[1]["size"]:
            return {"code": "log-behind", **facts}
        roots = walk(
            log, checkpoint, lambda *_: None, progress, [head["size"] for head in heads], tiles=True
        )
        same = all(to_base64(root) == head["root"] for root, head in zip(roots, heads))
        if not same:
            return {"code": "log-forked", **facts}
        return {"code": "consistent" if _has_quorum(facts["log"]) else "quorum-missing", **facts}
    except Refused as refusal:
        return {"code": refusal.code, "file": {0: "old", 1: "new"}.get(len(facts), "log"), **facts}
    except LogFault as fault:
        return {"code": fault.code, "detail": fault.detail, **facts}


def _shown(log, case: str) -> Tuple[str, Any]:
    """`counts/<case>.json` of the log: `("shown", members)`, or why there is nothing to compare."""
    try:
        members = read_object(log.read(f"counts/{case}.json", MAX_COUNTS))
    except Missing:
        return "shown-missing", None
    except LogFault:
        return "shown-missing", None
    good = (
        members is not None
        and set(members) == {"at", "case", "counts", "root", "size", "v"}
        and members["case"] == case
        and type(members["v"]) is int
        and members["v"] == 1
        and whole(members["size"])
        and isinstance(members["at"], str)
        and isinstance(members["root"], str)
        and len(from_base64(members["root"]) or b"") == 32
        and isinstance(members["counts"], dict)
        and set(members["counts"]) <= set(ACTS)
        and all(_is_tally(tally) for tally in members["counts"].values())
    )
    return ("shown", members) if good else ("shown-malformed", None)


def _is_tally(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(NUMBERS)
        and all(type(number) is int and abs(number) <= MAX_SAFE for number in value.values())
        and all(value[name] >= 0 for name in ("settledCounted", "settledRefused", "signed", "voided"))
    )


def _differences(shown: Dict[str, Any], count: Recount, root: Optional[bytes], size: int) -> List[Dict[str, Any]]:
    """Every published number that is not what the entries give at the very checkpoint it names."""
    if shown["size"] > size:
        return [{"name": "size", "shown": shown["size"], "recounted": size}]
    if root is None or to_base64(root) != shown["root"]:
        return [{"name": "root", "shown": shown["root"], "recounted": to_base64(root or b"")}]
    own = count.snapshots.get(shown["size"], {})
    out = []
    for act in ACTS:
        ours, theirs = own.get(act, dict.fromkeys(NUMBERS, 0)), shown["counts"].get(act)
        for name in NUMBERS:
            said = None if theirs is None else theirs[name]
            if said != ours[name] and not (said is None and ours[name] == 0):
                out.append({"name": f"{act}/{name}", "shown": "-" if said is None else said, "recounted": ours[name]})
    return out


def recount(case: str, log, trust: Trust, progress: Progress) -> Verdict:
    """Every number of a case that follows from entries, and whether what the log publishes of it is that."""
    registry_keys = trust.registry_keys()
    count = Recount(case, registry_keys)
    try:
        # Read before the checkpoint: so it is never newer than the tree it is compared with.
        state, shown = _shown(log, case)
        checkpoint, log_facts = _published(log, trust)
        asked = shown["size"] if shown is not None else -1
        if asked == 0:
            count.keep(0)

        def visit(index: int, data: bytes) -> None:
            count.take(index, data)
            if index + 1 == asked:
                count.keep(asked)

        root = walk(log, checkpoint, visit, progress, [asked], tiles=True)[0]
    except Refused as refusal:
        return {"code": refusal.code, "file": "checkpoint"}
    except LogFault as fault:
        return {"code": fault.code, "detail": fault.detail}
    differences = [] if shown is None else _differences(shown, count, root or None, checkpoint.size)
    verdict = {
        "log": log_facts,
        **count.facts(),
        "differences": differences,
        "anomalies": [found for found in count.anomalies if found.get("caseNumber") == case],
        "malformed": count.malformed,
    }
    if registry_keys:
        verdict["exclusions"] = count.exclusions.faults(case)
    code = "recounted"
    if not _has_quorum(log_facts):
        code = "quorum-missing"
    elif count.malformed:
        code = count.malformed[0]["code"]
    elif differences:
        code = "numbers-differ"
    elif verdict["anomalies"]:
        code = "entries-contradict"
    elif verdict.get("exclusions"):
        code = "exclusions-uncovered"
    elif not count.known:
        code = "case-unknown"
    elif shown is None and (state != "shown-missing" or count.tallies):
        code = state
    return {"code": code, **verdict}


def is_case(text: str) -> bool:
    return re.fullmatch("[0-9]{4,6}|D[0-9]{5}", text) is not None

