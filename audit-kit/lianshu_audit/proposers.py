"""The proposers of every draft while the record is read: what a case says it was filed with is held against them."""

from __future__ import annotations

from typing import Dict, List, Tuple

from .entries import Entry


class Proposers:
    """Electronic ones by their entries, those on paper by an officer's."""

    def __init__(self) -> None:
        self.counted: Dict[str, int] = {}
        # Of each draft, index and count of each paper entry that stands.
        self.paper: Dict[str, List[Tuple[int, int]]] = {}
        self.filed_as: Dict[str, str] = {}

    def move(self, number: str, act: str, by: int) -> None:
        """A proposal counts, or no longer counts."""
        if act == "proposal-signature":
            self.counted[number] = self.counted.get(number, 0) + by

    def on_paper(self, draft: str) -> int:
        return sum(count for _, count in self.paper.get(draft, []))

    def act(self, index: int, entry: Entry) -> bool:
        """False for a case filed with other proposers than its draft has, or with a draft that is not its own."""
        kind, number, body = entry["kind"], entry.get("case", ""), entry["body"]
        if kind == "paper-proposers":
            standing = [one for one in self.paper.get(number, []) if one[0] != entry.get("replaces")]
            self.paper[number] = [*standing, (index, body["count"])]
        elif kind == "proposal-closed" and "case" in body:
            self.filed_as.setdefault(number, body["case"])
        elif kind == "initiative-filed" and "proposal" in body:
            filed = body["proposal"]
            return (
                filed["electronic"] == self.counted.get(filed["draft"], 0)
                and filed["paper"] == self.on_paper(filed["draft"])
                and self.filed_as.get(filed["draft"]) == number
            )
        return True
