"""Who may be excluded: a `void` is covered only by a result that the registry signed, which it names, of the same case
(or of the case filed with that draft), on a ground and about an entry that the registry signed too. And a result must
be of everybody who stood: whoever was not sent to the registry was not checked.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from .entries import Entry
from .notes import Key, Refused, open_note
from .strict import to_base64, to_base64url

ACT_OF = {"signers": "joint-signature", "proposers": "proposal-signature"}


class Result(NamedTuple):
    """A `check-result` with the digest of what its author says."""

    index: int
    case: str
    body: Dict[str, Any]
    digest: bytes
    replaces: Optional[int]
    # What counted, by case and act, when it was entered.
    counted: Dict[Tuple[str, str], int]


def said(entry: Entry) -> bytes:
    """SHA-256 of body without proof, capacity, case, kind: members are ASCII texts and whole numbers by their shape."""
    body = {name: value for name, value in entry["body"].items() if name != "proof"}
    document = {"body": body, "capacity": entry["capacity"], "kind": entry["kind"], "v": 1}
    document.update({name: entry[name] for name in ("case", "replaces") if name in entry})
    return sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")).digest()


def is_proven(entry: Entry, digest: bytes, keys: Sequence[Key]) -> bool:
    try:
        text, _ = open_note(entry["body"].get("proof", ""), keys)
    except Refused:
        return False
    return text == f"lianshu-act/1\n{to_base64(digest)}\n"


class Exclusions:
    """Takes results, filings and valid voids in the order of the log, and says what is wrong with them."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = keys
        self.groups: Dict[Tuple[str, str], List[Entry]] = {}
        self.counted: Dict[Tuple[str, str], int] = {}
        self.filed: Dict[str, Dict[str, Any]] = {}
        self.results: List[Entry] = []
        self.days: List[int] = []

    def group(self, case: str, act: str) -> List[Entry]:
        return self.groups.setdefault((case, act), [])

    def move(self, case: str, act: str, by: int) -> None:
        """An electronic signature counts, or no longer counts."""
        self.counted[case, act] = self.counted.get((case, act), 0) + by

    def act(self, index: int, entry: Entry) -> None:
        kind = entry["kind"]
        if kind == "initiative-filed":
            self.filed.setdefault(entry["case"], entry["body"])
        elif kind == "check-result":
            self.results.append({**entry, "index": index, "counted": dict(self.counted)})
        elif kind == "day":
            self.days.append(index)

    def _covers(self, result: Result, case: str, act: str) -> bool:
        if ACT_OF[result.body["of"]] != act:
            return False
        return case == result.case or (act == "proposal-signature" and case == self._draft(result.case))

    def _draft(self, case: str) -> Optional[str]:
        return self.filed.get(case, {}).get("proposal", {}).get("draft")

    def _reach(self, result: Result) -> List[Dict[str, Any]]:
        """In a second round too a check is of every electronic entry that counts when its result is entered."""
        counted = sum(n for (case, act), n in result.counted.items() if self._covers(result, case, act))
        received = result.body.get("electronic", {}).get("received", 0)
        if received == counted:
            return []
        fault = {"code": "result-not-of-all", "about": str(result.index), "entry": result.index, "case": result.case}
        return [{**fault, "evidence": {"received": received, "counted": counted}}]

    def faults(self, case: str) -> List[Dict[str, Any]]:
        """Everything wrong with the results and exclusions of one case or draft."""
        proven: List[Result] = []
        again, unproven = [], []
        for entry in self.results:
            digest = said(entry)
            result = Result(
                entry["index"], entry["case"], entry["body"], digest, entry.get("replaces"), entry["counted"]
            )
            if is_proven(entry, digest, self.keys):
                copy = any(one.digest == digest for one in proven)
                (again if copy else proven).append(result)
            elif self.filed.get(entry["case"], {}).get("origin") != "public-reports":
                unproven.append(result)
        standing = [
            one for one in proven if not any(late.replaces == one.index and late.case == one.case for late in proven)
        ]
        acts = [("act-without-proof", unproven), ("act-repeated", again)]
        found = [
            {"code": code, "about": str(one.index), "entry": one.index, "case": one.case}
            for code, results in acts
            for one in results
        ]
        for one in standing:
            found += self._reach(one)
        for group, voids in self.groups.items():
            found += self._voids(group, voids, standing)
        return [fault for fault in found if fault["case"] == case]

    def _voids(
        self, group: Tuple[str, str], voids: List[Entry], standing: List[Result]
    ) -> List[Dict[str, Any]]:
        case, act = group
        # A total alone, paper in it, names no entry.
        able = [one for one in standing if "electronic" in one.body]
        covering = {to_base64url(one.digest): one for one in able if self._covers(one, case, act)}
        bare = [one for one in voids if one.get("result") not in covering]
        out: List[Dict[str, Any]] = []
        if bare:
            fault = {"code": "void-without-total", "about": f"{case}/{act}", "case": case, "grade": len(bare)}
            out.append({**fault, "evidence": {"voids": _tally(bare)}})
        for name, result in covering.items():
            own = [one for one in voids if one.get("result") == name]
            out += self._cited(f"{case}/{act}", case, result, own)
        return out

    def _cited(self, group: str, case: str, result: Result, voids: List[Entry]) -> List[Dict[str, Any]]:
        electronic = result.body["electronic"]
        allowed = electronic["excluded"]
        out = []
        for ground, voided in _tally(voids).items():
            most = allowed.get(ground, 0)
            if voided > most:
                evidence = {"ground": ground, "voided": voided, "allowed": most, "result": result.index}
                fault = {"code": "void-beyond-total", "about": f"{group} {ground}", "case": case}
                out.append({**fault, "grade": voided - most, "evidence": evidence})
        if out:
            return out
        total, about = sum(allowed.values()), f"{group} → {result.index}"
        if len(voids) < total:
            # A round may end between a result and its exclusions; two days do not.
            if sum(index > result.index for index in self.days) < 2:
                return []
            fault = {"code": "void-missing", "about": about, "case": case, "grade": total - len(voids)}
            return [{**fault, "evidence": {"voided": len(voids), "signed": total}}]
        lines = sorted((one["index"], one["ground"]) for one in voids)
        digest = sha256("".join(f"{index} {ground}\n" for index, ground in lines).encode("ascii")).hexdigest()
        if digest == electronic["voids"]:
            return []
        fault = {"code": "void-not-as-signed", "about": about, "case": case, "grade": len(voids)}
        return [{**fault, "evidence": {"digest": digest, "signed": electronic["voids"]}}]


def _tally(voids: List[Entry]) -> Dict[str, int]:
    counts: Dict[str, int] = {}
    for one in voids:
        counts[one["ground"]] = counts.get(one["ground"], 0) + 1
    return counts
