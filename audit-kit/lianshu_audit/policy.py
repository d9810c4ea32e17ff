"""Which logs are accepted and which witnesses must have cosigned (c2sp.org/tlog-policy)."""

from __future__ import annotations

import re
from typing import Dict, Iterable, List, NamedTuple, Optional, Set, Tuple

from .notes import COSIGNATURE, ED25519, ML_DSA_44, Key, Signed, parse_key

MAX_POLICY_BYTES = 524_288
MAX_ITEMS = 128

_OCTETS = re.compile(rb"[\x09\x20-\x7e\x80-\xff]*")


class Policy(NamedTuple):
    logs: List[Key]
    # The policy's own names, as octets, with their keys; in the file's order.
    witnesses: Dict[bytes, Key]
    # Name, how many of its members it takes, members. Each refers to earlier names only.
    groups: List[Tuple[bytes, int, List[bytes]]]
    quorum: bytes

    def witnessed(self, cosigned: Iterable[Key]) -> Tuple[bool, List[str], List[str]]:
        """Whether these keys satisfy the quorum; the witnesses that cosigned, and those that did not."""
        held = set(cosigned)
        names: Set[bytes] = {name for name, key in self.witnesses.items() if key in held}
        present = [name for name in self.witnesses if name in names]
        absent = [name for name in self.witnesses if name not in names]
        for name, threshold, members in self.groups:
            if sum(member in names for member in members) >= threshold:
                names.add(name)
        reached = self.quorum == b"none" or self.quorum in names
        return reached, [_shown(name) for name in present], [_shown(name) for name in absent]

    def since(self, signed: Iterable[Signed]) -> Optional[int]:
        """The latest time at or after which enough witnesses say that they cosigned; None if there is none.

        No witness alone can make a checkpoint look newer than the quorum saw it.
        """
        earliest: Dict[Key, int] = {}
        for key, time in signed:
            if time > 0 and key in self.witnesses.values():
                earliest[key] = min(time, earliest.get(key, time))
        if self.quorum == b"none":
            return None
        for time in sorted(earliest.values(), reverse=True):
            if self.witnessed(key for key, at in earliest.items() if at >= time)[0]:
                return time
        return None


def _shown(name: bytes) -> str:
    return name.decode("utf-8", "replace")


class BadPolicy(Exception):
    """The file is no policy; says the line (from 1) and what is wrong with it."""


def _key(text: bytes, kinds: Tuple[int, ...], known: Iterable[Key]) -> Key:
    try:
        key = parse_key(text.decode("utf-8"))
    except UnicodeDecodeError:
        key = None
    if key is None:
        raise BadPolicy("not a verifier key")
    if key.type not in kinds:
        raise BadPolicy("a key of a type that does not fit its role")
    if any(other.public_key == key.public_key for other in known):
        raise BadPolicy("the same public key twice")
    return key


def _threshold(text: bytes, count: int) -> int:
    if text in (b"any", b"all"):
        return 1 if text == b"any" else count
    value = int(text) if re.fullmatch(rb"[1-9][0-9]{0,3}", text) else 0
    if not 1 <= value <= count:
        raise BadPolicy("a threshold that is no number from 1 to the number of members")
    return value


class _Reader:
    def __init__(self) -> None:
        self.policy = Policy([], {}, [], b"")
        self.quorum: Optional[bytes] = None
        self.names: Set[bytes] = set()
        self.members: Set[bytes] = set()

    def define(self, name: bytes) -> None:
        if name == b"none" or name in self.names:
            raise BadPolicy("a reserved name, or one already defined")
        self.names.add(name)

    def take(self, words: List[bytes]) -> None:
        keyword, items = words[0], words[1:]
        reader = {b"log": self.log, b"witness": self.witness, b"group": self.group, b"quorum": self.take_quorum}
        if keyword not in reader:
            raise BadPolicy("an unknown kind of line")
        reader[keyword](items)

    def log(self, items: List[bytes]) -> None:
        if not 1 <= len(items) <= 2 or len(self.policy.logs) >= MAX_ITEMS:
            raise BadPolicy("log takes a key and at most a URL")
        self.policy.logs.append(_key(items[0], (ED25519, ML_DSA_44), self.policy.logs))

    def witness(self, items: List[bytes]) -> None:
        if not 2 <= len(items) <= 3 or len(self.policy.witnesses) >= MAX_ITEMS:
            raise BadPolicy("witness takes a name, a key and at most a URL")
        self.define(items[0])
        known = self.policy.witnesses.values()
        self.policy.witnesses[items[0]] = _key(items[1], (COSIGNATURE, ML_DSA_44), known)

    def group(self, items: List[bytes]) -> None:
        if len(items) < 3 or len(self.policy.groups) >= MAX_ITEMS:
            raise BadPolicy("group takes a name, a threshold and members")
        name, threshold, members = items[0], items[1], items[2:]
        for member in members:
            if member not in self.names or member in self.members:
                raise BadPolicy("a member that is not defined, or is one already")
            self.members.add(member)
        self.define(name)
        self.policy.groups.append((name, _threshold(threshold, len(members)), members))

    def take_quorum(self, items: List[bytes]) -> None:
        if len(items) != 1 or self.quorum is not None:
            raise BadPolicy("exactly one quorum line with one name")
        if items[0] != b"none" and items[0] not in self.names:
            raise BadPolicy("a quorum that is not defined")
        self.quorum = items[0]


def parse_policy(data: bytes) -> Policy:
    """The policy in a file. Any fault refuses it whole; so does a last line without its newline: it may be cut short."""
    if len(data) > MAX_POLICY_BYTES:
        raise BadPolicy("larger than a policy may be")
    reader = _Reader()
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            if _OCTETS.fullmatch(line) is None:
                raise BadPolicy("a control character")
            if number == len(lines) and line != b"":
                raise BadPolicy("no newline at the end")
            words = [word for word in re.split(rb"[ \t]+", line) if word]
            if words and not words[0].startswith(b"#"):
                reader.take(words)
        except BadPolicy as fault:
            raise BadPolicy(f"line {number}: {fault}") from None
    if reader.quorum is None:
        raise BadPolicy("no quorum line")
    return reader.policy._replace(quorum=reader.quorum)
