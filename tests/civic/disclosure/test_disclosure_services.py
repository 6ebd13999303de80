"""Publishing a notice, its postings, and everything that must be refused."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from danchu.civic.disclosure.models import Interruption, NamedEntry, Notice, Posting
from danchu.civic.disclosure.services import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    NamedRow,
    PostingInput,
    add_broadcast,
    add_broadcasts,
    add_evidence,
    add_form_used,
    add_posting,
    cancel_broadcast,
    cancel_form_used,
    cancel_notice,
    cancel_posting,
    correct_notice,
    correct_posting,
    forget_names,
    hand_in_evidence,
    hang_again,
    interrupt_posting,
    record_notice,
    resume_posting,
    show_names_again,
    take_down,
)
from danchu.core import clock
from danchu.core.clock import on_day
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.files.models import StoredFile
from danchu.core.ledger.models import Entry
from danchu.core.outbox.models import Message
from danchu.core.records.models import Record, RecordVersion
from danchu.core.units.models import PublicVersion
from danchu.core.work.models import Task
from tests.cast import LAST_OLD_DAY, TODAY, Cast
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    NAMED,
    named_input,
    notice_input,
    photo,
    publish,
    publish_names,
)
from tests.making import DAY, refused

LATER = dt.timedelta


def public_version(unit_id: int) -> int:
    return (
        PublicVersion.objects.filter(unit_id=unit_id).values_list("number", flat=True).first() or 0
    )


def test_a_notice_is_written_with_its_clause_due_day_and_first_postings(cast: Cast) -> None:
    before = public_version(cast.benmau)
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    record = made.record
    assert (record.kind, record.visibility, record.occurred_on) == ("disclosure", "public", DAY)
    assert (made.rule_key, made.base_kind, made.permanent) == ("xa_ck_02", "commune", False)
    assert made.due_on == dt.date(2026, 5, 25)
    assert made.derivation["vi"]["due"] == "2026-05-25"
    assert len(made.derivation["en"]["derivation"]) == 7
    postings = list(made.postings.order_by("pk"))
    assert [(p.kind, p.record.occurred_on, p.least_days) for p in postings] == [
        ("headquarters", DAY, 30),
        ("culture_house", DAY, 30),
    ]
    assert {p.complete_on for p in postings} == {DAY + LATER(30)}
    assert {p.record.visibility for p in postings} == {"public"}
    assert public_version(cast.benmau) > before
    assert Entry.objects.order_by("-number").first().code == "disclosure.recorded"  # type: ignore[union-attr]
    told = Message.objects.filter(unit_id=cast.benmau).values_list("form", "day")
    assert ("disclosure", DAY) in told
    assert ("posting", DAY + LATER(30)) in told


def test_the_same_key_twice_gives_the_same_notice(cast: Cast) -> None:
    key = uuid.uuid4()
    given: dict[str, Any] = {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "content": notice_input(HEADQUARTERS),
        "client_key": key,
    }
    first = record_notice(**given)
    assert record_notice(**given) == first
    assert (Notice.objects.count(), Posting.objects.count()) == (1, 1)


def test_the_same_key_with_another_content_is_refused_and_never_taken_for_published(
    cast: Cast,
) -> None:
    given: dict[str, Any] = {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "client_key": uuid.uuid4(),
    }
    made = record_notice(**given, content=notice_input(HALL))
    for other in (
        notice_input(HALL, title="Quyết toán ngân sách"),
        notice_input(HALL, text="Khác."),
        notice_input(HALL, HEADQUARTERS),
        named_input(HALL),
    ):
        assert refused(Conflict, record_notice, **given, content=other).code == "sent_before"
    correct_notice(
        actor=cast.recorder_benmau, record_id=made.pk, version=1, occurred_on=DAY,
        content=notice_input(title="Dự toán"), reason="Sửa",
    )  # fmt: skip
    assert record_notice(**given, content=notice_input(HALL)).pk == made.pk
    cancel_notice(actor=cast.admin, record_id=made.pk, reason="Nhầm")
    refused(Conflict, record_notice, **given, content=notice_input(HALL))
    assert Notice.objects.count() == 1


def test_only_who_writes_for_the_unit_publishes_for_it(cast: Cast) -> None:
    for person in (
        cast.outsider,
        cast.viewer_benmau,
        cast.recorder_caumau,
        cast.village_head,
        cast.recorder_mautrung,
    ):
        refused(
            NotAllowed,
            record_notice,
            actor=person,
            unit_id=cast.benmau,
            occurred_on=DAY,
            content=notice_input(),
        )
    assert publish(cast.recorder_benmau, cast.benmau)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule_key": "khong_co"}, "rule_key"),
        ({"rule_key": "cq_ck_03"}, "rule_key"),
        ({"rule_key": "xa_ck_web"}, "rule_key"),
        ({"rule_key": "pl34_ck_01"}, "rule_key"),
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "MẬT"}, "title"),
        ({"text": "LƯU HÀNH NỘI BỘ"}, "text"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": TODAY + LATER(1)}, "decided_on"),
        ({"decided_on": DAY + LATER(1)}, "occurred_on"),
        ({"planned_item_id": 999}, "planned_item"),
        ({"corrects_id": 999}, "corrects"),
        ({"table": {"header": ["a"], "rows": [["b", "c"]], "money": False}}, "table_text"),
        ({"table": {"header": ["a"], "rows": [[1.5]], "money": False}}, "table_text"),
        ({"table": {"header": ["Họ và tên"], "rows": [["b"]], "money": False}}, "table_text"),
        ({"table": {"header": ["Số CCCD"], "rows": [["b"]], "money": False}}, "table_text"),
        ({"postings": (replace(HEADQUARTERS, kind="x"),)}, "postings-0-kind"),
        ({"postings": (replace(HALL, place=" "),)}, "postings-0-place"),
        ({"postings": (replace(HALL, starts_on=DAY - LATER(1)),)}, "postings-0-starts_on"),
        ({"postings": (replace(HALL, starts_on=TODAY + LATER(1)),)}, "postings-0-starts_on"),
        ({"postings": (replace(HALL, kind="portal"),)}, "postings-0-link"),
        ({"postings": (replace(HALL, kind="portal", link="javascript:x"),)}, "postings-0-link"),
        (
            {"postings": (HALL, replace(HALL, place="nhà văn hoá Thôn Mẫu Lai"))},
            "postings-1-place",
        ),
        ({"text": " "}, "text"),
        ({"names_not_after": DAY - LATER(1), "named": NAMED}, "names_not_after"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_by_its_field(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    refusal = refused(
        BadInput,
        record_notice,
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=replace(notice_input(), **changes),
    )
    assert refusal.field == field


def test_a_notice_of_another_time_is_judged_by_the_law_of_that_time(cast: Cast) -> None:
    old = dt.date(2022, 5, 18)
    refusal = refused(
        BadInput,
        record_notice,
        actor=cast.recorder_benmau,
        unit_id=cast.old_benmau,
        occurred_on=old,
        content=notice_input(decided_on=old),
    )
    assert "pl34_ck_01" in refusal.vi
    made = publish(
        cast.recorder_benmau, cast.old_benmau, on=old, decided_on=old, rule_key="pl34_ck_01"
    )
    assert made.record.unit_id == cast.old_benmau
    assert old < LAST_OLD_DAY


def test_agencies_and_workplaces_disclose_to_their_own_people(cast: Cast) -> None:
    agency = publish(cast.admin, cast.agency, HEADQUARTERS, rule_key="cq_ck_03")
    assert agency.record.visibility == "internal"
    assert agency.postings.get().complete_on == DAY + LATER(20)
    workplace = publish(cast.workplace_officer, cast.workplace, rule_key="nlv_ck_a")
    assert (workplace.record.visibility, workplace.due_on) == ("internal", None)
    shown = publish(cast.workplace_officer, cast.workplace, rule_key="nlv_ck_a", public=True)
    assert shown.record.visibility == "public"
    refusal = refused(
        BadInput,
        record_notice,
        actor=cast.village_head,
        unit_id=cast.maulai,
        occurred_on=DAY,
        content=notice_input(),
    )
    assert refusal.code == "no_disclosure"


def test_a_slip_is_corrected_and_what_stood_before_is_kept(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HEADQUARTERS)
    given: dict[str, Any] = {
        "actor": who,
        "record_id": made.pk,
        "version": 1,
        "occurred_on": DAY,
        "content": notice_input(rule_key="xa_ck_04", title="Quy chế dân chủ của xã"),
        "reason": "Chọn nhầm khoản",
    }
    refused(BadInput, correct_notice, **{**given, "reason": " "})
    refused(NotAllowed, correct_notice, **{**given, "actor": cast.recorder_caumau})
    corrected = correct_notice(**given)
    assert (corrected.rule_key, corrected.permanent) == ("xa_ck_04", True)
    assert corrected.postings.get().complete_on is None  # permanent: no last day
    version = RecordVersion.objects.get(record_id=made.pk)
    assert version.content["rule_key"] == "xa_ck_02"
    assert version.reason == "Chọn nhầm khoản"
    refused(Conflict, correct_notice, **given)
    later = {**given, "version": 2, "occurred_on": DAY + LATER(1)}
    assert refused(BadInput, correct_notice, **later).field == "occurred_on"


def test_a_content_that_was_wrong_is_corrected_by_another_notice(cast: Cast) -> None:
    who = cast.recorder_benmau
    first = publish(who, cast.benmau)
    second = publish(who, cast.benmau, corrects_id=first.pk, title="Đính chính dự toán")
    assert second.corrects == first
    other = publish(cast.recorder_caumau, cast.caumau)
    for wrong in (other.pk, 0):
        refusal = refused(
            BadInput,
            record_notice,
            actor=who,
            unit_id=cast.benmau,
            occurred_on=DAY,
            content=notice_input(corrects_id=wrong),
        )
        assert refusal.field == "corrects"
    refusal = refused(
        BadInput,
        correct_notice,
        actor=who,
        record_id=first.pk,
        version=1,
        occurred_on=DAY,
        content=notice_input(corrects_id=second.pk),
        reason="Vòng",
    )
    assert refusal.field == "corrects"


def test_a_cancelled_notice_takes_with_it_what_hangs_on_it(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    posting = made.postings.get()
    add_broadcast(
        actor=who, notice_id=made.pk, content=BroadcastInput(DAY, dt.time(6), "Đài xã", 10)
    )
    refused(NotAllowed, cancel_notice, actor=cast.outsider, record_id=made.pk, reason="Nhầm")
    refused(BadInput, cancel_notice, actor=who, record_id=made.pk, reason=" ")
    cancel_notice(actor=who, record_id=made.pk, reason="Nhập nhầm")
    states = Record.objects.filter(kind__in=("disclosure", "posting", "broadcast"))
    assert set(states.values_list("state", flat=True)) == {"cancelled"}
    assert not Task.objects.filter(record_id=posting.pk, done_at=None).exists()
    assert set(NamedEntry.objects.values_list("name", flat=True)) == {""}
    refused(NotFound, cancel_notice, actor=who, record_id=made.pk, reason="Nhầm")
    refused(NotFound, add_posting, actor=who, notice_id=made.pk, content=HALL)


def test_one_place_has_a_notice_once_at_a_time(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HALL)
    again: dict[str, Any] = {"actor": who, "notice_id": made.pk}
    refusal = refused(BadInput, add_posting, **again, content=HALL)
    assert refusal.code == "overlap"
    first = made.postings.get()
    take_down(actor=who, posting_id=first.pk, version=1, on=DAY + LATER(3), early=True)
    overlap = replace(HALL, starts_on=DAY + LATER(3))
    assert refused(BadInput, add_posting, **again, content=overlap).code == "overlap"
    second = add_posting(**again, content=replace(HALL, starts_on=DAY + LATER(4)))
    assert second.complete_on == DAY + LATER(34)
    assert (
        refused(
            BadInput, hang_again, actor=who, posting_id=first.pk, version=2, reason="Ghi nhầm"
        ).code
        == "overlap"
    )
    assert add_posting(**again, content=HEADQUARTERS)


def test_a_posting_sent_twice_is_written_once(cast: Cast) -> None:
    made = publish(cast.recorder_benmau, cast.benmau)
    given: dict[str, Any] = {
        "actor": cast.recorder_benmau,
        "notice_id": made.pk,
        "content": HALL,
        "client_key": uuid.uuid4(),
    }
    assert add_posting(**given) == add_posting(**given)
    refused(NotAllowed, add_posting, **{**given, "actor": cast.viewer_benmau})
    other = publish(cast.recorder_benmau, cast.benmau)
    refused(Conflict, add_posting, **{**given, "notice_id": other.pk})


def test_the_same_key_with_another_posting_broadcast_or_form_is_refused(cast: Cast) -> None:
    """Going back in the browser and writing the next one into the same form loses nothing."""
    who = cast.recorder_benmau
    made = publish(who, cast.benmau)
    at, on = dt.time(17, 30), made.record.occurred_on
    for add, first, others in (
        (
            add_posting,
            PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Lai", on),
            (
                PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Đình", on),
                PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Lai", TODAY),
            ),
        ),
        (
            add_broadcast,
            BroadcastInput(on, at, "Đài xã", 10),
            (BroadcastInput(TODAY, at, "Đài xã", 10), BroadcastInput(on, at, "Đài xã", 5)),
        ),
        (add_form_used, FormInput("d", on), (FormInput("d", TODAY), FormInput("e", on))),
    ):
        given: dict[str, Any] = {"actor": who, "notice_id": made.pk, "client_key": uuid.uuid4()}
        row = add(**given, content=first)
        assert add(**given, content=first) == row
        number = Record.objects.count()
        for other in others:
            assert refused(Conflict, add, **given, content=other).code == "sent_before"
        assert Record.objects.count() == number
        assert add(**{**given, "client_key": uuid.uuid4()}, content=others[0]) != row
    posting = made.postings.order_by("pk")[0]
    key = posting.record.client_key
    correct_posting(
        actor=who,
        posting_id=posting.pk,
        version=1,
        content=PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Khê", on),
        reason="Ghi nhầm thôn",
    )
    same = PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Lai", on)
    again: dict[str, Any] = {"actor": who, "notice_id": made.pk, "client_key": key}
    assert add_posting(**again, content=same) == posting, "as it was sent, corrected since"
    cancel_posting(actor=cast.admin, posting_id=posting.pk, reason="Ghi nhầm")
    assert refused(Conflict, add_posting, **again, content=same).code == "sent_before"


def test_several_broadcasts_are_written_all_or_none_and_once(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau)
    on, times = made.record.occurred_on, (dt.time(5, 30), dt.time(17, 30))
    days = [on + LATER(n) for n in range(3)]
    lines = tuple(BroadcastInput(day, at, "Đài xã", 8) for day in days for at in times)
    given: dict[str, Any] = {"actor": who, "notice_id": made.pk, "client_key": uuid.uuid4()}
    rows = add_broadcasts(**given, contents=lines)
    assert len(rows) == 6 and add_broadcasts(**given, contents=lines) == rows
    assert made.broadcasts.count() == 6
    for other in (lines[:3], (*lines, BroadcastInput(days[2], dt.time(6), "Đài xã", 8))):
        assert refused(Conflict, add_broadcasts, **given, contents=other).code == "sent_before"
    fresh: dict[str, Any] = {**given, "client_key": uuid.uuid4()}
    wrong = (
        BroadcastInput(days[0], dt.time(6), "Đài xã"),
        BroadcastInput(on - LATER(1), dt.time(6), "Đài xã"),
        BroadcastInput(TODAY + LATER(1), None, "Đài xã"),
    )
    fault = refused(BadInput, add_broadcasts, **fresh, contents=wrong)
    assert [one.field for one in fault.each] == ["broadcasts-1-on", "broadcasts-2-at"]
    twice = (wrong[0], wrong[0], lines[0])
    fault = refused(BadInput, add_broadcasts, **fresh, contents=twice)
    assert [one.field for one in fault.each] == ["broadcasts-1-at", "broadcasts-2-at"]
    nobody = (BroadcastInput(days[0], dt.time(6), ""), BroadcastInput(days[1], dt.time(6), ""))
    fault = refused(BadInput, add_broadcasts, **fresh, contents=nobody)
    assert [one.field for one in fault.each] == ["station"], "told once for all lines"
    refused(BadInput, add_broadcasts, **fresh, contents=())
    refused(NotAllowed, add_broadcasts, **{**fresh, "actor": cast.viewer_benmau}, contents=lines)
    assert made.broadcasts.count() == 6


def test_a_broadcast_is_written_down_when_its_hour_has_come_in_viet_nam(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau)
    evening = dt.datetime.combine(TODAY, dt.time(20, 41), clock.VIET_NAM)
    monkeypatch.setattr(clock, "now", lambda: evening.astimezone(dt.UTC))
    given: dict[str, Any] = {"actor": who, "notice_id": made.pk}
    to_come = BroadcastInput(TODAY, dt.time(23, 59), "Đài xã")
    fault = refused(BadInput, add_broadcast, **given, content=to_come)
    assert fault.field == "at" and "23:59 hôm nay chưa đến" in fault.vi
    yesterday = replace(to_come, on=TODAY - LATER(1))
    fault = refused(BadInput, add_broadcasts, **given, contents=(yesterday, to_come))
    assert [one.field for one in fault.each] == ["broadcasts-1-at"]
    assert not made.broadcasts.exists()
    heard = replace(to_come, at=dt.time(20, 41))
    assert len(add_broadcasts(**given, contents=(yesterday, heard))) == 2


def test_an_interruption_moves_the_last_day_and_is_kept(cast: Cast) -> None:
    who = cast.recorder_benmau
    posting = publish(who, cast.benmau, HALL).postings.get()
    call: dict[str, Any] = {"actor": who, "posting_id": posting.pk}
    for wrong in (
        {"from_on": DAY - LATER(1)},
        {"from_on": TODAY + LATER(1)},
        {"from_on": None},
        {"from_on": DAY, "reason": " "},
        {"from_on": DAY + LATER(3), "to_on": DAY + LATER(2)},
    ):
        refused(BadInput, interrupt_posting, **call, version=1, **{"reason": "Mưa bão", **wrong})
    refused(
        NotAllowed,
        interrupt_posting,
        **{**call, "actor": cast.recorder_caumau},
        version=1,
        from_on=DAY,
        reason="Mưa",
    )
    broken = interrupt_posting(**call, version=1, from_on=DAY + LATER(5), reason="Mưa bão làm rách")
    assert broken.complete_on is None
    assert not Task.objects.filter(key=f"posting.take_down:{posting.pk}", done_at=None).exists()
    refused(Conflict, resume_posting, **call, version=1, on=DAY + LATER(7))
    refused(BadInput, resume_posting, **call, version=2, on=DAY + LATER(4))
    again = resume_posting(**call, version=2, on=DAY + LATER(7))
    assert again.complete_on == DAY + LATER(37)
    task = Task.objects.get(key=f"posting.take_down:{posting.pk}", done_at=None)
    assert task.starts_on == DAY + LATER(37)
    refused(Conflict, resume_posting, **call, version=3, on=DAY + LATER(8))
    refused(BadInput, interrupt_posting, **call, version=3, from_on=DAY + LATER(6), reason="Trùng")
    gap = Interruption.objects.get()
    assert (gap.from_on, gap.to_on) == (DAY + LATER(5), DAY + LATER(6))
    assert RecordVersion.objects.filter(record_id=posting.pk).count() == 2


def test_a_posting_is_taken_down_once_and_a_mistake_is_taken_back(cast: Cast) -> None:
    who = cast.recorder_benmau
    posting = publish(who, cast.benmau, HALL).postings.get()
    call: dict[str, Any] = {"actor": who, "posting_id": posting.pk}
    refused(BadInput, take_down, **call, version=1, on=DAY - LATER(1))
    refused(NotAllowed, take_down, **{**call, "actor": cast.outsider}, version=1, on=DAY)
    asked = refused(BadInput, take_down, **call, version=1, on=DAY + LATER(10))
    assert (asked.code, asked.field) == ("early", "on")
    assert asked.vi == (
        "Niêm yết mới được 10 ngày, luật yêu cầu ít nhất 30 ngày liên tục, sớm nhất là 19/06/2026."
    )
    asked = refused(BadInput, take_down, **call, version=1, on=DAY + LATER(1))
    assert "It hung for 1 day;" in asked.en
    taken = take_down(**call, version=1, on=DAY + LATER(10), early=True)
    assert (taken.ends_on, taken.complete_on) == (DAY + LATER(10), DAY + LATER(30))
    assert Task.objects.get(key=f"posting.take_down:{posting.pk}").done_at is not None
    refused(Conflict, take_down, **call, version=2, on=DAY + LATER(11))
    back = hang_again(**call, version=2, reason="Ghi nhầm nơi")
    assert back.ends_on is None
    assert Task.objects.get(key=f"posting.take_down:{posting.pk}").done_at is None
    cancel_posting(**call, reason="Nhập trùng")
    assert Record.objects.get(pk=posting.pk).state == "cancelled"
    assert Task.objects.get(key=f"posting.take_down:{posting.pk}").done_at is not None
    refused(NotFound, take_down, **call, version=3, on=DAY)
    assert add_posting(actor=who, notice_id=posting.notice_id, content=HALL)


def test_place_and_first_day_of_a_posting_are_corrected(cast: Cast) -> None:
    who = cast.recorder_benmau
    posting = publish(who, cast.benmau, HALL).postings.get()
    call: dict[str, Any] = {"actor": who, "posting_id": posting.pk, "reason": "Ghi nhầm ngày"}
    moved = correct_posting(
        **call, version=1, content=replace(HALL, starts_on=DAY + LATER(2), place="NVH Mẫu Đình")
    )
    assert (moved.record.occurred_on, moved.complete_on) == (DAY + LATER(2), DAY + LATER(32))
    assert RecordVersion.objects.get(record_id=posting.pk).content["place"] == HALL.place
    take_down(actor=who, posting_id=posting.pk, version=2, on=DAY + LATER(3), early=True)
    refused(
        BadInput,
        correct_posting,
        **call,
        version=3,
        content=replace(HALL, starts_on=DAY + LATER(4)),
    )


def test_the_camera_s_time_and_place_are_read_and_the_kept_picture_has_none(cast: Cast) -> None:
    who = cast.recorder_benmau
    taken = hand_in_evidence(actor=who, unit_id=cast.benmau, data=photo(), name="treo.jpg")
    assert taken.taken_at is not None
    assert taken.taken_at.isoformat() == "2026-05-20T07:31:05+07:00"
    assert taken.taken_place == "10,76262; 106,66017"
    posting = publish(
        who, cast.benmau, replace(HALL, evidence=EvidenceInput("start", taken))
    ).postings.get()
    proof = posting.evidence.get()
    kept = StoredFile.objects.get()
    assert (proof.moment, proof.file, proof.taken_place) == ("start", kept, taken.taken_place)
    assert (kept.record_id, kept.sha256 != kept.sha256_given) == (posting.pk, True)
    from danchu.core.files.selectors import open_file

    opened = open_file(who, kept.public_id)
    with opened.handle as handle:
        assert b"Exif" not in handle.read()
    again = add_evidence(actor=who, posting_id=posting.pk, content=EvidenceInput("start", taken))
    assert again == proof
    for person in (cast.outsider, cast.recorder_caumau, cast.viewer_benmau):
        refused(
            NotAllowed,
            add_evidence,
            actor=person,
            posting_id=posting.pk,
            content=EvidenceInput("end", link="https://benmau.example/a"),
        )
    linked = add_evidence(
        actor=who,
        posting_id=posting.pk,
        content=EvidenceInput("end", link="https://benmau.example/a"),
    )
    assert linked.file is None
    for wrong in (
        EvidenceInput("end"),
        EvidenceInput("x", taken),
        EvidenceInput("end", link="ftp://a.b"),
    ):
        refused(BadInput, add_evidence, actor=who, posting_id=posting.pk, content=wrong)


def test_a_picture_is_not_taken_in_for_a_neighbour_nor_is_anything_but_pictures_and_pdf(
    cast: Cast,
) -> None:
    refused(
        NotAllowed,
        hand_in_evidence,
        actor=cast.recorder_caumau,
        unit_id=cast.benmau,
        data=photo(),
        name="a.jpg",
    )
    for data, name in ((b"", "a.jpg"), (b"chu", "a.txt"), (photo()[:200], "a.jpg")):
        refused(
            BadInput,
            hand_in_evidence,
            actor=cast.recorder_benmau,
            unit_id=cast.benmau,
            data=data,
            name=name,
        )


def test_broadcasts_and_other_forms_are_logged_once_and_cancelled(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, rule_key="xa_ck_07")
    said = BroadcastInput(DAY, dt.time(6, 30), "Cụm loa thôn Mẫu Lai", 12)
    key = uuid.uuid4()
    one = add_broadcast(actor=who, notice_id=made.pk, content=said, client_key=key)
    assert add_broadcast(actor=who, notice_id=made.pk, content=said, client_key=key) == one
    refused(BadInput, add_broadcast, actor=who, notice_id=made.pk, content=said)
    for wrong in (
        replace(said, on=DAY - LATER(1)),
        replace(said, on=TODAY + LATER(1)),
        replace(said, at=None),
        replace(said, station=" "),
        replace(said, on=TODAY, minutes=601),
    ):
        refused(BadInput, add_broadcast, actor=who, notice_id=made.pk, content=wrong)
    refused(NotAllowed, add_broadcast, actor=cast.viewer_benmau, notice_id=made.pk, content=said)
    form = add_form_used(actor=who, notice_id=made.pk, content=FormInput("d", DAY, "7 trưởng thôn"))
    for letter in ("a", "c", "x", ""):
        refused(
            BadInput, add_form_used, actor=who, notice_id=made.pk, content=FormInput(letter, DAY)
        )
    refused(
        NotAllowed,
        add_form_used,
        actor=cast.outsider,
        notice_id=made.pk,
        content=FormInput("e", DAY),
    )
    refused(NotFound, cancel_broadcast, actor=who, broadcast_id=form.pk, reason="Nhầm")
    cancel_broadcast(actor=who, broadcast_id=one.pk, reason="Nhập nhầm giờ")
    cancel_form_used(actor=who, form_id=form.pk, reason="Nhập nhầm")
    assert add_broadcast(actor=who, notice_id=made.pk, content=said)


def test_another_form_given_twice_on_one_day_is_refused_and_counts_once(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau)
    given: dict[str, Any] = {"actor": who, "notice_id": made.pk}
    first = add_form_used(**given, content=FormInput("e", DAY, "Họp thôn Mẫu Lai"))
    for same in ("Họp thôn Mẫu Lai", "họp  thôn mẫu lai"):
        refusal = refused(BadInput, add_form_used, **given, content=FormInput("e", DAY, same))
        assert refusal.field == "form" and "đã được ghi" in refusal.vi
    for other in (
        FormInput("e", DAY, "Họp thôn Mẫu Đình"),
        FormInput("d", DAY, "Họp thôn Mẫu Lai"),
        FormInput("e", DAY + LATER(1), "Họp thôn Mẫu Lai"),
    ):
        add_form_used(**given, content=other)
    add_form_used(**given, content=FormInput("g", DAY))
    refused(BadInput, add_form_used, **given, content=FormInput("g", DAY))
    cancel_form_used(actor=who, form_id=first.pk, reason="Nhập nhầm")
    again = add_form_used(**given, content=FormInput("e", DAY, "Họp thôn Mẫu Lai"))
    assert again != first and made.forms_used.count() == 6


# ---- lists with names ----------------------------------------------------------------------


def test_a_list_is_kept_apart_and_its_names_stand_nowhere_else(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    assert (made.has_names, made.names_until) == (True, DAY + LATER(30))
    assert list(made.named.order_by("order").values_list("name", flat=True)) == [
        row.name for row in NAMED
    ]
    assert "doan mau" not in made.folded
    for changes, code in (
        ({"title": "Hỗ trợ ông Đoàn Mẫu Một"}, "name_in_text"),
        ({"text": "Trong đó có Đoàn Mẫu Hai."}, "name_in_text"),
        ({"title": "Danh sách hộ chưa nộp quỹ"}, "debtors"),
        ({"named": (NamedRow("Đoàn Mẫu Ba", level="còn nợ tiền quỹ"),)}, "debtors"),
        ({"named": (NamedRow("Đoàn Mẫu Ba 012345678901"),)}, "too_much"),
        ({"named": ()}, "bad_input"),
    ):
        refusal = refused(
            BadInput,
            record_notice,
            actor=who,
            unit_id=cast.benmau,
            occurred_on=DAY,
            content=named_input(**changes),
        )
        assert refusal.code == code, changes


def test_names_are_shown_as_long_as_the_posting_and_never_longer(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau)
    assert made.names_until == DAY + LATER(30)
    hall = add_posting(
        actor=who, notice_id=made.pk, content=replace(HALL, starts_on=DAY + LATER(4))
    )
    made.refresh_from_db()
    assert made.names_until == DAY + LATER(34)
    take_down(actor=who, posting_id=hall.pk, version=1, on=DAY + LATER(9), early=True)
    made.refresh_from_db()
    assert made.names_until == DAY + LATER(9)


def test_a_list_that_went_dark_is_lit_again_by_nothing_but_a_reason(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    posting = made.postings.get()
    again: dict[str, Any] = {"actor": who, "notice_id": made.pk, "reason": "Niêm yết chưa đủ ngày"}
    refused(Conflict, show_names_again, **again)  # it is shown
    take_down(actor=who, posting_id=posting.pk, version=1, on=DAY + LATER(9), early=True)
    dark = DAY + LATER(9)
    hall = add_posting(actor=who, notice_id=made.pk, content=replace(HALL, starts_on=TODAY))
    for change in (
        lambda: correct_posting(
            actor=who, posting_id=hall.pk, version=1, reason="Nhầm nơi",
            content=replace(HALL, place="NVH Mẫu Đình", starts_on=TODAY),
        ),
        lambda: hang_again(actor=who, posting_id=posting.pk, version=2, reason="Ghi nhầm"),
        lambda: correct_notice(
            actor=who, record_id=made.pk, version=1, occurred_on=DAY, reason="Sửa tên",
            content=named_input(named=None, title="Kết quả bình xét"),
        ),
    ):  # fmt: skip
        change()
        made.refresh_from_db()
        assert made.names_until == dark
    refusal = refused(
        BadInput, correct_notice, actor=who, record_id=made.pk, version=2, occurred_on=DAY,
        content=named_input(), reason="Danh sách mới",
    )  # fmt: skip
    assert (refusal.code, refusal.field) == ("dark", "names_text")
    refused(BadInput, show_names_again, **{**again, "reason": " "})
    refused(NotAllowed, show_names_again, **{**again, "actor": cast.recorder_caumau})
    before = public_version(cast.benmau)
    # The paper at the hall went up after that: the end counts from the one that hung before.
    assert show_names_again(**again).names_until == DAY + LATER(30)
    assert public_version(cast.benmau) > before
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None and entry.code == "disclosure.names_shown_again"


def test_names_are_never_shown_past_the_day_of_the_law_or_the_decision(cast: Cast) -> None:
    who = cast.recorder_benmau
    last = DAY + LATER(12)
    decided = publish_names(who, cast.benmau, HEADQUARTERS, names_not_after=last)
    assert decided.names_until == last
    add_posting(actor=who, notice_id=decided.pk, content=replace(HALL, starts_on=TODAY))
    again: dict[str, Any] = {"actor": who, "reason": "Còn niêm yết"}
    refusal = refused(Conflict, show_names_again, **again, notice_id=decided.pk)
    assert "01/06/2026" in refusal.vi
    old = dt.date(2026, 4, 1)
    over = publish_names(who, cast.benmau, HEADQUARTERS, on=old, decided_on=old)
    assert "01/05/2026" in refused(Conflict, show_names_again, **again, notice_id=over.pk).vi
    assert forget_names() == 2
    refused(Conflict, show_names_again, **again, notice_id=decided.pk)
    plain = publish(who, cast.benmau)
    refused(Conflict, show_names_again, **again, notice_id=plain.pk)


def test_no_posting_written_or_changed_later_brings_names_back(cast: Cast) -> None:
    who = cast.recorder_benmau
    old = dt.date(2026, 4, 1)
    again: dict[str, Any] = {"actor": who, "reason": "Niêm yết lại"}
    added = publish_names(who, cast.benmau, on=old, decided_on=old)
    new = replace(HALL, starts_on=TODAY)
    add_posting(actor=who, notice_id=added.pk, content=new)
    backdated = publish_names(who, cast.benmau, HEADQUARTERS, on=old, decided_on=old)
    before_its_end = replace(HALL, starts_on=old + LATER(29))
    add_posting(actor=who, notice_id=backdated.pk, content=before_its_end)
    moved = publish_names(who, cast.benmau, HALL, on=old, decided_on=old)
    correct_posting(
        actor=who, posting_id=moved.postings.get().pk, version=1, content=new, reason="Nhầm ngày"
    )
    torn = publish_names(who, cast.benmau, HALL, on=old, decided_on=old)
    interrupt_posting(
        actor=who, posting_id=torn.postings.get().pk, version=1, from_on=old + LATER(20),
        to_on=old + LATER(40), reason="Mưa",
    )  # fmt: skip
    for notice in (added, backdated, moved, torn):
        refusal = refused(Conflict, show_names_again, **again, notice_id=notice.pk)
        assert "01/05/2026" in refusal.vi
    shown = publish_names(who, cast.benmau, HEADQUARTERS)  # while it is shown a posting counts
    add_posting(actor=who, notice_id=shown.pk, content=new)
    shown.refresh_from_db()
    assert shown.names_until == TODAY + LATER(30)


def test_names_are_overwritten_after_the_last_day_and_only_then(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    with on_day(DAY + LATER(30)):
        assert forget_names() == 0
        assert NamedEntry.objects.exclude(name="").count() == 2
    before = public_version(cast.benmau)
    with on_day(DAY + LATER(31)):
        assert forget_names() == 1
        assert forget_names() == 0
    assert set(NamedEntry.objects.values_list("name", "village", "decision", "level")) == {
        ("", "", "", "")
    }
    made.refresh_from_db()
    assert made.names_forgotten_at is not None
    assert public_version(cast.benmau) > before
    assert Entry.objects.order_by("-number").first().code == "disclosure.names_forgotten"  # type: ignore[union-attr]


def test_a_corrected_list_keeps_no_version_with_names(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish_names(who, cast.benmau, HEADQUARTERS)
    common: dict[str, Any] = {"actor": who, "record_id": made.pk, "occurred_on": DAY}
    correct_notice(**common, version=1, content=named_input(named=NAMED[:1]), reason="Bỏ một người")
    assert list(NamedEntry.objects.values_list("name", flat=True)) == ["Đoàn Mẫu Một"]
    correct_notice(**common, version=2, content=named_input(named=None), reason="Sửa tên")
    assert NamedEntry.objects.count() == 1
    named_in_text = named_input(named=None, text="Trong đó có Đoàn Mẫu Một.")
    refusal = refused(
        BadInput, correct_notice, **common, version=3, content=named_in_text, reason="Thêm tên"
    )
    assert refusal.code == "name_in_text"
    kept = str(list(RecordVersion.objects.values_list("content", flat=True)))
    assert "Đoàn" not in kept and "'named': 2" in kept


def test_forgetting_names_is_a_daily_duty() -> None:
    from danchu.cli.serving import daily_duties

    assert forget_names in daily_duties()
