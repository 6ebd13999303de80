"""The same page as a spreadsheet: the three sides, the units below, what is settled."""

from __future__ import annotations

from dataclasses import replace

from danchu.core.calendar.selectors import period_span
from danchu.core.documents.sheets import Sheet, SheetColumn, SheetValue, render_xlsx
from danchu.reporting.reviews.earlier import period_name

from .citizens import Answer
from .sides import BelowLine, Line, Shown, SideBySide, Stated, Told

_STATES = {
    "reported": "",
    "zero": "0 đã xác nhận",
    "not_applicable": "không áp dụng",
    "missing": "chưa báo cáo",
}
_WHERE = {
    "version": "bản nộp",
    "report": "báo cáo đã ban hành",
    "document": "báo cáo cũ đã rà soát",
    "sum": "cộng từ số đã nộp",
}
_VERDICTS = {
    "agrees": "khớp",
    "early": "chưa đến ngày đối chiếu",
    "later": "khớp đến ngày chốt",
    "": "",
}
_TOLD = {
    "open": "đang trong hạn giải trình",
    "explained": "đã giải trình",
    "outdated": "số liệu đổi sau khi giải trình",
    "unexplained": "quá hạn, chưa giải trình",
    "settled": "không còn chênh lệch",
}
_SETTLED = {
    "amended": "đơn vị sửa số báo cáo",
    "mended": "hồ sơ đã được sửa, bổ sung",
    "withdrawn": "số báo cáo không còn hiệu lực",
}
_OTHERS = (SheetColumn("Hồ sơ của đơn vị khác", width=16),)  # that handed in nothing
_EXPLAINED = (
    SheetColumn("Chênh lệch", width=18),
    SheetColumn("Tình trạng", width=26),
    SheetColumn("Phát hiện ngày", "date", 14),
    SheetColumn("Hạn giải trình", "date", 14),
    SheetColumn("Giải trình", width=48),
    SheetColumn("Ngày giải trình", "date", 14),
)


def side_by_side_xlsx(found: SideBySide) -> bytes:
    """The page as one XLSX file, as this viewer sees it."""
    notes: list[str | tuple[str, str]] = [
        ("Đơn vị", f"{found.unit.name} ({found.unit.code})"),
        ("Kỳ", period_name(period_span(found.period.code), "vi")),
        "Ba nguồn đặt cạnh nhau, không cộng vào nhau. “Chưa hỏi”: chưa có câu hỏi nào cho người "
        "dân về chỉ tiêu này.",
        "Chênh lệch đang trong hạn giải trình chỉ hiện với chính đơn vị.",
    ]
    sheets = [
        Sheet(
            "Đối chiếu",
            (
                SheetColumn("Chỉ tiêu", width=44),
                SheetColumn("Đơn vị tính", width=12),
                SheetColumn("Đơn vị báo cáo", width=16),
                SheetColumn("Nơi báo cáo", width=24),
                SheetColumn("Ngày báo cáo", "date", 14),
                SheetColumn("Đơn vị đã báo cáo", "integer", 12),
                SheetColumn("Hồ sơ ghi nhận", width=16),
                SheetColumn("Số hồ sơ", "integer", 10),
                SheetColumn("Đơn vị có số liệu", "integer", 12),
                SheetColumn("Tổng số đơn vị", "integer", 12),
                *(_OTHERS if found.has_others else ()),
                SheetColumn("Người dân trả lời", width=26),
                SheetColumn("Số người trả lời", "integer", 12),
                SheetColumn("Số người được hỏi", "integer", 12),
                *_EXPLAINED,
            ),
            tuple(_line(line, tells=found.has_others) for line in found.lines),
            tuple(notes),
        )
    ]
    if found.below:
        sheets.append(_below(found.below, found.n_below))
    if found.settled:
        sheets.append(
            Sheet(
                "Đã hết chênh lệch",
                (
                    SheetColumn("Chỉ tiêu", width=44),
                    SheetColumn("Đơn vị báo cáo", width=16),
                    SheetColumn("Hồ sơ ghi nhận", width=16),
                    SheetColumn("Hết chênh lệch ngày", "date", 14),
                    SheetColumn("Vì sao", width=30),
                    *_EXPLAINED,
                ),
                tuple(
                    (
                        meaning.name_vi,
                        _number(told.stated_state, told.stated),
                        _number(told.recorded_state, told.recorded),
                        told.settled_on,
                        _SETTLED[told.settled_how],
                        *_told(told, ""),
                    )
                    for meaning, told in found.settled
                ),
            )
        )
    name, period = found.unit.name, period_name(period_span(found.period.code), "vi")
    of = f"{name[:1].upper()}{name[1:]}, {period}"
    heads = {"Đối chiếu": "Đối chiếu số báo cáo, hồ sơ và người dân trả lời"}
    sheets = [replace(one, title=(heads.get(one.name, one.name), of)) for one in sheets]
    mark = "Dữ liệu minh họa" if found.unit.is_demo else None
    return render_xlsx(sheets, title=f"Đối chiếu: {found.unit.name}", demo_mark=mark)


def _below(lines: tuple[BelowLine, ...], number: int) -> Sheet:
    more = () if number <= len(lines) else (f"Tệp có {len(lines)}/{number} chênh lệch.",)
    return Sheet(
        "Đơn vị trực thuộc",
        (
            SheetColumn("Đơn vị", width=34),
            SheetColumn("Mã", width=12),
            SheetColumn("Chỉ tiêu", width=44),
            SheetColumn("Đơn vị báo cáo", width=16),
            SheetColumn("Hồ sơ ghi nhận", width=16),
            SheetColumn("Người dân trả lời", width=26),
            *_EXPLAINED,
        ),
        tuple(
            (
                line.name,
                line.code,
                line.meaning.name_vi,
                _number(line.difference.stated_state, line.difference.stated),
                _number(line.difference.recorded_state, line.difference.recorded),
                _answer(line.citizens),
                *_told(line.difference, ""),
            )
            for line in lines
        ),
        more,
    )


def _line(line: Line, *, tells: bool) -> tuple[SheetValue, ...]:
    meaning, stated, shown, asked = line.meaning, line.stated, line.shown, line.citizens
    return (
        meaning.name_vi,
        "%" if meaning.is_rate else meaning.unit_vi,
        _side(stated),
        _WHERE[stated.where] if stated else "",
        stated.on if stated else None,
        stated.n if stated else None,
        _side(shown),
        shown.records if shown else None,
        shown.n if shown else None,
        shown.of if shown else None,
        *((_number(line.others.state, line.others.text) if line.others else "",) if tells else ()),
        _answer(asked),
        asked.answered if asked and not asked.few else None,
        asked.asked if asked else None,
        *_told(line.difference, _VERDICTS.get(line.verdict, "")),
    )


def _side(side: Stated | Shown | None) -> str:
    return "chưa có" if side is None else _number(side.state, side.text)


def _number(state: str, text: str) -> str:
    return _STATES[state] or text


def _answer(asked: Answer | None) -> str:
    if asked is None:
        return "chưa hỏi"
    if asked.few:
        return "dưới 5 người trả lời"
    if not asked.share:
        return "chưa có người trả lời"
    return f"{asked.share} {asked.question.agreeing_vi}"


def _told(told: Told | None, verdict: str) -> tuple[SheetValue, ...]:
    if told is None:
        return (verdict, "", None, None, "", None)
    late = " (sau hạn)" if told.late else ""
    return (
        told.gap,
        _TOLD[told.state],
        told.noticed_on,
        told.explain_by,
        f"{told.explanation}{late}",
        told.explained_on,
    )
