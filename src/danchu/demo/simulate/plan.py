"""What the plan is made of. Amounts are in the smallest unit of their indicator."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from danchu.civic.dialogue.services import DialogueInput
from danchu.civic.otherwork.services import OtherWorkInput
from danchu.civic.reception.services import ReceptionInput
from danchu.core.calendar.periods import PeriodSpan


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the invented map is."""

    name: str
    provinces: int
    communes: int
    villages: int
    workplaces: int  # agencies and workplaces

    def communes_of(self, province: int) -> range:
        """The numbers of the communes of a province, which is numbered from 0."""
        return _share(self.communes, province, self.provinces)

    def villages_of(self, commune: int) -> int:
        """How many villages a commune has."""
        return len(_share(self.villages, commune, self.communes))

    def workplaces_of(self, commune: int) -> int:
        """How many agencies and workplaces a commune has."""
        return len(_share(self.workplaces, commune, self.communes))


def _share(whole: int, part: int, parts: int) -> range:
    return range(whole * part // parts, whole * (part + 1) // parts)


# As many as the country has had since 1 July 2025, and as a province and a commune of it have.
SCALES = {
    scale.name: scale
    for scale in (
        Scale("commune", 1, 1, 27, 36),
        Scale("province", 1, 98, 2656, 3541),
        Scale("nation", 34, 3321, 90_000, 120_000),
    )
}


@dataclass(frozen=True, slots=True)
class Time:
    """The period that is reported on, and the days of the plan that follow from it."""

    period: PeriodSpan
    since: dt.date  # first day of the invented units

    @property
    def first(self) -> dt.date:
        """The first day on which something is written down."""
        return max(self.period.start, self.since)

    @property
    def day(self) -> dt.date:
        """The day on which everything is written, handed in and decided."""
        return self.period.end + dt.timedelta(days=1)

    @property
    def due_to_province(self) -> dt.date:
        """When communes are due."""
        return self.period.end + dt.timedelta(days=2)

    @property
    def due_to_commune(self) -> dt.date:
        """When villages, agencies and workplaces are due."""
        return self.period.end + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit: ``code`` is whole, ``short_code`` its own part where it is registered."""

    level: str
    code: str
    name: str
    kind: str
    short_code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to an opinion, and when."""

    on: dt.date
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class DialoguePlan:
    """Minutes with their opinions, the answers given to these, and the published result."""

    unit: str  # code
    day: dt.date
    key: uuid.UUID
    content: DialogueInput
    answers: tuple[Answer | None, ...]  # one for each opinion
    published: dt.date | None
    result: str


@dataclass(frozen=True, slots=True)
class ReceptionPlan:
    """A reception of citizens."""

    unit: str
    day: dt.date
    key: uuid.UUID
    content: ReceptionInput


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """Other work."""

    unit: str
    day: dt.date
    key: uuid.UUID
    content: OtherWorkInput


Deed = DialoguePlan | ReceptionPlan | WorkPlan


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell of the form: a number that is not nought, or why the question does not apply."""

    indicator: str
    amount: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a unit types into its form, and what becomes of its versions.

    ``returned``: why the first version was returned, "" where it was not. ``corrected``: what
    was typed anew after that; with ``again`` the form was then handed in once more. The last
    version was ``accepted``, or still waits.
    """

    unit: str
    typed: tuple[Typed, ...] = ()
    noughts: tuple[str, ...] = ()
    handed_in: bool = True
    returned: str = ""
    corrected: tuple[Typed, ...] = ()
    again: bool = False
    accepted: bool = True
    keys: tuple[uuid.UUID, ...] = ()  # of the versions


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody who writes, reports or decides for a whole province."""

    role: str
    email: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class ProvincePlan:
    """A province with its people and the numbers of its communes."""

    unit: UnitPlan
    people: tuple[PersonPlan, ...]
    communes: range


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """A commune and what stands below it."""

    number: int
    unit: UnitPlan
    below: tuple[UnitPlan, ...]
