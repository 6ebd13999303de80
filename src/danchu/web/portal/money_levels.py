"""Which rows of a table of money stand on one level, so that no đồng is drawn or added twice.

A budget prints its parts under their sum: "A. Tổng thu", "I.", "1.", "1.1", "a)", "-", "Trong đó".
The level of a row is read from its mark; where marks and amounts leave it in doubt, nothing is
added up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from danchu.core.text import fold

_LEAD = re.compile(
    r"^(?:(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[a-zđ])[.)/-]\s*|[-–+*•]\s*)*(?:[0-9.]+\s+)?"
)
_TOTALS = ("tong", "cong")
# "THU NGÂN SÁCH" alone heads its parts and is their sum.
_SECTION = re.compile(
    r"^(?:[a-zđ]|[ivx]+)[.)]?\s*(?:thu|chi)(?: ngân sách(?: (?:xã|phường|đặc khu))?)?$"
)
# What is left between income and spending; "Bổ sung cân đối" and "Thu kết dư" are income.
_BALANCE = re.compile(
    r"(?:(?:tổng|số|quỹ|phần) )*"
    r"(?:chênh lệch|kết dư(?!.*năm (?:trước|20))|bội chi|bội thu|cân đối|thu trừ chi|thu, chi"
    r"|thu - chi|tồn\b|dư\b|còn dư|còn lại)"
)
_WITHIN = re.compile(r"(?:trong (?:đó|số đó)|bao gồm|gồm)(?!\w)\s*:?\s*")
_MARKS = (
    # (rank, pattern), the first that fits; "I." before "A.", for I, V and X number chapters
    (3, re.compile(r"[IVX]+(?=[.)/\s-]|$)")),
    (1, re.compile(r"[A-ZĐ](?=[.)/-]|$)")),
    (6, re.compile(r"\d+\.\d+\.\d+(?:\.\d+)*(?=[.)/\s-]|$)")),
    (5, re.compile(r"\d+\.\d+(?=[.)/\s-]|$)")),
    (4, re.compile(r"\d{1,3}(?=[.)/-]|$)")),
    (7, re.compile(r"(?:[a-zđ]|[ivx]+)(?=[.)/]|$)")),
    (9, re.compile(r"[-–•](?!\d)")),
    (10, re.compile(r"[+*]")),
)
UNMARKED, INSIDE = 8, 11


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of a table in one column: its mark ("I", "1.1", "-", ""), words and amount in đồng."""

    mark: str
    label: str
    amount: int | str


@dataclass(frozen=True, slots=True)
class OneLevel:
    """Rows of one level and the sum that is stated over them.

    ``left_out``: rows with an amount that are neither drawn nor the total. ``certain``: every
    amount of this level is among ``drawn`` and none of them is a part of another.
    """

    total: MoneyRow | None
    drawn: tuple[MoneyRow, ...]
    left_out: int
    certain: bool


def one_level(rows: Sequence[MoneyRow]) -> OneLevel | None:
    """The shallowest level with two amounts or more; None where no such level can be told."""
    ranked = list(zip(ranks(rows), rows, strict=True))
    plain = [
        (n, rank, row)
        for n, (rank, row) in enumerate(ranked)
        if not is_balance(row.label) and not is_total(row.mark, row.label)
    ]
    told = Counter(rank for _n, rank, row in plain if _drawable(row))
    rank = min((one for one, n in told.items() if n > 1 and one != INSIDE), default=None)
    if rank is None:
        return None
    chosen = [(n, row) for n, of, row in plain if of == rank]
    drawn = [row for _n, row in chosen if _drawable(row)]
    totals = [
        row
        for row in rows
        if is_total(row.mark, row.label) and not is_balance(row.label) and _drawable(row)
    ]
    first = chosen[0][0]
    heads = [
        (n, row)
        for n, of, row in plain
        if _drawable(row) and (of < rank or (of == UNMARKED != rank and n < first))
    ]
    certain = (
        # An amount below nought, or one that is no number, cannot be drawn beside the others.
        all(_drawable(row) or (row.amount == "" and rank == UNMARKED) for _n, row in chosen)
        # What is above them comes before them and is their sum, what is within them comes after.
        and all(n < first for n, _row in heads)
        and (not heads or heads[-1][1].amount == _sum(drawn))
        and all(n > first for n, of, row in plain if of > rank and (n, row) not in heads)
        # A row without a mark among marked ones may be of any level.
        and not any(
            of == UNMARKED != rank and row.amount != "" and n > first for n, of, row in plain
        )
        and not (rank == UNMARKED and any(of == INSIDE for of, _row in ranked))
        # "2. Tổng các khoản bổ sung" is a part and a sum.
        and not any(of == rank != UNMARKED and is_total(row.mark, row.label) for of, row in ranked)
    )
    if rank == UNMARKED or not certain:
        sum_row = _sum_of_the_others(drawn)
        if sum_row is not None:
            drawn.remove(sum_row)
            totals.append(sum_row)
        if _holds_a_sum(drawn):
            return None
    if not totals and certain and heads:
        totals = [heads[-1][1]]
    total = max(totals, key=in_dong, default=None)
    if total is not None and abs(in_dong(total) - _sum(drawn)) >= max(map(in_dong, drawn)):
        certain = False  # something as large as the largest is not among them
    return OneLevel(
        total=total,
        drawn=tuple(drawn),
        left_out=sum(isinstance(row.amount, int) for row in rows) - len(drawn) - bool(total),
        certain=certain,
    )


def is_total(mark: str, label: str) -> bool:
    """Whether a row is by its words the sum of others: "Tổng thu", "Cộng", "I. THU NGÂN SÁCH"."""
    plain = " ".join(f"{mark} {label}".lower().split())
    return fold(bare(label)).startswith(_TOTALS) or _SECTION.match(plain) is not None


def is_balance(label: str) -> bool:
    """Whether a row is what is left between income and spending: "Chênh lệch", "Kết dư"."""
    return _BALANCE.match(bare(label)) is not None


def bare(label: str) -> str:
    """The words of a row in small letters, without the mark before them."""
    return _LEAD.sub("", " ".join(label.lower().split()))


def is_mark(text: str) -> bool:
    """Whether a cell holds nothing but the mark of its row: "A", "II", "1.2", "a)", "-"."""
    return any(pattern.fullmatch(text.rstrip(".) /")) for _rank, pattern in _MARKS)


def ranks(rows: Sequence[MoneyRow]) -> list[int]:
    """The depth of each row; what follows "Trong đó" without a mark is within it."""
    found, inside = [], False
    for row in rows:
        rank = _rank(row)
        if _WITHIN.match(bare(row.label)):
            rank = INSIDE
            inside = _WITHIN.fullmatch(bare(row.label)) is not None
        elif rank != UNMARKED:
            inside = False
        elif inside:
            rank = INSIDE
        found.append(rank)
    return found


def _rank(row: MoneyRow) -> int:
    for text in (row.mark.strip(), row.label.strip()):
        for rank, pattern in _MARKS:
            found = pattern.match(text)
            if found is None or (text == row.label.strip() and found.end() == len(text)):
                continue
            return rank
    return UNMARKED


def _drawable(row: MoneyRow) -> bool:
    return isinstance(row.amount, int) and row.amount >= 0 and bool(row.label)


def in_dong(row: MoneyRow) -> int:
    """The amount of a row, 0 where its cell holds no number."""
    return row.amount if isinstance(row.amount, int) else 0


def _sum(rows: Sequence[MoneyRow]) -> int:
    return sum(map(in_dong, rows))


def _sum_of_the_others(rows: Sequence[MoneyRow]) -> MoneyRow | None:
    """The first or last row where it is the sum of all the others: a total that has no name."""
    whole = _sum(rows)
    for row in (rows[0], rows[-1]) if len(rows) > 2 else ():
        if in_dong(row) and in_dong(row) * 2 == whole:
            return row
    return None


def _holds_a_sum(rows: Sequence[MoneyRow]) -> bool:
    """Whether a row is the sum of two or more that follow it: levels that no mark tells."""
    amounts = [amount for row in rows if (amount := in_dong(row))]
    for n, whole in enumerate(amounts):
        running = 0
        for taken, part in enumerate(amounts[n + 1 :], start=1):
            running += part
            if taken > 1 and running == whole:
                return True
            if running > whole:
                break
    return False
