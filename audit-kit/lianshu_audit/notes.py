"""Signed notes and their keys (c2sp.org/signed-note), cosignatures (c2sp.org/tlog-cosignature), checkpoints."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

from . import ed25519, mldsa44
from .strict import MAX_SAFE, from_base64, from_decimal, utf16_length

ED25519, COSIGNATURE, ML_DSA_44 = 1, 4, 6
KEY_BYTES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
ALGORITHMS = {ED25519: "Ed25519", COSIGNATURE: "Ed25519", ML_DSA_44: "ML-DSA-44"}

# Limits: in UTF-16 code units, and in signature lines (the format demands room for 16).
MAX_NOTE = 262_144
MAX_SIGNATURES = 64
PROMISE_SUFFIX = "/promise"

_FORBIDDEN_IN_NOTE = re.compile("[\x00-\x09\x0b-\x1f]")
# Control characters, the plus sign, and every Unicode space and invisible format character. Fixed ranges, so that a
# verdict does not depend on the Unicode version of the machine.
_FORBIDDEN_IN_NAME = re.compile(
    "[\x00-\x20+\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# What ECMAScript's trim takes away: lists of keys are read alike everywhere.
_SPACE = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,4096})")


class Key(NamedTuple):
    name: str
    type: int
    public_key: bytes
    id: bytes

    @property
    def label(self) -> str:
        return f"{self.name} ({ALGORITHMS[self.type]})"


class Line(NamedTuple):
    name: str
    id: bytes
    signature: bytes


class Signed(NamedTuple):
    """A key whose signature held, and the POSIX time it states (0: none)."""

    key: Key
    time: int


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


class Refused(Exception):
    """The file proves nothing, for the reason that `code` names."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_key_name(name: str) -> bool:
    """Not empty, no space, no plus; here also nothing invisible, and at most 255 bytes."""
    return name != "" and _FORBIDDEN_IN_NAME.search(name) is None and len(name.encode("utf-8")) <= 255


def key_id(name: str, kind: int, public_key: bytes) -> bytes:
    return sha256(name.encode("utf-8") + b"\n" + bytes((kind,)) + public_key).digest()[:4]


def parse_key(text: str) -> Optional[Key]:
    """Reads `<name>+<hex id>+<base64 of type and key>`. The id must be the computed one."""
    match = _VKEY.fullmatch(text)
    data = None if match is None else from_base64(match[3])
    if match is None or not data or not is_key_name(match[1]):
        return None
    kind, public_key = data[0], data[1:]
    if len(public_key) != KEY_BYTES.get(kind):
        return None
    if kind != ML_DSA_44 and not ed25519.is_acceptable_key(public_key):
        return None
    key = Key(match[1], kind, public_key, key_id(match[1], kind, public_key))
    return key if key.id.hex() == match[2] else None


def parse_keys(text: str) -> Tuple[List[Key], List[int]]:
    """The keys of a list, one a line, and the numbers of lines that are none; `#` comments are skipped."""
    keys, bad = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip(_SPACE)
        if line == "" or line.startswith("#"):
            continue
        key = parse_key(line)
        if key is None:
            bad.append(number)
        else:
            keys.append(key)
    return keys, bad


def _parse_line(line: str) -> Optional[Line]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not is_key_name(parts[1]):
        return None
    data = from_base64(parts[2])
    if data is None or len(data) < 5:
        return None
    return Line(parts[1], data[:4], data[4:])


def parse_note(note: str) -> Optional[Tuple[str, List[Line]]]:
    """The text, up to the last empty line, and the signature lines; None for anything that is no note."""
    if utf16_length(note) > MAX_NOTE or _FORBIDDEN_IN_NOTE.search(note) or not note.endswith("\n"):
        return None
    cut = note.rfind("\n\n")
    if cut < 0:
        return None
    lines = note[cut + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        return None
    parsed = [_parse_line(line) for line in lines]
    return None if None in parsed else (note[: cut + 1], [line for line in parsed if line is not None])


def tree_head(text: str) -> Optional[Tuple[str, int, bytes, List[str]]]:
    """The first three lines of a checkpoint and what follows them; None if they are not that."""
    lines = text.split("\n")
    if len(lines) < 4:
        return None
    size, root = from_decimal(lines[1]), from_base64(lines[2])
    if size is None or root is None or len(root) != 32:
        return None
    return lines[0], size, root, lines[3:]


def cosigned_message(key: Key, text: str, time: int) -> Optional[bytes]:
    """What a timestamped signature covers; None if the text is no checkpoint, for which alone it is defined."""
    head = tree_head(text)
    if head is None:
        return None
    if key.type == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode("utf-8")
    origin, size, root, rest = head
    name, log = key.name.encode("utf-8"), origin.encode("utf-8")
    # Extension lines are not covered by this message, so a text that has some is refused.
    if rest != [""] or not 1 <= len(log) <= 255:
        return None
    return b"".join(
        (
            b"subtree/v1\n\x00",
            bytes((len(name),)) + name,
            time.to_bytes(8, "big"),
            bytes((len(log),)) + log,
            bytes(8),
            size.to_bytes(8, "big"),
            root,
        )
    )


_verified: Dict[Tuple[bytes, int, bytes, bytes], bool] = {}


def _holds(key: Key, message: bytes, signature: bytes) -> bool:
    """Verifies; the same question is answered once (an audit asks it for one checkpoint again and again)."""
    question = (key.public_key, key.type, message, signature)
    known = _verified.get(question)
    if known is None:
        verify = mldsa44.verify if key.type == ML_DSA_44 else ed25519.verify
        known = verify(key.public_key, message, signature)
        if len(_verified) >= 4096:
            _verified.clear()
        _verified[question] = known
    return known


def _verify(key: Key, text: str, signature: bytes) -> Optional[Signed]:
    if key.type == ED25519:
        return Signed(key, 0) if _holds(key, text.encode("utf-8"), signature) else None
    time = int.from_bytes(signature[:8], "big")
    if len(signature) <= 8 or time > MAX_SAFE:
        return None
    message = cosigned_message(key, text, time)
    if message is None or not _holds(key, message, signature[8:]):
        return None
    return Signed(key, time)


def open_note(note: str, keys: Sequence[Key]) -> Tuple[str, List[Signed]]:
    """The text and who signed it. A bad signature of a known key rejects the note; unknown keys are ignored."""
    parsed = parse_note(note)
    if parsed is None:
        raise Refused("note-malformed")
    text, lines = parsed
    signed: List[Signed] = []
    for line in lines:
        for key in keys:
            if key.name != line.name or key.id != line.id:
                continue
            result = _verify(key, text, line.signature)
            if result is None:
                raise Refused("bad-signature")
            signed.append(result)
    if not signed:
        raise Refused("unknown-signer")
    return text, signed


class Opened(NamedTuple):
    """A checkpoint, the signatures of its log, and those of anybody else one trusts."""

    checkpoint: Checkpoint
    signed_by: List[Signed]
    cosigned: List[Signed]


def open_checkpoint(note: str, log_keys: Sequence[Key], cosigners: Sequence[Key] = ()) -> Opened:
    """A checkpoint that its log signed. Extension lines are refused; this log writes none.

    Only a log key that bears the origin's name speaks for the log; never one of `cosigners`, and never a key of type
    04, which signs nothing but cosignatures: else every witness could write a log of its own.
    """
    text, signed = open_note(note, list(dict.fromkeys([*log_keys, *cosigners])))
    head = tree_head(text)
    if head is None or head[3] != [""] or head[0] == "" or head[0].endswith(PROMISE_SUFFIX):
        raise Refused("checkpoint-malformed")
    checkpoint = Checkpoint(*head[:3])
    own = [
        one
        for one in signed
        if one.key.name == checkpoint.origin and one.key.type != COSIGNATURE and one.key not in cosigners
    ]
    if not own:
        raise Refused("other-log")
    return Opened(checkpoint, own, [one for one in signed if one not in own])
