"""Papers of invented units, for the tests of documents."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from danchu.core.documents import (
    DEMONSTRATION_MARK,
    Annex,
    BulletList,
    Column,
    HeaderCell,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Run,
    Signatory,
    Table,
)

LONG = (
    "Ủy ban nhân dân xã chỉ đạo các thôn niêm yết công khai tại trụ sở, nhà văn hóa và trên hệ "
    "thống truyền thanh; đôn đốc tiếp thu, giải trình ý kiến của Nhân dân theo đúng thời hạn; phối "
    "hợp với Ủy ban Mặt trận Tổ quốc Việt Nam xã giám sát kết quả thực hiện. "
)


def paragraph(*parts: str | Run) -> Paragraph:
    return Paragraph(tuple(part if isinstance(part, Run) else Run(part) for part in parts))


TABLE = Table(
    caption="Bảng 1. Ý kiến theo lĩnh vực",
    columns=(Column("center", 0.6), Column("left", 3), Column("right"), Column("right")),
    header=(
        (
            HeaderCell("TT", rowspan=2),
            HeaderCell("Lĩnh vực", rowspan=2),
            HeaderCell("Ý kiến", colspan=2),
        ),
        ("Ghi nhận", "Đã trả lời"),
    ),
    rows=(("1", "Đất đai", "21", Run("20", figure_ref="9")), ("2", "Môi trường", "15", "15")),
    total=("", "Tổng cộng", "36", "35"),
)

BLOCKS = (
    paragraph("Thực hiện Luật Thực hiện dân chủ ở cơ sở, kết quả như sau:"),
    Heading(1, "I", "Công tác chỉ đạo"),
    paragraph("Đã ban hành ", Run("03", figure_ref="1"), " kế hoạch. " + LONG),
    Heading(1, "II", "Kết quả thực hiện"),
    Heading(2, "1", "Công khai"),
    Heading(3, "a", "Hình thức"),
    BulletList(((Run("Niêm yết: 38 nội dung;"),), (Run("Loa: "), Run("31", italic=True)))),
    TABLE,
    Note("Nguồn: biên bản hội nghị."),
    paragraph("Trên đây là báo cáo của Ủy ban nhân dân xã Bến Mẫu."),
)


def villages(count: int) -> Annex:
    """An annex of so many rows."""
    rows = tuple(
        (str(i), f"Thôn Mẫu {i}", str(100 + i), f"{i % 97},{i % 10}%", f"minhhoa.vn/s/{i:04d}")
        for i in range(1, count + 1)
    )
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 3),
            Column("right"),
            Column("right"),
            Column("left", 2),
        ),
        header=(("TT", "Thôn", "Số hộ", "Tỷ lệ", "Địa chỉ"),),
        rows=rows,
        total=("", "Tổng cộng", "0", "", ""),
    )
    return Annex("Kết quả theo thôn", (table,))


STATE = OfficialDocument(
    layout="state",
    issuing_body="Ủy ban nhân dân\nxã Bến Mẫu",
    number="5",
    symbol="BC-UBND",
    place="Bến Mẫu",
    date=dt.date(2026, 7, 5),
    title="Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026",
    addressee=("Ủy ban nhân dân tỉnh Minh Họa",),
    blocks=BLOCKS,
    signatory=Signatory("TM. Ủy ban nhân dân", "Chủ tịch", "Nguyễn Văn Mẫu"),
    recipients=("Như trên", "Đảng ủy xã;", "Lưu: VT, VHXH"),
    annexes=(
        villages(3),
        Annex("Tổng hợp", (dataclasses.replace(TABLE, caption=""),), landscape=True),
    ),
    demo_mark=DEMONSTRATION_MARK,
)

PARTY = dataclasses.replace(
    STATE,
    layout="party_2026",
    parent_body="Tỉnh ủy Minh Họa",
    issuing_body="Ban Chỉ đạo thực hiện\ndân chủ ở cơ sở",
    symbol="BC/BCĐ",
    number="45",
    place="Minh Họa",
    date=dt.date(2026, 6, 17),
    addressee=(),
    signatory=Signatory("T/M Ban Chỉ đạo", "Trưởng ban", "Trần Thị Minh Họa"),
    recipients=("Ban Thường vụ Tỉnh ủy", "Lưu Ban Chỉ đạo"),
)


def state(**changes: Any) -> OfficialDocument:
    return dataclasses.replace(STATE, **changes)


def party(**changes: Any) -> OfficialDocument:
    return dataclasses.replace(PARTY, **changes)


def big(quarters: int = 4, **other: Any) -> OfficialDocument:
    """Some ten pages: a long text and an annex of 200 rows; or some quarters of that."""
    text: list[Any] = []
    for number in range(1, 3 * quarters + 1):
        text.append(Heading(2, str(number), f"Nội dung {number}"))
        text.extend(paragraph(LONG * 2) for _ in range(2))
    return state(blocks=tuple(text), annexes=(villages(50 * quarters),), **other)
