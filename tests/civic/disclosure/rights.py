"""The rows of disclosure in the table of rights (``tests/test_rights.py``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from danchu.core.documents import OfficialDocument
from danchu.core.documents.keeping import as_data
from tests.cast import TODAY
from tests.civic.disclosure.made import HALL, HEADQUARTERS, document, notice_input, photo

PAPER = OfficialDocument(
    layout="state",
    issuing_body="ỦY BAN NHÂN DÂN",
    symbol="BC-UBND",
    place="Bến Mẫu",
    date=dt.date(2026, 6, 10),
    title="",
    blocks=(),
)


@dataclass(frozen=True)
class Disclosed:
    """One of everything of the room, read inside, at a unit of any kind."""

    notice: int
    posting: int
    broadcast: int
    form: int
    plan: int
    report: int
    sent: int
    session: int
    addresses: dict[str, UUID]


def disclosed(unit: int, day: dt.date) -> Disclosed:
    """Written directly: a village, where rights are tried too, discloses nothing itself."""
    from danchu.civic.disclosure.models import (
        Broadcast,
        CouncilReport,
        CouncilSession,
        Dispatch,
        FormUsed,
        Notice,
        NoticeDocument,
        Plan,
        Posting,
    )
    from danchu.core.clock import now
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
    for order in (1, 2):
        NoticeDocument.objects.create(
            notice=notice, order=order, file=kept_file(unit), added_at=now()
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
    report = CouncilReport.objects.create(
        record=spine("council_report"), period=f"{day.year}H1", document=as_data(PAPER)
    )
    # Of another paper: a report that was sent is not cancelled.
    register = Notice.objects.create(
        record=spine("disclosure"),
        base_kind="commune",
        rule_key="xa_ck_so",
        rule_version=1,
        title="Danh mục",
        decided_on=day,
        register_of="2020-Q1",
        folded="danh muc",
    )
    sent = Dispatch.objects.create(
        record=spine("disclosure_dispatch"), about=register.record, recipient="front", way="paper"
    )
    return Disclosed(
        notice.pk,
        posting.pk,
        broadcast.pk,
        form.pk,
        plan.pk,
        report.pk,
        sent.pk,
        CouncilSession.objects.create(record=spine("council_session")).pk,
        {
            "notice": notice.record.public_id,
            "posting": posting.record.public_id,
            "plan": plan.record.public_id,
            "report": report.record.public_id,
        },
    )


def kept_file(unit: int, by: int | None = None) -> Any:
    """A file that was handed in; its bytes are never read here."""
    from danchu.core.files.models import StoredFile

    return StoredFile.objects.create(
        unit_id=unit, name="a.docx", media_type="application/pdf", size=1, stored_as=str(uuid4()),
        uploaded_by_id=by,
    )  # fmt: skip


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
        "correct_interruption": (
            write,
            lambda a, p: as_far_as(
                lambda: s.correct_interruption(
                    actor=a,
                    posting_id=p.disclosed.posting,
                    began=p.day,
                    from_on=p.day,
                    why="Ghi nhầm",
                    **stale,
                    **why,
                )
            ),
        ),
        "cancel_interruption": (
            cancel,
            lambda a, p: as_far_as(
                lambda: s.cancel_interruption(
                    actor=a, posting_id=p.disclosed.posting, began=p.day, **stale, **why
                )
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
            lambda a, p: s.take_down(
                actor=a, posting_id=p.disclosed.posting, on=p.day, **once, early=True
            ),
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
        "hand_in_document": (
            write,
            lambda a, p: s.hand_in_document(
                actor=a, unit_id=p.unit, data=document(), name="a.docx"
            ),
        ),
        "add_document": (
            write,
            lambda a, p: s.add_document(
                actor=a,
                notice_id=p.disclosed.notice,
                file=s.HandedIn(kept_file(p.unit, a.actor_id).public_id),
            ),
        ),
        "remove_document": (
            write,
            lambda a, p: s.remove_document(actor=a, notice_id=p.disclosed.notice, order=1, **why),
        ),
        "show_names_again": (
            write,
            lambda a, p: as_far_as(
                lambda: s.show_names_again(actor=a, notice_id=p.disclosed.notice, **why)
            ),
        ),
        "add_broadcast": (
            write,
            lambda a, p: s.add_broadcast(
                actor=a,
                notice_id=p.disclosed.notice,
                content=s.BroadcastInput(p.day, dt.time(17), "Đài"),
            ),
        ),
        "add_broadcasts": (
            write,
            lambda a, p: s.add_broadcasts(
                actor=a,
                notice_id=p.disclosed.notice,
                contents=[
                    s.BroadcastInput(p.day, dt.time(hour), "Đài truyền thanh") for hour in (6, 17)
                ],
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
        "settle_report": (
            write,
            lambda a, p: as_far_as(
                lambda: s.settle_report(actor=a, unit_id=p.unit, period="x", paper=PAPER)
            ),
        ),
        "cancel_report": (
            cancel,
            lambda a, p: s.cancel_report(actor=a, record_id=p.disclosed.report, **why),
        ),
        "note_sent": (
            write,
            lambda a, p: s.note_sent(
                actor=a,
                about_id=p.disclosed.report,
                content=s.SentInput("front", p.day, "paper"),
            ),
        ),
        "cancel_sent": (
            cancel,
            lambda a, p: s.cancel_sent(actor=a, record_id=p.disclosed.sent, **why),
        ),
        "record_session": (
            write,
            lambda a, p: as_far_as(lambda: s.record_session(actor=a, unit_id=p.unit, on=None)),
        ),
        "cancel_session": (
            cancel,
            lambda a, p: s.cancel_session(actor=a, record_id=p.disclosed.session, **why),
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
        "council_sessions": (read, lambda v, p: s.council_sessions(v, p.unit)),
        "clause_counts": (read, lambda v, p: s.clause_counts(v, p.unit)),
        "derivation_of_posting": (
            read,
            lambda v, p: s.derivation_of_posting(v, p.disclosed.addresses["posting"]),
        ),
        "register_of": (
            read,
            lambda v, p: s.register_of(v, p.unit, s.Quarter.of(p.day)).lines,
        ),
        "paper": (read, lambda v, p: s.paper(v, p.disclosed.addresses["report"])),
        "settled_report": (
            read,
            lambda v, p: s.settled_report(v, p.unit, f"{p.day.year}H1"),
        ),
        "published_register": (
            read,
            lambda v, p: s.published_register(v, p.unit, s.Quarter(2020, 1)),
        ),
        "n_read_inside": (read, lambda v, p: s.n_read_inside(v, p.unit, s.Quarter.of(p.day))),
        "last_year_items": (
            read,
            lambda v, p: s.last_year_items(v, p.unit, p.day.year + 1, p.day),
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
