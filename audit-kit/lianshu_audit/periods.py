"""When each case takes signatures, from the acts of the record: filed once and opened once, for the days of the law.

A second opening needs a standing order of a supplement, or stands in the place of the former after a corrected
collection; it changes no threshold (Referendum Act §§10 VII, 12 II, 13 III).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Set

from .entries import Entry

KINDS = {
    "initiative-filed",
    "delivered",
    "collection",
    "retraction",
    "closure",
    "suspension",
    "supplement",
    "opened",
    "proposal-opened",
    "proposal-reopened",
    "closed",
    "proposal-closed",
}

# §12 II; for proposers a default of the platform. §10 VII, §13 III.
MONTHS = 6
SUPPLEMENT_DAYS = 30


def days_later(day: str, days: int) -> str:
    """The day so many days after; empty outside the years 1 to 9999, which no entry names."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def days_between(start: str, end: str) -> int:
    """Whole days from one day to another; none where there is no such day."""
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:
        return 0


def months_later(event: str, months: int) -> str:
    """A term from the day after: it ends before the corresponding day, or where there is none with the month."""
    first = days_later(event, 1)
    if not first:
        return ""
    year, month, day = map(int, first.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    beyond = f"{year + month // 12:04}-{month % 12 + 1:02}-01"
    month_end = days_later(beyond, -1)
    if month_end and int(month_end[8:]) < day:
        return month_end
    return days_later(f"{year:04}-{month:02}-{day:02}", -1)


def moved_day(day: str, closed: Set[str]) -> str:
    """A last day of official closure gives way to the next working day."""
    if day not in closed:
        return day
    while day and (day in closed or date.fromisoformat(day).weekday() >= 5):
        day = days_later(day, 1)
    return day


def moved_or_not(days: Iterable[str], closed: Set[str]) -> List[str]:
    return [one for day in days for one in (day, moved_day(day, closed))]


class Order(NamedTuple):
    """An order of a supplement by which nothing was opened yet; its last days before closures move them."""

    index: int
    on: str
    last_days: List[str]


class Opening(NamedTuple):
    index: int
    body: Dict[str, Any]
    of_supplement: bool


class Period:
    """What the openings of one case or draft follow from."""

    def __init__(self) -> None:
        self.filed = self.mended = self.reopened = False
        self.open: Optional[bool] = None
        self.opening: Optional[Opening] = None
        # Of the collections that stand, by index.
        self.collections: Dict[int, str] = {}
        self.orders: Dict[str, Order] = {}
        self.suspended_on: Optional[str] = None
        self.draft: Optional[str] = None

    def collect(self, on: str, index: int, replaces: Optional[int]) -> None:
        if replaces is not None and self.collections.pop(replaces, None) is None:
            return
        self.collections[index] = on
        self.mended = self.mended or replaces is not None

    def withdraw(self, index: Optional[int]) -> None:
        """What a later entry replaced or retracted orders nothing."""
        self.orders = {of: order for of, order in self.orders.items() if order.index != index}

    def suspension(self, body: Dict[str, Any], closed: Set[str]) -> None:
        """Terms stand still while a court holds the case (a default of the platform)."""
        if body["step"] == "begun":
            self.suspended_on = self.suspended_on or body["on"]
            return
        start, self.suspended_on = self.suspended_on, None
        for of, order in list(self.orders.items()) if start is not None else []:
            held = days_between(max(start or "", order.on), body["on"])
            if held > 0:
                later = [days_later(day, held) for day in moved_or_not(order.last_days, closed)]
                self.orders[of] = order._replace(last_days=[*order.last_days, *later])


class Periods:
    """Takes the acts in the order of the log; one with a fault is named and changes nothing."""

    def __init__(self) -> None:
        self.periods: Dict[str, Period] = {}
        # Official closures that stand, by index.
        self.closures: Dict[int, str] = {}

    def of(self, case: str) -> Period:
        return self.periods.setdefault(case, Period())

    def is_open(self, case: str) -> Optional[bool]:
        return self.of(case).open

    def _may_end(self, day: str, last_days: List[str]) -> bool:
        return day in moved_or_not(last_days, set(self.closures.values()))

    def act(self, index: int, entry: Entry) -> Optional[str]:
        """The fault of an act, if it has one."""
        kind, body, replaces = entry["kind"], entry["body"], entry.get("replaces")
        if kind == "closure":
            self.closures.pop(replaces, None)
            self.closures[index] = body["day"]
            return None
        period = self.of(entry["case"])
        if kind in ("initiative-filed", "delivered"):
            return self._filed(period, body)
        if kind == "opened":
            return self._opened(period, index, entry)
        if kind == "proposal-opened":
            return self._draft_opened(period, index, entry)
        if kind == "proposal-reopened":
            return self._draft_reopened(period, entry)
        if kind in ("closed", "proposal-closed"):
            if not period.open:
                return "closed-not-open"
            period.open = False
        elif kind == "collection":
            period.collect(body["on"], index, replaces)
        elif kind == "retraction":
            period.collections.pop(replaces, None)
            period.withdraw(replaces)
        elif kind == "suspension":
            period.suspension(body, set(self.closures.values()))
        elif kind == "supplement":
            period.withdraw(replaces)
            if body["step"] == "ordered":
                order = Order(index, body["on"], [days_later(body["on"], SUPPLEMENT_DAYS)])
                period.orders[body["of"]] = order
        return None

    def _filed(self, period: Period, body: Dict[str, Any]) -> Optional[str]:
        if period.filed:
            return "filed-again"
        period.filed = True
        if "proposal" in body:
            period.draft = body["proposal"]["draft"]
        return None

    def _draft_opened(self, period: Period, index: int, entry: Entry) -> Optional[str]:
        body = entry["body"]
        if period.opening is not None or "replaces" in entry:
            return "opened-again"
        right = entry["case"].startswith("D") and body["firstDay"] <= entry["at"][:10]
        if not right or not self._may_end(body["lastDay"], [months_later(body["firstDay"], MONTHS)]):
            return "period-differs"
        period.opening, period.open = Opening(index, body, False), True
        return None

    def _opened(self, period: Period, index: int, entry: Entry) -> Optional[str]:
        body, former, order = entry["body"], period.opening, None
        if "replaces" in entry:
            stands = former is not None and entry["replaces"] == former.index and not former.of_supplement
            if not stands or not period.open or not period.mended:
                return "opened-again"
        elif former is not None:
            order = period.orders.get("signers")
            if order is None:
                return "opened-again"
        if order is not None:
            collected, last_days = order.on, order.last_days
        else:
            collected = min(period.collections.values(), default=body["collectedOn"])
            last_days = [months_later(collected, MONTHS)]
        right = (
            not entry["case"].startswith("D")
            and body["collectedOn"] == collected
            and collected <= entry["at"][:10]
            and body["firstDay"] == days_later(collected, 1)
            and self._may_end(body["lastDay"], last_days)
        )
        if former is not None:
            right = right and all(body[name] == former.body.get(name) for name in ("threshold", "electors"))
        if not right:
            return "period-differs"
        if order is not None:
            del period.orders["signers"]
        period.opening, period.open, period.mended = Opening(index, body, order is not None), True, False
        return None

    def _draft_reopened(self, period: Period, entry: Entry) -> Optional[str]:
        body = entry["body"]
        filed = self.of(body["case"])
        order = filed.orders.get("proposers")
        closed = period.opening is not None and period.open is False and not period.reopened
        if not closed or filed.draft != entry["case"] or order is None:
            return "opened-again"
        right = order.on <= body["firstDay"] <= entry["at"][:10]
        if not right or not self._may_end(body["lastDay"], order.last_days):
            return "period-differs"
        period.reopened = period.open = True
        return None
