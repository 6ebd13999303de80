"""What the pages of the three sides show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danchu.core.calendar.models import Period
from danchu.reporting.figures.dictionary import Definition

from .citizens import Answer


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a page, as it was called on the period's last day."""

    id: int
    code: str
    name: str
    level: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What the unit says. ``where``: version, report, document, or sum of what those below say.

    ``text`` "" without a number; of a sum, ``n`` of ``of`` units said something.
    """

    state: str
    text: str
    where: str
    on: dt.date | None
    n: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What records show: of ``n`` of ``of`` units, resting on so many records."""

    state: str
    text: str
    records: int
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as this viewer sees it.

    ``state``: open (the unit's days run), explained, outdated (explained before the figures
    changed again), unexplained (the days are over), settled. ``gap``: what the unit says less what
    records show, with its sign. ``by``: the post of who explained.
    """

    id: int
    version: int
    state: str
    stated: str
    recorded: str
    stated_state: str
    recorded_state: str
    gap: str
    noticed_on: dt.date
    explain_by: dt.date
    days_left: int
    explanation: str
    explained_on: dt.date | None
    by: str
    late: bool
    settled_on: dt.date | None
    settled_how: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its three sides.

    ``verdict``: what comparing the first two gives. differs; agrees; later (they agree up to
    ``until``, the last day the unit's word counts, and records of later days came on top); early
    (that day has not passed); "" where one side is missing or a sum of other units. Of a sum
    ``shown`` is of the units that handed in, and ``others`` of the rest of what is recorded.
    """

    meaning: Definition
    stated: Stated | None
    shown: Shown | None
    citizens: Answer | None
    difference: Told | None
    verdict: str
    until: dt.date | None
    others: Shown | None = None


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A difference of a unit directly below."""

    code: str
    name: str
    meaning: Definition
    difference: Told
    citizens: Answer | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The page of a unit and period.

    ``own``: the viewer looks from inside the unit. ``settled``: differences that are no more.
    ``open_by``: the first last day of what the unit may still explain. ``n_below``: how many
    differences of units directly below this viewer sees; ``below`` holds the first of them.
    """

    unit: Place
    period: Period
    own: bool
    may_explain: bool
    is_sum: bool
    lines: tuple[Line, ...]
    settled: tuple[tuple[Definition, Told], ...]
    below: tuple[BelowLine, ...]
    n_below: int

    @property
    def waiting(self) -> list[Told]:
        """What the unit has still to explain, or may explain again."""
        alive = [line.difference for line in self.lines if line.difference]
        return [one for one in alive if one.state != "explained"]

    @property
    def open_by(self) -> dt.date | None:
        """The nearest day by which something is to be explained."""
        return min((one.explain_by for one in self.waiting), default=None)

    @property
    def different(self) -> list[Line]:
        """The indicators of the unit itself that differ."""
        return [line for line in self.lines if line.difference]

    @property
    def others(self) -> list[Line]:
        """The other indicators."""
        return [line for line in self.lines if not line.difference]

    @property
    def has_others(self) -> bool:
        """Whether records of units that handed in nothing are told beside."""
        return any(line.others for line in self.lines)

    @property
    def n_different(self) -> int:
        """How many indicators of the unit itself differ."""
        return len(self.different)


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a difference on a day."""

    kind: str
    on: dt.date
    stated: str
    recorded: str
    stated_state: str
    recorded_state: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """One difference with its story."""

    unit: Place
    period: Period
    meaning: Definition
    difference: Told
    steps: tuple[Step, ...]
    own: bool
    may_explain: bool
