"""Who reads what of a notice, what a register says, what a plan begins with."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.civic.disclosure.selectors import (
    Quarter,
    clause_counts,
    derivation_of_posting,
    notice,
    notices,
    offered_clauses,
    plan,
    plan_of_year,
    proposed_items,
    register_of,
)
from danchu.civic.disclosure.services import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    PlanInput,
    PlannedInput,
    add_broadcast,
    add_evidence,
    add_form_used,
    cancel_notice,
    cancel_plan,
    correct_plan,
    forget_names,
    hand_in_evidence,
    interrupt_posting,
    record_plan,
    take_down,
)
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR, declared_findables
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import HALL, HEADQUARTERS, photo, publish, publish_names
from tests.making import DAY, refused

LATER = dt.timedelta


def test_everybody_reads_a_public_notice_and_only_officers_its_evidence(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HEADQUARTERS)
    posting = made.postings.get()
    taken = hand_in_evidence(actor=who, unit_id=cast.benmau, data=photo(), name="treo.jpg")
    add_evidence(actor=who, posting_id=posting.pk, content=EvidenceInput("start", taken))
    address = made.record.public_id
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau):
        seen = notice(viewer, address)
        assert (seen.title, seen.late_by, seen.written_by) == (made.title, 0, "")
        (hung,) = seen.postings
        assert (hung.n_evidence, hung.evidence, hung.proven_at_start) == (1, (), True)
        assert (hung.standing.state, hung.standing.day, hung.standing.of) == ("hanging", 21, 30)
    for viewer in (who, cast.viewer_benmau, cast.viewer, OPERATOR):
        inside = notice(viewer, address)
        (proof,) = inside.postings[0].evidence
        assert (proof.taken_place, proof.is_picture) == ("10,76262; 106,66017", True)
        assert inside.written_by == who.name
    with pytest.raises(NotFound):
        notice(NOBODY, uuid.uuid4())


def test_what_a_workplace_discloses_is_read_inside_only(cast: Cast) -> None:
    made = publish(cast.workplace_officer, cast.workplace, HEADQUARTERS, rule_key="nlv_ck_a")
    address = made.record.public_id
    assert notice(cast.workplace_officer, address).title == made.title
    shown = declared_findables()["disclosure"].visible
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau):
        with pytest.raises(NotFound) as hidden:
            notice(viewer, address)
        with pytest.raises(NotFound) as none:
            notice(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)
        assert notices(viewer, unit_id=cast.workplace) == ([], 0)
        assert clause_counts(viewer, cast.workplace) == {}
        assert shown(viewer, [made.pk]) == {}
        with pytest.raises(NotFound):
            derivation_of_posting(viewer, made.postings.get().record.public_id)


def test_what_was_cancelled_is_shown_inside_with_the_reason_and_nowhere_else(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HEADQUARTERS)
    cancel_notice(actor=who, record_id=made.pk, reason="Nhập trùng")
    address = made.record.public_id
    seen = notice(who, address)
    assert (seen.cancelled, seen.cancel_reason, seen.lacking) == (True, "Nhập trùng", ())
    with pytest.raises(NotFound):
        notice(NOBODY, address)
    assert notices(NOBODY, unit_id=cast.benmau) == ([], 0)
    assert notices(who, unit_id=cast.benmau)[1] == 1


def test_the_names_go_dark_on_the_day_after_the_posting_ends(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    address = made.record.public_id
    last = DAY + LATER(30)
    with on_day(last):
        seen = notice(NOBODY, address)
        assert [row.name for row in seen.named] == ["Đoàn Mẫu Một", "Đoàn Mẫu Hai"]
        assert (seen.names_until, seen.names_shown, seen.n_named) == (last, True, 2)
    with on_day(last + LATER(1)):
        dark = notice(NOBODY, address)
        assert (dark.named, dark.names_shown, dark.n_named) == ((), False, 2)
        assert notice(who, address).named == ()  # nor to officers, while the rows are still there
        forget_names()
        for viewer in (NOBODY, who, OPERATOR):
            gone = notice(viewer, address)
            assert (gone.named, gone.names_forgotten) == ((), True)
            assert "Đoàn" not in repr(gone)


def test_names_are_neither_searched_nor_listed(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    for viewer in (NOBODY, who):
        assert notices(viewer, unit_id=cast.benmau, words="Đoàn Mẫu Một")[1] == 0
        assert notices(viewer, unit_id=cast.benmau, words="binh xet ho")[1] == 1
        assert "Đoàn" not in repr(notices(viewer, unit_id=cast.benmau))
        assert "Đoàn" not in repr(register_of(viewer, cast.benmau, Quarter.of(DAY)))
        findable = declared_findables()["disclosure"].visible(viewer, [made.pk])
        assert "Đoàn" not in repr(findable)


def test_the_list_is_newest_first_and_filtered_by_words_clause_and_what_hangs(cast: Cast) -> None:
    who = cast.recorder_benmau
    old = publish(who, cast.benmau, HALL, on=dt.date(2026, 5, 2), decided_on=dt.date(2026, 5, 2))
    take_down(
        actor=who, posting_id=old.postings.get().pk, version=1, on=dt.date(2026, 5, 30), early=True
    )
    permanent = publish(
        who, cast.benmau, HEADQUARTERS, rule_key="xa_ck_13", title="Thủ tục hành chính"
    )
    plain = publish(who, cast.benmau, on=TODAY, title="Kế hoạch", rule_key="xa_ck_01")
    rows, total = notices(NOBODY, unit_id=cast.benmau)
    assert total == 3
    assert [row.record_id for row in rows] == [plain.pk, permanent.pk, old.pk]
    assert [row.state for row in rows] == ["unposted", "hanging", "taken_early"]
    assert [row.late_by for row in rows] == [16, 0, 0]
    ids = lambda **given: [  # noqa: E731
        row.record_id for row in notices(NOBODY, unit_id=cast.benmau, **given)[0]
    ]
    assert ids(hanging=True) == [permanent.pk]
    assert ids(words="thu tuc") == [permanent.pk]
    assert ids(words="THỦ TỤC 12/QĐ-UBND") == [permanent.pk]
    assert ids(rule_keys=["xa_ck_02"]) == [old.pk]
    assert ids(start=DAY, end=DAY) == [permanent.pk]
    assert ids(limit=1, offset=1) == [permanent.pk]
    assert clause_counts(NOBODY, cast.benmau) == {"xa_ck_01": 1, "xa_ck_02": 1, "xa_ck_13": 1}
    assert notices(NOBODY, unit_id=cast.caumau) == ([], 0)


def test_a_list_costs_the_same_queries_for_one_notice_and_for_many(cast: Cast) -> None:
    who = cast.recorder_benmau

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as told:
            notices(NOBODY, unit_id=cast.benmau)
        return len(told)

    publish(who, cast.benmau, HEADQUARTERS, HALL)
    one = cost()
    for n in range(4):
        made = publish(who, cast.benmau, HEADQUARTERS, HALL, title=f"Nội dung {n}")
        interrupt_posting(
            actor=who, posting_id=made.postings.first().pk, version=1, from_on=DAY, reason="Mưa"
        )
    assert cost() == one <= 8


def test_broadcasts_are_counted_by_station_and_what_is_lacking_shrinks(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HEADQUARTERS, HALL, rule_key="xa_ck_07")
    say = lambda day, station: add_broadcast(  # noqa: E731
        actor=who, notice_id=made.pk, content=BroadcastInput(day, dt.time(6), station, 10)
    )
    say(DAY, "Đài xã")
    say(DAY + LATER(1), "Cụm loa thôn Mẫu Lai")
    say(DAY + LATER(2), "Đài xã")
    seen = notice(NOBODY, made.record.public_id)
    assert [(s.station, s.days, s.run) for s in seen.stations] == [
        ("Cụm loa thôn Mẫu Lai", 1, 1),
        ("Đài xã", 2, 1),
    ]
    codes = [lack.code for lack in seen.lacking]
    assert codes == ["community_point", "portal", "broadcast", "village_head"]
    say(DAY + LATER(1), "đài xã")
    add_form_used(actor=who, notice_id=made.pk, content=FormInput("d", DAY))
    seen = notice(NOBODY, made.record.public_id)
    assert seen.broadcast_run == 3
    assert [lack.code for lack in seen.lacking] == ["community_point", "portal"]


def test_the_days_of_a_posting_print_with_the_reason_of_each(cast: Cast) -> None:
    who = cast.recorder_benmau
    posting = publish(who, cast.benmau, HALL).postings.get()
    interrupt_posting(
        actor=who,
        posting_id=posting.pk,
        version=1,
        from_on=DAY + LATER(3),
        to_on=DAY + LATER(4),
        reason="Mưa",
    )
    derived = derivation_of_posting(NOBODY, posting.record.public_id)
    assert derived is not None
    assert derived.due == DAY + LATER(35)
    assert any("gián đoạn" in row.why.vi for row in derived.rows)


def test_clauses_are_offered_with_what_the_law_prescribes(cast: Cast) -> None:
    offered = offered_clauses(cast.benmau, DAY)
    assert [rule.key for rule, _wanted in offered][:2] == ["xa_ck_01", "xa_ck_02"]
    with pytest.raises(BadInput):
        offered_clauses(cast.maulai, DAY)


# ---- registers ----------------------------------------------------------------------------


def test_quarters_are_read_and_those_to_come_refused() -> None:
    with on_day(TODAY):
        quarter = Quarter.read("2026-Q2")
        assert (quarter.start, quarter.end) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
        assert (quarter.name.vi, quarter.before.key) == ("quý II năm 2026", "2026-Q1")
        assert Quarter.of(dt.date(2025, 12, 31)) == Quarter.read("2025-Q4")
        assert Quarter.read("2025-Q4").end == dt.date(2025, 12, 31)
        for wrong in ("", "2026", "2026-Q5", "2026-Q3", "1990-Q1", "x-Q1"):
            with pytest.raises(BadInput):
                Quarter.read(wrong)


def test_the_register_says_content_form_and_time(cast: Cast) -> None:
    who = cast.recorder_benmau
    one = publish(
        who, cast.benmau, HEADQUARTERS, replace(HALL, kind="portal", link="https://benmau.example")
    )
    add_form_used(actor=who, notice_id=one.pk, content=FormInput("d", DAY))
    two = publish(who, cast.benmau, HALL, on=DAY + LATER(1), rule_key="xa_ck_07")
    add_broadcast(
        actor=who, notice_id=two.pk, content=BroadcastInput(TODAY, dt.time(6), "Đài xã", 10)
    )
    take_down(actor=who, posting_id=two.postings.get().pk, version=1, on=TODAY, early=True)
    publish(who, cast.benmau, on=dt.date(2026, 3, 31), decided_on=dt.date(2026, 3, 31))
    publish(cast.recorder_caumau, cast.caumau)
    hidden = publish(who, cast.benmau, on=TODAY, public=False)
    lines = register_of(NOBODY, cast.benmau, Quarter.of(DAY)).lines
    assert [line.notice_id for line in lines] == [one.pk, two.pk]
    assert lines[0].forms.vi == (
        "Niêm yết tại Trụ sở UBND xã; đăng trên cổng, trang thông tin điện tử; "
        "thông qua Trưởng thôn, Tổ trưởng tổ dân phố"
    )
    assert lines[0].time.vi == "Từ 20/05/2026, đang niêm yết"
    assert lines[1].forms.vi == "Niêm yết tại Nhà văn hóa thôn Mẫu Lai; phát truyền thanh 1 ngày"
    assert lines[1].forms.en.endswith("; broadcast on 1 day")
    assert lines[1].time.vi == "Từ 21/05/2026 đến 10/06/2026"
    assert lines[0].clause.vi == "Khoản 2 Điều 11"
    assert lines[0].remark.vi == "Mới 21/30 ngày liên tục, đủ vào 19/06/2026"
    assert lines[1].remark.vi == "Chưa đủ 30 ngày liên tục: gỡ khi mới 20 ngày"
    inside = register_of(who, cast.benmau, Quarter.of(DAY)).lines
    assert [line.notice_id for line in inside][-1] == hidden.pk


# ---- plans --------------------------------------------------------------------------------

ITEM = PlannedInput("xa_ck_02", "Dự toán ngân sách", ("a", "b"), ("headquarters",), "Phòng Kinh tế")


def test_a_plan_begins_with_the_clauses_in_force(cast: Cast) -> None:
    items = proposed_items(cast.benmau, 2026, DAY)
    assert [item.rule_key for item in items] == [f"xa_ck_{n:02}" for n in range(1, 15)]
    assert items[3].from_on == dt.date(2026, 1, 1)
    assert items[1].from_on is None
    assert items[6].forms == ("a", "b", "c", "d")


def test_a_plan_is_written_once_a_year_and_its_lines_are_fulfilled(cast: Cast) -> None:
    who = cast.recorder_benmau
    given: dict[str, Any] = {
        "actor": who,
        "unit_id": cast.benmau,
        "occurred_on": dt.date(2026, 1, 15),
        "content": PlanInput(2026, "03/KH-UBND", (ITEM, replace(ITEM, rule_key="xa_ck_07"))),
    }
    refused(NotAllowed, record_plan, **{**given, "actor": cast.recorder_caumau})
    for wrong, field in (
        (PlanInput(2026), "items"),
        (PlanInput(2030, items=(ITEM,)), "year"),
        (PlanInput(2026, items=(replace(ITEM, rule_key="cq_ck_01"),)), "items-0-rule_key"),
        (PlanInput(2026, items=(replace(ITEM, forms=("z",)),)), "items-0-forms"),
        (PlanInput(2026, items=(replace(ITEM, places=("z",)),)), "items-0-places"),
        (
            PlanInput(2026, items=(replace(ITEM, from_on=DAY, to_on=DAY - LATER(1)),)),
            "items-0-to_on",
        ),
    ):
        refusal = refused(BadInput, record_plan, **{**given, "content": wrong})
        assert refusal.field == field
    before = publish(who, cast.benmau, rule_key="xa_ck_07", on=dt.date(2026, 5, 20))
    made = record_plan(**given)
    refused(Conflict, record_plan, **given)
    seen = plan_of_year(who, cast.benmau, 2026)
    assert seen is not None
    assert [(item.fulfilled, item.done_on) for item in seen.items] == [
        (0, None),
        (1, dt.date(2026, 5, 20)),
    ], "recorded before the plan, it is done all the same"
    cancel_notice(actor=who, record_id=before.pk, reason="Ghi nhầm")
    first, second = made.items.order_by("order")
    publish(who, cast.benmau, planned_item_id=first.pk)
    seen = plan_of_year(who, cast.benmau, 2026)
    assert seen is not None
    assert [item.fulfilled for item in seen.items] == [1, 0]
    correct: dict[str, Any] = {
        "actor": who,
        "record_id": made.pk,
        "occurred_on": dt.date(2026, 1, 15),
        "reason": "Bổ sung",
    }
    dropped = PlanInput(2026, "03/KH-UBND", (replace(ITEM, item_id=second.pk),))
    refused(BadInput, correct_plan, **correct, version=1, content=dropped)
    swapped = PlanInput(
        2026, "04/KH-UBND", (replace(ITEM, rule_key="xa_ck_03"), replace(ITEM, item_id=first.pk))
    )
    correct_plan(**correct, version=1, content=swapped)
    seen = plan(who, made.record.public_id)
    assert [(item.rule_key, item.fulfilled) for item in seen.items] == [
        ("xa_ck_03", 0),
        ("xa_ck_02", 1),
    ]
    assert (seen.number, seen.versions) == ("04/KH-UBND", 1)
    for viewer in (NOBODY, cast.outsider, cast.recorder_caumau):
        with pytest.raises(NotFound):
            plan(viewer, made.record.public_id)
        assert plan_of_year(viewer, cast.benmau, 2026) is None
    cancel_plan(actor=who, record_id=made.pk, reason="Ban hành lại")
    assert plan_of_year(who, cast.benmau, 2026) is None
    assert record_plan(**given)
