"""Registers as they are published, the report to the People's Council, and what was sent."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from danchu.civic.claims.counting import claim_counts
from danchu.civic.disclosure.council_paper import ClaimsTold, council_document
from danchu.civic.disclosure.models import CouncilReport, Dispatch, Notice, RegisterEntry
from danchu.civic.disclosure.printing import register_document
from danchu.civic.disclosure.quarters import reported_span
from danchu.civic.disclosure.selectors import (
    Quarter,
    council_sessions,
    disclosure_summary,
    n_read_inside,
    paper,
    published_register,
    register_of,
    settled_report,
)
from danchu.civic.disclosure.services import (
    BroadcastInput,
    SentInput,
    add_broadcast,
    add_posting,
    cancel_notice,
    cancel_report,
    cancel_sent,
    cancel_session,
    correct_notice,
    interrupt_posting,
    note_sent,
    publish_register,
    record_notice,
    record_session,
    refusals_of,
    resume_posting,
    settle_report,
    take_down,
)
from danchu.civic.disclosure.sessions import REPORT_RULE, served
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY
from danchu.core.documents import plain_text
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.units.selectors import unit_by_id
from danchu.reporting.duties.ledger import duty_ledger
from danchu.reporting.reviews.papers import state_paper
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    notice_input,
    publish,
    publish_register_now,
)
from tests.civic.disclosure.rights import PAPER
from tests.making import DAY

D = dt.date
Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)


def refused(kind: type[Exception], service: Any, **given: Any) -> Any:
    with pytest.raises(kind) as caught:
        service(**given)
    return caught.value


def early(cast: Cast, **changes: Any) -> Any:
    """A content of the first quarter."""
    given: dict[str, Any] = {"on": D(2026, 3, 20), "decided_on": D(2026, 3, 18), **changes}
    return publish(cast.recorder_benmau, cast.benmau, **given)


# ---- lines --------------------------------------------------------------------------------


def test_a_line_tells_interruptions_and_days_that_are_lacking_place_by_place(cast: Cast) -> None:
    who = cast.recorder_benmau
    one = publish(
        who, cast.benmau, HEADQUARTERS, HALL, on=D(2026, 4, 20), decided_on=D(2026, 4, 20)
    )
    house, hall = one.postings.order_by("pk")
    interrupt_posting(
        actor=who, posting_id=hall.pk, version=1, from_on=D(2026, 5, 3), reason="Mưa bão"
    )
    resume_posting(actor=who, posting_id=hall.pk, version=2, on=D(2026, 5, 6))
    take_down(actor=who, posting_id=house.pk, version=1, on=D(2026, 4, 30), early=True)
    (line,) = register_of(NOBODY, cast.benmau, Q2).lines
    assert line.remark.vi == (
        "Trụ sở UBND xã: chưa đủ 30 ngày liên tục: gỡ khi mới 10 ngày. "
        "Nhà văn hóa thôn Mẫu Lai: gián đoạn từ 03/05/2026 đến 05/05/2026. "
        "Nhà văn hóa thôn Mẫu Lai: đủ 30 ngày liên tục"
    )
    assert line.incomplete
    assert "Mưa bão" not in str(line), "why is told inside the unit"
    whole = publish(who, cast.benmau, HALL, on=D(2026, 5, 2), decided_on=D(2026, 4, 29))
    lines = {line.notice_id: line for line in register_of(NOBODY, cast.benmau, Q2).lines}
    assert lines[whole.pk].remark.vi == "Đủ 30 ngày liên tục"
    assert not lines[whole.pk].incomplete
    correction = publish(who, cast.benmau, corrects_id=whole.pk, title="Đính chính dự toán")
    lines = {line.notice_id: line for line in register_of(NOBODY, cast.benmau, Q2).lines}
    assert lines[correction.pk].remark.vi == "Đính chính nội dung ngày 02/05/2026"


def test_what_is_interrupted_is_not_told_as_hanging(cast: Cast) -> None:
    who, given = cast.recorder_benmau, {"on": D(2026, 5, 20), "decided_on": D(2026, 5, 19)}
    one = publish(who, cast.benmau, HEADQUARTERS, HALL, **given)
    house, hall = one.postings.order_by("pk")
    interrupt_posting(
        actor=who, posting_id=hall.pk, version=1, from_on=D(2026, 6, 1), reason="Mưa bão"
    )

    def told() -> tuple[str, str, Any]:
        (line,) = register_of(NOBODY, cast.benmau, Q2).lines
        span = reported_span("2026H1")
        summary = disclosure_summary(who, cast.benmau, span.start, span.end, TODAY)
        unit = unit_by_id(cast.benmau, TODAY)
        head = state_paper(unit, TODAY, kind="BÁO CÁO", sign="BC", to_council=True)
        text = " ".join(plain_text(council_document(head, summary, span, None)).split())
        return line.time.vi, text, summary.clauses[0]

    time, text, clause = told()
    assert time == "Từ 20/05/2026, đang niêm yết; có nơi gián đoạn từ 01/06/2026"
    assert (clause.running, clause.broken) == (1, 1)
    assert "1 lần đang niêm yết, chưa đến ngày đủ; 1 lần đang bị gián đoạn." in text
    lacks = text.partition("HẠN CHẾ")[2]
    assert "1 lần niêm yết bị gián đoạn, chưa niêm yết lại: " in lacks
    assert "(Nhà văn hóa thôn Mẫu Lai, từ 01/06/2026)." in lacks
    interrupt_posting(
        actor=who, posting_id=house.pk, version=1, from_on=D(2026, 6, 3), reason="Mưa bão"
    )
    assert told()[0] == "Từ 20/05/2026, gián đoạn từ 01/06/2026"
    for posting in (house, hall):
        resume_posting(actor=who, posting_id=posting.pk, version=2, on=D(2026, 6, 5))
    time, text, clause = told()
    assert time == "Từ 20/05/2026, đang niêm yết"
    assert (clause.running, clause.broken) == (2, 0) and "đang bị gián đoạn" not in text
    assert "2 lần niêm yết bị gián đoạn, đã niêm yết lại hoặc đã gỡ." in text


# ---- publishing ---------------------------------------------------------------------------


def test_of_the_loudspeakers_the_consecutive_days_are_told(cast: Cast) -> None:
    who = cast.recorder_benmau
    gaps = publish(who, cast.benmau, on=D(2026, 5, 20), rule_key="xa_ck_07")
    whole = publish(who, cast.benmau, on=D(2026, 5, 21), rule_key="xa_ck_07")
    for made, days in ((gaps, (1, 2, 4)), (whole, (1, 2, 3))):
        for day in days:
            on = BroadcastInput(D(2026, 6, day), dt.time(6), "Đài xã", 10)
            add_broadcast(actor=who, notice_id=made.pk, content=on)
    # Another station on the day between makes no run of the first.
    other = BroadcastInput(D(2026, 6, 3), dt.time(6), "Cụm loa thôn", 10)
    add_broadcast(actor=who, notice_id=gaps.pk, content=other)
    lines = register_of(who, cast.benmau, Q2).lines
    assert [line.forms.vi for line in lines] == [
        "Phát truyền thanh: Đài xã 3 ngày (2 ngày liên tục), Cụm loa thôn 1 ngày",
        "Phát truyền thanh 3 ngày liên tục",
    ]


def test_a_published_register_is_frozen_and_what_comes_later_is_added_to_the_next(
    cast: Cast,
) -> None:
    who = cast.recorder_benmau
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau}
    refused(BadInput, publish_register, **given, quarter=Q1)
    first = early(cast)
    publish(who, cast.benmau, public=False, title="Chỉ đọc bên trong", on=D(2026, 3, 20),
            decided_on=D(2026, 3, 20))  # fmt: skip
    refused(NotAllowed, publish_register, actor=cast.viewer_benmau, unit_id=cast.benmau, quarter=Q1)
    made = publish_register(**given, quarter=Q1, number="Số: 15/TB-UBND")
    assert (made.rule_key, made.register_of, made.due_on) == ("xa_ck_so", "2026-Q1", None)
    assert (made.title, made.document_number) == (
        "Danh mục nội dung đã công khai quý I năm 2026",
        "15/TB-UBND",
    )
    assert made.table is not None
    assert [row[1] for row in made.table["rows"]] == [
        "Dự toán thu, chi ngân sách xã năm 2026 (12/QĐ-UBND)"
    ]
    assert n_read_inside(who, cast.benmau, Q1) == 1
    assert n_read_inside(NOBODY, cast.benmau, Q1) == 0

    refusal = refused(Conflict, publish_register, **given, quarter=Q1)
    assert refusal.code == "published" and "danh mục quý II năm 2026" in refusal.vi
    frozen = refused(
        Conflict, correct_notice, actor=who, record_id=made.pk, version=1,
        occurred_on=made.record.occurred_on, content=notice_input(), reason="Sửa",
    )  # fmt: skip
    assert frozen.code == "frozen"

    late = early(cast, title="Kế hoạch ghi muộn", document_number="")
    own = publish(who, cast.benmau, title="Nội dung quý II")
    assert [line.notice_id for line in register_of(NOBODY, cast.benmau, Q1).lines] == [late.pk]
    following = register_of(NOBODY, cast.benmau, Q2)
    assert [(line.notice_id, line.added_from) for line in following.lines] == [
        (late.pk, Q1),
        (own.pk, None),
    ]
    assert following.lines[0].remark.vi == "Bổ sung quý I năm 2026"
    second = publish_register_now(**given, quarter=Q2)
    told = RegisterEntry.objects.filter(register=second).order_by("order")
    assert [(one.notice_id, one.added_from) for one in told] == [(late.pk, "2026-Q1"), (own.pk, "")]
    kept = published_register(NOBODY, cast.benmau, Q2)
    assert kept is not None and kept.n_added == 1
    with on_day(D(2026, 7, 10)):
        assert register_of(NOBODY, cast.benmau, Q3).lines == (), "each stands in one register"
        cancel_notice(actor=cast.leader_benmau, record_id=second.pk, reason="Lập nhầm")
        again = register_of(NOBODY, cast.benmau, Q2).lines
        assert [line.notice_id for line in again] == [late.pk, own.pk]
        assert published_register(NOBODY, cast.benmau, Q2) is None
    assert first.pk not in [line.notice_id for line in again]


def test_a_register_is_never_written_by_hand(cast: Cast) -> None:
    who = cast.recorder_benmau
    plain = publish(who, cast.benmau)
    typed = notice_input(rule_key="xa_ck_so", title="Danh mục quý II")
    given: dict[str, Any] = {"actor": who, "occurred_on": TODAY, "content": typed}
    by_hand = refused(BadInput, record_notice, unit_id=cast.benmau, **given)
    assert (by_hand.field, by_hand.code) == ("rule_key", "register")
    told = refusals_of(unit_id=cast.benmau, **given)
    assert [fault.code for fault in told] == ["register"]
    slip = {**given, "occurred_on": plain.record.occurred_on}
    refused(BadInput, correct_notice, record_id=plain.pk, version=1, reason="Sửa", **slip)
    assert not Notice.objects.filter(rule_key="xa_ck_so").exists()
    assert publish_register_now(actor=who, unit_id=cast.benmau, quarter=Q2).rule_key == "xa_ck_so"


def test_what_is_published_is_what_was_looked_at(cast: Cast) -> None:
    who = cast.recorder_benmau
    one = publish(who, cast.benmau, HEADQUARTERS)
    seen = register_of(NOBODY, cast.benmau, Q2).digest
    add_posting(actor=who, notice_id=one.pk, content=replace(HALL, starts_on=TODAY))
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "quarter": Q2}
    assert refused(Conflict, publish_register, **given, seen=seen).code == "changed"
    assert not Notice.objects.filter(register_of="2026-Q2").exists()
    refused(BadInput, publish_register, **given, number="không số")
    now = register_of(NOBODY, cast.benmau, Q2).digest
    assert publish_register_now(**given, seen=now).entries.get().notice == one


def test_the_register_of_a_quarter_that_still_runs_is_asked_for_once_more(cast: Cast) -> None:
    who = cast.recorder_benmau
    publish(who, cast.benmau, title="Nội dung quý II")
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "quarter": Q2}
    for day in (TODAY, Q2.end):
        with on_day(day):
            refusal = refused(BadInput, publish_register, **given)
        assert (refusal.code, refusal.field) == ("early", "early")
        assert "quý II năm 2026 đến ngày 30/06/2026 mới hết" in refusal.vi
        assert "không có trong danh mục quý II năm 2026 mà vào danh mục quý III" in refusal.vi
    assert not Notice.objects.filter(rule_key="xa_ck_so").exists()
    with on_day(Q3.start):
        over = publish_register(**given)
        cancel_notice(actor=cast.leader_benmau, record_id=over.pk, reason="Lập nhầm")
    made = publish_register(**given, early=True, client_key=(key := uuid.uuid4()))
    assert publish_register(**given, client_key=key) == made, "what stands is not asked for again"
    assert refused(Conflict, publish_register, **given).code == "published"


def test_the_report_of_a_year_that_is_not_over_is_asked_for_once_more(cast: Cast) -> None:
    who = cast.recorder_benmau
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "paper": PAPER}
    for period, day in (("2026", "31/12/2026"), ("2026H1", "30/06/2026")):
        refusal = refused(BadInput, settle_report, **given, period=period)
        assert (refusal.code, refusal.field) == ("early", "early")
        assert f"đến ngày {day} mới hết" in refusal.vi
    assert not CouncilReport.objects.exists()
    assert settle_report(**given, period="2025").period == "2025"
    assert settle_report(**given, period="2026", early=True).period == "2026"
    assert refused(Conflict, settle_report, **given, period="2026").code == "settled"


def test_a_workplace_keeps_no_register_in_law(cast: Cast) -> None:
    who = cast.workplace_officer
    publish(who, cast.workplace, rule_key="nlv_ck_a", public=True)
    given = {"actor": who, "unit_id": cast.workplace, "quarter": Q2}
    assert refused(BadInput, publish_register_now, **given).field == "rule_key"


# ---- sending ------------------------------------------------------------------------------


def test_the_front_is_sent_the_register_with_day_and_way(cast: Cast) -> None:
    who = cast.recorder_benmau
    early(cast)
    with on_day(D(2026, 4, 3)):
        made = publish_register(actor=who, unit_id=cast.benmau, quarter=Q1)
    sent = SentInput("front", D(2026, 4, 6), "system", "25/UBND-VP")
    given: dict[str, Any] = {"actor": who, "about_id": made.pk, "content": sent}
    refused(NotAllowed, note_sent, **{**given, "actor": cast.viewer_benmau})
    for changes, field in (
        ({"sent_on": D(2026, 4, 2)}, "sent_on"),
        ({"sent_on": TODAY + dt.timedelta(days=1)}, "sent_on"),
        ({"sent_on": None}, "sent_on"),
        ({"recipient": "party"}, "recipient"),
        ({"way": "pigeon"}, "way"),
        ({"number": "abc"}, "number"),
    ):
        refusal = refused(BadInput, note_sent, **{**given, "content": replace(sent, **changes)})
        assert refusal.field == field
    other = publish(who, cast.benmau)
    refused(NotFound, note_sent, **{**given, "about_id": other.pk})
    noted = note_sent(**given)
    found = paper(who, made.record.public_id)
    assert [(one.recipient, one.sent_on, one.way, one.number) for one in found.sent] == [
        ("front", D(2026, 4, 6), "system", "25/UBND-VP")
    ]
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau):
        with pytest.raises(NotFound):
            paper(viewer, made.record.public_id)
    with pytest.raises(NotFound):
        paper(who, other.record.public_id)
    refused(NotAllowed, cancel_sent, actor=cast.viewer_benmau, record_id=noted.pk, reason="Nhầm")
    cancel_sent(actor=cast.leader_benmau, record_id=noted.pk, reason="Ghi nhầm nơi nhận")
    assert paper(who, made.record.public_id).sent == ()
    assert Dispatch.objects.count() == 1, "it stays, with the reason"


# ---- the report to the People's Council ---------------------------------------------------


def half_a_year(cast: Cast) -> None:
    """One in time and complete, one late and taken down early, one correction."""
    who = cast.recorder_benmau
    one = publish(who, cast.benmau, HALL, on=D(2026, 4, 20), decided_on=D(2026, 4, 20))
    publish(
        who, cast.benmau, HALL, on=D(2026, 5, 29), decided_on=D(2026, 5, 18),
        title="Kế hoạch kinh tế - xã hội", rule_key="xa_ck_01",
    )  # fmt: skip
    late = Notice.objects.get(title="Kế hoạch kinh tế - xã hội").postings.get()
    take_down(actor=who, posting_id=late.pk, version=1, on=D(2026, 6, 5), early=True)
    for day, hour in ((21, 6), (21, 17), (22, 17)):
        aired = BroadcastInput(D(2026, 4, day), dt.time(hour), "Đài xã", 10)
        add_broadcast(actor=who, notice_id=one.pk, content=aired)
    publish(who, cast.benmau, corrects_id=one.pk, title="Đính chính dự toán")
    publish(who, cast.benmau, public=False, title="Chỉ đọc bên trong")
    publish_register_now(actor=who, unit_id=cast.benmau, quarter=Q2)


def test_the_summary_counts_by_clause_and_names_what_fell_short(cast: Cast) -> None:
    half_a_year(cast)
    who = cast.recorder_benmau
    found = disclosure_summary(who, cast.benmau, D(2026, 1, 1), D(2026, 6, 30), TODAY)
    assert [
        (one.rule.key, one.contents, one.on_time, one.late, one.complete, one.short, one.running)
        for one in found.clauses
    ] == [("xa_ck_01", 1, 0, 1, 0, 1, 0), ("xa_ck_02", 2, 1, 0, 1, 0, 0)]
    assert [one.title for one in found.unposted] == ["Đính chính dự toán"]
    assert [(one.title, one.words) for one in found.late] == [
        ("Kế hoạch kinh tế - xã hội", "29/05/2026")
    ]
    assert [one.title for one in found.corrections] == ["Đính chính dự toán"]
    assert found.short[0].words == "Nhà văn hóa thôn Mẫu Lai, từ 29/05/2026 đến 05/06/2026"
    assert (found.broadcasts, found.broadcast_days) == (3, 2), "two of them on one day"
    assert [one.quarter for one in found.registers] == [Q2]
    assert "xa_ck_03" in [rule.key for rule in found.without]
    assert "xa_ck_02" not in [rule.key for rule in found.without]
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau):
        with pytest.raises(NotFound):
            disclosure_summary(viewer, cast.benmau, D(2026, 1, 1), D(2026, 6, 30), TODAY)


def test_the_report_says_what_the_summary_counts_in_whole_sentences(cast: Cast) -> None:
    half_a_year(cast)
    who = cast.recorder_benmau
    span = reported_span("2026H1")
    summary = disclosure_summary(who, cast.benmau, span.start, span.end, TODAY)
    unit = unit_by_id(cast.benmau, TODAY)
    head = state_paper(unit, TODAY, kind="BÁO CÁO", sign="BC", to_council=True)
    document = council_document(head, summary, span, ClaimsTold(3, 1, 3, 1, 1, 2), number="")
    text = " ".join(plain_text(document).split())
    for sentence in (
        "Kính gửi: Hội đồng nhân dân xã Bến Mẫu",
        "Ủy ban nhân dân xã Bến Mẫu báo cáo kết quả công khai thông tin 6 tháng đầu năm 2026",
        "Đã công khai 3 nội dung thuộc 2 khoản. Trong 3 nội dung có thời hạn công khai kể từ ngày "
        "ban hành, 1 nội dung công khai đúng hạn, 1 nội dung công khai sau hạn, 1 nội dung chưa "
        "niêm yết ở nơi nào.",
        "1 nội dung chưa niêm yết ở nơi nào: Đính chính dự toán.",
        "Niêm yết 2 lần, tính theo từng nơi, trong đó 1 lần đủ số ngày liên tục; 1 lần gỡ trước "
        "khi đủ ngày.",
        "Phát truyền thanh 3 lần, tính theo từng nội dung, trong 2 ngày.",
        "Danh mục quý II năm 2026: công khai ngày 10/06/2026.",
        "Trong kỳ chưa có nội dung công khai theo các khoản 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 và "
        "14 Điều 11.",
        "Đã đính chính 1 nội dung:",
        "Nhận 4 ý kiến về nội dung đã công khai, gồm 3 phản ánh thông tin chưa đúng và 1 góp ý; đã "
        "trả lời 3, trong đó 1 trả lời sau hạn. 2 phản ánh dẫn đến đính chính.",
        "TM. ỦY BAN NHÂN DÂN",
        "Ủy ban MTTQ Việt Nam xã Bến Mẫu",
    ):
        assert sentence in text, sentence
    assert "Chỉ đọc bên trong" not in text
    silent = plain_text(council_document(head, summary, span, None))
    assert "ý kiến về nội dung" not in silent, "claims that are not followed are not told as none"
    empty = disclosure_summary(who, cast.benmau, D(2025, 7, 1), D(2025, 12, 31), TODAY)
    told = plain_text(council_document(head, empty, reported_span("2025H2"), None))
    assert "chưa có nội dung nào được công khai" in told


def test_what_hangs_for_good_since_before_the_period_is_not_told_as_missing(cast: Cast) -> None:
    who = cast.recorder_benmau
    first = publish(
        who, cast.benmau, HALL, on=D(2025, 12, 1), decided_on=D(2025, 12, 1), rule_key="xa_ck_13"
    )
    span = reported_span("2026H1")

    def told() -> str:
        found = disclosure_summary(who, cast.benmau, span.start, span.end, TODAY)
        paper_of = state_paper(
            unit_by_id(cast.benmau, TODAY), TODAY, kind="BÁO CÁO", sign="BC", to_council=True
        )
        return " ".join(plain_text(council_document(paper_of, found, span, None)).split())

    publish(who, cast.benmau, HALL)
    assert "Đang công khai thường xuyên từ kỳ trước: khoản 13 Điều 11." in told()
    assert "11, 12 và 14 Điều 11" in told()
    take_down(
        actor=who, posting_id=first.postings.get().pk, version=1, on=D(2026, 3, 2), early=True
    )
    assert "thường xuyên từ kỳ trước" not in told() and "12, 13 và 14 Điều 11" in told()


def test_a_settled_report_stays_as_it_was_and_is_sent_on(cast: Cast) -> None:
    half_a_year(cast)
    who = cast.recorder_benmau
    unit = unit_by_id(cast.benmau, TODAY)
    head = state_paper(unit, TODAY, kind="BÁO CÁO", sign="BC", to_council=True)
    given: dict[str, Any] = {
        "actor": who, "unit_id": cast.benmau, "period": "2026H1", "paper": head,
    }  # fmt: skip
    refused(NotAllowed, settle_report, **{**given, "actor": cast.viewer_benmau})
    for wrong in ("2026Q1", "2027H1", "x", "2026H2"):
        refusal = refused(BadInput, settle_report, **{**given, "period": wrong})
        assert refusal.field == "period", wrong
    elsewhere = {**given, "actor": cast.workplace_officer, "unit_id": cast.workplace}
    assert refused(BadInput, settle_report, **elsewhere).code == "no_council"
    made = settle_report(**given, number="120/BC-UBND", early=True)
    refused(Conflict, settle_report, **given)
    publish(who, cast.benmau, title="Ghi sau khi chốt")
    found = settled_report(who, cast.benmau, "2026H1")
    assert found is not None and found.document is not None
    text = plain_text(found.document)
    assert "Đã công khai 3 nội dung" in text and "Số: 120/BC-UBND" in text
    assert settled_report(NOBODY, cast.benmau, "2026H1") is None
    note_sent(actor=who, about_id=made.pk, content=SentInput("council", TODAY, "paper"))
    leader = cast.leader_benmau
    assert refused(Conflict, cancel_report, actor=leader, record_id=made.pk, reason="x").code == (
        "sent"
    )
    cancel_sent(
        actor=leader, record_id=paper(who, found.public_id).sent[0].record_id, reason="Nhầm"
    )
    refused(NotAllowed, cancel_report, actor=cast.viewer_benmau, record_id=made.pk, reason="x")
    cancel_report(actor=leader, record_id=made.pk, reason="Chốt lại sau kỳ")
    assert settled_report(who, cast.benmau, "2026H1") is None
    given["client_key"] = uuid.uuid4()
    again = settle_report(**given, early=True)
    assert settle_report(**given).pk == again.pk
    told = refused(Conflict, settle_report, **given, number="9/BC-UBND")
    assert told.code == "sent_before"
    assert CouncilReport.objects.count() == 2


def test_the_register_is_a_paper_with_its_table_laid_on_its_side(cast: Cast) -> None:
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    register = register_of(NOBODY, cast.benmau, Q2)
    head = state_paper(unit_by_id(cast.benmau, TODAY), TODAY, kind="THÔNG BÁO", sign="TB")
    document = register_document(head, Q2, register.as_table(), number="15/TB-UBND")
    assert document.annexes[0].landscape
    text = plain_text(document)
    assert "Số: 15/TB-UBND" in text and "Hội đồng nhân dân xã Bến Mẫu" in text
    assert "Mới 21/30 ngày liên tục" in text
    blank = register_document(head, Q2, register.as_table())
    assert blank.day_open and blank.number is None


def test_claims_are_counted_for_who_may_read_them(cast: Cast) -> None:
    from danchu.civic.claims.models import Claim
    from danchu.core.records.models import Record

    about = publish(cast.recorder_benmau, cast.benmau).record
    for kind, due, answered, outcome in (
        ("wrong", D(2026, 6, 1), D(2026, 6, 3), "corrected"),
        ("wrong", D(2026, 6, 5), None, ""),
        ("opinion", None, D(2026, 6, 2), "noted"),
    ):
        record = Record.objects.create(kind="claim", unit_id=cast.benmau, occurred_on=DAY)
        Claim.objects.create(
            record=record, about=about, kind=kind, text="x", due_on=due, outcome=outcome,
            answered_on=answered, answer="Đã trả lời" if answered else "",
        )  # fmt: skip
    half = (D(2026, 1, 1), D(2026, 6, 30), TODAY)
    found = claim_counts(cast.recorder_benmau, cast.benmau, *half)
    assert (found.wrong, found.opinions, found.answered) == (2, 1, 2)
    assert (found.late, found.overdue, found.corrected) == (1, 1, 1)
    assert claim_counts(cast.recorder_caumau, cast.benmau, *half).wrong == 0
    assert claim_counts(
        cast.recorder_benmau, cast.benmau, D(2025, 1, 1), D(2025, 6, 30), TODAY
    ) == (replace(found, wrong=0, opinions=0, answered=0, late=0, overdue=0, corrected=0))


# --- the report by the sessions of the Council ---------------------------------------------------


def of_report(cast: Any, on: dt.date = TODAY) -> Any:
    (line,) = duty_ledger(
        cast.admin, "9A001", dt.date(2026, 1, 1), dt.date(2026, 12, 31), on, only=REPORT_RULE
    ).lines
    return line


def test_the_report_is_due_by_the_sessions_that_were_written_down(cast: Any) -> None:
    who, unit = cast.recorder_benmau, cast.benmau
    assert of_report(cast).instances == (), "no session is known, so nothing is due"
    to_come = record_session(actor=who, unit_id=unit, on=dt.date(2026, 7, 15))
    (one,) = of_report(cast).instances
    assert (one.state, one.start, one.due_on) == (
        "open", dt.date(2026, 4, 14), dt.date(2026, 7, 15),
    )  # fmt: skip
    assert of_report(cast, dt.date(2026, 7, 16)).instances[0].state == "late"
    report = settle_report(actor=who, unit_id=unit, period="2026H1", paper=PAPER, early=True)
    note_sent(actor=who, about_id=report.pk, content=SentInput("front", TODAY, "paper"))
    assert of_report(cast).instances[0].state == "open", "the Front gets a copy"
    sent = note_sent(actor=who, about_id=report.pk, content=SentInput("council", TODAY, "paper"))
    (one,) = of_report(cast).instances
    assert (one.state, one.done_on, one.record_ids) == ("done", TODAY, (report.pk,))
    before = record_session(actor=who, unit_id=unit, on=TODAY)
    first, second = of_report(cast).instances
    assert (first.due_on, first.state) == (TODAY, "done")
    assert (second.start, second.state) == (TODAY + dt.timedelta(days=1), "open")
    assert [(one.day, one.sent_on) for one in council_sessions(who, unit)] == [
        (dt.date(2026, 7, 15), None),
        (TODAY, TODAY),
    ]
    cancel_sent(actor=cast.admin, record_id=sent.pk, reason="Ghi nhầm")
    assert of_report(cast, dt.date(2026, 6, 11)).instances[0].state == "late"
    for session in (before, to_come):
        cancel_session(actor=cast.admin, record_id=session.pk, reason="Dời ngày")
    assert of_report(cast).instances == ()


def test_the_report_is_done_when_the_front_was_sent_it_too(cast: Any) -> None:
    who, unit = cast.recorder_benmau, cast.benmau
    record_session(actor=who, unit_id=unit, on=TODAY)
    report = settle_report(actor=who, unit_id=unit, period="2026H1", paper=PAPER, early=True)
    note_sent(actor=who, about_id=report.pk, content=SentInput("council", TODAY, "paper"))
    (one,) = of_report(cast).instances
    assert (one.state, one.done_on) == ("open", None), "article 14.3 asks for the Front too"
    assert of_report(cast, TODAY + dt.timedelta(1)).instances[0].state == "late"
    note_sent(actor=who, about_id=report.pk, content=SentInput("front", TODAY, "paper"))
    (one,) = of_report(cast).instances
    assert (one.state, one.done_on, one.record_ids) == ("done", TODAY, (report.pk,))


def test_a_session_is_written_once_for_a_commune_and_within_a_year(cast: Any) -> None:
    who, unit, key = cast.recorder_benmau, cast.benmau, uuid.uuid4()
    given: dict[str, Any] = {"actor": who, "unit_id": unit, "on": dt.date(2026, 12, 10)}
    made = record_session(**given, client_key=key)
    assert record_session(**given, client_key=key) == made
    for day in (dt.date(2026, 12, 10), dt.date(2027, 6, 12), dt.date(1999, 1, 1), None):
        assert refused(BadInput, record_session, **{**given, "on": day}).field == "on"
    wrong = {"actor": cast.admin, "unit_id": cast.minhhoa, "on": TODAY}
    assert refused(BadInput, record_session, **wrong).code == "no_council"
    refused(NotAllowed, record_session, **{**given, "actor": cast.recorder_caumau})
    wrong = {"actor": cast.recorder_caumau, "record_id": made.pk, "reason": "Dời"}
    refused(NotAllowed, cancel_session, **wrong)
    refused(NotFound, cancel_session, actor=cast.admin, record_id=made.pk + 999, reason="Dời")
    assert council_sessions(cast.recorder_caumau, unit) == ()
    record_session(**given | {"on": dt.date(2026, 12, 11)})


def test_what_was_sent_after_a_session_is_for_the_next_one() -> None:
    day = dt.date.fromisoformat
    sessions = [(day("2026-12-10"), 2), (day("2026-07-15"), 1)]
    sent = [(day("2026-07-16"), 8), (day("2026-04-13"), 7), (day("2026-12-10"), 9)]
    assert [(one.day, one.sent_on, one.report_id) for one in served(sessions, sent)] == [
        (day("2026-07-15"), None, None),
        (day("2026-12-10"), day("2026-07-16"), 8),
    ]
    assert served(sessions[1:], [(day("2026-04-14"), 7)])[0].report_id == 7
