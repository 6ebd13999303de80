"""What no notice may tell of people, wherever it says it. No database but for the last ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from danchu.civic.disclosure.models import Notice
from danchu.civic.disclosure.services import (
    BroadcastInput,
    FormInput,
    add_broadcast,
    add_form_used,
    add_posting,
    correct_notice,
    interrupt_posting,
    named_from_text,
    record_notice,
)
from danchu.civic.disclosure.services.people_named import begins_with_a_name, names_somebody
from danchu.civic.disclosure.services.shielding import refuse_about_people, refuse_in_document
from danchu.core.errors import BadInput
from tests.cast import Cast
from tests.civic.disclosure.made import HALL, named_input, notice_input, publish, publish_names
from tests.making import DAY, refused


def _table(header: list[str], *rows: list[int | str], money: bool = False) -> dict[str, Any]:
    return {"header": header, "rows": list(rows), "money": money}


def _refusal(title: str, text: str = "", table: dict[str, Any] | None = None) -> BadInput:
    with pytest.raises(BadInput) as found:
        refuse_about_people(title, text, table, lists_people=False)
    return found.value


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("Danh sách hộ chưa nộp quỹ", "", "trong tên nội dung"),
        ("danh sach ho con no quy", "", "trong tên nội dung"),
        ("Danh sách công dân trốn nghĩa vụ quân sự", "", "trong tên nội dung"),
        ("Thông báo", "Ông Đoàn Mẫu Một còn phải nộp 500.000 đồng.", "ở dòng 1"),
        ("Thông báo", "Kính gửi bà con.\nBà Sáu còn phải đóng tiền quỹ.", "ở dòng 2"),
        ("Kết quả thu quỹ", "Đoàn Mẫu Một chưa đóng góp.", "ở dòng 1"),
        ("Kết quả", "Các hộ sau nợ tiền nước:\n1. Đoàn Mẫu Một\n2. Đoàn Mẫu Hai", "ở dòng 1"),
        ("Hộ từ chối bàn giao mặt bằng", "Đoàn Mẫu Một, thôn Mẫu Lai", "trong tên nội dung"),
    ],
)
def test_who_owes_or_refuses_is_told_in_no_words(title: str, text: str, place: str) -> None:
    refusal = _refusal(title, text)
    assert refusal.code == "debtors"
    assert place in refusal.vi


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Báo cáo nợ công năm 2025", ""),
        ("Xử lý nợ thuế của doanh nghiệp theo chính sách", ""),
        ("Kết quả xử lý nợ đọng xây dựng", "Chủ tịch Ủy ban nhân dân xã\nNguyễn Mẫu Một"),
        ("Kết quả thu quỹ", "Đã thu 80%; còn phải thu 20.000.000 đồng, 12 hộ chưa nộp."),
        ("Kết quả trả lời", "Ông Đoàn Mẫu Một hỏi về đường thôn; xã chưa trả lời."),
        ("Nhờ họ nỗ lực, bà con bàn giao mặt bằng", "Ông Tư là Trưởng thôn."),
        ("Thu quỹ ở Bà Rịa", "Bà con thôn Hồ Mẫu còn phải đóng góp 5 ngày công."),
    ],
)
def test_what_is_said_of_nobody_passes(title: str, text: str) -> None:
    refuse_about_people(title, text, None, lists_people=False)


def test_a_table_tells_debts_of_villages_and_never_of_people() -> None:
    villages = _table(["Thôn", "Đã thu", "Còn phải nộp"], ["Mẫu Lai", 5, 2], money=True)
    refuse_about_people("Kết quả thu quỹ", "", villages, lists_people=False)
    for table in (
        _table(["Nội dung", "Còn nợ"], ["Đoàn Mẫu Một", 5], money=True),
        _table(["Hộ", "Còn phải đóng"], ["Hộ số 3", 5], money=True),
        _table(["Nội dung", "Ghi chú"], ["Thu", ""], ["Đoàn Mẫu Một", "chưa nộp"]),
    ):
        refusal = _refusal("Kết quả thu quỹ", "", table)
        assert (refusal.code, refusal.field) == ("debtors", "table_text")
    last = _table(["Nội dung", "Ghi chú"], ["Thu", ""], ["Đoàn Mẫu Một", "chưa nộp"])
    assert "dòng 2 của bảng" in _refusal("Quỹ", "", last).vi


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Căn cước 079123456789 của chủ hộ", "số định danh"),
        ("Số 079 123 456 789", "số định danh"),
        ("CMND: 125 123 456", "số định danh"),
        ("Giấy tờ 125123456", "số định danh"),
        ("Liên hệ 0912 345 678", "số điện thoại"),
        ("Liên hệ +84 912 345 678", "số điện thoại"),
        ("Chuyển về tài khoản 1903456789012", "số tài khoản"),
    ],
)
def test_a_number_of_a_person_is_refused_with_its_place(text: str, what: str) -> None:
    refusal = _refusal("Kết quả", f"Dòng đầu.\n{text}")
    assert (refusal.code, refusal.field) == ("too_much", "text")
    assert what in refusal.vi and "dòng 2 của nội dung" in refusal.vi
    in_cell = _refusal("Kết quả", "", _table(["Nội dung", "Ghi chú"], ["Hỗ trợ", text]))
    assert "dòng 1, cột 2 của bảng" in in_cell.vi
    assert _refusal(text).field == "title"


@pytest.mark.parametrize(
    "text",
    [
        "Tổng thu 1.234.567.890 đồng, tạm ứng 125123456 đồng",
        "Đường dây nóng: 0912 345 678",
        "Điện thoại Ủy ban nhân dân xã: 0203 3821 234",
        "Nộp vào tài khoản 3713.0.1058784 tại Kho bạc Nhà nước",
        "Công ty, mã số thuế 0312345678",
        "Cấp 1.234.567 căn cước; 12.345 tài khoản định danh",
        "Văn bản số 125/2025/QĐ-UBND ngày 12/05/2026",
    ],
)
def test_a_number_of_nobody_stays(text: str) -> None:
    refuse_about_people("Kết quả", text, _table(["A"], [text]), lists_people=False)


def test_a_sheet_that_dropped_the_nought_of_a_card_is_refused_and_amounts_are_not() -> None:
    cards = _table(["Nội dung", "Mã"], ["Hỗ trợ", 79123456789])
    refusal = _refusal("Kết quả", "", cards)
    assert refusal.code == "too_much" and "đơn vị tiền" in refusal.vi
    for table in (
        _table(["Nội dung", "Mã"], ["Hỗ trợ", 79123456789], money=True),
        _table(["Nội dung", "Số tiền"], ["Hỗ trợ", 14226500123]),
        _table(["Nội dung", "Mã"], ["Hỗ trợ", 79123456000]),
    ):
        refuse_about_people("Kết quả", "", table, lists_people=False)


@pytest.mark.parametrize(
    "level", ["Bệnh hiểm nghèo", "Người khuyết tật nặng", "Tạm hoãn, không đủ sức khỏe", "tâm thần"]
)
def test_an_illness_beside_a_name_is_refused_and_a_policy_is_not(level: str) -> None:
    with pytest.raises(BadInput) as found:
        named_from_text(f"Đoàn Mẫu Một; thôn Mẫu Lai;; Hộ nghèo\nĐoàn Mẫu Hai; thôn;; {level}")
    assert found.value.code == "too_much" and "Dòng 2" in found.value.vi
    for lawful in ("Bệnh binh", "Hỗ trợ khám bệnh, chữa bệnh", "Bảo trợ xã hội", "Tạm hoãn"):
        assert named_from_text(f"Đoàn Mẫu Một; thôn Mẫu Lai;; {lawful}")


def test_what_can_be_read_of_a_document_is_held_to_the_same() -> None:
    for text, name in (
        ("UBND xã\nÔng Đoàn Mẫu Một còn nợ tiền quỹ.", "qd.pdf"),
        ("Căn cước: 079123456789", "qd.pdf"),
        ("Quyết định", "danh sách hộ chưa nộp.pdf"),
    ):
        with pytest.raises(BadInput) as found:
            refuse_in_document(text, name, field="documents")
        assert found.value.field == "documents"
    refuse_in_document("Quyết định giao dự toán\nNguyễn Mẫu Một", "qd 12.pdf", field="documents")


def test_names_are_told_from_places() -> None:
    for text in ("Ông Đoàn Mẫu Một đến.", "Hộ Nguyễn Mẫu Hai ở thôn.", "gặp bà Sáu"):
        assert names_somebody(text), text
    for text in (
        "đường Nguyễn Trãi Mẫu",
        "Bà Rịa",
        "thôn Đoàn Mẫu Một",
        "Hồ Chí Minh",
        "Bà con xã",
    ):
        assert not names_somebody(text), text
    assert begins_with_a_name("2) Đoàn Mẫu Hai, thôn Mẫu Lai") and begins_with_a_name("Hộ bà Sáu")
    assert not begins_with_a_name("Thôn Mẫu Lai") and not begins_with_a_name("Hà Nội, ngày 5/6")


def test_every_notice_is_held_to_it_new_or_corrected(cast: Cast) -> None:
    who = cast.recorder_benmau
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "occurred_on": DAY}
    for content in (
        notice_input(title="Danh sách hộ chưa nộp quỹ"),
        notice_input(text="Ông Đoàn Mẫu Một còn phải nộp quỹ."),
        replace(named_input(), title="Hộ còn phải đóng quỹ"),
        notice_input(table=_table(["Nội dung", "Ghi chú"], ["Đoàn Mẫu Một", "còn nợ"])),
    ):
        assert refused(BadInput, record_notice, **given, content=content).code == "debtors"
    assert not Notice.objects.exists()
    made = publish(who, cast.benmau, title="Xử lý nợ thuế của doanh nghiệp theo chính sách")
    listed = publish_names(who, cast.benmau)
    wrong = {"actor": who, "version": 1, "occurred_on": DAY, "reason": "Sửa"}
    refusal = refused(
        BadInput, correct_notice, **wrong, record_id=made.pk,
        content=notice_input(text="Số 0912345678"),
    )  # fmt: skip
    assert refusal.code == "too_much"
    refusal = refused(
        BadInput, correct_notice, **wrong, record_id=listed.pk,
        content=named_input(named=None, title="Hộ còn nợ quỹ"),
    )  # fmt: skip
    assert refusal.code == "debtors"  # the list that stays is meant by it


def test_reasons_and_places_that_everybody_reads_are_held_to_it_and_names_alone_are_not(
    cast: Cast,
) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, HALL)
    posting = made.postings.get()
    owes, card = "Hộ ông Đoàn Mẫu Một không đồng ý cho niêm yết", "Nhà số CCCD 079123456789"
    lines: list[tuple[Any, dict[str, Any], str]] = []
    for said in (owes, card):
        lines += [
            (add_posting, {"content": replace(HALL, place=said)}, "place"),
            (add_broadcast, {"content": BroadcastInput(DAY, dt.time(6), said)}, "station"),
            (add_form_used, {"content": FormInput("e", DAY, said)}, "note"),
        ]
    for call, given, field in lines:
        refusal = refused(BadInput, call, actor=who, notice_id=made.pk, **given)
        assert (refusal.code, refusal.field) in (("debtors", field), ("too_much", field))
    gap = {"actor": who, "posting_id": posting.pk, "version": 1, "from_on": DAY}
    refusal = refused(BadInput, interrupt_posting, **gap, reason=owes)
    assert (refusal.code, refusal.field) == ("debtors", "reason")
    assert "trong lý do gián đoạn" in refusal.vi
    refusal = refused(BadInput, interrupt_posting, **gap, reason="Gọi 0912345678 để biết")
    assert refusal.code == "too_much"
    refusal = refused(
        BadInput,
        record_notice,
        actor=who,
        unit_id=cast.benmau,
        occurred_on=DAY,
        content=notice_input(replace(HALL, place=card)),
    )
    assert refusal.field == "postings-0-place"
    interrupt_posting(**gap, reason="Mưa bão làm rách, nhờ bà Sáu giữ hộ")
    add_posting(actor=who, notice_id=made.pk, content=replace(HALL, place="Nhà ông Đoàn Mẫu Một"))
