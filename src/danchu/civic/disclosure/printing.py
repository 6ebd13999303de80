"""The register of a quarter as a paper and as a spreadsheet, in Vietnamese, as it is posted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from danchu.core.documents import Annex, Column, OfficialDocument, Paragraph, Run, Table
from danchu.core.documents.sheets import Sheet, SheetColumn, render_xlsx

from .paper_head import numbered
from .quarters import Quarter

_WIDTHS = (6, 44, 24, 40, 26, 40)
_WEIGHTS = (0.45, 3.0, 1.5, 2.4, 1.7, 2.6)


def register_document(
    paper: OfficialDocument, quarter: Quarter, table: dict[str, Any], *, number: str = ""
) -> OfficialDocument:
    """The register as an annex to its notice (Law 10/2022 article 13.2).

    ``paper``: head and foot, kind and symbol; ``table``: the lines, as published or as they are.
    """
    title = f"Danh mục nội dung đã công khai {quarter.name.vi}"
    rows = table["rows"]
    text = (
        f"Thực hiện khoản 2 Điều 13 Luật Thực hiện dân chủ ở cơ sở, {paper.issuer_name} thông báo "
        f"danh mục {len(rows)} nội dung đã công khai {quarter.name.vi}, kèm hình thức và thời gian "
        "công khai của từng nội dung."
    )
    return numbered(
        replace(
            paper,
            title=title,
            blocks=(
                Paragraph((Run(text),)),
                Paragraph(
                    (
                        Run(
                            "Công dân xem nội dung tại nơi niêm yết, trên trang công khai, hoặc đề "
                            "nghị cung cấp thông tin khi đã hết thời gian công khai."
                        ),
                    )
                ),
            ),
            annexes=(
                Annex(
                    title,
                    (
                        Table(
                            columns=tuple(
                                Column("center" if n == 0 else "left", weight)
                                for n, weight in enumerate(_weights(table))
                            ),
                            header=(tuple(table["header"]),),
                            rows=tuple(tuple(str(cell) for cell in row) for row in rows),
                        ),
                    ),
                    landscape=True,
                ),
            ),
            metadata_title=title,
        ),
        number,
    )


def register_xlsx(
    quarter: Quarter, table: dict[str, Any], unit_name: str, *, demo_mark: str | None = None
) -> bytes:
    """The lines as they are posted, as one XLSX file. Names of lists are no part."""
    title = f"Danh mục nội dung đã công khai {quarter.name.vi}"
    sheet = Sheet(
        "Danh mục",
        tuple(
            SheetColumn(name, width=width)
            for name, width in zip(table["header"], _WIDTHS, strict=False)
        ),
        tuple(tuple(str(cell) for cell in row) for row in table["rows"]),
        (
            ("Đơn vị", unit_name),
            ("Căn cứ", "Luật 10/2022/QH15, Điều 13"),
            f"{title}, lập từ nội dung đã ghi.",
        ),
    )
    return render_xlsx([sheet], title=title, demo_mark=demo_mark)


def _weights(table: dict[str, Any]) -> tuple[float, ...]:
    return _WEIGHTS[: len(table["header"])]
