"""Which column of a table is money and in which unit: chosen, stated over it, or in its head.

Where two of these differ nothing is taken: a thousandfold error would be published.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from danchu.core.documents.sheets_in import CellIn
from danchu.core.errors import BadInput

from .money_cells import looks_like_a_number
from .money_heads import DOUBTFUL, HeadUnit, is_counted, unit_of_head
from .money_rates import column_is_no_money

NO_MONEY = "khong"  # said by a person: a sheet that states a unit is not asked
# đồng in one printed unit
MONEY_UNITS: dict[str, int] = {
    "": 0,
    NO_MONEY: 0,
    "dong": 1,
    "nghin": 1_000,
    "trieu": 1_000_000,
    "ty": 1_000_000_000,
}
UNIT_NAMES = {
    "dong": ("đồng", "đồng"),
    "nghin": ("nghìn đồng", "thousand đồng"),
    "trieu": ("triệu đồng", "million đồng"),
    "ty": ("tỷ đồng", "billion đồng"),
}


@dataclass(frozen=True, slots=True)
class MoneyColumns:
    """``units``: of each column the key of its unit, "" for one that is no money.

    ``header``: the heads when all amounts are in đồng.
    """

    header: list[str]
    units: list[str]


def money_columns(
    header: list[str],
    body: Sequence[Sequence[CellIn]],
    labels: Collection[int],
    *,
    chosen: str,
    stated: str,
    field: str,
) -> MoneyColumns | None:
    """The money of a table; None where it holds none.

    Raises ``BadInput`` naming the column whose head tells another unit than was chosen or stated,
    or none beside heads that tell theirs.
    """
    general = chosen or stated
    heads = [unit_of_head(name) for name in header]
    if general == NO_MONEY or not (general or any(_tells(head) for head in heads)):
        return None
    units, said = [], []
    for n, (name, head) in enumerate(zip(header, heads, strict=True)):
        if head is not None and "%" not in name:
            _agreed(n, name, head, chosen, stated, field)
            units.append(head.key)
            said.append(head.in_dong)
            continue
        said.append(name)
        if n in labels or column_is_no_money(name) or is_counted(name):
            units.append("")
            continue
        if not general and any(_counts(row[n]) for row in body):
            raise _untold(n, name, header, heads, field)
        units.append(general)
    return MoneyColumns(said, units)


def _tells(head: HeadUnit | None) -> bool:
    """Of money per something alone ("triệu đồng/người") no table is one of money."""
    return head is not None and not head.per


def _counts(cell: CellIn) -> bool:
    if isinstance(cell, str):
        return looks_like_a_number(cell)
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _agreed(n: int, name: str, head: HeadUnit, chosen: str, stated: str, field: str) -> None:
    if head.key == DOUBTFUL:
        raise BadInput(
            f"Cột {n + 1} “{name[:60]}”: không rõ đơn vị tiền. Ghi một đơn vị: đồng, nghìn đồng, "
            "triệu đồng hoặc tỷ đồng.",
            f"Column {n + 1} “{name[:60]}”: its unit of money is not clear. Name one: đồng, "
            "thousand (nghìn), million (triệu) or billion (tỷ) đồng.",
            code="unit_of_column",
            field=field,
        )
    vi, en = UNIT_NAMES[head.key]
    if chosen and chosen != head.key:
        chosen_vi, chosen_en = UNIT_NAMES[chosen]
        raise BadInput(
            f"Cột {n + 1} “{name[:60]}” ghi {vi}, đã chọn {chosen_vi}. Chọn lại cho khớp; bảng có "
            "nhiều đơn vị thì ghi đơn vị ở tên từng cột và để hệ thống đọc theo bảng.",
            f"Column {n + 1} “{name[:60]}” tells {en}, {chosen_en} was chosen. Choose the same; "
            "where units differ, name them in the heads and have them read from the table.",
            code="unit_of_column",
            field="money",
        )
    if not chosen and stated and stated != head.key:
        stated_vi, stated_en = UNIT_NAMES[stated]
        raise BadInput(
            f"Cột {n + 1} “{name[:60]}” ghi {vi} mà dòng trên bảng ghi đơn vị tính là {stated_vi}. "
            "Sửa cho khớp; bảng có nhiều đơn vị thì bỏ dòng “Đơn vị tính” và ghi đơn vị ở tên từng "
            "cột.",
            f"Column {n + 1} “{name[:60]}” tells {en}, and the line over the table {stated_en}. "
            "Make them agree; where units differ, delete that line and name them in the heads.",
            code="unit_of_column",
            field=field,
        )


def _untold(
    n: int, name: str, header: list[str], heads: Sequence[HeadUnit | None], field: str
) -> BadInput:
    other = next(said for said, head in zip(header, heads, strict=True) if _tells(head))
    return BadInput(
        f"Cột {n + 1} “{name[:60]}” không ghi đơn vị, trong khi cột “{other[:60]}” có ghi. Ghi "
        "đơn vị tiền vào tên cột ấy; cột không phải tiền thì ghi đơn vị đếm trong ngoặc, như (hộ), "
        "hoặc bắt đầu bằng “Số lượng”.",
        f"Column {n + 1} “{name[:60]}” names no unit, while “{other[:60]}” does. Name its unit of "
        "money; where it is no money, put what is counted in brackets, like (hộ), or begin with "
        "“Số lượng”.",
        code="unit_of_column",
        field=field,
    )
