"""What a report that was taken in is called."""

from __future__ import annotations

import pytest

from danchu.core.errors import BadInput
from danchu.reporting.reading.extraction import read_text
from danchu.reporting.reading.services import DocumentInput, take_in_document
from danchu.reporting.reading.titles import title_of
from tests.cast import Cast
from tests.making import refused

HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ BẾN MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nSố: 12/BC-UBND\nBến Mẫu, ngày 14 tháng 6 năm 2024\n"
)
BODY = "Trong kỳ, xã tổ chức 12 hội nghị, tiếp nhận 50 ý kiến."
PERIOD, UNIT = "6 tháng đầu năm 2024", "xã Bến Mẫu"


def called(text: str, period: str = PERIOD) -> str:
    return title_of(text, read_text(text), period, UNIT)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            HEAD + "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở năm 2024\n" + BODY,
            "BÁO CÁO: Kết quả thực hiện dân chủ ở cơ sở năm 2024",
        ),
        (
            HEAD + "BÁO CÁO\nVề việc thực hiện dân chủ 6 tháng đầu năm 2024\n" + BODY,
            "BÁO CÁO: Về việc thực hiện dân chủ 6 tháng đầu năm 2024",
        ),
        (HEAD + "Kết quả công tác dân vận quý II năm 2024\n" + BODY, None),
        (
            "Cổng thông tin điện tử xã Bến Mẫu\nTrang chủ\nKết quả tiếp công dân năm 2024\n" + BODY,
            "Kết quả tiếp công dân năm 2024",
        ),
    ],
)
def test_its_own_title_line_names_a_report(text: str, title: str | None) -> None:
    assert called(text) == (title or "Kết quả công tác dân vận quý II năm 2024")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + BODY,
        "Cổng thông tin điện tử xã Bến Mẫu\nBáo cáo thực hiện dân chủ: xã có 12 cuộc họp.\n" + BODY,
        "Kết quả thực hiện dân chủ ở cơ sở. Trong kỳ, xã tổ chức 12 hội nghị. " * 3,
        "BÁO CÁO\nKết quả xử lý 2 đơn tố cáo của công dân\n" + BODY,
    ],
)
def test_a_letterhead_a_paragraph_and_a_count_are_no_title(text: str) -> None:
    title = called(text)
    assert title.endswith(f" {PERIOD}, {UNIT}")
    assert called(text, "").endswith(UNIT)
    assert not any(said in title for said in ("ỦY BAN", "Cổng", "12", "tố cáo"))


def test_a_title_that_a_person_gives_states_no_figure_either(cast: Cast) -> None:
    def given(title: str) -> dict[str, object]:
        return {
            "actor": cast.reporter_benmau,
            "unit_id": cast.benmau,
            "content": DocumentInput(name="", text=HEAD + BODY, title=title, period_code="2024H1"),
        }

    refused(BadInput, take_in_document, **given("Đã giải quyết 2 đơn tố cáo"))
    assert take_in_document(**given("")).title.endswith("6 tháng đầu năm 2024, xã Bến Mẫu")
