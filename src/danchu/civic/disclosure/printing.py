"""The register of a quarter as a spreadsheet."""

from __future__ import annotations

from danchu.core.documents.sheets import Sheet, SheetColumn, render_xlsx

from .selectors import Register

_WIDTHS = (6, 48, 26, 44, 28)


def register_xlsx(register: Register, unit_name: str, *, demo_mark: str | None = None) -> bytes:
    """The lines as they are posted, in Vietnamese, as one XLSX file. Names of lists are no part."""
    table = register.as_table()
    title = f"Danh mục nội dung đã công khai {register.quarter.name.vi}"
    sheet = Sheet(
        "Danh mục",
        tuple(
            SheetColumn(name, width=width)
            for name, width in zip(table["header"], _WIDTHS, strict=True)
        ),
        tuple(tuple(row) for row in table["rows"]),
        (
            ("Đơn vị", unit_name),
            ("Căn cứ", "Luật 10/2022/QH15, Điều 13"),
            f"{title}, lập từ nội dung đã ghi.",
        ),
    )
    return render_xlsx([sheet], title=title, demo_mark=demo_mark)
