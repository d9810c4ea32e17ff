"""A log that goes on under a new name: its entries say what it was called and where it ended (ADR 0026)."""

from __future__ import annotations

from typing import Any, Optional, Tuple

from .canonical import read_object

# Longer than every compact entry and shorter than any link: a whole log is passed over quickly.
SHORTEST = 180


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _link(entry: bytes) -> Optional[Tuple[str, str, Any]]:
    """Old name, new name, and the length under the old one; None for every other entry. Trust comes from the tree."""
    if len(entry) < SHORTEST or b'"kind":"key-event"' not in entry or b'"former":{' not in entry:
        return None
    body = _member(read_object(entry), "body")
    former = _member(body, "former")
    old, new, size = _member(former, "origin"), _member(body, "origin"), _member(former, "size")
    if not (isinstance(old, str) and isinstance(new, str)) or type(size) not in (int, float):
        return None
    return old, new, size


class OriginChain:
    """Follows a name along the cross-links of a log, in the order of their entries."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def take(self, index: int, entry: bytes) -> None:
        """A link counts only where its predecessor ended."""
        link = _link(entry)
        if link is not None and link[0] == self.origin and link[2] == index:
            self.origin = link[1]
