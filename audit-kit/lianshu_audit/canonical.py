"""Canonical JSON (RFC 8785): reads the one spelling of a document and nothing else.

The reader below accepts canonical text only: no white space, members in ascending order of their UTF-16 code units
(so no name twice), strings and numbers as ECMAScript writes them, at most 32 levels.
"""

from __future__ import annotations

import math
import re
from typing import Any, Tuple

MAX_DEPTH = 32

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_SHORT = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = (("null", None), ("true", True), ("false", False))


class NotCanonical(Exception):
    """The bytes are not one canonical JSON document."""


def format_number(value: float) -> str:
    """A finite number as ECMAScript writes it (Number::toString): shortest digits that read back the same."""
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    sign, count = "-" if value < 0 else "", len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = "." + digits[1:] if count > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if power >= 0 else '-'}{abs(power)}"


def _order(name: str) -> bytes:
    return name.encode("utf-16-be")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def take(self, expected: str) -> bool:
        if self.text.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False

    def demand(self, expected: str) -> None:
        if not self.take(expected):
            raise NotCanonical

    def value(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise NotCanonical
        if self.take("{"):
            return self.members(depth)
        if self.take("["):
            return self.items(depth)
        if self.take('"'):
            return self.string()
        for word, meaning in _WORDS:
            if self.take(word):
                return meaning
        return self.number()

    def members(self, depth: int) -> dict:
        out: dict = {}
        if self.take("}"):
            return out
        previous = None
        while True:
            self.demand('"')
            name = self.string()
            place = _order(name)
            if previous is not None and place <= previous:
                raise NotCanonical
            previous = place
            self.demand(":")
            out[name] = self.value(depth + 1)
            if self.take("}"):
                return out
            self.demand(",")

    def items(self, depth: int) -> list:
        out: list = []
        if self.take("]"):
            return out
        while True:
            out.append(self.value(depth + 1))
            if self.take("]"):
                return out
            self.demand(",")

    def string(self) -> str:
        parts = []
        while True:
            plain = _PLAIN.match(self.text, self.at)
            parts.append(plain[0])
            self.at = plain.end()
            if self.take('"'):
                return "".join(parts)
            self.demand("\\")
            parts.append(self.escape())

    def escape(self) -> str:
        """Only what must be escaped, in its shortest form; other control characters as lower-case hexadecimal."""
        letter = self.text[self.at : self.at + 1]
        self.at += 1
        if letter in _SHORT:
            return _SHORT[letter]
        digits = self.text[self.at : self.at + 4]
        self.at += 4
        if letter != "u" or re.fullmatch("00[01][0-9a-f]", digits) is None:
            raise NotCanonical
        char = chr(int(digits, 16))
        if char in "\b\f\n\r\t":
            raise NotCanonical
        return char

    def number(self) -> Any:
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            raise NotCanonical
        self.at = match.end()
        try:
            value = float(match[0])
        except ValueError:
            raise NotCanonical from None
        if not math.isfinite(value) or format_number(value) != match[0]:
            raise NotCanonical
        return int(value) if value == int(value) and abs(value) < 2**53 else value


def read(data: bytes) -> Tuple[bool, Any]:
    """`(True, value)` for one canonical document, `(False, None)` for anything else."""
    try:
        reader = _Reader(data.decode("utf-8"))
        value = reader.value(0)
    except (UnicodeDecodeError, NotCanonical):
        return False, None
    return (True, value) if reader.at == len(reader.text) else (False, None)


def read_object(data: bytes) -> Any:
    """The members of a canonical document that is an object; else None."""
    good, value = read(data)
    return value if good and isinstance(value, dict) else None
