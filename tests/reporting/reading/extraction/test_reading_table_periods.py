"""Tables of several parts of a year: each number is of the part it stands under."""

from __future__ import annotations

import datetime as dt

from danchu.reporting.reading.extraction import check_reading, read_text
from danchu.reporting.reading.extraction.model import Reading

TITLE = "Xã Bến Mẫu\nBáo cáo thực hiện dân chủ ở cơ sở quý III năm 2025\n"


def by_part(reading: Reading) -> dict[str, dict[tuple[dt.date, dt.date] | None, object]]:
    told: dict[str, dict[tuple[dt.date, dt.date] | None, object]] = {}
    for figure in reading.indicators:
        part = (figure.period.start, figure.period.end) if figure.period else None
        told.setdefault(figure.key, {})[part] = figure.value
    return told


def months(first: int, last: int, year: int = 2025) -> tuple[dt.date, dt.date]:
    end = dt.date(year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date(year, first, 1), end


def test_columns_of_quarters_are_of_their_quarters_and_that_of_the_text_of_the_text() -> None:
    rows = (
        "STT | Nội dung | Quý I | Quý II | Quý III\n"
        "1 | Lượt công dân được tiếp | 21 | 34 | 28\n"
        "2 | Đơn tiếp nhận | 7 | 9 | 11\n"
    )
    assert by_part(read_text(TITLE + rows)) == {
        "citizens_received": {months(1, 3): 21, months(4, 6): 34, None: 28},
        "petitions_received": {months(1, 3): 7, months(4, 6): 9, None: 11},
    }
    years = rows.replace("Quý I ", "Quý III/2024 ").replace("Quý II ", "Quý II/2025 ")
    read = read_text(TITLE + years.replace("| Quý III\n", "| Quý III/2025\n"))
    assert by_part(read)["petitions_received"] == {months(4, 6): 9, None: 11}
    assert [f.previous for f in read.indicators if f.period is None] == [21, 7]


def test_halves_months_and_sums_since_january_stand_beside_quarters() -> None:
    rows = (
        "Nội dung\t6 tháng đầu năm\tTháng 8\tQuý III\t9 tháng\n"
        "Lượt công dân được tiếp\t55\t10\t28\t83\n"
        "Số ngày công đóng góp\t600\t90\t310\t910\n"
    )
    assert by_part(read_text(TITLE + rows)) == {
        "citizens_received": {months(1, 6): 55, months(8, 8): 10, None: 28, months(1, 9): 83},
        "labour_days": {months(1, 6): 600, months(8, 8): 90, None: 310, months(1, 9): 910},
    }


def test_quarters_above_or_beside_what_is_counted_are_told_apart_too() -> None:
    above = (
        "Thôn | Quý II: hồ sơ tiếp nhận | Quý II: hồ sơ đã giải quyết"
        " | Quý III: hồ sơ tiếp nhận | Quý III: hồ sơ đã giải quyết\n"
        "Thôn Một | 40 | 38 | 51 | 50\n"
        "Thôn Hai | 30 | 30 | 29 | 27\n"
        "Tổng cộng | 70 | 68 | 80 | 77\n"
    )
    totals = [f for f in read_text(TITLE + above).indicators if f.scope is None]
    assert [(f.key, f.value, f.period and f.period.start.month) for f in totals] == [
        ("dossiers_received", 70, 4),
        ("dossiers_resolved", 68, 4),
        ("dossiers_received", 80, None),
        ("dossiers_resolved", 77, None),
    ]
    beside = (
        "STT | Kỳ | Hồ sơ tiếp nhận | Hồ sơ đã giải quyết\n"
        "1 | Quý I | 60 | 58\n"
        "2 | Quý II | 70 | 68\n"
        "3 | Quý III | 80 | 77\n"
    )
    read = read_text(TITLE + beside)
    assert by_part(read)["dossiers_resolved"] == {months(1, 3): 58, months(4, 6): 68, None: 77}
    # The part of a year is no place; and settled is held against received of its own quarter.
    assert {f.scope for f in read.indicators} == {None}
    assert {check.verdict for check in check_reading(read)} <= {"ok"}
    wholes = {f.value: f.denominator for f in read.indicators if f.key == "dossiers_resolved"}
    assert wholes == {58: 60, 68: 70, 77: 80}


def test_an_estimate_and_a_plan_are_no_column_of_results() -> None:
    rows = (
        "Nội dung | Quý II | Quý III | Ước quý IV | Kế hoạch cả năm\n"
        "Lượt công dân được tiếp | 34 | 28 | 30 | 120\n"
        "Đơn tiếp nhận | 9 | 11 | 8 | 40\n"
    )
    assert by_part(read_text(TITLE + rows)) == {
        "citizens_received": {months(4, 6): 34, None: 28},
        "petitions_received": {months(4, 6): 9, None: 11},
    }


def test_without_a_year_no_quarter_is_made_up() -> None:
    rows = "Nội dung | Quý I | Quý II\nLượt công dân được tiếp | 21 | 34\nĐơn tiếp nhận | 7 | 9\n"
    assert not read_text("Xã Bến Mẫu\nBiểu tổng hợp\n" + rows).indicators
