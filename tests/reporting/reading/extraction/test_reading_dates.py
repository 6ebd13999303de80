"""The period a text reports on and the day it tells of, in the wordings of reports and the press."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.reporting.reading.extraction import read_text

TITLE = "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở {} của xã Bến Mẫu\n\nXã đã họp dân ở 4 thôn.\n"
STAMP = "\nBến Mẫu online\n20/06/24 09:15 GMT+7\n"

PERIODS = [
    (TITLE.format("từ 01/01 đến 30/6/2024"), "2024-01-01", "2024-06-30"),
    (
        TITLE.format("(từ ngày 15 tháng 12 năm 2023 đến ngày 14 tháng 6 năm 2024)"),
        "2023-12-15",
        "2024-06-14",
    ),
    (
        TITLE.format("(từ ngày 01 tháng 01 đến hết ngày 30 tháng 9 năm 2024)"),
        "2024-01-01",
        "2024-09-30",
    ),
    (TITLE.format("10 tháng đầu năm 2023"), "2023-01-01", "2023-10-31"),
    (TITLE.format("8 tháng năm 2023"), "2023-01-01", "2023-08-31"),
    (TITLE.format("11 tháng đầu năm 2022, phương hướng tháng 12"), "2022-01-01", "2022-11-30"),
    (TITLE.format("nửa đầu năm 2023"), "2023-01-01", "2023-06-30"),
    (TITLE.format("nửa cuối năm 2023"), "2023-07-01", "2023-12-31"),
    (TITLE.format("6 tháng cuối năm 2023"), "2023-07-01", "2023-12-31"),
    (TITLE.format("quý III/2025"), "2025-07-01", "2025-09-30"),
    (TITLE.format("tháng 9 năm 2024, nhiệm vụ tháng 10 năm 2024"), "2024-09-01", "2024-09-30"),
    (TITLE.format("giai đoạn 2021 - 2025"), "2021-01-01", "2025-12-31"),
    (TITLE.format("từ năm 2018 đến năm 2022"), "2018-01-01", "2022-12-31"),
    (TITLE.format("3 năm (2018-2020)"), "2018-01-01", "2020-12-31"),
    (
        "Hội nghị tổng kết 10 năm thực hiện Quy chế dân chủ\nSáng 20/6/2024, phường Cầu Mẫu tổ "
        "chức hội nghị tổng kết 10 năm thực hiện quy chế.",
        "2014-01-01",
        "2024-06-20",
    ),
    (
        "Xã Bến Mẫu sơ kết ba năm xây dựng mô hình tự quản\nTrong ba năm qua, xã đã có 12 tổ tự "
        "quản, nhân dân hiến 300 m2 đất." + STAMP,
        "2021-01-01",
        "2024-06-20",
    ),
    (
        "Bến Mẫu làm đường\nSau bốn năm thực hiện, bà con hiến 500 m2 đất. Dân số xã năm 2019 có "
        "6.000 người." + STAMP,
        "2020-01-01",
        "2024-06-20",
    ),
    (
        "Bến Mẫu mở phòng một cửa\nTừ tháng 9/2023 đến nay, xã đã mở 3 phòng một cửa. Hai phòng "
        "còn lại sẽ mở trong năm 2024." + STAMP,
        "2023-09-01",
        "2024-06-20",
    ),
    (
        "Bến Mẫu đổi thay\nNăm 2020, thôn xây xong nhà văn hóa. Trong hơn ba năm, từ 2021 đến nay, "
        "bà con hiến 700 m2 đất." + STAMP,
        "2021-01-01",
        "2024-06-20",
    ),
    (
        "Bến Mẫu giải quyết đơn thư\nTừ đầu năm đến nay, xã tiếp nhận 14 đơn." + STAMP,
        "2024-01-01",
        "2024-06-20",
    ),
]

NO_PERIOD = [
    # a plan, a term of office, a birthday of a law
    "Xã Bến Mẫu sẽ mở thêm 2 phòng một cửa trong năm 2025." + STAMP,
    "Xã mở lớp. Hội đồng nhân dân xã Bến Mẫu nhiệm kỳ 2021-2026 họp bàn." + STAMP,
    "Chiều 12/5/2024, xã Bến Mẫu đối thoại với 40 hộ dân về dự án đường.",
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_the_period_is_read_as_the_text_words_it(text: str, start: str, end: str) -> None:
    period = read_text(text).period
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize("text", NO_PERIOD)
def test_a_plan_a_term_and_a_single_event_are_no_period(text: str) -> None:
    assert read_text(text).period is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("giám sát: 06/3/2023 – 25/11/2023. Trong gần 9 tháng, Ban họp 6 lần", "range"),
        ("báo cáo 9 tháng (từ 15/12/2022 đến 14/9/2023)", "months"),
        ("báo cáo 6 tháng đầu năm 2023 (từ 15/12/2022 đến 14/6/2023)", "half_year"),
    ],
)
def test_a_length_of_time_is_not_the_kind_of_a_period(words: str, kind: str) -> None:
    period = read_text(f"Ban giám sát xã Bến Mẫu\nThời gian {words}.").period
    assert period is not None and period.kind == kind


DAYS = [
    ("Bến Mẫu, ngày 18 tháng 6 năm 2026\n\nBÁO CÁO\nKết quả 6 tháng", "2026-06-18"),
    ("Sáng 30.5, xã Bến Mẫu họp dân." + STAMP.replace("20/06", "31/05"), "2024-05-30"),
    (
        "Chiều 2-10, phường Cầu Mẫu tổ chức lễ kỷ niệm 15 năm thành lập (5-10-2009 - 5-10-2024) và "
        "khen 12 tập thể.",
        "2024-10-02",
    ),
    (
        "Báo cáo công tác tháng 3 năm 2024 của xã Bến Mẫu\nXã đã trả lời văn bản số 87/UBND-VX "
        "ngày 05 tháng 02 năm 2024 và thông báo số 41/TB-UBND ngày 07/02/2024 tới các thôn.",
        None,
    ),
    ("Căn cứ Kế hoạch số 12/KH-UBND ngày 03/01/2024 của xã Bến Mẫu, các thôn họp dân.", None),
    (
        "Thực hiện Công văn 15-CV/BDV ngày 03/01/2024, xã Bến Mẫu họp dân ngày 12/01/2024.",
        "2024-01-12",
    ),
    (
        "UBND xã Bến Mẫu vừa ban hành Kế hoạch số 9/KH-UBND ngày 14/02/2024 về dân chủ.",
        "2024-02-14",
    ),
    ("Ngày 12/01/2024, UBND xã Bến Mẫu đối thoại theo Kế hoạch số 3/KH-UBND.", "2024-01-12"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_the_event_is_not_that_of_a_cited_paper(text: str, day: str | None) -> None:
    found = read_text(text).event_date
    assert (str(found) if found else None) == day


UNITS = [
    (
        "ĐOÀN KIỂM TRA HUYỆN ỦY LÀM VIỆC VỚI ĐẢNG ỦY XÃ BẾN MẪU\nSáng 24/11/2022, đoàn làm việc.",
        "commune",
        "xã Bến Mẫu",
    ),
    (
        "Công nhân gặp lãnh đạo và liên đoàn lao động, mong có nhà\nNgày 12/5, UBND phường Cầu Mẫu "
        "đối thoại với công nhân.",
        "commune",
        "phường Cầu Mẫu",
    ),
    (
        "Hỏi đáp: Nhân dân bàn những gì\nCán bộ thôn hỏi, bản tôi có 96 hộ.\nPhòng Tư pháp huyện "
        "Bến Mẫu trả lời.",
        "district",
        "huyện Bến Mẫu",
    ),
    (
        "Lào Cai: Công khai ở bệnh viện\n(Tin) - Sở Y tế tỉnh Lào Cai chú trọng hộp thư góp ý.",
        "agency",
        "Sở Y tế tỉnh Lào Cai",
    ),
    ("Bộ Giáo dục và Đào tạo sơ kết năm 2019.", "agency", "Bộ Giáo dục và Đào tạo"),
]


@pytest.mark.parametrize(("text", "level", "name"), UNITS)
def test_the_unit_is_the_one_that_reports(text: str, level: str, name: str) -> None:
    unit = read_text(text).unit
    assert (unit.level, (unit.name or "")[-len(name) :]) == (level, name)


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        # the head of a paper: the body that issues it, not the one above it
        (
            "HUYỆN ỦY BẾN MẪU                    ĐẢNG CỘNG SẢN VIỆT NAM\nBAN CHỈ ĐẠO THỰC HIỆN\n"
            "QUY CHẾ DÂN CHỦ Ở CƠ SỞ\n\nBÁO CÁO\nNăm 2022, xã Cầu Mẫu họp dân.",
            "district",
            "Ban chỉ đạo thực hiện quy chế dân chủ ở cơ sở huyện Bến Mẫu",
        ),
        (
            "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ BẾN MẪU\nSố 12-BC/ĐU\n\nBÁO CÁO\nNăm 2022",
            "commune",
            "Đảng ủy xã Bến Mẫu",
        ),
        (
            "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n\nBÁO CÁO\nKết quả năm 2022",
            "province",
            "UBND tỉnh Lào Cai",
        ),
        # the unit inspected, and who held a dialogue, not where
        (
            "HUYỆN BẾN MẪU KIỂM TRA VIỆC THỰC HIỆN QUY CHẾ DÂN CHỦ TẠI XÃ CẦU MẪU\nNgày 4/5/2022, Đoàn "
            "kiểm tra của huyện Bến Mẫu đã làm việc với xã Cầu Mẫu.",
            "commune",
            "xã Cầu Mẫu",
        ),
        (
            "Nông dân đối thoại với lãnh đạo\nNgày 4/5/2022, tại nhà văn hóa xã Cầu Mẫu, UBND huyện "
            "Bến Mẫu tổ chức đối thoại với 80 hộ.",
            "district",
            "UBND huyện Bến Mẫu",
        ),
        (
            "Sở Y tế đứng cuối về cải cách hành chính\nUBND tỉnh Lào Cai công bố chỉ số năm 2022.",
            "province",
            "UBND tỉnh Lào Cai",
        ),
        ("Ban Nội chính Tỉnh ủy Lào Cai họp năm 2022.", "agency", "Ban Nội chính Tỉnh ủy Lào Cai"),
        ("Ban Dân vận Huyện ủy Bến Mẫu họp.", "district", "Ban Dân vận Huyện ủy Bến Mẫu"),
    ],
)
def test_the_unit_is_told_from_the_head_the_visit_and_the_host(
    text: str, level: str, name: str
) -> None:
    unit = read_text(text).unit
    assert (unit.level, unit.name) == (level, name)


@pytest.mark.parametrize(
    ("words", "kind", "start", "end"),
    [
        ("từ 01/7/2025 đến hết năm 2025", "range", (2025, 7, 1), (2025, 12, 31)),
        ("từ tháng 7 đến tháng 12 năm 2025", "half_year", (2025, 7, 1), (2025, 12, 31)),
        ("từ tháng 01/2024 đến tháng 9/2025", "range", (2024, 1, 1), (2025, 9, 30)),
        ("từ đầu năm 2025 đến hết quý III", "months", (2025, 1, 1), (2025, 9, 30)),
        ("từ đầu năm đến ngày 30/9/2025", "months", (2025, 1, 1), (2025, 9, 30)),
        ("(tính đến 30/9/2025)", "months", (2025, 1, 1), (2025, 9, 30)),
        ("tính đến hết tháng 6 năm 2025", "half_year", (2025, 1, 1), (2025, 6, 30)),
        ("nhiệm kỳ 2021-2026 (tính đến 30/9/2025)", "range", (2021, 1, 1), (2025, 9, 30)),
        ("năm học 2024-2025", "year", (2024, 9, 1), (2025, 5, 31)),
        (
            "từ 15 tháng 12 năm 2024 đến 14 tháng 6 năm 2025",
            "range",
            (2024, 12, 15),
            (2025, 6, 14),
        ),
        ("quý I và quý II năm 2025", "half_year", (2025, 1, 1), (2025, 6, 30)),
        ("quý III, quý IV năm 2025", "half_year", (2025, 7, 1), (2025, 12, 31)),
        ("quý I, II và III/2025", "months", (2025, 1, 1), (2025, 9, 30)),
        ("quý II - III/2025", "months", (2025, 4, 1), (2025, 9, 30)),
        (
            "học kỳ I năm học 2025-2026 (từ 05/9/2025 đến 17/01/2026)",
            "range",
            (2025, 9, 5),
            (2026, 1, 17),
        ),
        (
            "học kỳ II năm học 2024-2025, từ tháng 01/2025 đến tháng 5/2025",
            "months",
            (2025, 1, 1),
            (2025, 5, 31),
        ),
        ("6 tháng đầu năm 2025 (tính đến 10/6/2025)", "half_year", (2025, 1, 1), (2025, 6, 30)),
    ],
)
def test_a_period_may_begin_and_end_in_words_of_two_kinds(
    words: str, kind: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    period = read_text(f"UBND XÃ BẾN MẪU\nBÁO CÁO\nKết quả thực hiện dân chủ {words}\n").period
    assert period is not None
    assert (period.kind, period.start, period.end) == (kind, dt.date(*start), dt.date(*end))


@pytest.mark.parametrize(
    "words",
    [
        "học kỳ I năm học 2025-2026",
        "học kì 1, năm học 2025 – 2026",
        "HKI năm học 2025-2026\nNgày 15/01/2026, nhà trường họp.",
        "học kỳ I (2025-2026), phương hướng học kỳ II",
        "năm học 2025-2026 (học kỳ một)",
        "học kỳ I năm học 2025-2026\nTrong năm 2025, trường đã họp 3 cuộc.",
        "học kỳ II năm học 2024-2025\nTừ đầu năm 2025 đến nay, trường đã họp 3 cuộc.",
    ],
)
def test_half_a_school_year_has_no_days_but_those_told_and_says_so(words: str) -> None:
    read = read_text(f"TRƯỜNG THCS BẾN MẪU\nBÁO CÁO\nKết quả thực hiện dân chủ {words}\n")
    assert read.period is None
    (warning,) = read.warnings
    assert "học k" in warning.lower() and "tự chọn kỳ" in warning


def test_a_year_told_by_its_halves_is_the_year() -> None:
    title = "TRƯỜNG THCS BẾN MẪU\nBÁO CÁO\nTổng kết năm học 2024-2025"
    for told in ("Học kỳ I họp 3 cuộc, học kỳ II họp 4 cuộc.", "Học kỳ I có 3 cuộc họp."):
        read = read_text(f"{title}. {told}")
        assert read.period is not None and not read.warnings
        assert (read.period.start, read.period.end) == (dt.date(2024, 9, 1), dt.date(2025, 5, 31))


def test_the_day_of_a_paper_names_no_period() -> None:
    title = "UBND XÃ BẾN MẪU\nBÁO CÁO\nKết quả thực hiện dân chủ "
    read = read_text(f"{title}năm 2025\n(Lập ngày 12 tháng 01 năm 2026)\n").period
    assert read is not None and (read.kind, read.start.year) == ("year", 2025)
    until = f"{title}năm 2025 (từ ngày 01/7/2025 đến hết ngày 31/12/2025)\n"
    assert read_text(until).event_date is None
