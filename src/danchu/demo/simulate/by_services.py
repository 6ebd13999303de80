"""Carrying the plan out as officers would, one service at a time: slow, and the measure."""

from __future__ import annotations

from danchu.civic.dialogue.models import Opinion
from danchu.civic.dialogue.services import answer_opinion, publish_result, record_dialogue
from danchu.civic.otherwork.services import record_other_work
from danchu.civic.reception.services import record_reception
from danchu.core.calendar.models import Period
from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.outbox.services import drain
from danchu.core.units.services import register_demo_unit, register_unit
from danchu.reporting.rounds.entering import enter_value, enter_zeros
from danchu.reporting.rounds.services import (
    accept_submission,
    open_round,
    return_submission,
    submit,
)

from . import frame
from .drawing import Plan
from .frame import People
from .plan import CommunePlan, Deed, DialoguePlan, FormPlan, ProvincePlan, ReceptionPlan, Typed


def by_services(plan: Plan) -> None:
    """Write the whole plan through the services, and fold what follows from it."""
    with on_day(plan.time.day):
        nation_id, period = frame.found_nation(plan.time)
        for province in plan.provinces():
            _province(plan, province, nation_id, period)
        _settle()


def _settle() -> None:
    while drain():
        pass


def _province(plan: Plan, province: ProvincePlan, nation_id: int, period: Period) -> None:
    province_id, people = frame.found_province(province, nation_id, plan.time)
    communes = plan.communes(province)
    units = found_communes(plan, province, province_id)
    for commune in communes:
        for deed in plan.deeds(commune):
            _write_down(deed, people, units[deed.unit])
    _settle()
    opened = frame.ask_communes(people, province_id, period, plan.time)
    for commune in communes:
        unit_id = units[commune.unit.code]
        asked = open_round(
            actor=people.committee,
            unit_id=unit_id,
            period=period,
            title=frame.ROUND_OF_COMMUNE,
            cut_off=period.end,
            due_on=plan.time.due_to_commune,
        )
        for form in plan.forms_below(commune):
            _report(form, asked.pk, units[form.unit], people)
        _report(plan.form_of(commune), opened.pk, unit_id, people)


def found_communes(plan: Plan, province: ProvincePlan, province_id: int) -> dict[str, int]:
    """Register the communes of a province with what stands below them: code -> unit."""
    units: dict[str, int] = {}
    for commune in plan.communes(province):
        _found(plan, commune, province_id, units)
    return units


def _found(plan: Plan, commune: CommunePlan, province_id: int, units: dict[str, int]) -> None:
    unit = commune.unit
    made = register_demo_unit(
        actor=OPERATOR,
        level=unit.level,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_id=province_id,
        valid_from=plan.time.since,
        basis=frame.BASIS,
    )
    units[unit.code] = made.pk
    for lower in commune.below:
        units[lower.code] = register_unit(
            actor=OPERATOR,
            parent_id=made.pk,
            level=lower.level,
            name=lower.name,
            kind=lower.kind,
            short_code=lower.short_code,
            valid_from=plan.time.since,
            basis=frame.BASIS,
        ).pk


def _write_down(deed: Deed, people: People, unit_id: int) -> None:
    actor = people.recorder
    if isinstance(deed, DialoguePlan):
        dialogue = record_dialogue(
            actor=actor,
            unit_id=unit_id,
            occurred_on=deed.day,
            content=deed.content,
            client_key=deed.key,
        )
        said = Opinion.objects.filter(dialogue=dialogue).select_related("record").order_by("order")
        for opinion, answer in zip(said, deed.answers, strict=True):
            if answer is not None:
                answer_opinion(
                    actor=actor,
                    opinion_id=opinion.pk,
                    version=opinion.record.version,
                    on=answer.on,
                    outcome=answer.outcome,
                    answer=answer.text,
                )
        if deed.published is not None:
            publish_result(
                actor=actor, record_id=dialogue.pk, on=deed.published, summary=deed.result
            )
    elif isinstance(deed, ReceptionPlan):
        record_reception(
            actor=actor,
            unit_id=unit_id,
            occurred_on=deed.day,
            content=deed.content,
            client_key=deed.key,
        )
    else:
        record_other_work(
            actor=actor,
            unit_id=unit_id,
            occurred_on=deed.day,
            content=deed.content,
            client_key=deed.key,
        )


def _report(form: FormPlan, round_id: int, unit_id: int, people: People) -> None:
    for one in form.typed:
        _type(one, round_id, unit_id, people, 0)
    if form.noughts:
        enter_zeros(
            actor=people.reporter, round_id=round_id, unit_id=unit_id, keys=list(form.noughts)
        )
    if not form.handed_in:
        return
    first = submit(
        actor=people.reporter, round_id=round_id, unit_id=unit_id, client_key=form.keys[0]
    )
    last = first
    if form.returned:
        return_submission(actor=people.committee, submission_id=first.pk, reason=form.returned)
        if not form.again:
            return
        for one in form.corrected:
            _type(one, round_id, unit_id, people, 1)
        last = submit(
            actor=people.reporter, round_id=round_id, unit_id=unit_id, client_key=form.keys[1]
        )
    if form.accepted:
        accept_submission(actor=people.committee, submission_id=last.pk)


def _type(one: Typed, round_id: int, unit_id: int, people: People, row_version: int) -> None:
    enter_value(
        actor=people.reporter,
        round_id=round_id,
        unit_id=unit_id,
        indicator=one.indicator,
        row_version=row_version,
        amount=one.amount,
        state="not_applicable" if one.amount is None else "",
        reason=one.reason,
    )
