"""The matrix of clauses as a spreadsheet: one sheet for each kind of unit, and what is missing."""

from __future__ import annotations

from danchu.core.calendar.periods import label_vi
from danchu.core.calendar.words import printed
from danchu.core.documents.sheets import Sheet, SheetColumn, render_xlsx
from danchu.core.law.catalog import UnitKind
from danchu.core.law.citing import cited

from .clause_states import STATE_NAMES, clause_number
from .selectors import Matrix, MatrixGroup

_NAMES: dict[UnitKind, str] = {
    "commune": "Xã, phường, đặc khu",
    "agency": "Cơ quan, đơn vị",
    "state_enterprise": "Doanh nghiệp nhà nước",
    "workplace": "Nơi làm việc",
}


def matrix_xlsx(matrix: Matrix, *, demo_mark: str | None = None) -> bytes:
    """What the page shows, in Vietnamese, as one XLSX file; beside it a list of what is owed."""
    name = matrix.unit.name
    title = f"Công khai theo từng khoản: {name[:1].upper()}{name[1:]}, {label_vi(matrix.span)}"
    groups = (*matrix.groups, *((matrix.own,) if matrix.own and not matrix.groups else ()))
    sheets = [_sheet(group, title, matrix) for group in groups]
    sheets.append(_owed(groups, title))
    return render_xlsx(sheets, title=title, demo_mark=demo_mark)


def _sheet(group: MatrixGroup, title: str, matrix: Matrix) -> Sheet:
    return Sheet(
        _NAMES[group.kind],
        (
            SheetColumn("Mã", width=14),
            SheetColumn("Đơn vị", width=34),
            *(
                SheetColumn(f"{clause_number(rule)} {rule.title_vi}", width=14)
                for rule in group.rules
            ),
        ),
        tuple(
            (unit.code, unit.name, *(STATE_NAMES[cell.state].vi for cell in unit.cells))
            for unit in group.units
        ),
        (
            ("Tình trạng ngày", printed(matrix.day)),
            "Không xếp hạng. “Chưa ghi nhận phát sinh”: chưa ghi nội dung nào và kế hoạch không "
            "có; luật không coi là thiếu. “Chưa xác nhận quy tắc”: muộn hoặc thiếu theo quy tắc mà "
            "cán bộ pháp chế chưa đối chiếu văn bản, nên chỉ nhắc.",
        ),
        (title,),
    )


def _owed(groups: tuple[MatrixGroup, ...], title: str) -> Sheet:
    told = ("missing", "late", "short", "unconfirmed")
    return Sheet(
        "Cần xử lý",
        (
            SheetColumn("Mã", width=14),
            SheetColumn("Đơn vị", width=34),
            SheetColumn("Căn cứ", width=26),
            SheetColumn("Nội dung", width=48),
            SheetColumn("Tình trạng", width=22),
        ),
        tuple(
            (unit.code, unit.name, cited(rule).vi, rule.title_vi, STATE_NAMES[cell.state].vi)
            for group in groups
            for unit in group.units
            for rule, cell in zip(group.rules, unit.cells, strict=True)
            if cell.state in told
        ),
        title=(f"Nội dung cần xử lý. {title}",),
    )
