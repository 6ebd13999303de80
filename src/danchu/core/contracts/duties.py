"""What a kind of work shows of the duties that the law lays on a unit.

A package lists its declarations in ``duties.py`` as ``DUTIES``. The ledger of duties asks each one
for rows and holds them against the catalogue of the law: which rule was in force, by when it was to
be done, whether it was. The declaration says only what happened; the last day is counted by the
ledger with the statutory clock, so that one rule has one way of counting. A rule that nobody
declares is told apart as not followed by records and never fails a unit.

Three shapes:

- ``PERIODIC``: at least ``times`` different days in each ``every`` (Law 10/2022 article 32: a
  conference with the people each year). A row is something done, on ``done_on``.
- ``TERM``: a record sets a term going (a dialogue held: its result within 10 days). A row is the
  term: ``event_on`` starts it, or is the event it is counted back from; ``done_on`` None: not done.
- ``STANDING``: something that has to be there all the time (a posted schedule). A row is one that
  is, from ``done_on`` to ``until``.

One rule may be declared by several kinds of work. It may be declared in two shapes: each paper on
the budget has its term, and one on its execution is looked for in each quarter. A row then serves
both: its term stands in ``event_on``, its period in ``tells_of``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Every = Literal["week", "month", "quarter", "half_year", "year"]


class Shape(Enum):
    """How a duty comes."""

    PERIODIC = "periodic"
    TERM = "term"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One thing done, one term, or one thing in force, of one unit for one rule.

    ``record_id``: the record that shows it, None where what shows it is no record (a line of a
    schedule). ``due_on``: only where the kind of work knows a last day that the rule and
    ``event_on`` do not give, as of a term that was suspended or extended. ``path``: the office
    page where it is done, for a term that still runs. ``broken_off``: it was done, and ended before
    the least time that the law asks for (a posting taken down early). ``unposted``: it was
    done, and hangs at none of the places that the law prescribes. ``tells_of``: a day of the
    period that it is of, for what need not be done in its own period (a register of a quarter).
    """

    unit_id: int
    rule: str
    record_id: int | None = None
    done_on: dt.date | None = None
    event_on: dt.date | None = None
    until: dt.date | None = None
    due_on: dt.date | None = None
    path: str = ""
    broken_off: bool = False
    tells_of: dt.date | None = None
    unposted: bool = False


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A declared source of what fulfils some rules of the catalogue.

    ``rules``: ids of the catalogue it may yield. ``rows(unit_ids, start, end)``: for exactly those
    units, in as many queries for many as for one, and nothing of a cancelled record: of a periodic
    duty what was done in [start, end]; of a term every one that began by ``end`` (or whose event,
    where it is counted back, lies by then or later) and was not done before ``start``; of a
    standing duty what was in force on some day of [start, end]. ``every`` and ``times`` belong to
    periodic duties. ``posting``: the term is the least time of posting of the rule, not its
    deadline. ``of_before``: what is done in a period tells of the one before it (in the second
    quarter the execution of the first); rows say of which in ``tells_of``. Of another periodic
    duty a row with ``tells_of`` counts for that period alone, late where it came after it.
    Declarations that share one ``rows`` have it asked once; each takes the rows of its rules.
    """

    name: str
    shape: Shape
    rules: tuple[str, ...]
    rows: Callable[[Collection[int], dt.date, dt.date], Iterable[DutyRow]]
    every: Every = "year"
    times: int = 1
    posting: bool = False
    of_before: bool = False
