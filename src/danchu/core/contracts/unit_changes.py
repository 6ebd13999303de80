"""What a room declares about a change of the map: what it touches there, and how it goes over.

A room that keeps rows of units (roles, tasks, schedules, reporters) names one
:class:`Following` in its ``unit_changes.py``. The dry run asks each for ``touched``; carrying
out asks each for ``transfer``, inside the one transaction of the change. Before a change is
taken back each is asked what was built on it since, and then puts back what it had transferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
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

    ``parent_id``: of one that begins or moves, the unit above. ``keeps_code``: it begins
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
    BACK = "back"  # with the change taken back: where it was before


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that a change touches, in words for people, without any person's name.

    ``ref`` names it for ever within its ``area`` ("task 12"). ``due_on`` is its day, which no
    change of the map moves. ``account_id``: whose role it is. ``number``: how many things are
    meant, where what stays is only counted. ``was``: of what ends or moves, the last day it had
    until then (ISO, "" for none), so that it can be put back.
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
    was: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did to one thing, as its receipt has it; see :class:`Touched`."""

    area: str
    ref: str
    effect: str
    unit_id: int
    to_unit_id: int | None
    was: str

    @property
    def key(self) -> int:
        """The number at the end of ``ref`` ("task 12")."""
        return int(self.ref.rpartition(" ")[2])

    @property
    def last_day(self) -> dt.date | None:
        """The last day the thing had before the change; None for one without end."""
        return dt.date.fromisoformat(self.was) if self.was else None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A change of the map that is taken back, because it was entered by mistake.

    ``since``: when it was carried out. ``units``: those that changed, with the names they had;
    ``ends``: those of them that ended; ``begun``: those that began, with their names; ``heirs``:
    those that took something over, begun or there before; ``above``: everything above any of
    these on either map. ``done``: the receipts of the change.
    """

    kind: ChangeKind
    on: dt.date
    since: dt.datetime
    units: Mapping[int, str]
    ends: frozenset[int]
    begun: Mapping[int, str]
    heirs: frozenset[int]
    above: frozenset[int]
    done: tuple[Done, ...]

    @property
    def last_day(self) -> dt.date:
        """The last day of the former state."""
        return self.on - dt.timedelta(days=1)

    def of(self, area: str, *effects: str) -> Iterator[Done]:
        """What the change did in one room, in these ways."""
        return (one for one in self.done if one.area == area and one.effect in effects)

    def name(self, unit_id: int) -> str:
        """What a unit that took part is called."""
        return self.begun.get(unit_id) or self.units.get(unit_id, "")


def _nothing(*_given: object) -> Iterable[Touched]:
    return ()


@dataclass(frozen=True, slots=True)
class Following:
    """How one room follows a change of the map.

    ``touched(actor, change)`` only reads. ``transfer(actor, change)`` does it for units that
    exist by then, and returns what it did: one :class:`Touched` for each thing.
    ``depending(withdrawal)`` names what was built on the change since and stands in the way of
    taking it back; ``take_back(actor, withdrawal)`` undoes the transfer and returns what it did.
    """

    area: str
    name_vi: str
    name_en: str
    touched: Callable[[Actor, UnitChange], Iterable[Touched]]
    transfer: Callable[[Actor, UnitChange], Iterable[Touched]]
    depending: Callable[[Withdrawal], Iterable[Touched]] = _nothing
    take_back: Callable[[Actor, Withdrawal], Iterable[Touched]] = _nothing
