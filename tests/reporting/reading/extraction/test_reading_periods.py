"""Which of the periods that a text names it reports on: inspected, reviewed, begun, compared."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.reporting.reading.extraction import PeriodRead, read_text

CONCLUSION = (
    "THANH TRA HUYỆN BẾN MẪU\n\nTHÔNG BÁO\nKết luận thanh tra trách nhiệm tại xã Cầu Mẫu\n\n"
    "Từ ngày 05/9 đến ngày 18/10/2024, Đoàn thanh tra đã làm việc với UBND xã{}. Xã tiếp 20 lượt"
    " công dân.\n"
)
VISIT = (
    "Kiểm tra thực hiện dân chủ ở cơ sở tại Cầu Mẫu\n\nSáng {}, Đoàn kiểm tra của huyện Bến Mẫu"
    " làm việc với xã Cầu Mẫu về kết quả thực hiện quy chế dân chủ {}. {} xã tổ chức 3 cuộc đối"
    " thoại.\n"
)
MEETING = (
    "Bến Mẫu họp ban chỉ đạo\n\nSáng {}, xã Bến Mẫu họp {}. Xã đã tiếp 20 lượt công dân, trong"
    " khi {} tiếp 30 lượt.\n"
)
TITLE = "UBND XÃ BẾN MẪU\nBÁO CÁO\nKết quả thực hiện dân chủ {}\n\nXã đã họp dân ở 4 thôn.\n"
STAMP = "\nBến Mẫu online\n20/06/24 09:15 GMT+7\n"


def told(period: PeriodRead | None) -> tuple[str, str, str] | None:
    return (period.kind, str(period.start), str(period.end)) if period else None


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (
            "; thời kỳ được thanh tra từ 01/01/2022 đến 30/6/2024",
            ("range", "2022-01-01", "2024-06-30"),
        ),
        ("; thời kỳ thanh tra: năm 2022 - 2023", ("range", "2022-01-01", "2023-12-31")),
        (
            "; thời kỳ thanh tra: năm 2022, 2023 và 6 tháng đầu năm 2024",
            ("range", "2022-01-01", "2024-06-30"),
        ),
        (
            "; thời kỳ kiểm tra từ tháng 01/2022 đến tháng 6/2024",
            ("range", "2022-01-01", "2024-06-30"),
        ),
        ("; niên độ kiểm tra năm 2023", ("year", "2023-01-01", "2023-12-31")),
        # the days of the visit alone are no period
        ("", None),
        ("; thời gian kiểm tra 15 ngày", None),
    ],
)
def test_an_inspection_reports_on_the_period_it_looked_at(
    words: str, period: tuple[str, str, str] | None
) -> None:
    assert told(read_text(CONCLUSION.format(words)).period) == period


@pytest.mark.parametrize(
    ("day", "year", "since", "period"),
    [
        # nothing can be inspected that is still ahead
        ("18/9/2024", "năm 2024", "Trong năm,", ("year", "2024-01-01", "2024-09-18")),
        ("18/9/2024", "năm 2023", "Trong năm,", ("year", "2023-01-01", "2023-12-31")),
        ("05/11/2024", "năm 2024", "Từ đầu năm tới nay,", ("year", "2024-01-01", "2024-11-05")),
        # late in the year it is inspected as a whole
        ("24/11/2024", "năm 2024", "Trong năm,", ("year", "2024-01-01", "2024-12-31")),
        ("18/9/2024", "", "Từ đầu năm tới nay,", ("months", "2024-01-01", "2024-09-18")),
    ],
)
def test_the_year_that_runs_is_inspected_up_to_the_day_of_the_visit(
    day: str, year: str, since: str, period: tuple[str, str, str]
) -> None:
    assert told(read_text(VISIT.format(day, year, since)).period) == period


@pytest.mark.parametrize(
    ("day", "what", "compared", "period"),
    [
        (
            "20/7/2023",
            "sơ kết nửa đầu năm",
            "sáu tháng đầu năm 2022",
            ("half_year", "2023-01-01", "2023-06-30"),
        ),
        (
            "20/7/2023",
            "bàn việc của xã",
            "sáu tháng đầu năm 2022",
            None,
        ),
        ("05/10/2023", "giao ban quý III", "năm 2022", ("quarter", "2023-07-01", "2023-09-30")),
        ("15/11/2023", "sơ kết 10 tháng", "năm 2022", ("months", "2023-01-01", "2023-10-31")),
        # so many months of trying something out are not those since the new year
        ("15/11/2023", "sơ kết 10 tháng thí điểm tổ tự quản", "trước đó", None),
        (
            "12/01/2024",
            "kiểm điểm công tác 6 tháng cuối năm",
            "trước đó",
            ("half_year", "2023-07-01", "2023-12-31"),
        ),
        ("05/01/2024", "tổng kết năm", "năm 2022", ("year", "2023-01-01", "2023-12-31")),
        ("12/7/2024", "triển khai nhiệm vụ 6 tháng cuối năm", "trước đó", None),
    ],
)
def test_what_is_reviewed_without_its_year_ended_shortly_before(
    day: str, what: str, compared: str, period: tuple[str, str, str] | None
) -> None:
    assert told(read_text(MEETING.format(day, what, compared)).period) == period


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (
            "Tháng 3/2021, xã Bến Mẫu bắt tay làm nông thôn mới với 9 tiêu chí, đến nay đã đạt 16"
            " tiêu chí.",
            ("range", "2021-03-01", "2024-06-20"),
        ),
        (
            "Vụ lúa năm nay, xe vào được tận ruộng. Năm 2019, bắt tay làm nông thôn mới, xã chỉ có"
            " 9 tiêu chí; đến nay đã đạt 16 tiêu chí.",
            ("range", "2019-01-01", "2024-06-20"),
        ),
        # the year told of weighs more than when it all began
        (
            "Trong năm 2023, bà con hiến 500 m2 đất. Năm 2019, bắt tay làm nông thôn mới, xã chỉ có"
            " 9 tiêu chí; đến nay đã đạt 16 tiêu chí.",
            ("year", "2023-01-01", "2023-12-31"),
        ),
        ("Vụ lúa năm nay, bà con hiến 500 m2 đất làm đường.", None),
    ],
)
def test_a_story_of_what_began_runs_from_then_until_now(
    words: str, period: tuple[str, str, str] | None
) -> None:
    assert told(read_text(f"Chuyện ở Bến Mẫu\n\n{words}\n{STAMP}").period) == period


@pytest.mark.parametrize(
    ("words", "period"),
    [
        # the figures of a year are closed before its end
        ("năm 2023 (số liệu đến 30/11/2023)", ("year", "2023-01-01", "2023-12-31")),
        ("năm 2024 (tính đến 30/6/2024)", ("half_year", "2024-01-01", "2024-06-30")),
        ("(tính đến 30/11/2023)", ("months", "2023-01-01", "2023-11-30")),
        ("hai quý đầu năm 2024", ("half_year", "2024-01-01", "2024-06-30")),
        ("ba quý đầu năm 2024", ("months", "2024-01-01", "2024-09-30")),
        ("trong 3 năm 2021, 2022, 2023", ("range", "2021-01-01", "2023-12-31")),
        ("của các năm 2021, 2023", ("year", "2021-01-01", "2021-12-31")),
    ],
)
def test_a_title_may_tell_parts_and_lists_of_years(
    words: str, period: tuple[str, str, str]
) -> None:
    assert told(read_text(TITLE.format(words)).period) == period


def test_what_is_put_off_to_a_later_quarter_does_not_date_an_event() -> None:
    report = TITLE.format("năm 2023") + "Xã đối thoại ngày 19/5 với 40 hộ; {}.\n"
    assert read_text(report.format("việc còn lại lùi sang quý I/2024")).event_date is None
    soon = "Bến Mẫu họp dân\n\nNgày 19/5, xã họp dân. {} xã tiếp 20 lượt công dân.\n"
    read = read_text(soon.format("Quý I/2024,"))
    assert read.event_date == dt.date(2024, 5, 19)
