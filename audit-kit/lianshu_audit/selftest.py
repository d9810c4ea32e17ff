"""Known answers: whether this Python, on this machine, still says what it must. Data in `known/`."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Callable, Dict, List, Tuple

from . import canonical, ed25519, merkle, receipt
from .logfiles import DirectoryLog
from .notes import parse_keys
from .policy import parse_policy
from .trust import Trust
from .whole_log import consistency, recount

KNOWN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "known")


def _bytes(*path: str) -> bytes:
    with open(os.path.join(KNOWN, *path), "rb") as file:
        return file.read()


def _trust() -> Trust:
    keys, bad = parse_keys(_bytes("keys.txt").decode("utf-8"))
    assert not bad
    return Trust(keys, parse_policy(_bytes("policy.txt")))


def _rfc8032() -> bool:
    """RFC 8032 §7.1, tests 1 and 2, and the second under another message."""
    one = [
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ]
    two = [
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ]
    good = all(ed25519.verify(*map(bytes.fromhex, parts)) for parts in (one, two))
    return good and not ed25519.verify(*map(bytes.fromhex, [two[0], "73", two[2]]))


def _trees() -> bool:
    """RFC 6962 §2.1: the empty tree, and every path of trees of up to 40 leaves."""
    tree, leaves = merkle.Tree(), []
    good = tree.root() == sha256(b"").digest()
    for size in range(1, 41):
        leaf = merkle.leaf_hash(bytes((size,)))
        leaves.append(leaf)
        tree.append(leaf)
        for index in range(size):
            path = _path(index, leaves)
            good = good and merkle.includes(leaves[index], index, size, path, tree.root())
            good = good and not merkle.includes(leaves[index], index + 1, size, path, tree.root())
    return good


def _path(index: int, leaves: List[bytes]) -> List[bytes]:
    """PATH(m, D[n]) as RFC 6962 §2.1.1 defines it."""
    if len(leaves) == 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return _path(index, left) + [_root(right)]
    return _path(index - split, right) + [_root(left)]


def _root(leaves: List[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return merkle.node_hash(_root(leaves[:split]), _root(leaves[split:]))


def _json() -> bool:
    """RFC 8785 §3.2.2 and Appendix B."""
    numbers = {1e21: "1e+21", 1e-7: "1e-7", 333333333.33333329: "333333333.3333333", 4.5: "4.5", 1e23: "1e+23"}
    good = all(canonical.format_number(value) == text for value, text in numbers.items())
    for text in ('{"a":1, "b":2}', '{"b":1,"a":2}', '{"a":1,"a":1}', "1.0", "-0", '"\\u0041"'):
        good = good and not canonical.read(text.encode("utf-8"))[0]
    return good and canonical.read('{"a":[1,"€"],"b":null}'.encode("utf-8"))[0]


def _receipts() -> bool:
    """Good files keep their verdict; no change of a single bit, one in each of some hundred places, does."""
    trust = _trust()
    expected: Dict[str, dict] = json.loads(_bytes("expected.json"))
    good = True
    for name, verdict in expected.items():
        data = _bytes(name)
        good = good and receipt.check(data, trust) == verdict
        if name.startswith("stranger"):
            continue  # The line of an unknown key may say anything: the format demands that it be ignored.
        for at in range(0, len(data), max(1, len(data) // 60)):
            changed = data[:at] + bytes((data[at] ^ 4,)) + data[at + 1 :]
            good = good and receipt.check(changed, trust) != verdict
    return good


def _log() -> bool:
    trust, log = _trust(), DirectoryLog(os.path.join(KNOWN, "log"))

    def quiet(*_: int) -> None:
        return None

    counted = recount("9901", log, trust, quiet)
    numbers = {act: tally["counted"] for act, tally in counted.get("acts", {}).items()}
    grown = consistency(_bytes("old.checkpoint"), _bytes("log", "checkpoint"), log, trust, quiet)
    forked = consistency(_bytes("fork.checkpoint"), _bytes("log", "checkpoint"), log, trust, quiet)
    return (
        counted["code"] == "recounted"
        and numbers == {"joint-signature": 4}
        and grown["code"] == "consistent"
        and forked["code"] == "log-forked"
    )


CHECKS: List[Tuple[str, Callable[[], bool]]] = [
    ("Ed25519 (RFC 8032)", _rfc8032),
    ("雜湊樹 hash trees (RFC 6962)", _trees),
    ("正規 JSON canonical JSON (RFC 8785)", _json),
    ("收執、承諾書、ML-DSA-44 receipts, promises, ML-DSA-44", _receipts),
    ("重算與一致性 recount and consistency", _log),
]


def run(as_json: bool) -> int:
    """Prints what holds and what does not; exit code 0 or 1."""
    results = [(name, check()) for name, check in CHECKS]
    good = all(result for _, result in results)
    if as_json:
        print(json.dumps({"exit": 0 if good else 1, "checks": dict(results)}, ensure_ascii=False, indent=2))
    else:
        for name, result in results:
            print("✔" if result else "✘", name)
    return 0 if good else 1
