"""A whole report: unit, days, persons, law, tables, findings, and spans that fit the text."""

from __future__ import annotations

import ast
import datetime as dt
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import danchu.reporting.reading.extraction as extraction
from danchu.reporting.reading.extraction import Reading, read_text
from danchu.reporting.reading.extraction.lexicon import RULES, UNITS
from danchu.reporting.reading.extraction.lexicon.relations import (
    CHANGE_OF,
    IDENTITIES,
    SHARE_OF,
    WHOLE_OF,
)
from danchu.reporting.reading.extraction.matching import plain

REPORT = """UBND XÃ BẾN MẪU                         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/BC-UBND                          Bến Mẫu, ngày 18 tháng 6 năm 2026

BÁO CÁO
Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026

Thực hiện Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, Nghị định số 59/2023/NĐ-CP và Chỉ thị số 30-CT/TW.

I. KẾT QUẢ
1. Đối thoại: Chủ tịch UBND xã Nguyễn Mẫu An chủ trì 02 hội nghị đối thoại với nhân dân; ghi nhận 47 ý kiến, đã giải quyết 45 ý kiến, đạt 95,7%.
2. Tiếp công dân: tiếp 60 lượt công dân (cùng kỳ 75 lượt, giảm 20%).
3. Hồ sơ thủ tục hành chính:
STT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Trễ hạn
1 | Hộ tịch | 120 | 118 | không có
2 | Đất đai | 80 | 60 | 3
 | Tổng cộng | 200 | 178 | 3

II. HẠN CHẾ
- Việc niêm yết ở một số thôn chưa kịp thời.
- Chất lượng hội nghị ở thôn còn hình thức.

III. NHIỆM VỤ 6 THÁNG CUỐI NĂM
1. Tổ chức 04 hội nghị đối thoại với nhân dân.
2. Tăng cường công khai tài chính ở các thôn.

Nơi nhận:                               CHỦ TỊCH
- Như trên;
- Lưu: VT.                              Nguyễn Mẫu An
"""


@pytest.fixture(scope="module")
def report() -> Reading:
    return read_text(REPORT, "bao-cao.txt")


def test_the_head_of_a_report_tells_unit_period_and_day(report: Reading) -> None:
    assert report.doc_kind == "report"
    assert (report.unit.name, report.unit.level) == ("UBND xã Bến Mẫu", "commune")
    assert report.unit.code is None, "an invented unit has no official code"
    assert report.period is not None
    assert report.period.as_json() == {
        "kind": "half_year",
        "start": "2026-01-01",
        "end": "2026-06-30",
    }
    assert report.event_date == dt.date(2026, 6, 18)


def test_a_unit_known_by_one_name_only_gets_its_code_of_that_day() -> None:
    read = read_text("Huyện Đầm Hà sơ kết thực hiện quy chế dân chủ 6 tháng đầu năm 2019.")
    assert (read.unit.name, read.unit.level, read.unit.code) == ("huyện Đầm Hà", "district", "200")
    later = read_text("Huyện Đầm Hà sơ kết thực hiện dân chủ 6 tháng đầu năm 2026.")
    assert later.unit.code is None, "districts ended on 1 July 2025"
    many = read_text("UBND huyện Châu Thành sơ kết quy chế dân chủ 6 tháng đầu năm 2019.")
    assert many.unit.code is None, "ten districts were called so"


def test_persons_have_an_office_and_a_part(report: Reading) -> None:
    (chair,) = report.persons
    assert (chair.name, chair.title, chair.role) == ("Nguyễn Mẫu An", "Chủ tịch UBND xã", "chair")
    citizen = read_text("Bà Lê Thị Mẫu (66 tuổi) cho biết gia đình chờ đã lâu.")
    assert citizen.persons == (), "a citizen without an office is not read"


def test_law_is_read_with_its_full_symbol(report: Reading) -> None:
    assert [ref.canonical for ref in report.legal_refs] == [
        "10/2022/QH15",
        "59/2023/NĐ-CP",
        "30-CT/TW",
    ]
    short = read_text("Năm 2022, thực hiện Pháp lệnh số 34, Nghị định 04 và Nghị định số 145.")
    assert [ref.canonical for ref in short.legal_refs] == [
        "34/2007/PL-UBTVQH11",
        "04/2015/NĐ-CP",
        "145/2020/NĐ-CP",
    ]
    none = read_text("Nhân dân bàn và quyết định 5 nội dung; quyết định 3 việc.")
    assert none.legal_refs == ()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Ngày 02/7/2017, sơ kết năm 2017 theo Luật Tố cáo.", "03/2011/QH13"),
        ("Ngày 02/7/2019, sơ kết năm 2019 theo Luật Tố cáo.", "25/2018/QH14"),
        ("Ngày 02/7/2024, họp về Luật Tổ chức chính quyền địa phương.", "77/2015/QH13"),
        ("Ngày 02/7/2026, họp về Luật Tổ chức chính quyền địa phương.", "72/2025/QH15"),
    ],
)
def test_a_law_cited_by_name_is_the_one_of_the_day(text: str, symbol: str) -> None:
    assert [ref.canonical for ref in read_text(text).legal_refs] == [symbol]


def test_a_table_gives_a_figure_for_each_cell_and_its_row_as_scope(report: Reading) -> None:
    cells = {(i.key, i.scope): i.value for i in report.indicators if i.key.startswith("dossiers")}
    assert cells == {
        ("dossiers_received", "Hộ tịch"): 120,
        ("dossiers_resolved", "Hộ tịch"): 118,
        ("dossiers_overdue", "Hộ tịch"): 0,
        ("dossiers_received", "Đất đai"): 80,
        ("dossiers_resolved", "Đất đai"): 60,
        ("dossiers_overdue", "Đất đai"): 3,
        ("dossiers_received", None): 200,
        ("dossiers_resolved", None): 178,
        ("dossiers_overdue", None): 3,
    }
    parts = [i for i in report.indicators if i.scope == "Hộ tịch" and i.value]
    assert all(part.part_of == part.key for part in parts)


def test_a_form_with_a_row_for_each_indicator_is_read_with_last_periods_figure() -> None:
    text = (
        "Biểu tổng hợp thực hiện dân chủ ở cơ sở\n"
        "TT | Nội dung | ĐVT | Kỳ trước | Kỳ này\n"
        "1 | Số cuộc đối thoại với nhân dân | cuộc | 3 | 5\n"
        "2 | Số lượt công dân được tiếp | lượt | 40 | 52\n"
        "3 | Nhân dân đóng góp | triệu đồng | 120 | 150,5\n"
    )
    read = {i.key: (i.value, i.previous) for i in read_text(text).indicators}
    assert read == {
        "dialogues_held": (5, 3),
        "citizens_received": (52, 40),
        "contributions_vnd": (150_500_000, 120_000_000),
    }


def test_what_stands_under_tasks_is_no_result_but_a_task(report: Reading) -> None:
    assert [i.value for i in report.indicators if i.key == "dialogues_held"] == [2]
    assert [f.surface for f in report.findings.tasks] == [
        "Tổ chức 04 hội nghị đối thoại với nhân dân",
        "Tăng cường công khai tài chính ở các thôn",
    ]
    assert [f.surface for f in report.findings.limitations] == [
        "Việc niêm yết ở một số thôn chưa kịp thời",
        "Chất lượng hội nghị ở thôn còn hình thức",
    ]


def test_findings_of_a_news_item_are_told_by_their_cue_phrases() -> None:
    text = (
        "Xã Bến Mẫu sơ kết dân chủ ở cơ sở\n\n"
        "Công tác tiếp dân được duy trì nền nếp; việc công khai có nhiều chuyển biến tích cực.\n"
        "Bên cạnh những kết quả đạt được, vẫn còn hạn chế như: một số thôn chưa niêm yết kịp thời; "
        "cán bộ thôn còn thiếu kinh nghiệm hòa giải.\n"
        "Đồng chí đề nghị: các thôn tiếp tục đổi mới cách họp dân; Mặt trận tăng cường giám sát.\n"
    )
    findings = read_text(text).findings
    assert [f.surface for f in findings.achievements] == [
        "Công tác tiếp dân được duy trì nền nếp",
        "việc công khai có nhiều chuyển biến tích cực",
    ]
    assert [f.surface for f in findings.limitations] == [
        "một số thôn chưa niêm yết kịp thời",
        "cán bộ thôn còn thiếu kinh nghiệm hòa giải",
    ]
    assert [f.surface for f in findings.tasks] == [
        "các thôn tiếp tục đổi mới cách họp dân",
        "Mặt trận tăng cường giám sát",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Hội nghị sơ kết quy chế dân chủ 6 tháng đầu năm 2019\nSáng 11/6, huyện họp.",
            "conference_review",
        ),
        ("Đoàn kiểm tra làm việc với xã Bến Mẫu\nĐoàn kiểm tra đã làm việc với xã.", "inspection"),
        ("Chủ tịch xã đối thoại với nhân dân thôn Đoài\nNgười dân nêu ý kiến.", "dialogue"),
        ("BÁO CÁO\nTình hình thực hiện dân chủ quý II/2026", "report"),
        ("Bộ lấy ý kiến dự thảo Thông tư về dân chủ ở cơ sở\nDự thảo nêu rõ.", "other"),
    ],
)
def test_the_kind_of_document_is_told_from_its_head(text: str, kind: str) -> None:
    assert read_text(text).doc_kind == kind


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Báo cáo 6 tháng đầu năm 2019 về dân chủ ở cơ sở", "2019-01-01", "2019-06-30"),
        ("Báo cáo 9 tháng năm 2021 về dân chủ ở cơ sở", "2021-01-01", "2021-09-30"),
        ("Biểu tổng hợp quý IV/2025 về dân chủ ở cơ sở", "2025-10-01", "2025-12-31"),
        ("Báo cáo kết quả năm 2018 về dân chủ ở cơ sở", "2018-01-01", "2018-12-31"),
        ("Báo cáo (số liệu từ 15/12/2025 đến 14/6/2026)", "2025-12-15", "2026-06-14"),
        (
            "Sơ kết 6 tháng đầu năm 2022, nhiệm vụ 6 tháng cuối năm 2022",
            "2022-01-01",
            "2022-06-30",
        ),
    ],
)
def test_the_period_is_read_in_the_ways_reports_name_it(text: str, start: str, end: str) -> None:
    period = read_text(text).period
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


def _spans(read: Reading) -> list[tuple[str, int, int]]:
    findings = read.findings
    return [
        *((i.surface, i.char_start, i.char_end) for i in read.indicators),
        *((r.surface, r.char_start, r.char_end) for r in read.legal_refs),
        *(
            (f.surface, f.char_start, f.char_end)
            for group in (findings.achievements, findings.limitations, findings.tasks)
            for f in group
        ),
    ]


def test_every_surface_is_exactly_its_slice_of_the_text(report: Reading) -> None:
    spans = _spans(report)
    assert len(spans) > 15
    assert all(REPORT[start:end] == surface for surface, start, end in spans)


def test_decomposed_unicode_is_composed_with_a_warning_and_read_alike() -> None:
    read = read_text(unicodedata.normalize("NFD", REPORT))
    assert len(read.warnings) == 1
    assert [i.as_json() for i in read.indicators] == [
        i.as_json() for i in read_text(REPORT).indicators
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *REPORT.split(),
                "\n",
                ";",
                "%",
                "12/10",
                "1.234,5",
                "tỷ đồng",
                "(",
                ")",
                "İ",
                "|",
                "…",
            ]
        ),
        max_size=60,
    ).map(" ".join)
)
def test_any_jumble_of_words_is_read_without_failing_and_with_fitting_spans(text: str) -> None:
    read = read_text(text)
    composed = unicodedata.normalize("NFC", text)
    assert all(composed[start:end] == surface for surface, start, end in _spans(read))
    assert extraction.check_reading(read) is not None


@pytest.mark.parametrize("text", ["", "\n\n", "12", "|||\n|||", ";;;;", "không có"])
def test_texts_with_nothing_in_them_give_an_empty_reading(text: str) -> None:
    read = read_text(text)
    assert read.indicators == ()
    assert read.as_json()["findings"] == {"achievements": [], "limitations": [], "tasks": []}


def test_the_form_to_match_against_keeps_every_place() -> None:
    text = "Uỷ ban – “Hoà”\u00a0TỈ LỆ İ quỳ qui định"
    assert len(plain(text)) == len(text)
    assert plain(text).startswith('ủy ban - "hòa" tỷ lệ')
    assert plain("quỳ quý quyển") == "quỳ quý quyển"


def test_json_has_exactly_the_fields_of_the_interface(report: Reading) -> None:
    document = report.as_json()
    assert list(document) == [
        "file",
        "doc_kind",
        "unit",
        "period",
        "event_date",
        "persons",
        "legal_refs",
        "indicators",
        "findings",
        "inconsistencies",
        "warnings",
    ]
    assert list(document["indicators"][0]) == [
        "key",
        "value",
        "unit",
        "surface",
        "char_start",
        "char_end",
        "approx",
        "denominator",
        "part_of",
        "scope",
        "period",
        "previous",
        "confidence",
        "rule",
    ]
    assert document["indicators"][3]["value"] == 95.7


def test_a_figure_names_the_rule_that_took_it(report: Reading) -> None:
    named = {rule.name for rule in RULES}
    assert len(named) == len(RULES)
    given = {figure.key: figure.rule for figure in report.indicators}
    assert given["opinions_received"] in named
    assert given["opinions_received"].startswith("opinions_received.")
    assert given["opinions_resolved_pct"] in named | {"share"}
    assert given["dossiers_received"] == "table"
    assert "" not in given.values()


def test_the_data_of_the_lexicon_fits_together() -> None:
    keys = {rule.key for rule in RULES} | set(CHANGE_OF.values()) | set(SHARE_OF.values())
    assert keys == set(UNITS)
    named = {*WHOLE_OF, *SHARE_OF, *CHANGE_OF, *(part for _, parts in IDENTITIES for part in parts)}
    named |= {key for wholes in WHOLE_OF.values() for key in wholes}
    assert named <= set(UNITS)
    followed = {key for rule in RULES for key in rule.follows}
    assert followed <= set(UNITS)


def test_reading_loads_without_django() -> None:
    code = (
        "import sys, danchu.reporting.reading.extraction as e; e.read_text('Tiếp 5 lượt công dân.'); "
        "sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    folder = Path(extraction.__file__).parent
    for source in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            module = getattr(node, "module", "") or ""
            assert not module.startswith("django"), source
