"""Whatever is disclosed, planned, corrected and cancelled, in any order: cells are those of a rebuild."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from danchu.civic.disclosure import services
from danchu.civic.disclosure.services.plan_inputs import PlanInput, PlannedInput
from danchu.core.errors import Refusal
from danchu.core.outbox.services import bring_forward
from danchu.core.records.models import Record
from danchu.demo.load import settle
from danchu.reporting.figures.fold import rebuild
from danchu.reporting.figures.services import open_period
from tests.making import hold
from tests.reporting.folding import cells

from .made import HEADQUARTERS, notice_input, publish

BEGIN = dt.date(2026, 11, 20)  # two half-years and a year meet in the weeks after it
PERIODS = ("nd09:2026H2", "nd09:2027H1", "2026", "2027", "2026Q4", "2027Q1")
CLAUSES = ("xa_ck_02", "xa_ck_03", "xa_ck_04", "xa_ck_06")
LOOKS, ACTS = 8, 5


class Office:
    """Two communes at work while days go by; act by act."""

    def __init__(self, cast: Any, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [(cast.recorder_benmau, cast.benmau), (cast.recorder_caumau, cast.caumau)]
        self.monkeypatch = monkeypatch
        self.plans: list[tuple[Any, int, int]] = []
        self.notices: list[tuple[Any, int]] = []
        self.done: list[str] = []
        self.day = BEGIN
        self._begin_day()

    def act(self) -> None:
        """One act that can be done now; what is refused on that day is another's turn."""
        acts = (
            self.days_go_by,
            self.a_period_is_opened,
            self.what_waits_is_folded,
            self.a_meeting,
            self.a_plan,
            self.a_plan_is_corrected,
            self.a_plan_is_cancelled,
            self.a_notice,
            self.a_notice,
            self.a_notice_is_corrected,
            self.a_notice_is_corrected,
            self.a_notice_is_cancelled,
            self.a_posting,
            self.a_posting_is_taken_down,
        )
        while True:
            act = self.chance.choice(acts)
            with suppress(Refusal, IndexError):  # refused on that day; or there is none yet
                act()
                self.done.append(act.__name__)
                return

    def days_go_by(self) -> None:
        self.day += dt.timedelta(days=self.chance.choice((1, 3, 10, 30)))
        self._begin_day()
        bring_forward()

    def _begin_day(self) -> None:
        self.monkeypatch.setenv("DANCHU_TODAY", self.day.isoformat())

    def a_period_is_opened(self) -> None:
        open_period(self.chance.choice(PERIODS))

    def what_waits_is_folded(self) -> None:
        settle()

    def a_meeting(self) -> None:
        who, unit = self.chance.choice(self.people)
        hold(who, unit, on=self._earlier())

    def a_plan(self) -> None:
        who, unit = self.chance.choice(self.people)
        year = self.chance.choice((2026, 2027))
        made = services.record_plan(
            actor=who, unit_id=unit, occurred_on=self._earlier(), content=self._planned(year)
        )
        self.plans.append((who, made.pk, year))

    def a_plan_is_corrected(self) -> None:
        who, pk, year = self.chance.choice(self.plans)
        services.correct_plan(
            actor=who, content=self._planned(year), **self._corrected(pk), **self._on()
        )

    def a_plan_is_cancelled(self) -> None:
        who, pk, _year = self.plans.pop(self.chance.randrange(len(self.plans) or 1))
        services.cancel_plan(actor=who, record_id=pk, reason="Ghi nhầm")

    def a_notice(self) -> None:
        who, unit = self.chance.choice(self.people)
        on = self._earlier()
        decided_on = on - dt.timedelta(days=self.chance.choice((0, 2, 20)))
        places = self.chance.choice(((), (HEADQUARTERS,)))
        made = publish(
            who, unit, *places, on=on, decided_on=decided_on, rule_key=self.chance.choice(CLAUSES)
        )
        self.notices.append((who, made.pk))

    def a_notice_is_corrected(self) -> None:
        who, pk = self.chance.choice(self.notices)
        on = self._on()
        content = notice_input(rule_key=self.chance.choice(CLAUSES), decided_on=on["occurred_on"])
        services.correct_notice(actor=who, content=content, **self._corrected(pk), **on)

    def a_notice_is_cancelled(self) -> None:
        who, pk = self.notices.pop(self.chance.randrange(len(self.notices) or 1))
        services.cancel_notice(actor=who, record_id=pk, reason="Ghi nhầm")

    def a_posting(self) -> None:
        who, pk = self.chance.choice(self.notices)
        place = replace(HEADQUARTERS, starts_on=self._earlier())
        services.add_posting(actor=who, notice_id=pk, content=place)

    def a_posting_is_taken_down(self) -> None:
        who, unit = self.chance.choice(self.people)
        hanging = Record.objects.filter(
            kind="posting", unit_id=unit, state=Record.State.RECORDED, posting__ends_on=None
        )
        posting = self.chance.choice(list(hanging.order_by("pk")))
        services.take_down(
            actor=who, posting_id=posting.pk, version=posting.version, on=self.day, early=True
        )

    def _earlier(self) -> dt.date:
        return self.day - dt.timedelta(days=self.chance.choice((0, 1, 5, 20, 40, 100)))

    def _on(self) -> dict[str, dt.date]:
        return {"occurred_on": self._earlier()}

    def _corrected(self, pk: int) -> dict[str, Any]:
        version = Record.objects.get(pk=pk).version
        return {"record_id": pk, "version": version, "reason": "Ghi nhầm"}

    def _planned(self, year: int) -> PlanInput:
        days = ((None, None), (dt.date(year, 1, 1), dt.date(year, 3, 1)))
        lines = []
        for clause in self.chance.sample(CLAUSES, 2):
            from_on, to_on = self.chance.choice(days)
            lines.append(PlannedInput(clause, "Nội dung", from_on=from_on, to_on=to_on))
        return PlanInput(year=year, items=tuple(lines))


@pytest.mark.parametrize("seed", range(4))
def test_in_any_order_the_cells_are_those_of_a_rebuild(
    cast: Any, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    office = Office(cast, monkeypatch, seed)
    for code in PERIODS[:-2]:
        open_period(code)
    for _look in range(LOOKS):
        for _act in range(ACTS):
            office.act()
        settle()
        folded = cells()
        rebuild()
        assert cells() == folded, office.done
    assert folded and len(set(office.done)) > 8, office.done
