"""Stamps of publication, years left to be inferred, and lines folded at a fixed width."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.stamps import stamps_of
from danchu.reporting.reading.extraction.wraps import unfolded

BODY = (
    "\n\nChiều ngày 11/6/2024, xã Bến Mẫu sơ kết việc thực hiện quy chế dân chủ 6 tháng đầu năm.\n"
)


@pytest.mark.parametrize(
    "stamp",
    [
        "Ngày đăng: 14/06/2024 - Lượt xem: 52",
        "(Ngày đăng tin 14/06/2024)",
        "Đăng lúc: 09:05 ngày 14/06/2024 - Người đăng: Ban biên tập",
        "Cập nhật: 14/06/2024",
        "Cập nhật lần cuối: 10:20, 14-06-2024",
        "Thứ sáu, 14/06/2024 | 15:10",
        "Thứ Sáu, ngày 14/6/2024 08:45   |   A- A A+",
        "14/06/2024 07:30 | Lượt xem: 9",
        "[14-06-2024 10:19]   Tác giả: Văn phòng",
        "Thời gian đăng: 14.06.2024",
        "16:40 | 14/06/2024",
    ],
)
def test_the_day_of_a_page_is_not_the_day_it_tells_of(stamp: str) -> None:
    text = f"Bến Mẫu sơ kết quy chế dân chủ\n\n{stamp}{BODY}"
    assert [str(one.day) for one in stamps_of(text.lower())] == ["2024-06-14"]
    assert str(read_text(text).event_date) == "2024-06-11"


@pytest.mark.parametrize(
    "words",
    [
        "Thứ hai, ngày 10/6/2024, xã họp dân.",
        "Số liệu cập nhật đến ngày 31/5/2024.",
        "Bến Mẫu, ngày 12/6/2024",
    ],
)
def test_a_day_in_a_sentence_or_a_dateline_is_no_stamp(words: str) -> None:
    assert stamps_of(f"ubnd xã bến mẫu\n{words.lower()}\n") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # the year of the tasks, and of part of a year that ended shortly before
        (
            "Bến Mẫu công bố kết quả năm 2021, triển khai nhiệm vụ năm 2022\nHội nghị diễn ra ngày "
            "18/2, do UBND xã Bến Mẫu tổ chức.",
            "2022-02-18",
        ),
        (
            "9 tháng đầu năm 2022, xã tiếp 80 lượt công dân.\nThông tin được nêu tại phiên họp sáng "
            "12/10 của UBND xã Bến Mẫu.",
            "2022-10-12",
        ),
        ("Hôm nay, 18/11/2022, xã Bến Mẫu đối thoại với 40 hộ.", "2022-11-18"),
        # nothing tells the year
        ("Năm 2022, xã Bến Mẫu tiếp 80 lượt công dân. Ngày 18/7, xã họp.", None),
        (
            "BÁO CÁO\nCông tác của xã Bến Mẫu năm 2022\n(Kỳ số liệu: 01/12/2021 - 30/11/2022; lập "
            "ngày 06/12/2022)",
            "2022-12-06",
        ),
        (
            "THÔNG BÁO\nVề việc tổ chức đối thoại năm 2022\n(Trích Thông báo số 61/TB-UBND ngày "
            "04/4/2022 của UBND xã Bến Mẫu)",
            "2022-04-04",
        ),
        ("UBND XÃ BẾN MẪU\nBến Mẫu, ngày 06/7/2022\n\nBÁO CÁO\nCông tác 6 tháng", "2022-07-06"),
    ],
)
def test_the_year_of_a_day_is_inferred_only_where_the_text_leaves_one(
    text: str, day: str | None
) -> None:
    found = read_text(text).event_date
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        (
            "BÁO CÁO\nCông tác của xã Bến Mẫu năm 2022\n(Kỳ số liệu: 01/12/2021 - 30/11/2022)",
            "year",
            "2021-12-01",
            "2022-11-30",
        ),
        (
            "BÁO CÁO\ntổng kết 5 năm thực hiện quy chế dân chủ ở xã Bến Mẫu (2018 - 2022)\nBến Mẫu, "
            "ngày 14 tháng 3 năm 2023",
            "range",
            "2018-01-01",
            "2022-12-31",
        ),
        (
            "Ngày 20/9/2018, xã Bến Mẫu tổng kết 10 năm thực hiện Pháp lệnh (01/7/2008 - 30/6/2018).",
            "range",
            "2008-07-01",
            "2018-06-30",
        ),
        (
            "Xã Bến Mẫu: từ đầu năm 2019 đến hết quý II/2022, dân hiến 300 m2 đất.",
            "range",
            "2019-01-01",
            "2022-06-30",
        ),
        (
            "Từ đầu năm 2021, xã Bến Mẫu đổi cách nhận hồ sơ. Tính đến hết tháng 8, xã nhận 90 hồ sơ.",
            "months",
            "2021-01-01",
            "2021-08-31",
        ),
        (
            "KẾ HOẠCH\nThực hiện dân chủ ở xã Bến Mẫu năm 2023\nBến Mẫu, ngày 05 tháng 01 năm 2023\n"
            "I. Khái quát\nNăm 2022, xã đã họp dân 40 cuộc.",
            "year",
            "2023-01-01",
            "2023-12-31",
        ),
    ],
)
def test_a_period_of_reporting_keeps_its_own_days(
    text: str, kind: str, start: str, end: str
) -> None:
    period = read_text(text).period
    assert period is not None
    assert (period.kind, str(period.start), str(period.end)) == (kind, start, end)


def test_a_year_told_to_compare_is_no_period() -> None:
    text = "Ngày 14/5/2021, xã Bến Mẫu đối thoại với 90 hộ. Năm 2020, con số này là 60 hộ."
    assert read_text(text).period is None


FOLDED = (
    "     1. Chỉ đạo, tuyên truyền: trong kỳ, Ban Chỉ đạo xã đã ban hành 21 văn\n"
    "bản; mở 03 lớp tập huấn cho 145 lượt cán bộ; tiếp nhận 36 ý kiến, đã\n"
    "giải quyết 30 ý kiến; tiếp\n"
    "18 lượt công dân và hòa giải thành 9 vụ việc trong tổng số 11 vụ việc mà\n"
    "các tổ hòa giải đã nhận trong kỳ; Nhân dân đã hiến được tổng cộng 1.200\n"
    "m2 đất để làm đường thôn và góp thêm công lao động cùng với tiền mặt cho\n"
    "tuyến đường liên xóm.\n"
)


def test_lines_folded_at_a_fixed_width_read_as_one_paragraph() -> None:
    whole = " ".join(FOLDED.split("\n"))
    folded, straight = read_text(FOLDED), read_text(whole)
    assert [(i.key, i.value) for i in folded.indicators] == [
        (i.key, i.value) for i in straight.indicators
    ]
    assert {i.key for i in folded.indicators} >= {"documents_issued", "land_donated_m2"}
    for figure in folded.indicators:
        assert figure.surface == FOLDED[figure.char_start : figure.char_end]


@pytest.mark.parametrize(
    "text",
    [
        "BÁO CÁO\nkết quả thực hiện quy chế dân chủ",
        "Tổ chức thực hiện tốt các nội dung sau đây:\na) công khai;\nb) lấy ý kiến",
        "| Đơn vị trong toàn huyện năm nay | Số hồ sơ đã nhận\n| xã Bến | 12",
        "Kết quả công tác của cả xã trong 6 tháng đầu năm nay.\nđã tiếp 12 lượt",
    ],
)
def test_headings_items_and_tables_are_not_folded_lines(text: str) -> None:
    assert unfolded(text) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KẾ HOẠCH\nThực hiện dân chủ ở xã Bến Mẫu năm 2023", "other"),
        ("THÔNG BÁO\nVề việc đối thoại với Nhân dân xã Bến Mẫu", "other"),
        ("Báo cáo tình hình thực hiện nhiệm vụ tháng 8 và chương trình công tác tháng 9", "report"),
        (
            "Xã Bến Mẫu tổ chức hội nghị cán bộ, viên chức năm 2022\nBáo cáo do bà chủ tịch xã trình "
            "bày cho biết đã họp dân.",
            "conference_review",
        ),
        (
            "KIỂM TRA VIỆC THỰC HIỆN QUY CHẾ DÂN CHỦ TẠI XÃ BẾN MẪU\nĐoàn kiểm tra của huyện đã làm "
            "việc với xã. Xã báo cáo: "
            + " ".join(
                f"thôn {n} họp dân {n + 3} cuộc, hòa giải {n + 2} vụ việc;" for n in range(9)
            ),
            "inspection",
        ),
    ],
)
def test_a_plan_is_no_report_and_a_visit_is_an_inspection(text: str, kind: str) -> None:
    assert read_text(text).doc_kind == kind
