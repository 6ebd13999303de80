"""An overview as a spreadsheet: every table of the page, with what each number stands on."""

from __future__ import annotations

from dataclasses import replace

from danchu.core.documents.sheets import Sheet, SheetColumn, SheetValue, render_xlsx
from danchu.reporting.reviews.earlier import period_name

from .needs import Needs
from .selectors import FigureLine, Overview, Tile
from .trends import TrendPoint

_STATES = {
    "reported": "đã báo cáo",
    "zero": "0 đã xác nhận",
    "not_applicable": "không áp dụng",
    "missing": "chưa báo cáo",
}
_LAYERS = {
    "recorded": "hồ sơ gốc",
    "reported": "số đã nộp",
    "stated": "báo cáo đã công bố",
}
_WAITS = {
    "missing": "chưa nộp",
    "submitted": "chờ xem xét",
    "accepted": "đã nhận",
    "late": "quá hạn",
    "returned": "trả lại để chỉnh sửa",
    "excused": "không thuộc diện báo cáo",
}


def overview_xlsx(found: Overview, needs: Needs | None) -> bytes:
    """The figures, the units below, what is open and the trend as one XLSX file."""
    name = found.unit.name
    sheets = [
        Sheet(
            "Số liệu",
            (
                SheetColumn("Chỉ tiêu", width=48),
                SheetColumn("Đơn vị tính", width=14),
                SheetColumn("Trạng thái", width=18),
                SheetColumn("Giá trị", width=14),
                SheetColumn("Tử số", "integer", 12),
                SheetColumn("Mẫu số", "integer", 12),
                SheetColumn("Đơn vị có số liệu", "integer", 14),
                SheetColumn("Tổng số đơn vị", "integer", 14),
                SheetColumn("Căn cứ", width=22),
            ),
            tuple(_figure(line) for line in found.figures),
            (
                ("Đơn vị", f"{name} ({found.unit.code})"),
                ("Kỳ", period_name(found.span, "vi")),
                ("Chỉ tiêu từng đơn vị", found.chosen.name_vi),
                ("Nguồn", _LAYERS[found.layer]),
                "Các đơn vị xếp theo tên. Không xếp hạng.",
            ),
        ),
        Sheet(
            "Đơn vị trực thuộc",
            (
                SheetColumn("Đơn vị", width=34),
                SheetColumn("Mã", width=12),
                SheetColumn("Trạng thái", width=20),
                SheetColumn("Giá trị", width=14),
                SheetColumn("Tử số", "integer", 12),
                SheetColumn("Mẫu số", "integer", 12),
                SheetColumn("Đơn vị có số liệu", "integer", 14),
                SheetColumn("Tổng số đơn vị", "integer", 14),
            ),
            tuple(_tile(tile) for tile in found.tiles),
        ),
    ]
    if needs is not None:
        sheets.append(_needs(needs))
    sheets.append(_trend(found))
    of = f"{name[:1].upper()}{name[1:]}, {period_name(found.span, 'vi')}"
    sheets = [replace(sheet, title=(f"Toàn cảnh: {sheet.name}", of)) for sheet in sheets]
    mark = "Dữ liệu minh họa" if found.unit.is_demo else None
    return render_xlsx(sheets, title=f"Toàn cảnh: {name}", demo_mark=mark)


def _figure(line: FigureLine) -> tuple[SheetValue, ...]:
    figure, meaning = line.figure, line.meaning
    head = (meaning.name_vi, "%" if meaning.is_rate else meaning.unit_vi)
    if figure is None:
        return (*head, _STATES["missing"], "", None, None, None, None, "")
    return (
        *head,
        _STATES[figure.state],
        figure.text,
        figure.numerator if meaning.is_rate else None,
        figure.denominator if meaning.is_rate else None,
        figure.n_reported,
        figure.n_expected,
        _LAYERS[figure.layer],
    )


def _tile(tile: Tile) -> tuple[SheetValue, ...]:
    state = _WAITS.get(tile.waits, "") if tile.state == "missing" else ""
    return (
        tile.unit.name,
        tile.unit.code,
        state or _STATES[tile.state],
        tile.text,
        tile.numerator,
        tile.denominator,
        tile.n or None,
        tile.of or None,
    )


def _needs(needs: Needs) -> Sheet:
    return Sheet(
        "Đơn vị cần hỗ trợ",
        (
            SheetColumn("Đơn vị", width=34),
            SheetColumn("Mã", width=12),
            SheetColumn("Ý kiến chưa trả lời", "integer", 14),
            SheetColumn("Trong đó quá hạn", "integer", 14),
            SheetColumn("Chờ lâu nhất (ngày)", "integer", 14),
            SheetColumn("Báo cáo kỳ này", width=24),
            SheetColumn("Quá hạn nộp (ngày)", "integer", 14),
        ),
        tuple(
            (
                need.unit.name,
                need.unit.code,
                need.waiting,
                need.late,
                need.days if need.waiting else None,
                _WAITS.get(need.report, ""),
                need.days_late or None,
            )
            for need in needs.lines
        ),
        (("Tính đến", f"{needs.on:%d/%m/%Y}"),),
    )


def _trend(found: Overview) -> Sheet:
    columns = [SheetColumn("Kỳ", width=40)]
    for meaning in found.trend.meanings:
        columns.append(SheetColumn(meaning.name_vi, width=20))
    columns += [
        SheetColumn("Tỷ lệ", width=12),
        SheetColumn("Đơn vị có số liệu", "integer", 14),
        SheetColumn("Tổng số đơn vị", "integer", 14),
        SheetColumn("Địa giới thay đổi", width=24),
    ]
    rows = tuple(_point(point) for point in found.trend.points)
    return Sheet("Qua các kỳ", tuple(columns), rows)


def _point(point: TrendPoint) -> tuple[SheetValue, ...]:
    given = [number for number in point.numbers if number is not None]
    return (
        period_name(point.span, "vi"),
        *(number.text if number else _STATES["missing"] for number in point.numbers),
        point.share,
        min((number.n for number in given), default=None),
        max((number.of for number in given), default=None),
        ", ".join(f"{day:%d/%m/%Y}" for day in point.changed_on),
    )
