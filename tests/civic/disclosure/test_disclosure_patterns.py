"""The ways in which numbers, debts and illnesses of people are written, and what is none of it."""

from __future__ import annotations

from typing import Any

import pytest

from danchu.civic.disclosure.services import named_from_text
from danchu.civic.disclosure.services.people_named import lists_a_name
from danchu.civic.disclosure.services.people_numbers import (
    BANK,
    IDENTITY,
    TELEPHONE,
    number_of_a_person,
)
from danchu.civic.disclosure.services.shielding import refuse_about_people
from danchu.core.errors import BadInput


def _table(header: list[str], *rows: list[int | str], money: bool = False) -> dict[str, Any]:
    return {"header": header, "rows": list(rows), "money": money}


def _faults(title: str, text: str = "", table: dict[str, Any] | None = None) -> list[BadInput]:
    with pytest.raises(BadInput) as found:
        refuse_about_people(title, text, table, lists_people=False)
    return list(found.value.each)  # type: ignore[arg-type]  # all of them are


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("012-345-678-901", IDENTITY),
        ("CCCD số 012/345/678/901", IDENTITY),
        ("0123 45678901", IDENTITY),
        ("0 1 2 3 4 5 6 7 8 9 0 1", IDENTITY),
        ("０１２３４５６７８９０１", IDENTITY),
        ("٠١٢٣٤٥٦٧٨٩٠١", IDENTITY),
        ("012–345–678–901", IDENTITY),
        ("CMND 123-456-789", IDENTITY),
        ("hộ chiếu C1234567", IDENTITY),
        ("(0912) 345 678", TELEPHONE),
        ("(091)2345678", TELEPHONE),
        ("84912345678", TELEPHONE),
        ("0084912345678", TELEPHONE),
        ("+84 (0)912345678", TELEPHONE),
        ("Bà Lê Thị Sáu, công chức UBND xã, 0912 345 678", TELEPHONE),
        ("STK 19034567890123 nộp tại hội nghị", BANK),
        ("Hội viên nộp về STK 19034567890123", BANK),
        ("Nộp quỹ vào tài khoản 19034567890123", BANK),
    ],
)
def test_a_number_is_told_however_it_is_written(text: str, what: tuple[str, str]) -> None:
    assert number_of_a_person(text) == what
    assert number_of_a_person(f"Theo hồ sơ: {text}.") == what


@pytest.mark.parametrize(
    "text",
    [
        "Đường dây nóng 0204 3850 000",
        "Đường dây nóng: 0912 345 678",
        "Điện thoại UBND xã 0912 345 678",
        "Trạm y tế xã: 0912 345 678",
        "Thực hiện từ 01/01/2026 - 31/12/2026",
        "Kế hoạch 01/2026-06/2026, giai đoạn 2021-2025",
        "Cấp căn cước giai đoạn 2024-2026",
        "Tổng 1.012.345.678.901 đồng; 84.912.345.678 đồng; 84912345678 đồng",
        "Tài khoản Quỹ vì người nghèo 19034567890123",
        "Tài khoản 3713.0.1058784 Kho bạc Nhà nước, Trường Tiểu học Nguyễn Mẫu Trãi",
    ],
)
def test_telephones_of_offices_dates_and_money_are_no_number_of_a_person(text: str) -> None:
    assert number_of_a_person(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Những người chưa hoàn thành nghĩa vụ tài chính: Đoàn Mẫu Một",
        "Những người chưa hoàn thành nghĩa vụ tài chính: Thử Văn Mẫu, Mẫu Thị Thử",
        "Danh sách hộ tồn đọng quỹ: Mẫu, Thử",
        "Hộ n.ợ: Đoàn Mẫu Một",
        "Hộ còn-nợ: Đoàn Mẫu Một",
        "hộ thiếu tiền nước: Đoàn Mẫu Một",
    ],
)
def test_who_owes_is_told_however_it_is_put(text: str) -> None:
    assert [fault.code for fault in _faults(text)] == ["debtors"]
    assert [fault.code for fault in _faults("Thông báo", text)] == ["debtors"]


def test_a_table_of_people_who_have_not_paid_is_told_by_its_heads() -> None:
    for header in (["Người dân", "Chưa thực nộp"], ["Hộ", "Còn thiếu tiền"]):
        (fault,) = _faults("Thu quỹ", "", _table(header, ["A", 5], ["B", 6], money=True))
        assert (fault.code, fault.field) == ("debtors", "table_text")
    villages = _table(["Thôn", "Chưa thực nộp"], ["Mẫu Lai", 5], money=True)
    refuse_about_people("Thu quỹ", "", villages, lists_people=False)


def test_numbers_of_cards_are_told_in_any_column_of_a_table_also_under_money() -> None:
    cards: list[list[int | str]] = [["A", 12345678901], ["B", 12345678902], ["C", 79123456781]]
    for table in (
        _table(["Nội dung", "Số tiền"], *cards, money=True),
        _table(["Nội dung", "Số tiền"], *cards),
        _table(["Nội dung", "Số tiền"], ["Đoàn Mẫu Một", 12345678901], money=True),
        _table(["Nội dung", "Số tiền"], ["Hỗ trợ", "012345678901"], money=True),
        _table(["Mã", "Số tiền"], ["79123456789", 5], money=True),
    ):
        (fault,) = _faults("Kết quả", "", table)
        assert (fault.code, fault.field) == ("too_much", "table_text")
    budget = _table(
        ["Nội dung", "Dự toán"],
        ["Tổng thu", 14226500123], ["Thu thuế", 912345678], ["Đất", 7500000000], money=True,
    )  # fmt: skip
    refuse_about_people("Dự toán", "", budget, lists_people=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bà Lê Thị Sáu được miễn phí vì bị ung thư", "ung thư"),
        ("Bà Lê Thị Sáu bị HIV được miễn phí", "hiv"),
        ("Ông Trần Văn Tám mắc bệnh tâm thần được hỗ trợ", "bệnh"),
        ("Phòng chống HIV cho bà Lê Thị Sáu bị HIV", "hiv"),
    ],
)
def test_an_illness_beside_a_name_is_told_with_its_words_and_its_line(
    text: str, words: str
) -> None:
    (fault,) = _faults("Miễn phí", f"Căn cứ quyết định.\n{text}")
    assert (fault.code, fault.field) == ("too_much", "text")
    assert f"Dòng 2 của nội dung ghi “{words}”" in fault.vi
    (fault,) = _faults("Miễn phí", "", _table(["Nội dung", "Lý do"], ["Lê Thị Sáu", text]))
    assert fault.field == "table_text"


def test_all_that_is_wrong_with_a_summary_is_told_at_once() -> None:
    found = _faults(
        "Danh sách hộ chưa nộp quỹ",
        "Bà Lê Thị Sáu bị HIV.\nGọi 0912345678.\nÔng Trần Văn Tám còn nợ 5 triệu.",
    )
    assert [(fault.field, fault.code) for fault in found] == [
        ("text", "too_much"), ("title", "debtors"), ("text", "debtors"), ("text", "too_much"),
    ]  # fmt: skip


def test_every_cell_of_a_list_is_held_to_it_and_all_lines_are_told_at_once() -> None:
    lines = (
        "Đoàn Mẫu Một; thôn Mẫu Lai; 15/QĐ-UBND; Hộ nghèo",
        "Nguyễn Văn Thử; Thôn Mẫu Lai; QĐ 12; CMND 123456789, ĐT 0912 345 678",
        "Trần Thị Thử, ung thư; số nhà 12 ngõ 3; 012-345-678-901; STK 1903456789 Vietcombank",
        "Lê Văn Thử (còn nợ 5.000.000đ, sinh 1950); Thôn Mẫu Lai",
        "Lê Thị Thử; Thôn Mẫu Lai;; đảng viên",
    )
    with pytest.raises(BadInput) as found:
        named_from_text("\n".join(lines))
    told = [fault.vi for fault in found.value.each]
    assert not any("Dòng 1 " in one for one in told)
    for line, words in (
        (2, "ô mức, diện"), (3, "“ung thư”"), (3, "ô thôn"), (3, "ô quyết định"),
        (3, "ô mức, diện"), (4, "ô họ tên"), (5, "đảng viên"),
    ):  # fmt: skip
        assert any(f"Dòng {line} " in one and words in one for one in told), (line, words)
    assert any("dòng 4 của danh sách" in one and "người nợ" in one for one in told)


@pytest.mark.parametrize(
    "cell",
    [
        "Hộ nghèo dân tộc thiểu số", "Học sinh 2 cấp", "1.500.000 đồng", "36.000.000 đồng/năm",
        "Huy hiệu 40 năm tuổi Đảng", "Bệnh binh", "Bảo trợ xã hội", "Người cao tuổi",
    ],
)  # fmt: skip
def test_what_a_list_says_of_a_level_stays(cell: str) -> None:
    line = f"Đoàn Mẫu Một; Tổ dân phố số 3; 15/QĐ-UBND ngày 20/11/2025; {cell}"
    assert named_from_text(line)[0].level == cell


def test_a_list_with_a_thousand_faults_is_told_by_its_first_lines() -> None:
    with pytest.raises(BadInput) as found:
        named_from_text("Đoàn Mẫu Một 012345678901\n" * 1000)
    assert len(found.value.each) < 40 and "chưa kiểm tra" in found.value.each[-1].vi


def test_an_enumeration_of_names_is_told_from_one_of_places() -> None:
    for text in ("Thử Văn Mẫu, Mẫu Văn B", " Đoàn Mẫu Một"):
        assert lists_a_name(text), text
    for text in ("Mẫu Lai 5 hộ, Mẫu Đình 3 hộ", "Ủy ban nhân dân xã", "UBND XÃ", "thôn Mẫu Lai"):
        assert not lists_a_name(text), text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Dự toán thu, chi ngân sách xã năm 2026", "Tổng thu 12.345.678.901 đồng."),
        ("Quyết toán ngân sách năm 2025", "Tổng chi 98.765.432.109 đồng, đạt 103,5% dự toán."),
        ("Bảng giá đất áp dụng từ 01/01/2026 đến 31/12/2026", "Vị trí 1: 1.250.000 đồng/m²."),
        ("Đường dây nóng của Ủy ban nhân dân xã", "Đường dây nóng 0204 3850 000; 0912 345 678."),
        ("Điện thoại tiếp công dân", "Điện thoại UBND xã 0912 345 678, bấm 1."),
        ("Danh sách tập thể được khen thưởng", "Ông Đoàn Mẫu Một được tặng Giấy khen."),
        ("Khắc phục bệnh tả lợn châu Phi", "Hỗ trợ 38.000 đồng/kg cho ông Đoàn Mẫu Một."),
        ("Kế hoạch phòng chống HIV", "Ông Đoàn Mẫu Một, Phó Chủ tịch, chủ trì phòng, chống HIV."),
        ("Kết quả rà soát hộ nghèo, hộ cận nghèo", "Còn 12 hộ nghèo, 25 hộ cận nghèo."),
        ("Quyết định số 12/QĐ-UBND", "Quyết định số 12/QĐ-UBND ngày 05/06/2026 của UBND xã."),
        ("Xử lý nợ đọng xây dựng cơ bản", "Nợ đọng 2.500.000.000 đồng; trả trước 30/6/2026."),
        ("Kế hoạch đầu tư công 2026-2030", "Số dự án: 7912345; vốn 15.000 triệu đồng."),
        ("Hỗ trợ người khuyết tật năm 2026", "25 người khuyết tật nặng; 12 người cao tuổi."),
        ("Khám sức khỏe miễn phí", "Bác sĩ Đoàn Mẫu Một khám bệnh, chữa bệnh tại trạm y tế."),
        ("Kết quả thu quỹ phòng chống thiên tai", "Đã thu 80%; 12 hộ chưa nộp: Mẫu Lai 12 hộ."),
        ("Đối với hộ chưa nộp: Ủy ban nhân dân xã gia hạn", "Hạn nộp 30/06/2026."),
        ("Ủng hộ đồng bào vùng lũ", "Tài khoản Ủy ban Mặt trận 3713.0.1058784 tại Kho bạc."),
    ],
)
def test_what_a_commune_ordinarily_discloses_passes(title: str, text: str) -> None:
    refuse_about_people(title, text, _table(["Nội dung"], [text]), lists_people=False)
