"""Tables: each number stays in its row and column, and each column in its year."""

from __future__ import annotations

import datetime as dt

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reading.extraction import check_reading, read_text
from danchu.reporting.reading.extraction.lexicon.dictionary_names import DICTIONARY_NAMES
from danchu.reporting.reading.extraction.model import Reading
from danchu.reporting.reading.together import LEVELS

TITLE = "Xã Bến Mẫu\nBáo cáo thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024\n"
EARLY = (
    "Kết quả giải quyết hồ sơ thủ tục hành chính\n"
    "STT | Lĩnh vực | Đã giải quyết | Trước hạn | Đúng hạn | Trễ hạn\n"
    "1 | Hộ tịch | 410 | 250 | 150 | 10\n"
    "2 | Đất đai | 190 | 90 | 96 | 4\n"
    " | Tổng cộng | 600 | 340 | 246 | 14\n"
)


def values(reading: Reading, scope: str | None = None) -> dict[str, object]:
    return {i.key: i.value for i in reading.indicators if i.scope == scope}


def test_the_names_of_rows_are_those_of_the_dictionary() -> None:
    assert {key: meaning.name_vi for key, meaning in shipped().items()} == DICTIONARY_NAMES


def test_a_row_named_as_an_earlier_dictionary_named_it_is_read() -> None:
    for name in (
        "Tỷ lệ ý kiến đã tiếp nhận, xem xét giải quyết theo thẩm quyền",
        "Tỷ lệ ý kiến đã tiếp nhận, xem xét giải quyết theo thẩm quyền trên số ý kiến ghi nhận "
        "trong kỳ",
    ):
        rows = f"STT | Chỉ tiêu | Giá trị\n1 | Cuộc đối thoại (cuộc) | 4\n2 | {name} (%) | 96\n"
        assert values(read_text(TITLE + rows)) == {
            "dialogues_held": 4,
            "opinions_resolved_pct": 96,
        }


def test_each_number_stays_in_its_row_whatever_the_row_above_is_called() -> None:
    rows = (
        "STT | Chỉ tiêu | Giá trị\n"
        "1 | Cuộc đối thoại (cuộc) | 4\n"
        "2 | Số người được tiếp (người) | 31\n"
        "3 | Đoàn đông người (đoàn) | 0\n"
        "4 | Ngày công đóng góp (ngày công) | 275\n"
        "5 | Công trình hoàn thành (công trình) | 2\n"
    )
    assert values(read_text(TITLE + rows)) == {
        "dialogues_held": 4,
        "citizens_received_persons": 31,
        "mass_groups_received": 0,
        "labour_days": 275,
        "works_completed": 2,
    }
    without_brackets = rows.replace(" (đoàn)", "").replace("Đoàn", "Số đoàn")
    assert values(read_text(TITLE + without_brackets))["labour_days"] == 275


def test_a_share_is_no_count_and_a_ratio_is_no_share() -> None:
    rows = (
        "STT | Chỉ tiêu | Giá trị\n"
        "1 | Hồ sơ giải quyết đúng hạn (hồ sơ) | 240\n"
        "2 | Tỷ lệ hồ sơ giải quyết đúng hạn | 96,4%\n"
        "3 | Tỷ lệ tán thành | 31/36\n"
        "4 | Ngày công đóng góp (ngày công) | 88%\n"
        "5 | Khoản luật đã có nội dung công khai (khoản) | 9\n"
    )
    read = values(read_text(TITLE + rows))
    assert read.pop("dossiers_on_time_pct") * 10 == 964  # type: ignore[operator]
    assert read == {"dossiers_on_time": 240}


def test_last_years_column_is_the_earlier_value_and_this_years_the_figure() -> None:
    for first, last in (
        ("6 tháng đầu năm 2023", "6 tháng đầu năm 2024"),
        ("Năm 2023", "Năm 2024"),
        ("2023", "2024"),
    ):
        rows = (
            f"STT | Nội dung | ĐVT | {first} | {last}\n"
            "1 | Số cuộc đối thoại | cuộc | 5 | 7\n"
            "2 | Số ý kiến tiếp nhận | ý kiến | 31 | 44\n"
        )
        read = read_text(TITLE + rows).indicators
        assert {i.key: (i.value, i.previous) for i in read} == {
            "dialogues_held": (7, 5),
            "opinions_received": (44, 31),
        }


def test_the_year_of_the_text_is_told_though_a_later_column_stands_beside_it() -> None:
    rows = (
        "STT | Nội dung | Năm 2023 | Năm 2024 | Năm 2025\n"
        "1 | Số cuộc đối thoại | 5 | 7 | 9\n"
        "2 | Số lượt công dân được tiếp | 31 | 44 | 50\n"
    )
    read = read_text(TITLE + rows).indicators
    assert [(i.value, i.previous) for i in read] == [(7, 5), (44, 31)]


def test_columns_of_two_years_under_one_heading_each_are_told_apart() -> None:
    rows = (
        "STT | Thôn | Năm 2023: lượt tiếp công dân | Năm 2024: lượt tiếp công dân"
        " | Năm 2024: đơn thư tiếp nhận\n"
        "1 | Thôn Một | 12 | 15 | 3\n"
        "2 | Thôn Hai | 10 | 11 | 2\n"
        " | Tổng cộng | 22 | 26 | 5\n"
    )
    read = read_text(TITLE + rows).indicators
    assert {i.key: (i.value, i.previous) for i in read if i.scope is None} == {
        "citizens_received": (26, 22),
        "petitions_received": (5, None),
    }


def test_what_was_settled_early_was_settled_on_time() -> None:
    reading = read_text(TITLE + EARLY)
    assert values(reading) == {
        "dossiers_resolved": 600,
        "dossiers_early": 340,
        "dossiers_on_time": 586,
        "dossiers_overdue": 14,
    }
    assert values(reading, "Hộ tịch")["dossiers_on_time"] == 400
    assert {check.verdict for check in check_reading(reading)} == {"ok"}
    (on_time,) = [i for i in reading.indicators if i.key == "dossiers_on_time" and i.scope is None]
    assert (on_time.surface, on_time.digits) == ("340 | 246", "340 + 246")


def test_early_ones_that_on_time_holds_already_are_not_added_again() -> None:
    held = EARLY.replace("| 150 |", "| 400 |").replace("| 96 |", "| 186 |")
    reading = read_text(TITLE + held.replace("| 246 |", "| 586 |"))
    assert values(reading)["dossiers_on_time"] == 586
    named = EARLY.replace("Đúng hạn", "Trước hạn và đúng hạn")
    assert values(read_text(TITLE + named))["dossiers_on_time"] == 246


def test_a_note_against_adding_leaves_the_figure_in_doubt() -> None:
    reading = read_text(TITLE + EARLY + "Ghi chú: số trước hạn và đúng hạn không gộp.\n")
    doubted = [i for i in reading.indicators if i.key == "dossiers_on_time"]
    assert [i.value for i in doubted] == [150, 96, 246]
    assert all(i.confidence * 1000 < min(LEVELS) for i in doubted)


def test_the_day_of_the_law_that_a_report_rests_on_is_not_its_day() -> None:
    bases = (
        "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022;\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;\n"
        "Xã Bến Mẫu báo cáo kết quả như sau:\n"
    )
    assert read_text(TITLE + bases).event_date is None
    told = bases + "Ngày 05 tháng 6 năm 2026, xã tổ chức hội nghị đối thoại.\n"
    assert read_text(TITLE + told).event_date == dt.date(2026, 6, 5)
