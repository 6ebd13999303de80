"""Writing the ledger: one entry for each thing done, as the last statement of its transaction."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from danchu.core import clock
from danchu.core.bulk import Table
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput
from danchu.core.prepared import PreparedInsert

from . import chain
from .models import DailyRoot, Entry, EntrySalt, Head

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


def log_action(
    code: str, *, actor: Actor, record_id: int | None = None, data: Mapping[str, object]
) -> None:
    """Append one entry to the chain; call it last in the service's transaction.

    ``code`` says what was done ("dialogue.recorded"); ``data`` holds what changed and enters
    only as a salted digest, so that names in it can be erased later and the chain still
    proves. Raises ``RuntimeError`` outside a transaction and ``ValueError`` for a code that is
    not of the form ``room.deed``.

    The head of the chain is locked from here to the commit: everything that comes after this
    call makes every other writer of the installation wait (DESIGN decision 12).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("log_action must run inside the transaction of the service")
    if not _CODE.fullmatch(code):
        raise ValueError(f"not a ledger code: {code!r}")
    salt = secrets.token_hex(32)
    digest = chain.digest_of(salt, data)
    head = locked_head()
    # The clock of a machine may be set back; the chain's own time never is, so that the
    # entries of a legal day are always one unbroken range of numbers.
    at = max(clock.now(), head.at) if head.at else clock.now()
    number = head.number + 1
    value = chain.entry_hash(number, at, code, actor.actor_id, record_id, digest, head.hash)
    _SALT.write(number, salt)
    _ENTRY.write(number, at, code, actor.actor_id, record_id, digest, head.hash, value)
    Head.objects.filter(pk=head.pk).update(number=number, hash=value, at=at)


# Put together once: everybody else waits while they are written.
_SALT = PreparedInsert(EntrySalt, "number salt")
_ENTRY = PreparedInsert(Entry, "number at code account_id record_id digest previous hash")


@dataclass(frozen=True, slots=True)
class Deed:
    """What ``log_action`` is told, kept for ``log_actions``."""

    code: str
    account_id: int | None
    record_id: int | None
    data: Mapping[str, object]


def log_actions(deeds: Iterable[Deed]) -> int:
    """Append many entries to the chain in their order; returns how many.

    For an installation that is being built and has no other writer: the head stays locked
    until the commit. The entries are those that ``log_action`` would make one by one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("log_actions must run inside the transaction of the service")
    head = locked_head()
    at = max(clock.now(), head.at) if head.at else clock.now()
    number, previous = head.number, head.hash
    salts = Table(EntrySalt, "number salt")
    entries = Table(Entry, "number at code account_id record_id digest previous hash")
    for deed in deeds:
        if not _CODE.fullmatch(deed.code):
            raise ValueError(f"not a ledger code: {deed.code!r}")
        number += 1
        salt = secrets.token_hex(32)
        digest = chain.digest_of(salt, deed.data)
        value = chain.entry_hash(
            number, at, deed.code, deed.account_id, deed.record_id, digest, previous
        )
        salts.add(number, salt)
        entries.add(number, at, deed.code, deed.account_id, deed.record_id, digest, previous, value)
        previous = value
    salts.flush()
    entries.flush()
    if entries.written:
        Head.objects.filter(pk=head.pk).update(number=number, hash=previous, at=at)
    return entries.written


def locked_head() -> Head:
    """The end of the chain, locked until the transaction ends; made on first use.

    On SQLite every transaction is IMMEDIATE, so its begin is the lock.
    """
    head = Head.objects.select_for_update().first()
    if head is None:
        try:
            with transaction.atomic():
                Head.objects.create()
        except IntegrityError:
            pass  # another writer made it between the two statements
        head = Head.objects.select_for_update().get()
    return head


def root_of(day: dt.date) -> DailyRoot:
    """The Merkle root of the entries of one legal day, kept on first asking.

    A day without entries has the root of the empty tree, and nothing is kept for it. Raises
    ``BadInput`` for a day that is not over: its root would still change.
    """
    if day >= clock.day_of(clock.now()):
        raise BadInput(
            f"Ngày {day:%d/%m/%Y} chưa hết; gốc của một ngày chỉ có khi ngày đó kết thúc.",
            f"The day {day} is not over; the root of a day exists only after it has ended.",
        )
    kept = DailyRoot.objects.filter(day=day).first()
    if kept is not None:
        return kept  # it never changes: nobody is made to wait for it
    with transaction.atomic():
        # Whoever is writing an entry of that day holds this lock until it is committed, and
        # whoever comes after it writes with a later time.
        locked_head()
        kept = DailyRoot.objects.filter(day=day).first()
        if kept is not None:
            return kept
        tree = chain.Tree()
        numbers: list[int] = []
        for number, value in entries_of_day(day).values_list("number", "hash").iterator():
            tree.add(value)
            numbers = [numbers[0] if numbers else number, number]
        if not numbers:
            return DailyRoot(day=day, root=tree.root(), first_number=0, last_number=0)
        return DailyRoot.objects.create(
            day=day, root=tree.root(), first_number=numbers[0], last_number=numbers[1]
        )


def keep_roots() -> list[DailyRoot]:
    """Keep the root of every day that is over and has entries; a daily duty of the worker."""
    kept: list[DailyRoot] = []
    last = DailyRoot.objects.order_by("-day").first()
    number = last.last_number if last else 0
    while True:
        entry = Entry.objects.filter(number__gt=number).order_by("number").first()
        if entry is None or clock.day_of(entry.at) >= clock.day_of(clock.now()):
            return kept
        kept.append(root_of(clock.day_of(entry.at)))
        number = kept[-1].last_number


def entries_of_day(day: dt.date) -> QuerySet[Entry]:
    """The entries of one legal day in Viet Nam, in the order of their numbers."""
    return Entry.objects.filter(
        at__gte=_midnight(day), at__lt=_midnight(day + dt.timedelta(days=1))
    ).order_by("number")


_FIRST = dt.date(1, 1, 2)  # the day before begins earlier than the first instant of UTC


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(max(day, _FIRST), dt.time(), clock.VIET_NAM)
