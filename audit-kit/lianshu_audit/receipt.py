"""What a receipt 收執 or a signed promise 承諾書 proves by itself (trust.md §1-2, c2sp.org/tlog-proof).

The questions are asked in this order, and the first that fails names the verdict: size; UTF-8; line ends; the
`tlog-proof` frame; `extra`; the note's form; each signature of a trusted key; the checkpoint's text; whether the
log itself signed; and last whether the recomputed entry leads to the signed root.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from .canonical import read_object
from .merkle import includes, leaf_hash
from .notes import ED25519, MAX_NOTE, PROMISE_SUFFIX, Refused, Signed, open_checkpoint, open_note, parse_note
from .strict import (
    from_base64,
    from_base64url,
    from_decimal,
    instant_seconds,
    is_case_number,
    to_base64,
    to_base64url,
    utf16_length,
)
from .trust import Trust

MAX_RECEIPT_BYTES = 384 * 1024
MAX_PROOF = MAX_NOTE + 96 * 1024
MAX_EXTRA_BYTES = 1024
MAX_PATH = 53
ACTS = ("joint-signature", "proposal-signature")

Verdict = Dict[str, Any]


class Proof(NamedTuple):
    extra: Optional[bytes]
    index: int
    path: List[bytes]
    checkpoint: str


def parse_proof(text: str) -> Optional[Proof]:
    """A `tlog-proof` file taken apart, or None."""
    cut = text.find("\n\n")
    if cut < 0 or utf16_length(text) > MAX_PROOF:
        return None
    lines = text[:cut].split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        return None
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0)[6:])
        if extra is None:
            return None
    if not lines or not lines[0].startswith("index "):
        return None
    index = from_decimal(lines.pop(0)[6:])
    path = [from_base64(line) for line in lines]
    if index is None or len(path) > MAX_PATH:
        return None
    if any(digest is None or len(digest) != 32 for digest in path):
        return None
    return Proof(extra, index, [digest for digest in path if digest is not None], text[cut + 2 :])


class Extra(NamedTuple):
    case: str
    kind: str
    secret: bytes
    evidence: bytes
    tag: Optional[str]
    demo: bool
    server_made_secret: bool


def parse_extra(data: bytes) -> Optional[Extra]:
    """The members that recompute the entry, in canonical JSON, and no others."""
    members = read_object(data) if len(data) <= MAX_EXTRA_BYTES else None
    if members is None or set(members) - {"E", "case", "demo", "kind", "r", "secretBy", "tag", "v"}:
        return None
    texts = [members.get(name) for name in ("E", "case", "kind", "r")]
    if not all(isinstance(text, str) for text in texts):
        return None
    evidence, secret = from_base64url(texts[0], 32), from_base64url(texts[3], 32)
    case, kind, tag = texts[1], texts[2], members.get("tag")
    if type(members.get("v")) is not int or members["v"] != 1 or evidence is None or secret is None:
        return None
    if not is_case_number(case) or kind not in ACTS + ("held",):
        return None
    if members.get("demo", True) is not True or members.get("secretBy", "server") != "server":
        return None
    if ("tag" in members) != (kind != "held"):
        return None
    if "tag" in members and not (isinstance(tag, str) and from_base64url(tag, 32) is not None):
        return None
    return Extra(case, kind, secret, evidence, tag, "demo" in members, "secretBy" in members)


def commitment(extra: Extra) -> str:
    """L = SHA-256("LIANSHU-LEAF/1", 00, H(case), r, E), base64url."""
    case = sha256(extra.case.encode("ascii")).digest()
    return to_base64url(sha256(b"LIANSHU-LEAF/1\x00" + case + extra.secret + extra.evidence).digest())


def _entry(members: Dict[str, Any]) -> bytes:
    """Canonical JSON of members whose values are short ASCII words and whole numbers."""
    return json.dumps(members, sort_keys=True, separators=(",", ":")).encode("ascii")


def candidate_entries(extra: Extra) -> List[Tuple[str, bytes]]:
    """The entries this receipt can stand for. A held one names its act, which the receipt does not: the tree decides."""
    base = {"case": extra.case, "commitment": commitment(extra), "kind": extra.kind, "v": 1}
    if extra.kind != "held":
        return [(extra.kind, _entry({**base, "tag": extra.tag}))]
    return [(act, _entry({**base, "act": act})) for act in ACTS]


def is_demo_origin(origin: str) -> bool:
    """The name of a demonstration ends in `.invalid` (RFC 2606), before a path if there is one."""
    return re.search(r"(?:^|\.)invalid(?:/|\Z)", origin) is not None


def _labels(signed: Sequence[Signed]) -> List[str]:
    return [key.label for key, _ in signed]


def _check_proof(text: str, trust: Trust) -> Verdict:
    proof = parse_proof(text)
    if proof is None:
        raise Refused("proof-malformed")
    extra = None if proof.extra is None else parse_extra(proof.extra)
    if extra is None:
        raise Refused("extra-malformed")
    (origin, size, root), signed, cosigned = open_checkpoint(proof.checkpoint, trust.log_keys(), trust.cosigners())
    act = next(
        (
            act
            for act, entry in candidate_entries(extra)
            if includes(leaf_hash(entry), proof.index, size, proof.path, root)
        ),
        None,
    )
    if act is None:
        raise Refused("not-included")
    facts = {
        "origin": origin,
        "caseNumber": extra.case,
        "act": act,
        "held": extra.kind == "held",
        "index": proof.index,
        "size": size,
        "root": to_base64(root),
        "commitment": commitment(extra),
        "signedBy": _labels(signed),
        "cosignedBy": _labels([one for one in cosigned if one.key.type != ED25519]),
        "unchecked": [],
        "demo": extra.demo or is_demo_origin(origin),
        "serverMadeSecret": extra.server_made_secret,
    }
    return {"code": "included", "receipt": facts}


def _promise_parts(text: str) -> Optional[Dict[str, str]]:
    lines = text.split("\n")
    if len(lines) != 6 or lines[5] != "" or not lines[0].endswith(PROMISE_SUFFIX):
        return None
    digest = from_base64(lines[1])
    values = []
    for line, label in zip(lines[2:5], ("case ", "received ", "publish-by ")):
        if not line.startswith(label):
            return None
        values.append(line[len(label) :])
    case, received, publish_by = values
    origin = lines[0][: -len(PROMISE_SUFFIX)]
    if origin == "" or digest is None or len(digest) != 32 or not is_case_number(case):
        return None
    if instant_seconds(received, False) is None or instant_seconds(publish_by, True) is None:
        return None
    return {
        "origin": origin,
        "caseNumber": case,
        "commitment": to_base64url(digest),
        "received": received,
        "publishBy": publish_by,
    }


def _check_promise(text: str, trust: Trust) -> Verdict:
    note = parse_note(text)
    facts = None if note is None else _promise_parts(note[0])
    if facts is None:
        raise Refused("not-a-receipt")
    name = facts["origin"] + PROMISE_SUFFIX
    _, signed = open_note(text, [key for key in trust.log_keys() if key.name == name and key.type == ED25519])
    promise = {**facts, "signedBy": _labels(signed), "demo": is_demo_origin(facts["origin"])}
    return {"code": "promised", "promise": promise}


def check(data: bytes, trust: Trust) -> Verdict:
    """The verdict on a file. Never raises for its content."""
    if len(data) > MAX_RECEIPT_BYTES:
        return {"code": "file-too-large"}
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {"code": "not-a-receipt"}
    if "\r\n" in text:
        return {"code": "line-ends-changed"}
    try:
        judge = _check_proof if text.startswith("c2sp.org/tlog-proof@") else _check_promise
        return judge(text, trust)
    except Refused as refusal:
        unknown = refusal.code == "unknown-signer" and not trust.all_keys()
        return {"code": "no-trusted-key" if unknown else refusal.code}
