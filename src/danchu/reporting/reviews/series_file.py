"""A series as a spreadsheet: one sheet for each reading, every point with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from danchu.core.documents.sheets import Sheet, SheetColumn, SheetValue, render_xlsx
from danchu.reporting.figures.restating import Standing

from .series import Series
from .series_points import Reading, SeriesPoint
from .series_told import CHOSEN

_NAMES = {
    Reading.PUBLISHED: "Như đã công bố",
    Reading.TODAY: "Theo địa giới hiện hành",
    Reading.SAME: "Cùng địa giới",
}
_STANDINGS = {
    Standing.EXACT: "đúng",
    Standing.ESTIMATED: "ước tính",
    Standing.RANGE: "khoảng",
    Standing.NOT_COMPARABLE: "không so sánh được",
    Standing.NOT_APPLICABLE: "không áp dụng",
    Standing.MISSING: "chưa báo cáo",
}
_LAYERS = {
    "issued": "báo cáo đã ban hành",
    "recorded": "hồ sơ gốc",
    "reported": "số đã nộp",
    "stated": "báo cáo đã công bố",
}
_COLUMNS = (
    SheetColumn("Kỳ", width=30),
    SheetColumn("Trạng thái", width=20),
    SheetColumn("Giá trị", width=18),
    SheetColumn("Ít nhất", width=16),
    SheetColumn("Nhiều nhất", width=16),
    SheetColumn("Tử số", "integer", 12),
    SheetColumn("Mẫu số", "integer", 12),
    SheetColumn("Đơn vị có số liệu", "integer", 14),
    SheetColumn("Tổng số đơn vị", "integer", 14),
    SheetColumn("Nguồn", width=24),
    SheetColumn("Tính từ", width=60),
    SheetColumn("Lưu ý", width=50),
)


def series_xlsx(readings: Sequence[Series]) -> bytes:
    """The series in each of its readings as one XLSX file.

    The least and the most are exact numbers in the unit of the indicator, a fraction where
    they are not whole ("482/5").
    """
    first = readings[0]
    notes: tuple[str | tuple[str, str], ...] = (
        ("Chỉ tiêu", f"{first.meaning.name_vi} ({first.meaning.unit_vi})"),
        ("Đơn vị", ", ".join(f"{unit.name} ({unit.code})" for unit in first.units)),
        ("Nguồn", _source(first)),
        *(warning.vi for warning in first.remarks),
    )
    sheets = [
        Sheet(
            _NAMES[one.reading],
            _COLUMNS,
            tuple(_row(one, point) for point in one.points),
            notes if one is first else (),
            (
                f"{first.meaning.name_vi} ({first.meaning.unit_vi})",
                f"Chuỗi số liệu qua các kỳ, {_NAMES[one.reading].lower()}: "
                + ", ".join(unit.name for unit in first.units),
            ),
        )
        for one in readings
    ]
    mark = "Dữ liệu minh họa" if first.unit.is_demo else None
    return render_xlsx(sheets, title=first.meaning.name_vi, demo_mark=mark)


def _source(of: Series) -> str:
    if of.layer == CHOSEN:
        return "báo cáo đã ban hành; chưa có thì số đã nộp đang được tính, rồi hồ sơ gốc"
    return f"{_LAYERS[of.layer]}; mọi điểm của chuỗi lấy từ một nguồn"


def _row(of: Series, line: SeriesPoint) -> tuple[SheetValue, ...]:
    point = line.point
    several = point.standing == Standing.NOT_COMPARABLE and point.reason is None
    return (
        line.label,
        "mỗi đơn vị một số" if several else _STANDINGS[point.standing],
        line.text,
        _exact(point.low, of.meaning.scale),
        _exact(point.high, of.meaning.scale),
        point.numerator,
        point.denominator,
        point.n,
        point.of,
        ", ".join(_LAYERS[layer] for layer in line.layers),
        "; ".join(
            f"{source.unit.name} ({source.unit.code})"
            + (f", {source.share_vi}" if source.share_vi else "")
            + (f": {source.text}" if source.text else ": chưa báo cáo")
            for source in line.sources
        ),
        " ".join(warning.vi for warning in line.remarks),
    )


def _exact(value: Fraction | None, scale: int) -> str | None:
    return None if value is None else str(value / scale)
