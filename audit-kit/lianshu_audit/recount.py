"""The numbers of a case, from every entry of the log: counted = signatures + settled as counted - void.

An entry that contradicts those before it counts for nothing and is named; only one that comes before a case's
opening or after its closing counts all the same, and is named too.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .entries import ACTS, Entry, read_entry, taipei_seconds
from .exclusions import Exclusions
from .notes import Key
from .periods import KINDS, Periods
from .proposers import Proposers

DAY = 86_400
NUMBERS = ("signed", "held", "settledCounted", "settledRefused", "voided", "counted")


class Tally:
    """The numbers of one act of the case."""

    def __init__(self) -> None:
        self.signed = self.taken_as_held = self.settled_counted = self.settled_refused = self.voided = 0
        self.paper: Optional[int] = None
        self.grounds: Dict[str, int] = {}

    @property
    def counted(self) -> int:
        return self.signed + self.settled_counted - self.voided

    def numbers(self) -> Dict[str, int]:
        waiting = self.taken_as_held - self.settled_counted - self.settled_refused
        values = (self.signed, waiting, self.settled_counted, self.settled_refused, self.voided, self.counted)
        return dict(zip(NUMBERS, values))


class Recount:
    """Reads the record entry by entry and keeps what the numbers of one case follow from."""

    def __init__(self, case: str, registry_keys: Sequence[Key] = ()) -> None:
        self.case = case
        # Judged only for a reader who trusts a key of the registry.
        self.exclusions = Exclusions(registry_keys)
        self.tallies: Dict[str, Tally] = {}
        self.anomalies: List[Dict[str, Any]] = []
        self.malformed: List[Dict[str, Any]] = []
        self.statements: List[int] = []
        # Commitments of every case: one may not stand in two.
        self.commitments: Dict[str, int] = {}
        # Of every case, by index: [case, act, state]; state is waiting, counts, settled or voided.
        self.standing: Dict[int, List[str]] = {}
        self.periods = Periods()
        self.steps: List[Tuple[str, Dict[str, int]]] = []
        self.last_day: Optional[int] = None
        self.proposers = Proposers()
        # Whether any entry names the case.
        self.known = False
        self.snapshots: Dict[int, Dict[str, Dict[str, int]]] = {}

    def found(self, code: str, index: int, entry: Entry, about: Optional[int] = None) -> None:
        if entry.get("case") in (self.case, None):
            fact = {"code": code, "entry": index}
            if "case" in entry:
                fact["caseNumber"] = entry["case"]
            self.anomalies.append({**fact, **({} if about is None else {"about": about})})

    def tally(self, act: str) -> Tally:
        return self.tallies.setdefault(act, Tally())

    def take(self, index: int, data: bytes) -> None:
        entry, fault = read_entry(data)
        if entry is None:
            if len(self.malformed) < 100:
                self.malformed.append({"code": fault, "entry": index})
            return
        self.known = self.known or entry.get("case") == self.case
        kind = entry["kind"]
        if kind in ACTS or kind == "held":
            self._signature(index, entry)
        elif kind == "settled":
            self._settled(index, entry)
        elif kind == "void":
            self._void(index, entry)
        else:
            self._act(index, entry)

    def _own(self, entry: Entry, act: str) -> Optional[Tally]:
        return self.tally(act) if entry["case"] == self.case else None

    def _move(self, case: str, act: str, by: int) -> None:
        self.proposers.move(case, act, by)
        self.exclusions.move(case, act, by)

    def _signature(self, index: int, entry: Entry) -> None:
        held = entry["kind"] == "held"
        act = entry["act"] if held else entry["kind"]
        own = self._own(entry, act)
        self.exclusions.group(entry["case"], act)
        first = self.commitments.setdefault(entry["commitment"], index)
        if first != index:
            self.found("commitment-twice", index, entry, first)
            return
        is_open = self.periods.is_open(entry["case"])
        if not is_open:
            late = is_open is False
            self.found("signature-after-closed" if late else "signature-before-opened", index, entry)
        self.standing[index] = [entry["case"], act, "waiting" if held else "counts"]
        if not held:
            self._move(entry["case"], act, 1)
        if own is not None and held:
            own.taken_as_held += 1
        elif own is not None:
            own.signed += 1

    def _target(self, index: int, entry: Entry, wanted: str, codes: Tuple[str, str, str]) -> Optional[List[str]]:
        """What an entry is about, if it stands as `wanted` in the same case and act; else the anomaly is kept."""
        twice, wrong, other = codes
        target = self.standing.get(entry["index"]) if entry["index"] < index else None
        done = "settled" if wanted == "waiting" else "voided"
        if target is not None and target[2] == done:
            self.found(twice, index, entry, entry["index"])
        elif target is None or target[2] != wanted:
            self.found(wrong, index, entry, entry["index"])
        elif target[:2] != [entry["case"], entry["act"]]:
            self.found(other, index, entry, entry["index"])
        else:
            target[2] = done
            return target
        return None

    def _settled(self, index: int, entry: Entry) -> None:
        own = self._own(entry, entry["act"])
        self.exclusions.group(entry["case"], entry["act"])
        codes = ("settled-twice", "settled-not-held", "settled-other-case")
        if self._target(index, entry, "waiting", codes) is None:
            return
        counted = entry["outcome"] == "counted"
        if counted:
            self.standing[index] = [entry["case"], entry["act"], "counts"]
            self._move(entry["case"], entry["act"], 1)
        if own is not None and counted:
            own.settled_counted += 1
        elif own is not None:
            own.settled_refused += 1

    def _void(self, index: int, entry: Entry) -> None:
        own = self._own(entry, entry["act"])
        voids = self.exclusions.group(entry["case"], entry["act"])
        if self._target(index, entry, "counts", ("void-twice", "void-not-counted", "void-other-case")) is None:
            return
        voids.append(entry)
        self._move(entry["case"], entry["act"], -1)
        if own is not None:
            own.voided += 1
            own.grounds[entry["ground"]] = own.grounds.get(entry["ground"], 0) + 1

    def _act(self, index: int, entry: Entry) -> None:
        kind, case, at = entry["kind"], entry.get("case"), taipei_seconds(entry["at"])
        if at is None:
            self.found("act-time", index, entry)
        if entry.get("replaces", -1) >= index:
            self.found("replaces-nothing", index, entry, entry["replaces"])
        self.exclusions.act(index, entry)
        proposers_agree = self.proposers.act(index, entry)
        if kind in KINDS:
            fault = self.periods.act(index, entry)
            if fault is not None:
                self.found(fault, index, entry)
            if not proposers_agree:
                self.found("proposers-differ", index, entry)
        elif kind == "day":
            self._day(index, entry, at)
        elif kind == "paper-batch" and case == self.case:
            own = self.tally(entry["body"]["act"])
            own.paper = (own.paper or 0) + sum(entry["body"]["townships"].values())
        elif kind == "paper-proposers" and case == self.case:
            self.tally("proposal-signature").paper = self.proposers.on_paper(case)
        elif kind == "statistics" and case == self.case:
            self.statements.append(index)

    def _day(self, index: int, entry: Entry, at: Optional[int]) -> None:
        date = entry["body"]["date"]
        start = taipei_seconds(date + "T00:00:00+08:00")
        if self.last_day is not None and start != self.last_day + DAY:
            self.found("day-order", index, entry)
        if at is not None and at < start + DAY:
            self.found("day-early", index, entry)
        self.last_day = start
        self.steps.append((date, self._counted()))

    def _counted(self) -> Dict[str, int]:
        return {act: tally.counted for act, tally in self.tallies.items()}

    def keep(self, size: int) -> None:
        """Remembers the numbers as they stand when the log has `size` entries."""
        self.snapshots[size] = {act: tally.numbers() for act, tally in self.tallies.items()}

    def daily(self, act: str) -> List[Dict[str, Any]]:
        """What was added in each day that a `day` entry ended, and since the last one."""
        out, before = [], 0
        for date, counted in [*self.steps, ("", self._counted())]:
            now = counted.get(act, 0)
            out.append({**({"date": date} if date else {}), "counted": now - before})
            before = now
        return out

    def facts(self) -> Dict[str, Any]:
        """Every number that follows from entries, and which entries are statements only."""
        acts = {}
        for act, tally in self.tallies.items():
            channels = {"electronic": tally.signed + tally.settled_counted}
            if tally.paper is not None:
                channels["paper"] = tally.paper
            grounds = {"voidedByGround": tally.grounds, "daily": self.daily(act)}
            acts[act] = {**tally.numbers(), "channels": channels, **grounds}
        return {"case": self.case, "acts": acts, "statementsOnly": self.statements}


