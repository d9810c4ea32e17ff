"""Hash trees of RFC 6962 §2.1: leaves, nodes, roots, inclusion; and a tree that grows leaf by leaf."""

from __future__ import annotations

from hashlib import sha256
from typing import List, Sequence


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that an inclusion path leads to, by the definition of PATH(m, D[n]); ValueError for a wrong length.

    Going down from the root, the larger part of n leaves is the largest power of two below n. The path is written
    from the leaf upwards, so it is consumed from its end.
    """
    sides: List[bool] = []
    first, count = index, size
    while count > 1:
        split = 1 << ((count - 1).bit_length() - 1)
        goes_right = first >= split
        sides.append(goes_right)
        first, count = (first - split, count - split) if goes_right else (first, split)
    if len(sides) != len(path):
        raise ValueError("a path of another length")
    digest = leaf
    for sibling, is_right in zip(path, reversed(sides)):
        digest = node_hash(sibling, digest) if is_right else node_hash(digest, sibling)
    return digest


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf hash stands at `index` in the tree of `size` with this root."""
    if not 0 <= index < size:
        return False
    try:
        return root_from_path(leaf, index, size, path) == root
    except ValueError:
        return False


class Tree:
    """A tree that only grows. It keeps the roots of its complete subtrees, largest first: one per bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._complete: List[bytes] = []

    def append(self, leaf: bytes) -> None:
        digest, bits = leaf, self.size
        while bits & 1:
            digest = node_hash(self._complete.pop(), digest)
            bits >>= 1
        self._complete.append(digest)
        self.size += 1

    def root(self) -> bytes:
        if not self._complete:
            return sha256(b"").digest()
        digest = self._complete[-1]
        for left in reversed(self._complete[:-1]):
            digest = node_hash(left, digest)
        return digest
