"""ML-DSA-44 verification (FIPS 204, Algorithms 3 and 8), pure, with an empty context. Never raises for any input."""

from __future__ import annotations

from functools import lru_cache
from hashlib import shake_128, shake_256
from typing import List, Optional, Tuple

Q = 8380417
D = 13
TAU = 39
GAMMA1 = 1 << 17
GAMMA2 = (Q - 1) // 88
BETA = 78
OMEGA = 80
ROWS = COLUMNS = 4

PUBLIC_KEY_BYTES = 1312
SIGNATURE_BYTES = 2420

Poly = List[int]


def _reverse8(value: int) -> int:
    return int(format(value, "08b")[::-1], 2)


# Powers of the 512th root of unity 1753 in bit-reversed order (Appendix B).
ZETAS = [pow(1753, _reverse8(k), Q) for k in range(256)]
INVERSE_256 = pow(256, Q - 2, Q)


def _ntt(values: Poly) -> Poly:
    """Algorithm 41."""
    w = list(values)
    m, length = 0, 128
    while length:
        for start in range(0, 256, 2 * length):
            m += 1
            zeta = ZETAS[m]
            for j in range(start, start + length):
                t = zeta * w[j + length] % Q
                low = w[j]
                w[j + length] = low - t
                w[j] = low + t
        length >>= 1
    return w


def _inverse_ntt(values: Poly) -> Poly:
    """Algorithm 42."""
    w = list(values)
    m, length = 256, 1
    while length < 256:
        for start in range(0, 256, 2 * length):
            m -= 1
            zeta = -ZETAS[m]
            for j in range(start, start + length):
                low, high = w[j], w[j + length]
                w[j] = low + high
                w[j + length] = zeta * (low - high) % Q
        length <<= 1
    return [x * INVERSE_256 % Q for x in w]


def _unpack(data: bytes, bits: int) -> Poly:
    """256 whole numbers of `bits` bits, lowest bit first (Algorithm 18)."""
    number, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    return [number >> bits * i & mask for i in range(256)]


def _expand_entry(seed: bytes) -> Poly:
    """RejNTTPoly, Algorithm 30: 23-bit values below Q, in order."""
    wanted = 1024
    while True:
        stream = shake_128(seed).digest(wanted)
        out: Poly = []
        for i in range(0, wanted - 2, 3):
            value = stream[i] | stream[i + 1] << 8 | (stream[i + 2] & 0x7F) << 16
            if value < Q:
                out.append(value)
                if len(out) == 256:
                    return out
        wanted *= 2


@lru_cache(maxsize=16)
def _expand_key(public_key: bytes) -> Tuple[List[List[Poly]], List[Poly], bytes]:
    """The matrix A, `t1 * 2^d` (both in the transformed domain), and the key's digest `tr`."""
    rho = public_key[:32]
    matrix = [[_expand_entry(rho + bytes((s, r))) for s in range(COLUMNS)] for r in range(ROWS)]
    parts = [public_key[32 + 320 * r : 352 + 320 * r] for r in range(ROWS)]
    t1 = [_ntt([x << D for x in _unpack(part, 10)]) for part in parts]
    return matrix, t1, shake_256(public_key).digest(64)


def _sample_in_ball(seed: bytes) -> Poly:
    """Algorithm 29: TAU coefficients of 1 or -1, the rest 0."""
    stream = shake_256(seed).digest(8 + 1024)
    signs, at = int.from_bytes(stream[:8], "little"), 8
    c = [0] * 256
    for i in range(256 - TAU, 256):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        c[i] = c[j]
        c[j] = -1 if signs & 1 else 1
        signs >>= 1
    return c


def _unpack_hint(data: bytes) -> Optional[List[List[int]]]:
    """Algorithm 21: the positions of the hint's ones, in each polynomial ascending; None for another spelling."""
    rows: List[List[int]] = []
    start = 0
    for r in range(ROWS):
        end = data[OMEGA + r]
        if end < start or end > OMEGA:
            return None
        positions = list(data[start:end])
        if any(b <= a for a, b in zip(positions, positions[1:])):
            return None
        rows.append(positions)
        start = end
    return rows if not any(data[start:OMEGA]) else None


def _high_bits(value: int, hint: bool) -> int:
    """UseHint, Algorithm 40, over Decompose, Algorithm 36."""
    low = value % (2 * GAMMA2)
    if low > GAMMA2:
        low -= 2 * GAMMA2
    if value - low == Q - 1:
        high, low = 0, low - 1
    else:
        high = (value - low) // (2 * GAMMA2)
    if not hint:
        return high
    return (high + 1) % 44 if low > 0 else (high - 1) % 44


def _encode_high(rows: List[Poly]) -> bytes:
    """w1Encode, Algorithm 28: six bits each."""
    out = bytearray()
    for row in rows:
        number = 0
        for value in reversed(row):
            number = number << 6 | value
        out += number.to_bytes(192, "little")
    return bytes(out)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature holds under the 1,312-byte key."""
    if len(public_key) != PUBLIC_KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    challenge = signature[:32]
    hints = _unpack_hint(signature[32 + 576 * COLUMNS :])
    if hints is None:
        return False
    z = [
        [GAMMA1 - x for x in _unpack(signature[32 + 576 * s : 608 + 576 * s], 18)]
        for s in range(COLUMNS)
    ]
    bound = GAMMA1 - BETA
    if any(not -bound < x < bound for poly in z for x in poly):
        return False
    matrix, t1, digest = _expand_key(public_key)
    mu = shake_256(digest + b"\x00\x00" + message).digest(64)
    c = _ntt(_sample_in_ball(challenge))
    z0, z1, z2, z3 = (_ntt(poly) for poly in z)
    highs: List[Poly] = []
    for (a0, a1, a2, a3), t, positions in zip(matrix, t1, hints):
        product = [
            (a0[j] * z0[j] + a1[j] * z1[j] + a2[j] * z2[j] + a3[j] * z3[j] - c[j] * t[j]) % Q
            for j in range(256)
        ]
        ones = set(positions)
        highs.append([_high_bits(x, j in ones) for j, x in enumerate(_inverse_ntt(product))])
    return shake_256(mu + _encode_high(highs)).digest(32) == challenge
