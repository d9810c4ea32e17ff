"""Reading a published log (c2sp.org/tlog-tiles): bounded, and proved as it is read."""

from __future__ import annotations

import os
import stat
from typing import Callable, Iterator, List, Optional, Sequence, Tuple

from .merkle import Tree, leaf_hash, node_hash
from .notes import MAX_NOTE, Checkpoint, Opened, Refused, open_checkpoint
from .trust import Trust

TILE = 256
MAX_BUNDLE_BYTES = TILE * (2 + 65_535)
AHEAD = 8


class LogFault(Exception):
    """The log cannot be asked, or its files do not hold together: `code` names it, `detail` says where."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Missing(Exception):
    """There is no such file in the log."""


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class DirectoryLog:
    """A copy of the log in a directory that contains `checkpoint`."""

    live = False

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def read(self, path: str, limit: int) -> bytes:
        try:
            # To open a pipe waits until somebody writes: look without waiting, then read.
            with open(os.path.join(self.folder, *path.split("/")), "rb", opener=_without_waiting) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise LogFault("log-unreachable", f"{path}: not a regular file")
                data = file.read(limit + 1)
        except FileNotFoundError:
            raise Missing(path) from None
        except OSError as cause:
            raise LogFault("log-unreachable", f"{path}: {cause.strerror}") from None
        if len(data) > limit:
            raise LogFault("log-answer-too-large", f"{path}: over {limit} bytes")
        return data


def open_log(name: str):
    """The log that `--log` names: a URL, or a directory."""
    if not name.startswith(("http://", "https://")):
        return DirectoryLog(name)
    # Only here: what speaks to a network is not even loaded without a URL.
    from .http_log import HttpLog

    return HttpLog(name)


def read_checkpoint(log, trust: Trust) -> Opened:
    """The log's newest checkpoint, signed by a trusted key of its own."""
    try:
        note = log.read("checkpoint", MAX_NOTE).decode("utf-8")
        return open_checkpoint(note, trust.log_keys(), trust.cosigners())
    except Missing:
        raise LogFault("log-unreachable", "checkpoint") from None
    except UnicodeDecodeError:
        raise LogFault("log-bad-checkpoint", "note-malformed") from None
    except Refused as refusal:
        raise LogFault("log-bad-checkpoint", refusal.code) from None


def index_path(index: int, width: int) -> str:
    """`67` is `067`, `1234067` is `x001/x234/067`; a partial file of `width` entries is below `.p/`."""
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    path = "/".join(groups)
    return path if width == TILE else f"{path}.p/{width}"


def split_bundle(data: bytes, width: int) -> Optional[List[bytes]]:
    """The entries of a bundle of exactly `width`: each its length in two bytes, then its own bytes."""
    entries: List[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data) or len(entries) == width:
            return None
        entries.append(data[at + 2 : end])
        at = end
    return entries if len(entries) == width else None


def _read_either(log, path: str, full: str, limit: int, width: int) -> Tuple[bytes, int]:
    """A partial file, or the full one that has replaced it since; and the width of what was read."""
    try:
        try:
            return log.read(path, limit), width
        except Missing:
            if path == full:
                raise
            return log.read(full, limit), TILE
    except Missing:
        raise LogFault("log-unreachable", path) from None


def read_bundle(log, index: int, width: int) -> List[bytes]:
    """The first `width` entries of a bundle."""
    path = "tile/entries/" + index_path(index, width)
    full = "tile/entries/" + index_path(index, TILE)
    data, found = _read_either(log, path, full, MAX_BUNDLE_BYTES, width)
    entries = split_bundle(data, found)
    if entries is None:
        raise LogFault("log-files-wrong", path)
    return entries[:width]


Progress = Callable[[int, int], None]


def bundles(log, size: int) -> Iterator[List[bytes]]:
    """All bundles of a log of `size` entries in order, some fetched ahead."""
    wanted = [(start // TILE, min(TILE, size - start)) for start in range(0, size, TILE)]
    if not log.live:
        for index, width in wanted:
            yield read_bundle(log, index, width)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=AHEAD) as pool:
        for at in range(0, len(wanted), AHEAD):
            yield from pool.map(lambda one: read_bundle(log, *one), wanted[at : at + AHEAD])


class TileCheck:
    """Compares every hash tile of the log, of each level, with what the entries give."""

    def __init__(self, log, size: int) -> None:
        self.log = log
        self.size = size
        self.rows: List[List[bytes]] = [[]]
        self.done = [0]

    def add(self, digest: bytes, level: int = 0) -> None:
        if level == len(self.rows):
            self.rows.append([])
            self.done.append(0)
        row = self.rows[level]
        row.append(digest)
        if len(row) == TILE:
            self._compare(level)
            while len(row) > 1:
                row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2])]
            self.rows[level] = []
            self.done[level] += 1
            self.add(row[0], level + 1)

    def finish(self) -> None:
        for level, row in enumerate(self.rows):
            if row:
                self._compare(level)

    def _compare(self, level: int) -> None:
        row, index = self.rows[level], self.done[level]
        # A tile that is full by now may be asked for by its partial width in a smaller tree, and the other way round.
        width = min(TILE, self.size // TILE**level - index * TILE)
        path = f"tile/{level}/{index_path(index, width)}"
        full = f"tile/{level}/{index_path(index, TILE)}"
        data, wanted = _read_either(self.log, path, full, TILE * 32, width)
        if len(data) != wanted * 32:
            raise LogFault("tile-length", path)
        if data[: width * 32] != b"".join(row):
            raise LogFault("tile-differs", path)


def walk(
    log,
    checkpoint: Checkpoint,
    visit: Callable[[int, bytes], None],
    progress: Progress,
    earlier: Sequence[int] = (),
    tiles: bool = False,
) -> List[bytes]:
    """Reads every entry, gives each to `visit`, and proves that they are the tree that the checkpoint signs.

    What was visited is to be believed only after the return. The result is the root the log had at each of the
    `earlier` sizes. Every leaf is hashed here: no tile of the log is taken at its word, and with `tiles` each is
    compared with the entries.
    """
    tree, roots = Tree(), {}
    check = TileCheck(log, checkpoint.size) if tiles else None
    wanted = set(earlier)
    if 0 in wanted:
        roots[0] = tree.root()
    for entries in bundles(log, checkpoint.size):
        for entry in entries:
            visit(tree.size, entry)
            leaf = leaf_hash(entry)
            tree.append(leaf)
            if check is not None:
                check.add(leaf)
            if tree.size in wanted:
                roots[tree.size] = tree.root()
        progress(tree.size, checkpoint.size)
    if check is not None:
        check.finish()
    if tree.size != checkpoint.size or tree.root() != checkpoint.root:
        raise LogFault("log-files-wrong", "root")
    return [roots.get(size, b"") for size in earlier]
