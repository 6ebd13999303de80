"""Clocks and counters. Everything here measures; nothing here knows what."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Spent:
    """Seconds on the clock and on the processor, the database server's own included."""

    wall: float = 0.0
    cpu: float = 0.0


def cpu_of(process_id: int) -> float:
    """Seconds of processor time a process of this machine has used so far."""
    with open(f"/proc/{process_id}/stat", encoding="utf-8") as handle:
        fields = handle.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def database_cpu() -> float:
    """Seconds the database spent for this connection in a process of its own (PostgreSQL)."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cpu_of(cursor.fetchone()[0])


def both_processes() -> float:
    """Seconds of processor time of this process and of the database server for its connection."""
    return time.process_time() + database_cpu()


@contextmanager
def spending(with_database: bool = False) -> Iterator[Spent]:
    """Measures the block; ``with_database`` adds the server process of this connection."""
    spent = Spent()
    before = database_cpu() if with_database else 0.0
    wall, cpu = time.perf_counter(), time.process_time()
    yield spent
    spent.wall, spent.cpu = time.perf_counter() - wall, time.process_time() - cpu
    if with_database:
        spent.cpu += database_cpu() - before


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things measured in turns: medians of the processor time of one call, in seconds."""

    measured: float
    standard: float

    @property
    def ratio(self) -> float:
        return self.measured / self.standard


def in_turns(
    measured: Callable[[], object],
    standard: Callable[[], object],
    *,
    times: int,
    before: Callable[[], object] | None = None,
    clock: Callable[[], float] = time.process_time,
) -> Pair:
    """Processor time of both, called one after the other; ``before`` each, not counted.

    ``clock``: whose time counts, in seconds; :func:`both_processes` adds the database server.

    The order changes from turn to turn, so that what one leaves in the caches helps and harms
    both alike.
    """
    found: dict[int, list[float]] = {0: [], 1: []}
    calls = (measured, standard)
    for call in calls:
        call()
    gc.collect()
    for turn in range(times):
        for which in (0, 1) if turn % 2 else (1, 0):
            if before is not None:
                before()
            began = clock()
            calls[which]()
            found[which].append(clock() - began)
    return Pair(statistics.median(found[0]), statistics.median(found[1]))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]


@dataclass(slots=True)
class Statements:
    """The statements one block sent to the database, in order."""

    sent: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.sent.append((sql, params))
        return execute(sql, params, many, context)


class OneProcessor:
    """Keeps PostgreSQL in the one process whose time is counted."""

    def __enter__(self) -> None:
        self._set("SET max_parallel_workers_per_gather TO 0")

    def __exit__(self, *_raised: object) -> None:
        self._set("RESET max_parallel_workers_per_gather")

    def _set(self, statement: str) -> None:
        from django.db import connection

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(statement)


def asked_again(sent: Sequence[tuple[str, Any]], repeats: int) -> float:
    """Seconds of processor time the database takes for what was read, on the average.

    PostgreSQL works in a process of its own, whose clock counts in hundredths of a second; it is
    kept to that one, for its helpers have clocks of their own. SQLite works in this one, so that
    there the driver is counted in.
    """
    from django.db import connection

    reading = [(s, params) for s, params in sent if s.lstrip("( ").upper().startswith("SELECT")]
    apart = connection.vendor == "postgresql"
    with OneProcessor(), connection.cursor() as cursor:
        before = database_cpu() if apart else time.process_time()
        for _ in range(repeats):
            for sql, params in reading:
                cursor.execute(sql, params)
                cursor.fetchall()
        return ((database_cpu() if apart else time.process_time()) - before) / repeats


@contextmanager
def statements() -> Iterator[Statements]:
    """Collects every statement of the block, those that open a connection left out."""
    from django.db import connection

    found = Statements()
    with connection.execute_wrapper(found):
        yield found
