"""Lawful disclosures to write down; a test changes what it is about and leaves the rest."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

from PIL import Image

from danchu.civic.disclosure.services import NamedRow, NoticeInput, PostingInput
from tests.making import DAY

NOTICE = NoticeInput(
    rule_key="xa_ck_02",
    title="Dự toán thu, chi ngân sách xã năm 2026",
    decided_on=dt.date(2026, 5, 18),
    document_number="12/QĐ-UBND",
    text="Tổng thu, tổng chi và các khoản chi chính.",
)
HEADQUARTERS = PostingInput(kind="headquarters", place="Trụ sở UBND xã")
HALL = PostingInput(kind="culture_house", place="Nhà văn hóa thôn Mẫu Lai")
NAMED = (
    NamedRow("Đoàn Mẫu Một", "thôn Mẫu Lai", "15/QĐ-UBND", "Hộ nghèo"),
    NamedRow("Đoàn Mẫu Hai", "thôn Mẫu Đình", "15/QĐ-UBND", "Hộ cận nghèo"),
)


def notice_input(*postings: PostingInput, **changes: Any) -> NoticeInput:
    """The commune's budget, decided on 18 May 2026."""
    return replace(NOTICE, postings=postings, **changes)


def named_input(*postings: PostingInput, **changes: Any) -> NoticeInput:
    """A list of people who are helped, under clause 7."""
    values: dict[str, Any] = {
        "rule_key": "xa_ck_07",
        "title": "Kết quả bình xét hộ được hỗ trợ năm 2026",
        "text": "Danh sách kèm theo.",
        "named": NAMED,
        **changes,
    }
    return notice_input(*postings, **values)


def publish(
    actor: Any, unit_id: int, *postings: PostingInput, on: dt.date = DAY, **changes: Any
) -> Any:
    """A notice written down through its service."""
    from danchu.civic.disclosure.services import record_notice

    return record_notice(
        actor=actor,
        unit_id=unit_id,
        occurred_on=on,
        content=notice_input(*postings, **changes),
        alike=True,
    )


def publish_names(
    actor: Any, unit_id: int, *postings: PostingInput, on: dt.date = DAY, **changes: Any
) -> Any:
    """A list with names written down through its service."""
    from danchu.civic.disclosure.services import record_notice

    return record_notice(
        actor=actor,
        unit_id=unit_id,
        occurred_on=on,
        content=named_input(*postings, **changes),
        alike=True,
    )


def publish_register_now(**given: Any) -> Any:
    """A register published through its service, also of a quarter that still runs."""
    from danchu.civic.disclosure.services import publish_register

    return publish_register(early=True, **given)


def photo(*, taken: str = "2026:05:20 07:31:05", south: bool = False) -> bytes:
    """A picture as a phone takes it, with time and place."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    places = exif.get_ifd(0x8825)
    places[1], places[2] = ("S" if south else "N"), (10.0, 45.0, 45.432)
    places[3], places[4] = "E", (106.0, 39.0, 36.612)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 40, 40)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def sheet(*rows: tuple[Any, ...]) -> bytes:
    """A spreadsheet with these rows."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Mẫu")
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(n, column, cell)
    book.close()
    return out.getvalue()


def document(*lines: str) -> bytes:
    """A Word document with these paragraphs, written by somebody with a name."""
    from docx import Document

    out, made = io.BytesIO(), Document()
    made.core_properties.author = "Người soạn Mẫu"
    for line in lines or ("Dự toán thu, chi ngân sách xã.",):
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()
