"""The few things that both writers do through the services: nation, provinces, people, rounds."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.accounts.models import Account
from danchu.core.accounts.services import add_person
from danchu.core.calendar.models import Period
from danchu.core.contracts import OPERATOR
from danchu.core.units.services import register_demo_unit
from danchu.reporting.figures.services import open_period
from danchu.reporting.rounds.models import Round
from danchu.reporting.rounds.services import open_round

from . import names
from .plan import ProvincePlan, Time

BASIS = "Bản đồ minh họa, sinh tự động"
ROUND_OF_PROVINCE = "Báo cáo mẫu thực hiện dân chủ ở cơ sở"
ROUND_OF_COMMUNE = "Số liệu mẫu của thôn, cơ quan, đơn vị"


@dataclass(frozen=True, slots=True)
class People:
    """Who writes, reports and decides in a province."""

    recorder: Account
    reporter: Account
    committee: Account


def found_nation(time: Time) -> tuple[int, Period]:
    """The invented nation and the period that is reported on."""
    unit = register_demo_unit(
        actor=OPERATOR,
        level="nation",
        code=names.NATION.code,
        name=names.NATION.name,
        kind=names.NATION.kind,
        parent_id=None,
        valid_from=time.since,
        basis=BASIS,
    )
    return unit.pk, open_period(time.period.code)


def found_province(plan: ProvincePlan, nation_id: int, time: Time) -> tuple[int, People]:
    """An invented province and its people."""
    unit = register_demo_unit(
        actor=OPERATOR,
        level="province",
        code=plan.unit.code,
        name=plan.unit.name,
        kind=plan.unit.kind,
        parent_id=nation_id,
        valid_from=time.since,
        basis=BASIS,
    )
    found = {
        person.role: add_person(
            actor=OPERATOR,
            email=person.email,
            name=person.name,
            post=person.post,
            unit_id=unit.pk,
            role=person.role,
            valid_from=time.since,
            is_demo=True,
        ).account
        for person in plan.people
    }
    return unit.pk, People(found["recorder"], found["reporter"], found["committee"])


def ask_communes(people: People, province_id: int, period: Period, time: Time) -> Round:
    """Open the round in which the communes of a province report."""
    return open_round(
        actor=people.committee,
        unit_id=province_id,
        period=period,
        title=ROUND_OF_PROVINCE,
        cut_off=period.end,
        due_on=time.due_to_province,
    )
