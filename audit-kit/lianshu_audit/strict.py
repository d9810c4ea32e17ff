"""One spelling for each value: base64, decimals, instants. What is read here is written back byte for byte.

A lenient reader would let a changed file pass as the same one.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Optional

MAX_SAFE = 2**53 - 1

_CASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
_INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z")


def from_base64(text: str) -> Optional[bytes]:
    """Standard base64 with padding, unused bits zero (RFC 4648 §4, §3.5)."""
    if _BASE64.fullmatch(text) is None:
        return None
    data = base64.b64decode(text)
    return data if to_base64(data) == text else None


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def from_base64url(text: str, length: int) -> Optional[bytes]:
    """Base64url without padding of exactly `length` bytes, unused bits zero."""
    if _BASE64URL.fullmatch(text) is None:
        return None
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
    return data if len(data) == length and to_base64url(data) == text else None


def to_base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_decimal(text: str) -> Optional[int]:
    """A whole number without sign or leading zero, at most 2^53 - 1."""
    if _DECIMAL.fullmatch(text) is None:
        return None
    value = int(text)
    return value if value <= MAX_SAFE else None


def is_case_number(text: str) -> bool:
    return _CASE.fullmatch(text) is not None


def instant_seconds(text: str, with_seconds: bool) -> Optional[int]:
    """POSIX seconds of `YYYY-MM-DDTHH:MM[:SS]Z`, years 0000 to 9999; None for a date or time that does not exist."""
    match = _INSTANT.fullmatch(text)
    if match is None or (match[6] is not None) != with_seconds:
        return None
    year, month, day, hour, minute = (int(match[i]) for i in range(1, 6))
    second = int(match[6] or 0)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    days = 365 * year + (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    days += sum(lengths[: month - 1]) + day - 1
    return (days - 719528) * 86400 + hour * 3600 + minute * 60 + second


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which the limits of this project's files are stated."""
    return len(text.encode("utf-16-le")) // 2
