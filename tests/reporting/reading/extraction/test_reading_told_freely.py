"""Periods, days, units and persons where a text tells them in passing, and where it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.extraction.model import Reading

TABLE = """UBND XÃ BẾN MẪU
Báo cáo vận động làm đường

Thôn | Hộ hiến đất | Tiền góp | Đường làm xong (m) | Biểu quyết (hộ đồng ý/tổng số hộ)
Thôn Một | 40 | 90 triệu | 700 | 101/110
Thôn Hai | 30 | 60 triệu | 500 | -
Cộng | 70 | 150 triệu | 1.200 |
"""


def _days(reading: Reading) -> tuple[str, str] | None:
    period = reading.period
    return (period.start.isoformat(), period.end.isoformat()) if period else None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a year behind a comma, with what was done in it
        (
            "Chuyện giám sát\n\nÔng Trưởng ban cho hay, năm 2022 Mặt trận hai cấp đã làm 90 cuộc"
            " giám sát.",
            ("2022-01-01", "2022-12-31"),
        ),
        # told to compare, it is none
        ("Chuyện giám sát\n\nÔng Trưởng ban cho hay, năm 2015 mới chỉ là 12 cuộc.", None),
        # "trong năm", told in January of the next one
        (
            "Chuyện ở xưởng may\n\nNăm ngoái công ty có tám cuộc đối thoại. Công đoàn gặp tổ"
            " trưởng 20 lần trong năm, ghi sổ đủ.\n\nAN BÌNH\n07/01/2021 | 08:15",
            ("2020-01-01", "2020-12-31"),
        ),
        # told in summer, it is the year that runs
        (
            "Chuyện ở xưởng may\n\nCông đoàn gặp tổ trưởng 20 lần trong năm, ghi sổ đủ.\n\n"
            "AN BÌNH\n07/07/2021 | 08:15",
            ("2021-01-01", "2021-12-31"),
        ),
        # the conference that opens a school year reports on the last
        (
            "Hội nghị viên chức Trường THCS Bến Mẫu năm học 2022 - 2023\n\nNgày 08/10/2022, trường"
            " tổ chức hội nghị, kiểm điểm nghị quyết năm học 2021 - 2022: nhận 30 ý kiến.",
            ("2021-09-01", "2022-05-31"),
        ),
        (
            "Tổng kết năm học 2022 - 2023 Trường THCS Bến Mẫu\n\nNgày 25/5/2023, trường tổ chức"
            " hội nghị, so với năm học 2021 - 2022 ý kiến tăng: nhận 30 ý kiến.",
            ("2022-09-01", "2023-05-31"),
        ),
        (
            "Kết quả tiếp công dân quý III\n\nNgày 05/10/2022, huyện Bến Mẫu thông báo đã tiếp 90"
            " lượt công dân.",
            ("2022-07-01", "2022-09-30"),
        ),
    ],
)
def test_a_period_told_in_passing(text: str, days: tuple[str, str] | None) -> None:
    assert _days(read_text(text)) == days


@pytest.mark.parametrize(
    ("words", "stamp", "days"),
    [
        ("Tháng 8 vừa qua, xã tiếp 12 lượt.", "14/9/2023", ("2023-08-01", "2023-08-31")),
        ("Trong tháng 11, xã tiếp 12 lượt.", "04/01/2023", ("2022-11-01", "2022-11-30")),
        ("Trong quý II, xã tiếp 12 lượt.", "05/7/2022", ("2022-04-01", "2022-06-30")),
        ("Mười tháng qua, xã tiếp 64 lượt.", "05/11/2022", ("2022-01-01", "2022-10-31")),
        (
            "Từ tháng 1 đến tháng 10 năm nay, xã tiếp 9 lượt.",
            "15/11/2023",
            ("2023-01-01", "2023-10-31"),
        ),
        (
            "Từ đầu nhiệm kỳ 2020 - 2025 đến nay, xã tiếp 9 lượt.",
            "12/8/2024",
            ("2020-01-01", "2024-08-12"),
        ),
        (
            "Trong hai năm 2021 và 2022, xã tiếp 9 lượt.",
            "12/8/2023",
            ("2021-01-01", "2022-12-31"),
        ),
        # long ago, or a length of time: no period
        ("Trong tháng 2, xã tiếp 12 lượt.", "14/9/2023", None),
        ("Bốn tháng qua, cây cầu bị hỏng.", "14/9/2023", None),
    ],
)
def test_a_part_of_a_year_told_soon_after_it(
    words: str, stamp: str, days: tuple[str, str] | None
) -> None:
    text = f"Tin ở Bến Mẫu\n\n{words} Dân vui.\n\nNgày đăng: {stamp}"
    assert _days(read_text(text)) == days
    # without the day of telling nobody knows the year
    if "năm 20" not in words and "hai năm" not in words:
        assert _days(read_text(f"Tin ở Bến Mẫu\n\n{words} Dân vui.")) is None


def test_now_lies_in_the_year_from_whose_beginning_a_text_counts() -> None:
    told = (
        "Gặp dân\n\nNgày 12/11, Bí thư Đảng ủy xã Bến Mẫu gặp 90 người. Từ đầu năm {}, xã nhận 80"
        " ý kiến."
    )
    read = read_text(told.format("2021 đến nay"))
    assert read.event_date == dt.date(2021, 11, 12)
    assert read.period is None or _days(read) == ("2021-01-01", "2021-11-12")
    assert read_text(told.format("ngoái")).event_date is None


def test_the_year_of_a_day_from_a_part_of_a_year_told_far_behind_it() -> None:
    text = (
        "Nghe dân nói\n\nNgày 9/7, Huyện ủy Bến Mẫu đối thoại với nông dân.\n\n"
        + "Bà con hỏi nhiều về đất đai và nước sạch. " * 45
        + "\n\nTrưởng ban Dân vận cho biết: {} huyện mở 12 cuộc đối thoại."
    )
    assert read_text(text.format("6 tháng đầu năm 2019")).event_date == dt.date(2019, 7, 9)
    # a part that ended long before leaves the year open
    assert read_text(text.format("quý I/2019")).event_date == dt.date(2019, 7, 9)
    assert read_text(text.format("quý III/2018")).event_date is None


def test_an_appendix_is_of_the_day_of_its_report() -> None:
    head = "MẶT TRẬN TỔ QUỐC XÃ BẾN MẪU\n\n{} Báo cáo số 7/BC-MTTQ ngày 04/7/2023\n\n"
    body = "Hòa giải 20 vụ việc."
    assert read_text(head.format("Phụ lục số liệu kèm") + body).event_date == dt.date(2023, 7, 4)
    assert read_text(head.format("Căn cứ") + body).event_date is None


def test_last_year_is_no_earlier_time_for_what_is_told_of_it() -> None:
    told = "Chuyện ở xưởng\n\nNăm ngoái công ty có tám cuộc đối thoại với công nhân.\n\n{} | 08:15"
    keys = [i.value for i in read_text(told.format("07/01/2021")).indicators]
    assert keys == [8]
    compared = "UBND XÃ BẾN MẪU\nBáo cáo năm 2020\n\nXã có 11 cuộc đối thoại, năm ngoái 8 cuộc."
    assert [i.value for i in read_text(compared).indicators] == [11]


def test_the_cells_of_a_table_tell_the_money_that_its_heading_does_not() -> None:
    read = [(i.key, float(i.value)) for i in read_text(TABLE).indicators]
    assert [v for key, v in read if key == "contributions_vnd"] == [90e6, 60e6, 150e6]
    assert ("households_agreeing", 101) in read
    bare = read_text(TABLE.replace(" triệu", ""))
    assert not [i for i in bare.indicators if i.key == "contributions_vnd" and i.value >= 10**6]


def test_a_province_that_only_the_text_knows() -> None:
    told = "Thanh tra tỉnh Thanh Mẫu vừa có báo cáo: tiếp 90 lượt công dân."
    assert read_text(told).unit.province == "Thanh Mẫu"
    assert read_text("Thanh tra tỉnh vừa có báo cáo: tiếp 90 lượt.").unit.province is None


def test_a_committee_of_the_party_is_called_by_its_name_in_its_own_head() -> None:
    head = (
        "HUYỆN ỦY BẾN MẪU                    ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "     *                   Bến Mẫu, ngày 10 tháng 01 năm 2021\n\nBÁO CÁO\nKết quả năm 2020\n"
    )
    assert read_text(head).unit.name == "Huyện ủy Bến Mẫu"
    paper = head.replace("HUYỆN ỦY", "UBND HUYỆN")
    assert read_text(paper).unit.name == "UBND huyện Bến Mẫu"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Tổ giám sát do cô Lê Thị Mẫu làm tổ trưởng báo cáo kết quả.", "Lê Thị Mẫu"),
        ("Chủ tịch Hội Nông dân xã, ông Trần Văn Mẫu, trả lời thay.", "Trần Văn Mẫu"),
        ("Tại buổi họp, luật sư Phạm Thị Mẫu cho rằng quy ước nên ngắn gọn.", "Phạm Thị Mẫu"),
        # a citizen without an office stays unnamed
        ("Bà Nguyễn Thị Mẫu ở thôn Một nói đường lầy.", None),
    ],
)
def test_persons_by_their_office(words: str, name: str | None) -> None:
    read = [p.name for p in read_text(f"UBND XÃ BẾN MẪU\nBáo cáo\n\n{words}").persons]
    assert read == ([name] if name else [])


@pytest.mark.parametrize(
    ("words", "limited"),
    [
        ("Sổ ghi ý kiến của người dân còn sơ sài.", True),
        ("Một số nơi trả lời cử tri vẫn chung chung.", True),
        ("Đã khắc phục tình trạng một số nơi trả lời chung chung.", False),
    ],
)
def test_limitations_in_everyday_words(words: str, limited: bool) -> None:
    read = read_text(f"UBND XÃ BẾN MẪU\nBáo cáo\n\n{words}").findings.limitations
    assert bool(read) == limited


def test_a_number_behind_the_province_is_no_name_of_one() -> None:
    told = "Chuyện giám sát\n\nMặt trận làm 60 cuộc, cấp tỉnh 6 cuộc, cấp huyện 54 cuộc."
    assert read_text(told).unit.province is None
