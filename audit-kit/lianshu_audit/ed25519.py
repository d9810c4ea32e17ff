"""Ed25519 verification (RFC 8032 §5.1.7), in the strict form that every verifier of this project keeps to.

The rule, where RFC 8032 leaves room:
* S must be smaller than the group order L;
* the equation is checked without the cofactor, by comparing the *bytes* of `[S]B - [k]A` with R: an R that is not
  in its one canonical spelling never matches;
* the public key must be canonical (y < p, no negative zero) and not of small order: under such a key anybody can
  sign anything. `is_acceptable_key` says so, and a list of trusted keys that holds one is refused.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha512
from typing import List, Optional, Tuple

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)

# Extended coordinates (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z.
Point = Tuple[int, int, int, int]
# An affine point made ready for addition: (y + x, y - x, 2*d*x*y).
Ready = Tuple[int, int, int]

IDENTITY: Point = (0, 1, 1, 0)


def decode_point(data: bytes) -> Optional[Tuple[int, int]]:
    """The affine point of 32 bytes, or None: not on the curve, y not below p, or zero with a sign (§5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(data) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == (-u) % P:
        x = x * SQRT_M1 % P
    if v * x * x % P != u or (x == 0 and sign == 1):
        return None
    return (P - x if x & 1 != sign else x), y


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * D * p[3] * q[3] % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _ready(points: List[Point]) -> List[Ready]:
    """The points in affine form; one inversion for all of them."""
    running, products = 1, []
    for point in points:
        products.append(running)
        running = running * point[2] % P
    inverse, out = pow(running, -1, P), []
    for point, before in zip(reversed(points), reversed(products)):
        z = inverse * before % P
        inverse = inverse * point[2] % P
        x, y = point[0] * z % P, point[1] * z % P
        out.append(((y + x) % P, (y - x) % P, 2 * D * x * y % P))
    out.reverse()
    return out


def _comb(x: int, y: int) -> List[Ready]:
    """`j * 16^i * (x, y)` at `16 i + j`, for every hexadecimal digit of a scalar."""
    base: Point = (x, y, 1, x * y % P)
    points: List[Point] = []
    for _ in range(64):
        multiple = IDENTITY
        for _ in range(16):
            points.append(multiple)
            multiple = _add(multiple, base)
        base = multiple
    return _ready(points)


def _accumulate(start: Point, table: List[Ready], scalar: int) -> Point:
    """`start` plus the scalar times the table's point, one mixed addition for each digit."""
    x1, y1, z1, t1 = start
    offset = 0
    while scalar:
        digit = scalar & 15
        if digit:
            plus, minus, product = table[offset + digit]
            a = (y1 - x1) * minus % P
            b = (y1 + x1) * plus % P
            c = t1 * product % P
            d = 2 * z1
            e, f, g, h = b - a, d - c, d + c, b + a
            x1, y1, z1, t1 = e * f % P, g * h % P, f * g % P, e * h % P
        scalar >>= 4
        offset += 16
    return x1, y1, z1, t1


def _encode(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


@lru_cache(maxsize=1)
def _base_table() -> List[Ready]:
    point = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if point is None:
        raise AssertionError("the base point is on the curve")
    return _comb(*point)


@lru_cache(maxsize=64)
def _negated_key_table(public_key: bytes) -> Optional[List[Ready]]:
    point = decode_point(public_key)
    return None if point is None else _comb((P - point[0]) % P, point[1])


def is_acceptable_key(public_key: bytes) -> bool:
    """Whether signatures under this key can mean anything: canonical, and eight times the point is not zero."""
    number = int.from_bytes(public_key, "little") & (2**255 - 1)
    if len(public_key) != 32 or number >= P:
        return False
    point = decode_point(public_key)
    if point is None:
        # Not a point: nothing verifies under it, which is harmless. But 0 and 1 with the sign bit are not points
        # here and are small-order points elsewhere.
        return number not in (1, P - 1)
    multiple: Point = (point[0], point[1], 1, point[0] * point[1] % P)
    for _ in range(3):
        multiple = _add(multiple, multiple)
    return not (multiple[0] % P == 0 and (multiple[1] - multiple[2]) % P == 0)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature holds. False for anything malformed; never raises."""
    if len(signature) != 64 or len(public_key) != 32:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    table = _negated_key_table(public_key)
    if table is None:
        return False
    k = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % L
    point = _accumulate(_accumulate(IDENTITY, _base_table(), s), table, k)
    return _encode(point) == signature[:32]
