"""The form of a unit as a spreadsheet to be filled and sent back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from danchu.core.calendar.models import Period
from danchu.core.calendar.periods import label_vi, parse_period
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.documents import DEMONSTRATION_MARK
from danchu.core.documents.form_out import OutCell, OutColumn, OutForm, OutValue, render_form
from danchu.core.errors import BadInput, NotFound
from danchu.core.text import format_date
from danchu.core.units.selectors import UnitOnDay, unit_at_last
from danchu.reporting.figures.models import CellState
from danchu.reporting.figures.selectors import dictionary_number

from ..comments import Comment, by_indicator, comments_to_answer
from ..form import FormLine, FormView, form_for
from ..form_cells import Computed, computed_cells
from ..models import Round
from .layout import (
    CODES,
    COMPUTED,
    DOES_NOT_APPLY,
    FORMAT,
    HEADINGS,
    KEY,
    NOTHING_RECORDED,
    NOUGHT,
    SHEET,
    WIDTHS,
    in_display_units,
)

_GUIDE = (
    ("Cách điền", "Chỉ điền các ô nền vàng: cột “Số nộp” và cột “Lý do”. Các ô khác được khóa."),
    (
        "Ô đã có số",
        "Là số theo hồ sơ hoặc số đã nhập trên danchu. Không sửa thì giữ nguyên như trên hệ thống.",
    ),
    ("Một số", "Gõ số, không gõ chữ kèm theo và không dùng công thức. Ví dụ: 1246."),
    ("0 hoặc KPS", "Không phát sinh: đơn vị xác nhận trong kỳ không có việc này."),
    ("KAD", "Không áp dụng cho đơn vị; ghi lý do ở cột bên phải."),
    (
        "Để trống",
        "Lấy số theo hồ sơ nếu có; nếu không có thì là chưa báo cáo. Có thể ghi lý do chưa có số.",
    ),
    ("Khác số theo hồ sơ", "Phải ghi lý do ở cột bên phải."),
    (
        "Biểu năm",
        "Ô có số của hai kỳ 6 tháng đã tiếp nhận thì giữ số ấy; ghi số khác phải có lý do.",
    ),
    (
        "Gửi lại",
        "Lưu dạng .xlsx rồi đưa lên đúng trang biểu của đơn vị. Hệ thống cho xem trước mọi thay "
        "đổi, chỉ ghi khi người lập biểu xác nhận.",
    ),
    (
        "Không làm",
        "Không thêm, xóa dòng hoặc cột, không gộp ô, không chép biểu sang tệp khác: mã của từng "
        "dòng nằm trong tệp này.",
    ),
    (
        "In English",
        "Fill only the yellow cells. A number; 0 or KPS: it did not occur; KAD: does not apply, "
        "with the reason; blank: the figure of the records, or not reported. A figure that "
        "differs from the records needs its reason.",
    ),
)


def form_sheet(
    viewer: Actor, unit_id: int, period: Period, section_names: Mapping[str, str]
) -> bytes:
    """The unit's form of the round that asks for the period, as XLSX, for who fills it or hands
    it in.

    Each line carries its indicator's key; a sheet that no program shows carries the codes of
    unit, period, round and dictionary and what every cell held, so that what was typed
    elsewhere meanwhile is noticed. ``section_names``: section -> heading. Raises ``NotFound``
    where the viewer has no such form, ``BadInput`` for a round that takes no values.
    """
    form = form_for(viewer, unit_id, period)
    if form is None:
        raise NotFound(
            "Kỳ này chưa có đợt báo cáo hỏi đơn vị.", "No round asks the unit for this period."
        )
    if not form.takes_values:
        raise BadInput(
            "Biểu không nhận thêm số liệu, nên không tải để điền.",
            "The form takes no more values; there is nothing to fill.",
        )
    unit = unit_at_last(unit_id, period.end)
    round_id = Round.objects.values_list("public_id", flat=True).get(pk=form.round_id)
    cells = computed_cells(unit_id, period.pk)
    return render_form(
        OutForm(
            name=SHEET,
            title=f"Biểu số liệu: {form.title}",
            lines=(
                f"Đơn vị: {_unit_name(unit)} (mã {unit.code})",
                f"Kỳ: {_period_name(period.code)} (mã {period.code}). "
                f"Chốt số liệu {format_date(form.cut_off)}, hạn nộp {format_date(form.due_on)}.",
                f"Chỉ điền ô nền vàng. Số: gõ số. Không phát sinh: 0 hoặc {NOUGHT}. "
                f"Không áp dụng: {DOES_NOT_APPLY} và lý do. Chưa có số: để trống.",
            ),
            columns=tuple(
                OutColumn(title, width, hidden=place == KEY)
                for place, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1)
            ),
            rows=_rows(
                form,
                cells,
                section_names,
                by_indicator(comments_to_answer(viewer, form.round_id, unit_id)),
            ),
            codes_name=CODES,
            codes=(
                ("danchu", FORMAT),
                ("unit", unit.code),
                ("period", period.code),
                ("round", str(round_id)),
                ("dictionary", dictionary_number()),
                *(_held(line, cells.get(line.key)) for line in form.lines),
            ),
            words=(NOUGHT, DOES_NOT_APPLY),
            ask=(
                "Số nộp",
                f"Gõ số. Không phát sinh: 0 hoặc {NOUGHT}. Không áp dụng: {DOES_NOT_APPLY}, ghi "
                "lý do bên phải. Để trống: lấy số theo hồ sơ, hoặc chưa báo cáo.",
            ),
            refuse=(
                "Chưa đúng",
                f"Ô này chỉ nhận số từ 0 trở lên, {NOUGHT} (không phát sinh) hoặc "
                f"{DOES_NOT_APPLY} (không áp dụng).",
            ),
            guide=_GUIDE,
            marks=(DEMONSTRATION_MARK,) if unit.is_demo else (),
        ),
        created=today(),
    )


def _unit_name(unit: UnitOnDay) -> str:
    return f"{unit.name}, {unit.parent_name}" if unit.parent_name else unit.name


def _period_name(code: str) -> str:
    try:
        return label_vi(parse_period(code))
    except BadInput:  # a committee's own
        return code


def _rows(
    form: FormView,
    cells: Mapping[str, Computed],
    names: Mapping[str, str],
    comments: Mapping[str, Sequence[Comment]],
) -> tuple[tuple[OutCell, ...] | str, ...]:
    rows: list[tuple[OutCell, ...] | str] = []
    number = 0
    for section, lines in form.sections:
        rows.append(names.get(section, section))
        for line in lines:
            number += 1
            rows.append(_row(number, line, cells.get(line.key), comments.get(line.key, ())))
    return tuple(rows)


def _row(
    number: int, line: FormLine, cell: Computed | None, comments: Sequence[Comment]
) -> tuple[OutCell, ...]:
    meaning, whole = line.meaning, line.meaning.scale == 1
    notes = [f"{line.halves.reason}."] if line.halves and line.taken_over and line.text else []
    notes += [f"Nhận xét bản {said.number}: {said.text}" for said in comments]
    note = "\n".join(notes)
    about = (
        OutCell(number, "place"),
        OutCell(meaning.name_vi),
        OutCell(meaning.unit_vi),
        OutCell(_recorded(line, cell), "number", whole),
    )
    if line.entered:
        value = OutCell(held_value(line), "open_number", whole, note)
        mine = (value, OutCell(line.reason, "open_text"))
    else:
        mine = (OutCell(COMPUTED, "shut"), OutCell(""))
    return (*about, *mine, OutCell(line.key, "code"))


def _recorded(line: FormLine, cell: Computed | None) -> OutValue:
    if cell is None or line.meaning.is_rate:
        return line.recorded
    if cell.state == CellState.NOT_APPLICABLE:
        return DOES_NOT_APPLY
    return None if cell.amount is None else in_display_units(line.meaning, cell.amount)


def held_value(line: FormLine) -> OutValue:
    """What the cell of the submitted value holds: a number, the word for "does not apply", or
    nothing."""
    if line.state == CellState.NOT_APPLICABLE:
        return DOES_NOT_APPLY
    return None if line.amount is None else in_display_units(line.meaning, line.amount)


def _held(line: FormLine, cell: Computed | None) -> tuple[str | int | Decimal, ...]:
    """What the cells of the line hold as the file is made, so that a change is noticed."""
    value = held_value(line)
    recorded = _recorded(line, cell)
    told = NOTHING_RECORDED if recorded is None or recorded == "" else recorded
    return line.key, line.row_version, "" if value is None else value, line.reason, told
