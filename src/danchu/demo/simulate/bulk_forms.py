"""Rounds, forms and versions in bulk: what opening, typing, handing in and deciding leave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from danchu.core import clock
from danchu.core.calendar.models import Period
from danchu.core.ledger.services import Deed
from danchu.core.work.models import Task
from danchu.reporting.figures.models import Cell, CellState, Layer
from danchu.reporting.figures.selectors import definitions, indicator_ids
from danchu.reporting.rounds.asking_back import title_when_returned
from danchu.reporting.rounds.attested import Row, entry_of_version
from danchu.reporting.rounds.form_cells import is_asked
from danchu.reporting.rounds.models import Submission

from .bulk_units import Units
from .drawing import Plan
from .frame import ROUND_OF_COMMUNE, ROUND_OF_PROVINCE, People
from .plan import CommunePlan, FormPlan, Typed
from .tables import Tables

State = Submission.State


@dataclass(frozen=True, slots=True)
class _Recorded:
    state: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which round asks, and how its task is called again after a return."""

    round_id: int
    title: str
    due_on: dt.date


@dataclass(slots=True)
class _TaskState:
    returned: str = ""  # why it came back
    done_at: dt.datetime | None = None


class Forms:
    """Writes the rounds of communes, and all forms and versions of one province."""

    def __init__(
        self, tables: Tables, plan: Plan, period: Period, people: People, units: Units
    ) -> None:
        self.communes: list[str] = []
        self._tables = tables
        self._plan = plan
        self._period = period
        self._people = people
        self._units = units
        self._now = clock.now()
        self._today = clock.today()
        self._ids = indicator_ids()
        self._order = [(key, self._ids[key]) for key in definitions()]
        self._core = [(key, self._ids[key]) for key, m in definitions().items() if is_asked(m)]
        self._asked = {key for key, _number in self._core}
        self._cells: dict[int, dict[str, _Recorded]] = {}
        self._tasks_of_communes: dict[str, tuple[int, _Asked, _TaskState]] = {}

    def of_commune(self, commune: CommunePlan, round_of_province: int) -> None:
        """The round of a commune, the forms of the units below it, and its own."""
        self.communes.append(commune.unit.code)
        unit_id = self._units.ids[commune.unit.code]
        lower = [self._units.ids[unit.code] for unit in commune.below]
        self._cells = self._recorded([unit_id, *lower])
        asked = self._opened(unit_id, lower)
        tasks: dict[int, _TaskState] = {}
        for form in self._plan.forms_below(commune):
            below = self._units.ids[form.unit]
            tasks[below] = self._form(form, below, asked)
        codes = {self._units.ids[unit.code]: unit.code for unit in commune.below}
        for below in self._units.in_order(lower):
            self._task(below, codes[below], asked, tasks[below])
        above = _Asked(round_of_province, ROUND_OF_PROVINCE, self._plan.time.due_to_province)
        state = self._form(self._plan.form_of(commune), unit_id, above)
        self._tasks_of_communes[commune.unit.code] = unit_id, above, state

    def close_tasks_of_communes(self) -> None:
        """Bring the tasks that the province's round gave the communes up to date."""
        for unit_id, asked, state in self._tasks_of_communes.values():
            task = Task.objects.filter(key=f"round.submit:{asked.round_id}:{unit_id}")
            if state.returned:
                task.update(title=title_when_returned(asked.title, state.returned))
            if state.done_at is not None:
                task.update(done_at=state.done_at, done_by_id=self._people.reporter.pk)

    def _recorded(self, unit_ids: list[int]) -> dict[int, dict[str, _Recorded]]:
        """unit -> indicator -> what its records come to, as ``computed_cells`` has it."""
        keys = {number: key for key, number in self._ids.items()}
        found: dict[int, dict[str, _Recorded]] = defaultdict(dict)
        cells = Cell.objects.filter(
            unit_id__in=unit_ids,
            period_id=self._period.pk,
            layer=Layer.RECORDED,
            reach=Cell.Reach.ALL,
            dimension="",
        ).values_list("unit_id", "indicator_id", "state", "amount")
        for unit_id, indicator_id, state, amount in cells:
            found[unit_id][keys[indicator_id]] = _Recorded(state, amount)
        return found

    def _opened(self, unit_id: int, lower: list[int]) -> _Asked:
        due_on = self._plan.time.due_to_commune
        made = self._tables.rounds.add(
            uuid.uuid4(),
            unit_id,
            self._period.pk,
            ROUND_OF_COMMUNE,
            self._period.end,
            due_on,
            min(self._period.end, self._today),
            self._now,
            self._people.committee.pk,
        )
        for below in self._units.in_order(lower):
            self._tables.expected.add(made, below, due_on)
        self._log("round.opened", self._people.committee.pk, None, round=made, units=len(lower))
        return _Asked(made, ROUND_OF_COMMUNE, due_on)

    def _log(self, code: str, actor: int, record_id: int | None, **data: object) -> None:
        self._tables.deeds.append(Deed(code, actor, record_id, data))

    def _task(self, unit_id: int, code: str, asked: _Asked, state: _TaskState) -> None:
        self._tables.tasks.add(
            unit_id,
            None,
            "round.submit",
            title_when_returned(asked.title, state.returned)
            if state.returned
            else f"Nộp số liệu: {asked.title}",
            "",
            self._today,
            asked.due_on,
            "calendar",
            f"/office/bao-cao/{code}/{self._period.code}/",
            state.done_at,
            self._people.reporter.pk if state.done_at else None,
            f"round.submit:{asked.round_id}:{unit_id}",
        )

    def _form(self, form: FormPlan, unit_id: int, asked: _Asked) -> _TaskState:
        corrected = {one.indicator: one for one in form.corrected}
        for one in form.typed:
            last = corrected.get(one.indicator, one)
            self._typed(asked, unit_id, last, 2 if last is not one else 1)
        for key in form.noughts:
            self._typed(asked, unit_id, Typed(key, 0), 1)
        if not form.handed_in:
            return _TaskState()
        state = State.ACCEPTED.value if form.accepted else State.SUBMITTED.value
        if not form.returned:
            self._version(form, unit_id, asked, 1, state, "", {})
            return _TaskState(done_at=self._now)
        self._version(form, unit_id, asked, 1, State.RETURNED.value, form.returned, {})
        if form.again:
            self._version(form, unit_id, asked, 2, state, "", corrected)
        return _TaskState(form.returned, done_at=self._now if form.again else None)

    def _typed(self, asked: _Asked, unit_id: int, one: Typed, row_version: int) -> None:
        self._tables.typed.add(
            asked.round_id,
            unit_id,
            self._ids[one.indicator],
            _state(one),
            one.amount,
            one.reason,
            row_version,
            self._people.reporter.pk,
            self._now,
        )

    def _version(
        self,
        form: FormPlan,
        unit_id: int,
        asked: _Asked,
        number: int,
        state: str,
        reason: str,
        corrected: Mapping[str, Typed],
    ) -> None:
        people, tables, decided = self._people, self._tables, state != State.SUBMITTED.value
        made = tables.records.add(
            uuid.uuid4(),
            "submission",
            unit_id,
            self._today,
            "internal",
            people.reporter.pk,
            form.keys[number - 1],
            self._now,
            1,
        )
        tables.submissions.add(
            made,
            asked.round_id,
            unit_id,
            number,
            state,
            self._now,
            self._now if decided else None,
            people.committee.pk if decided else None,
            reason,
        )
        rows = self._values(made, form, self._cells.get(unit_id, {}), corrected)
        reporter, committee = people.reporter.pk, people.committee.pk
        told = entry_of_version(asked.round_id, number, rows)
        self._log("submission.submitted", reporter, made, **told)
        if decided:
            self._log(f"submission.{state}", committee, made, state=state)

    def _values(
        self,
        made: int,
        form: FormPlan,
        cells: Mapping[str, _Recorded],
        corrected: Mapping[str, Typed],
    ) -> list[Row]:
        """What was typed, else what the records come to, else not reported."""
        rows: list[Row] = []
        entered = {one.indicator: one for one in form.typed}
        entered.update(corrected)
        entered.update({key: Typed(key, 0) for key in form.noughts})

        def add(key: str, state: str, amount: int | None, recorded: int | None, why: str) -> None:
            self._tables.values.add(made, self._ids[key], state, amount, recorded, why)
            rows.append((key, "", state, amount, recorded))

        # Most have no records, and are asked for nothing but the core.
        for key, _number in self._order if cells else self._core:
            one, cell = entered.get(key), cells.get(key)
            if one is not None:
                recorded = cell.amount if cell else None
                add(key, _state(one), one.amount, recorded, one.reason)
            elif cell is not None:
                add(key, cell.state, cell.amount, cell.amount, "")
            elif key in self._asked:
                add(key, _MISSING, None, None, "")
        return rows


_REPORTED, _ZERO = CellState.REPORTED.value, CellState.ZERO.value
_NOT_APPLICABLE, _MISSING = CellState.NOT_APPLICABLE.value, CellState.MISSING.value


def _state(one: Typed) -> str:
    if one.amount is None:
        return _NOT_APPLICABLE
    return _REPORTED if one.amount else _ZERO
