"""Whatever people do, in whatever order: the increments are the rebuild, and every n adds up."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest

from danchu.civic.dialogue.models import Dialogue, Opinion
from danchu.civic.dialogue.services import (
    add_opinion,
    answer_opinion,
    cancel_dialogue,
    correct_dialogue,
    correct_opinion,
    take_up_opinion,
)
from danchu.civic.otherwork.models import OtherWork
from danchu.civic.otherwork.services import correct_other_work
from danchu.civic.reception.models import Reception
from danchu.civic.reception.services import correct_reception
from danchu.core.contracts import OPERATOR
from danchu.core.errors import Refusal
from danchu.core.outbox.models import Message
from danchu.core.outbox.services import drain
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record
from danchu.reporting.figures.services import confirm_states, withdraw_state
from danchu.reporting.rounds.models import Round, Submission
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)
from tests.cast import CHANGE, LAST_OLD_DAY, TODAY, Cast
from tests.making import (
    dialogue_input,
    hold,
    opinion_input,
    receive,
    reception_input,
    work,
    work_input,
)
from tests.reporting.folding import open_periods, sound

OLD_UNITS = ("old_benmau", "old_dongmau", "old_caumau", "old_mautrung")
NEW_UNITS = ("benmau", "caumau", "mautrung", "maulai", "maudinh", "agency", "workplace", "minhhoa")
FIELDS = ("land", "environment", "other")
KINDS = ("trainings_held", "documents_issued", "contributions_vnd")


class People:
    """Does one lawful thing after another, as chance has it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast = cast
        self.chance = random.Random(seed)
        self.periods = open_periods()
        self.done: list[str] = []

    def day(self, unit: str) -> dt.date:
        if unit in OLD_UNITS:
            return LAST_OLD_DAY - dt.timedelta(self.chance.randrange(60))
        return CHANGE + dt.timedelta(self.chance.randrange((TODAY - CHANGE).days + 1))

    def place(self) -> tuple[int, dt.date]:
        unit = self.chance.choice(OLD_UNITS + NEW_UNITS)
        return getattr(self.cast, unit), self.day(unit)

    def one_of(self, model: Any) -> Any:
        rows = list(model.objects.filter(record__state="recorded").select_related("record"))
        return self.chance.choice(rows) if rows else None

    def opinion(self, day: dt.date) -> Any:
        later = day + dt.timedelta(self.chance.randrange(90))
        return opinion_input(
            field=self.chance.choice(FIELDS),
            within_competence=self.chance.random() < 0.8,
            taken_up_on=later if later <= TODAY and self.chance.random() < 0.5 else None,
        )

    # what people do

    def talk(self) -> None:
        unit, day = self.place()
        opinions = [self.opinion(day) for _ in range(self.chance.randrange(3))]
        hold(
            OPERATOR,
            unit,
            *opinions,
            on=day,
            participants=self.chance.choice((None, 0, 40)),
            kind=self.chance.choice(("people", "briefing")),
        )

    def receive(self) -> None:
        unit, day = self.place()
        visits = self.chance.randrange(4)
        receive(OPERATOR, unit, on=day, visits=visits, people=self.chance.choice((None, 0, 5)))

    def work(self) -> None:
        unit, day = self.place()
        kind = self.chance.choice(KINDS)
        work(OPERATOR, unit, on=day, kind=kind, number=self.chance.randrange(3))

    def add(self) -> None:
        if minutes := self.one_of(Dialogue):
            day = minutes.record.occurred_on
            add_opinion(actor=OPERATOR, record_id=minutes.pk, content=self.opinion(day))

    def follow(self) -> None:
        if opinion := self.one_of(Opinion):
            day = opinion.record.occurred_on
            given = {
                "actor": OPERATOR,
                "opinion_id": opinion.pk,
                "version": opinion.record.version,
                "on": min(TODAY, day + dt.timedelta(self.chance.randrange(200))),
            }
            if self.chance.random() < 0.5:
                take_up_opinion(**given, assigned_to="Văn phòng")
            else:
                answer_opinion(**given, outcome="explained", answer="Đã nêu rõ.")

    def correct(self) -> None:
        model, service, content = self.chance.choice(
            (
                (Dialogue, correct_dialogue, dialogue_input(base_kind="agency")),
                (Reception, correct_reception, reception_input(visits=0)),
                (OtherWork, correct_other_work, work_input(kind="documents_issued", number=1)),
            )
        )
        if row := self.one_of(model):
            shift = self.chance.randrange(-20, 100)
            service(
                actor=OPERATOR,
                record_id=row.pk,
                version=row.record.version,
                occurred_on=row.record.occurred_on + dt.timedelta(shift),
                content=content,
                reason="Sửa",
            )

    def correct_opinion(self) -> None:
        if opinion := self.one_of(Opinion):
            correct_opinion(
                actor=OPERATOR,
                opinion_id=opinion.pk,
                version=opinion.record.version,
                content=self.opinion(opinion.record.occurred_on),
                reason="Sửa",
            )

    def cancel(self) -> None:
        kinds = ("dialogue", "reception", "otherwork")
        rows = list(Record.objects.filter(state="recorded", kind__in=kinds))
        if rows:
            record = self.chance.choice(rows)
            if record.kind == "dialogue":
                cancel_dialogue(actor=OPERATOR, record_id=record.pk, reason="Trùng")
            else:
                cancel_record(
                    actor=OPERATOR, record_id=record.pk, reason="Trùng", right="records.cancel"
                )

    def say(self) -> None:
        unit = getattr(self.cast, self.chance.choice(NEW_UNITS))
        period = self.chance.choice(list(self.periods.values()))
        key = self.chance.choice(("public_postings", "dialogues_held"))
        if self.chance.random() < 0.3:
            withdraw_state(actor=OPERATOR, unit_id=unit, period=period, key=key)
            return
        state = self.chance.choice(("zero", "not_applicable"))
        confirm_states(
            actor=OPERATOR, unit_id=unit, period=period, keys=[key], state=state, reason="Không có"
        )

    def report(self) -> None:
        period = self.periods["nd09:2026H1"]
        opened = Round.objects.first()
        if opened is None:
            opened = open_round(
                actor=OPERATOR,
                unit_id=self.cast.minhhoa,
                period=period,
                title="Đợt",
                cut_off=period.end,
                due_on=period.end,
            )
        newest = Submission.objects.order_by("-submitted_at").first()
        choice = self.chance.random()
        if newest is None or choice < 0.5:
            unit = self.chance.choice((self.cast.benmau, self.cast.caumau))
            submit(actor=OPERATOR, round_id=opened.pk, unit_id=unit)
        elif choice < 0.75:
            return_submission(actor=OPERATOR, submission_id=newest.pk, reason="Thiếu")
        else:
            accept_submission(actor=OPERATOR, submission_id=newest.pk)

    def fold_some(self) -> None:
        drain(limit=self.chance.randrange(1, 4))

    def double_messages(self) -> None:
        for row in list(Message.objects.all()[:5]):
            row.pk = None
            row.save(force_insert=True)

    def live(self, steps: int) -> None:
        acts: list[Callable[[], None]] = [
            *(self.talk, self.talk, self.receive, self.work, self.add, self.add),
            *(self.follow, self.follow, self.follow, self.correct, self.correct_opinion),
            *(self.cancel, self.say, self.report, self.fold_some, self.double_messages),
        ]
        for _ in range(steps):
            act = self.chance.choice(acts)
            self.done.append(act.__name__)
            try:
                act()
            except Refusal as refusal:
                self.done[-1] += f" ({refusal.code})"


def live_and_look(cast: Cast, settle: Callable[[], None], seed: int, steps: int) -> None:
    people = People(cast, seed)
    people.live(steps)
    settle()
    try:
        sound()
    except AssertionError as broken:
        raise AssertionError(f"seed {seed}: {people.done}") from broken


@pytest.mark.parametrize("seed", [1, 2])
def test_increments_are_the_rebuild(cast: Cast, settle: Any, seed: int) -> None:
    live_and_look(cast, settle, seed, 30)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 40))
def test_increments_are_the_rebuild_of_long_lives(cast: Cast, settle: Any, seed: int) -> None:
    live_and_look(cast, settle, seed, 120)
