"""The table of a notice on its page: how it is printed, drawn, told in a sentence, given out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from danchu.civic.disclosure.views import NoticeView
from danchu.core.documents import DEMONSTRATION_MARK, Sheet, SheetCell, SheetColumn, render_xlsx
from danchu.core.text import fold, format_percent
from danchu.web.design.templatetags.danchu import vnumber

from .money_levels import (
    UNMARKED,
    MoneyRow,
    OneLevel,
    bare,
    in_dong,
    is_balance,
    is_mark,
    one_level,
    ranks,
)

SHOWN_ROWS = 60  # on the page; the files hold all of them
MOST_BARS = 12
SHEET = "xlsx"
CSV = "csv"
MEDIA = {
    SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DONE = ("thuc hien", "quyet toan", "uoc thuc hien")
INCOME, SPENDING = "thu", "chi"
_SIDE = re.compile(
    r"(?:(?:tổng|cộng|tổng cộng|trong đó|số|đã|các khoản|khoản|tổng số|tổng các khoản)\s+)*"
    r"(thu|chi)(?!\s+(?:cục|bộ|nhánh|đoàn|hội|tiết|ủy|trả))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart. ``length`` of 100; bars begin at nought."""

    label: str
    amount: int
    length: int


@dataclass(frozen=True, slots=True)
class MoneyChart:
    """One column of money as bars of one level, with the sentence that says what they show.

    ``column``: its heading, in the words of who typed the table.
    ``left_out``: rows with an amount that are in the table only, the total told not counted.
    """

    column: str
    bars: tuple[Bar, ...]
    left_out: int
    sentence: str


def money_charts(table: dict[str, Any]) -> tuple[MoneyChart, ...]:
    """The money of a table as bars: income and spending apart, each with its own sentence.

    Told apart by the headings of columns ("Thu", "Chi") or by the rows; where neither says, the
    first column of money is one chart. Only rows of one level are drawn: no total, balance, part
    of a part or amount below nought; how many are in the table only is said.
    """
    rows: list[list[int | str]] = table["rows"]
    columns = _money_columns(rows)
    if not columns or not table["money"]:
        return ()
    # What was done says more than what was planned, wherever it stands.
    columns.sort(key=lambda n: not _is_done(table["header"][n]))
    sided = {side: n for n in reversed(columns) if (side := side_of(table["header"][n]))}
    if len(sided) == 2:
        charts = [_chart(rows, n, table["header"][n]) for n in sorted(sided.values())]
        return tuple(chart for chart in charts if chart is not None)
    column = columns[0]
    planned = next((n for n in columns if _is_planned(table["header"][n])), None)
    sides = _sides(rows, column)
    found = []
    for side in dict.fromkeys(one for one in sides if one) or ("",):
        mine = [row for row, of in zip(rows, sides, strict=True) if of == side or not side]
        chart = _chart(mine, column, table["header"][column], side, planned)
        if chart is not None:
            found.append(chart)
    return tuple(found)


def _chart(
    rows: list[list[int | str]],
    column: int,
    heading: str,
    side: str = "",
    planned: int | None = None,
) -> MoneyChart | None:
    """The bars of these rows; None where no level has two amounts, or all are nought.

    ``planned``: the column of the estimate, of which the total of another column is a share.
    """
    read = _read(rows, column)
    level = one_level(read)
    drawn = [(row.label, in_dong(row)) for row in level.drawn] if level else []
    most = max((amount for _label_of, amount in drawn), default=0)
    if level is None or most == 0:
        return None
    shown = sorted(drawn, key=lambda one: -one[1])[:MOST_BARS] if len(drawn) > MOST_BARS else drawn
    bars = tuple(
        Bar(label, amount, max(1, round(100 * amount / most)) if amount else 0)
        for label, amount in shown
    )
    name = {INCOME: _("Phần thu"), SPENDING: _("Phần chi")}.get(side, "")
    column_name = _("%(part)s, %(column)s") % {"part": name, "column": heading} if name else heading
    share = ""
    if level.total is not None and planned is not None and planned != column:
        share = _share(level.total.amount, rows[read.index(level.total)][planned])
    return MoneyChart(
        column=heading,
        bars=bars,
        left_out=level.left_out + len(drawn) - len(shown),
        sentence=_sentence(level, drawn, column_name, share),
    )


def side_of(label: str) -> str:
    """Whether a heading or a row is of income or of spending; "" for neither.

    Read with its marks: "thư viện" is no income, "chi cục" and "chỉ tiêu" are no spending.
    """
    found = _SIDE.match(bare(label))
    if found is None:
        return ""
    return INCOME if found[1] == "thu" else SPENDING


def _sides(rows: list[list[int | str]], column: int) -> list[str]:
    """The side of each row: its own, else that of the heading above it.

    Nowhere told, or only one side told: all of them are one.
    """
    found, above = [], ""
    read = _read(rows, column)
    for row, rank in zip(read, ranks(read), strict=True):
        # "- Thu hồi tạm ứng" under "Chi" stays there, and so does what is left of both.
        if not is_balance(row.label) and not (above and rank > UNMARKED):
            above = side_of(row.label) or above
        found.append(above)
    first = next((one for one in found if one), "")
    found = [one or first for one in found]
    return found if {INCOME, SPENDING} <= set(found) else [""] * len(rows)


def _share(done: int | str, plan: int | str) -> str:
    """What a total is of its estimate, "25%"; "" where the table does not say."""
    if not isinstance(done, int) or not isinstance(plan, int) or plan <= 0:
        return ""
    share = format_percent(done, plan)
    return share.replace(",", ".") if get_language() == "en" else share


def _sentence(level: OneLevel, drawn: list[tuple[str, int]], column: str, share: str) -> str:
    """What the bars show: their sum as it is stated, else as it adds up where that is certain."""
    label, amount = max(drawn, key=lambda one: one[1])
    said = {"column": column, "label": label, "amount": vnumber(amount), "share": share}
    said["n"], total = vnumber(len(drawn)), level.total
    if total is not None and isinstance(total.amount, int):
        said |= {"total": total.label, "sum": vnumber(total.amount)}
        if not level.certain:
            return (
                _(
                    "%(column)s: %(total)s là %(sum)s đồng; trong các khoản ở biểu đồ, lớn nhất là "
                    "%(label)s, %(amount)s đồng."
                )
                % said
            )
        if share:
            return (
                _(
                    "%(column)s: %(total)s là %(sum)s đồng, bằng %(share)s dự toán; khoản lớn nhất "
                    "là %(label)s, %(amount)s đồng."
                )
                % said
            )
        return (
            _(
                "%(column)s: %(total)s là %(sum)s đồng; khoản lớn nhất là %(label)s, %(amount)s "
                "đồng."
            )
            % said
        )
    if not level.certain:
        return (
            _("%(column)s: trong %(n)s khoản ở biểu đồ, lớn nhất là %(label)s, %(amount)s đồng.")
            % said
        )
    said["sum"] = vnumber(sum(one[1] for one in drawn))
    return (
        ngettext(
            "%(column)s: %(n)s khoản, cộng lại là %(sum)s đồng; lớn nhất là %(label)s, %(amount)s "
            "đồng.",
            "%(column)s: %(n)s khoản, cộng lại là %(sum)s đồng; lớn nhất là %(label)s, %(amount)s "
            "đồng.",
            len(drawn),
        )
        % said
    )


def _money_columns(rows: list[list[int | str]]) -> list[int]:
    return [
        column
        for column in range(len(rows[0]))
        if sum(isinstance(row[column], int) for row in rows) >= 2
        and any(_label(row, column) for row in rows)
    ]


def _is_done(heading: str) -> bool:
    return any(word in fold(heading) for word in _DONE)


def _is_planned(heading: str) -> bool:
    return "du toan" in fold(heading) and not _is_done(heading)


def _label(row: list[int | str], column: int) -> str:
    """The words of a row: its longest text before the amount, else after it."""
    before = [cell for cell in row[:column] if isinstance(cell, str) and cell]
    texts = before or [cell for cell in row[column + 1 :] if isinstance(cell, str) and cell]
    return max(texts, key=len, default="")


def _read(rows: list[list[int | str]], column: int) -> list[MoneyRow]:
    return [MoneyRow(_mark(row, column), _label(row, column), row[column]) for row in rows]


def _mark(row: list[int | str], column: int) -> str:
    """What a cell of its own before the words of a row says of its level: "I", "1.2", "-"."""
    return next(
        (cell for cell in row[:column] if isinstance(cell, str) and cell and is_mark(cell)), ""
    )


def file_of(notice: NoticeView, ending: str, *, is_demo: bool) -> bytes:
    """The whole table as XLSX or CSV; never a name of a list. The notice has a table."""
    table = notice.table
    assert table is not None
    return _xlsx(notice, table, is_demo) if ending == SHEET else _csv(table)


def _xlsx(notice: NoticeView, table: dict[str, Any], is_demo: bool) -> bytes:
    rows = table["rows"]
    columns = [
        SheetColumn(title, "integer" if all(isinstance(row[n], int) for row in rows) else "text")
        for n, title in enumerate(table["header"])
    ]
    cells = tuple(
        tuple(
            cell
            if isinstance(cell, str) or column.kind == "integer"
            else SheetCell(cell, "integer")
            for cell, column in zip(row, columns, strict=True)
        )
        for row in rows
    )
    notes: list[str | tuple[str, str]] = [("Nội dung", notice.title)]
    if notice.document_number:
        notes.append(("Văn bản", notice.document_number))
    if table["money"]:
        notes.append(("Đơn vị tiền", "đồng"))
    sheet = Sheet("Bảng", tuple(columns), cells, tuple(notes))
    return render_xlsx(
        [sheet],
        created=notice.occurred_on,
        title=notice.title,
        demo_mark=DEMONSTRATION_MARK if is_demo else None,
    )


def _csv(table: dict[str, Any]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_in_csv(cell) for cell in table["header"]])
    writer.writerows([[_in_csv(cell) for cell in row] for row in table["rows"]])
    return out.getvalue().encode("utf-8-sig")


def _in_csv(cell: int | str) -> str:
    """Text that a spreadsheet would take for a formula is led in by a quote (SECURITY row 32)."""
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
