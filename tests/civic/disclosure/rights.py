"""The rows of disclosure in the table of rights (``tests/test_rights.py``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, notice_input, photo


@dataclass(frozen=True)
class Disclosed:
    """One of everything of the room, read inside, at a unit of any kind."""

    notice: int
    posting: int
    broadcast: int
    form: int
    plan: int
    addresses: dict[str, UUID]


def disclosed(unit: int, day: dt.date) -> Disclosed:
    """Written directly: a village, where rights are tried too, discloses nothing itself."""
    from danchu.civic.disclosure.models import Broadcast, FormUsed, Notice, Plan, Posting
    from danchu.core.records.models import Record

    def spine(kind: str) -> Record:
        return Record.objects.create(kind=kind, unit_id=unit, occurred_on=day)

    notice = Notice.objects.create(
        record=spine("disclosure"),
        base_kind="commune",
        rule_key="xa_ck_02",
        rule_version=1,
        title="Dự toán",
        decided_on=day,
        folded="du toan",
    )
    posting = Posting.objects.create(
        record=spine("posting"),
        notice=notice,
        kind="headquarters",
        place="Trụ sở",
        place_key="headquarters:tru so",
    )
    broadcast = Broadcast.objects.create(
        record=spine("broadcast"), notice=notice, at=dt.time(6), station="Đài", station_key="dai"
    )
    form = FormUsed.objects.create(record=spine("disclosure_form"), notice=notice, form="d")
    plan = Plan.objects.create(record=spine("disclosure_plan"), year=day.year)
    return Disclosed(
        notice.pk,
        posting.pk,
        broadcast.pk,
        form.pk,
        plan.pk,
        {
            "notice": notice.record.public_id,
            "posting": posting.record.public_id,
            "plan": plan.record.public_id,
        },
    )


Rows = dict[str, tuple[str, Callable[[Any, Any], Any]]]


def services(as_far_as: Callable[..., None]) -> Rows:
    """Each service with its right; what a village cannot have is refused for what it asks."""
    from danchu.civic.disclosure import services as s
    from danchu.civic.disclosure.selectors import Quarter

    write, cancel = "records.write", "records.cancel"
    once: dict[str, Any] = {"version": 1}
    stale: dict[str, Any] = {"version": 9}
    why: dict[str, Any] = {"reason": "Ghi nhầm"}
    link = s.EvidenceInput("check", link="https://benmau.example/a")
    rows: Rows = {
        "record_notice": (
            write,
            lambda a, p: as_far_as(
                lambda: s.record_notice(
                    actor=a, unit_id=p.unit, occurred_on=p.day, content=notice_input(title=" ")
                )
            ),
        ),
        "correct_notice": (
            write,
            lambda a, p: as_far_as(
                lambda: s.correct_notice(
                    actor=a,
                    record_id=p.disclosed.notice,
                    occurred_on=p.day,
                    content=notice_input(),
                    **stale,
                    **why,
                )
            ),
        ),
        "cancel_notice": (
            cancel,
            lambda a, p: s.cancel_notice(actor=a, record_id=p.disclosed.notice, **why),
        ),
        "add_posting": (
            write,
            lambda a, p: s.add_posting(actor=a, notice_id=p.disclosed.notice, content=HALL),
        ),
        "correct_posting": (
            write,
            lambda a, p: s.correct_posting(
                actor=a, posting_id=p.disclosed.posting, content=HEADQUARTERS, **once, **why
            ),
        ),
        "interrupt_posting": (
            write,
            lambda a, p: s.interrupt_posting(
                actor=a, posting_id=p.disclosed.posting, from_on=p.day, **once, **why
            ),
        ),
        "resume_posting": (
            write,
            lambda a, p: as_far_as(
                lambda: s.resume_posting(actor=a, posting_id=p.disclosed.posting, on=p.day, **once)
            ),
        ),
        "take_down": (
            write,
            lambda a, p: s.take_down(actor=a, posting_id=p.disclosed.posting, on=p.day, **once),
        ),
        "hang_again": (
            write,
            lambda a, p: as_far_as(
                lambda: s.hang_again(actor=a, posting_id=p.disclosed.posting, **once, **why)
            ),
        ),
        "cancel_posting": (
            cancel,
            lambda a, p: s.cancel_posting(actor=a, posting_id=p.disclosed.posting, **why),
        ),
        "hand_in_evidence": (
            write,
            lambda a, p: s.hand_in_evidence(actor=a, unit_id=p.unit, data=photo(), name="a.jpg"),
        ),
        "add_evidence": (
            write,
            lambda a, p: s.add_evidence(actor=a, posting_id=p.disclosed.posting, content=link),
        ),
        "add_broadcast": (
            write,
            lambda a, p: s.add_broadcast(
                actor=a,
                notice_id=p.disclosed.notice,
                content=s.BroadcastInput(p.day, dt.time(17), "Đài"),
            ),
        ),
        "add_form_used": (
            write,
            lambda a, p: s.add_form_used(
                actor=a, notice_id=p.disclosed.notice, content=s.FormInput("e", p.day)
            ),
        ),
        "cancel_broadcast": (
            cancel,
            lambda a, p: s.cancel_broadcast(actor=a, broadcast_id=p.disclosed.broadcast, **why),
        ),
        "cancel_form_used": (
            cancel,
            lambda a, p: s.cancel_form_used(actor=a, form_id=p.disclosed.form, **why),
        ),
        "record_plan": (
            write,
            lambda a, p: as_far_as(
                lambda: s.record_plan(
                    actor=a, unit_id=p.unit, occurred_on=p.day, content=s.PlanInput(2026)
                )
            ),
        ),
        "correct_plan": (
            write,
            lambda a, p: as_far_as(
                lambda: s.correct_plan(
                    actor=a,
                    record_id=p.disclosed.plan,
                    occurred_on=p.day,
                    content=s.PlanInput(2026),
                    **stale,
                    **why,
                )
            ),
        ),
        "cancel_plan": (
            cancel,
            lambda a, p: s.cancel_plan(actor=a, record_id=p.disclosed.plan, **why),
        ),
        "remind_units": (
            "units.remind",
            lambda a, p: as_far_as(
                lambda: s.remind_units(
                    actor=a, code=p.code, period=f"{p.day:%Y}M{p.day:%m}", due_on=TODAY
                )
            ),
        ),
        "publish_register": (
            write,
            lambda a, p: as_far_as(
                lambda: s.publish_register(actor=a, unit_id=p.unit, quarter=Quarter.of(p.day))
            ),
        ),
    }
    return rows


def selectors() -> Rows:
    """Each selector with its right; all the room's records here are read inside."""
    from danchu.civic.disclosure import selectors as s

    read = "records.read"
    return {
        "notice": (read, lambda v, p: s.notice(v, p.disclosed.addresses["notice"])),
        "notices": (read, lambda v, p: s.notices(v, unit_id=p.unit)[1]),
        "clause_counts": (read, lambda v, p: s.clause_counts(v, p.unit)),
        "derivation_of_posting": (
            read,
            lambda v, p: s.derivation_of_posting(v, p.disclosed.addresses["posting"]),
        ),
        "register_of": (
            read,
            lambda v, p: s.register_of(v, p.unit, s.Quarter.of(p.day)).lines,
        ),
        "disclosure_matrix": (
            read,
            lambda v, p: s.disclosure_matrix(v, p.code, f"{p.day:%Y}M{p.day:%m}"),
        ),
        "missing_below": (
            "units.remind",
            lambda v, p: s.missing_below(v, p.code, f"{p.day:%Y}M{p.day:%m}"),
        ),
        "plan": (read, lambda v, p: s.plan(v, p.disclosed.addresses["plan"])),
        "plan_of_year": (read, lambda v, p: s.plan_of_year(v, p.unit, p.day.year)),
    }
