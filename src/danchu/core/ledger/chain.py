"""The byte layout of the chain and of the daily tree: pure functions, no database.

Everything an outsider needs to recompute the ledger is in this module; the stand-alone
``scripts/verify_ledger.py`` is written from this description alone.

**Entry.** ``hash`` is SHA-256, in lower-case hexadecimal, over these lines in UTF-8, each
ended by one line feed (0x0A)::

    danchu-ledger-1
    <number>            decimal
    <at>                microseconds since 1970-01-01T00:00:00Z, decimal
    <code>
    <account id>        decimal, or "-" for the operator of the server and for nobody
    <record id>         decimal, or "-"
    <digest>            64 hexadecimal digits
    <previous>          hash of the entry before; 64 zeros before the first

**Digest.** SHA-256 over the salt (its 64 hexadecimal digits as ASCII) followed by the data
as canonical JSON in UTF-8: keys sorted by code point, no spaces, no escapes beyond those JSON
demands, whole numbers only, dates as ``YYYY-MM-DD``.

**Root of a day.** The tree of RFC 6962, section 2.1, over the entries of one legal day (Viet
Nam) in the order of their numbers: a leaf is SHA-256(0x00 + the 32 bytes of the entry's hash),
a node SHA-256(0x01 + left + right), a day without entries SHA-256 of nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

LAYOUT = "danchu-ledger-1"
GENESIS = "0" * 64
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def microseconds(at: dt.datetime) -> int:
    """Whole microseconds from 1970-01-01T00:00:00Z to ``at``, without rounding."""
    return (at - _EPOCH) // dt.timedelta(microseconds=1)


def instant(at: int) -> dt.datetime:
    """The instant that lies ``at`` microseconds after 1970-01-01T00:00:00Z."""
    return _EPOCH + dt.timedelta(microseconds=at)


def canonical(data: Mapping[str, object]) -> bytes:
    """``data`` as canonical JSON. Raises ``TypeError`` for a float or an unknown type."""
    return json.dumps(
        _plain(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case dt.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"the ledger takes no {type(value).__name__}")


def digest_of(salt: str, data: Mapping[str, object]) -> str:
    """The salted digest of what changed."""
    return hashlib.sha256(salt.encode("ascii") + canonical(data)).hexdigest()


def entry_hash(
    number: int,
    at: dt.datetime,
    code: str,
    account_id: int | None,
    record_id: int | None,
    digest: str,
    previous: str,
) -> str:
    """The hash of one entry over the layout above."""
    lines = (
        LAYOUT,
        str(number),
        str(microseconds(at)),
        code,
        "-" if account_id is None else str(account_id),
        "-" if record_id is None else str(record_id),
        digest,
        previous,
    )
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def leaf(hash_hex: str) -> bytes:
    """The leaf of an entry in the tree of its day."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(hash_hex)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The root of leaves that arrive one at a time, in memory that grows with their logarithm."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []  # (leaves below, node), sizes falling

    def add(self, hash_hex: str) -> None:
        """Take the next entry of the day."""
        size, node = 1, leaf(hash_hex)
        while self._peaks and self._peaks[-1][0] == size:
            _, left = self._peaks.pop()
            size, node = size * 2, _node(left, node)
        self._peaks.append((size, node))

    def root(self) -> str:
        """The root of all leaves taken so far."""
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        node = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            node = _node(left, node)
        return node.hex()


def path_to(index: int, leaves: Sequence[bytes]) -> list[str]:
    """The audit path of RFC 6962, section 2.1.1: the siblings from the leaf up to the root."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below the size
    if index < split:
        below, beside = path_to(index, leaves[:split]), leaves[split:]
    else:
        below, beside = path_to(index - split, leaves[split:]), leaves[:split]
    return [*below, _root_of(beside).hex()]


def _root_of(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return _node(_root_of(leaves[:split]), _root_of(leaves[split:]))


def root_by_path(hash_hex: str, index: int, size: int, path: Sequence[str]) -> str | None:
    """The root that an audit path leads to, or None when path and position do not fit."""
    if not 0 <= index < size:
        return None
    node, position, last, rest = leaf(hash_hex), index, size - 1, list(path)
    while last:
        if position & 1 or position == last:
            if position & 1:
                if not rest:
                    return None
                node = _node(bytes.fromhex(rest.pop(0)), node)
            # A right-most node without a sibling rises unchanged.
        else:
            if not rest:
                return None
            node = _node(node, bytes.fromhex(rest.pop(0)))
        position, last = position >> 1, last >> 1
    return None if rest else node.hex()
