"""What a room declares about a change of the map: what it touches there, and how it goes over.

A room that keeps rows of units (roles, tasks, schedules, reporters) names one
:class:`Following` in its ``unit_changes.py``. The dry run asks each for ``touched``; carrying
out asks each for ``transfer``, inside the one transaction of the change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .actor import Actor


class ChangeKind(StrEnum):
    """What is done to units."""

    MERGE = "merge"  # sáp nhập, hợp nhất
    SPLIT = "split"  # chia, tách
    RENAME = "rename"  # đổi tên, đổi loại
    ABOLISH = "abolish"  # giải thể
    MOVE = "move"  # chuyển về đơn vị cấp trên khác


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that goes on. ``unit_id`` is None in a dry run for one that does not exist yet.

    ``parent_id``: of one that begins with the change, the unit above. ``keeps_code``: it begins
    with the change and has the code of the unit it was made of.
    """

    unit_id: int | None
    name: str
    is_new: bool = False
    parent_id: int | None = None
    keeps_code: bool = False


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change of the map on the day ``on``, the first of the new state.

    ``units``: all that change, each with its name. ``ends``: those of them that are no more.
    ``became``: what came of each, itself included where it goes on; what is open at a unit that
    ends goes to the first of these. Of an abolished unit that is the unit above. ``goes``: of a
    split, which of its parts (by number) a unit below goes to.
    """

    kind: ChangeKind
    on: dt.date
    basis: str
    units: Mapping[int, str]
    ends: frozenset[int]
    became: Mapping[int, tuple[Heir, ...]]
    goes: Mapping[int, int] = field(default_factory=dict)

    @property
    def last_day(self) -> dt.date:
        """The last day of the former state."""
        return self.on - dt.timedelta(days=1)

    @property
    def goes_on(self) -> list[int]:
        """The units that change and go on."""
        return sorted(self.units.keys() - self.ends)

    def heir(self, unit_id: int) -> Heir:
        """Who takes over what is open at a unit that ends."""
        return self.became[unit_id][0]


class Effect(StrEnum):
    """What becomes of a touched thing."""

    MOVES = "moves"  # to the unit that takes over
    STAYS = "stays"  # where it is
    ENDS = "ends"  # with its unit
    ADDED = "added"  # is new for the unit that takes over
    LEFT = "left"  # would move, and somebody with more rights has to do it


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that a change touches, in words for people, without any person's name.

    ``ref`` names it for ever within its ``area`` ("task 12"). ``due_on`` is its day, which no
    change of the map moves. ``account_id``: whose role it is. ``number``: how many things are
    meant, where what stays is only counted.
    """

    area: str
    ref: str
    effect: Effect
    unit_id: int
    text_vi: str
    text_en: str
    to: Heir | None = None
    due_on: dt.date | None = None
    account_id: int | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Following:
    """How one room follows a change of the map.

    ``touched(actor, change)`` only reads. ``transfer(actor, change)`` does it for units that
    exist by then, and returns what it did: one :class:`Touched` for each thing.
    """

    area: str
    name_vi: str
    name_en: str
    touched: Callable[[Actor, UnitChange], Iterable[Touched]]
    transfer: Callable[[Actor, UnitChange], Iterable[Touched]]
