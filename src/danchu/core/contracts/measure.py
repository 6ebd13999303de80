"""What a kind of work contributes to figures.

A package of ``civic`` lists its measures in ``measures.py`` as ``MEASURES``. The fold asks
each one for the rows of some units between two days and adds them up by the operator of the
indicator; the evidence page asks the same measure which records stand behind a figure, so
a number and its records can never come from two different queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One record's contribution: amount in the indicator's smallest unit."""

    unit_id: int
    record_id: int
    indicator: str
    amount: int
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Gainsaying:
    """A record that an officer's nought for ``indicator`` cannot stand beside, in words."""

    indicator: str
    record_vi: str
    record_en: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared source of figures.

    ``indicators``: keys of the dictionary it may yield. ``rows(unit_ids, start, end)``: the
    contributions of records of exactly those units whose legal day lies in [start, end], in as
    many queries for many units as for one; a cancelled record yields nothing. ``covers``:
    indicators for which *no record at all* means a confirmed zero is still to be confirmed,
    never a zero by itself. ``lasting``: its records count in periods after their own day too,
    as what is still open does, so those are computed anew with them. ``against(unit_id, start,
    end)``: records that are counted elsewhere but gainsay a nought, see :class:`Gainsaying`.
    """

    name: str
    record_kind: str
    indicators: tuple[str, ...]
    rows: Callable[[Collection[int], dt.date, dt.date], Iterable[MeasuredRow]]
    lasting: bool = False
    against: Callable[[int, dt.date, dt.date], Iterable[Gainsaying]] | None = None
