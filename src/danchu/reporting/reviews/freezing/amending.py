"""What a frozen document says of its time: figures before the end, an earlier report replaced."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from danchu.core.calendar.models import Period
from danchu.core.clock import today
from danchu.core.documents import (
    Annex,
    Column,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
    short_date,
)
from danchu.core.documents.wording import annex_label
from danchu.reporting.figures.selectors import definitions

from ..frozen import sign_of
from ..frozen_data import Difference
from ..models import FrozenReport


def before_the_end(document: OfficialDocument) -> OfficialDocument:
    """The document with the day to which its figures run, when the period has not ended."""
    day = today()
    words = f"Số liệu tính đến ngày {short_date(day)}, kỳ báo cáo chưa kết thúc."
    return dataclasses.replace(document, blocks=(Paragraph((Run(words),)), *document.blocks))


def last_issued(unit_id: int, period: Period) -> FrozenReport | None:
    """The report in force of a unit and period: the newest one issued."""
    rows = FrozenReport.objects.filter(
        unit_id=unit_id, period=period, state=FrozenReport.State.ISSUED
    )
    return rows.order_by("-issued_at").first()


def amending(
    document: OfficialDocument, earlier: FrozenReport, changed: Iterable[Difference], why: str
) -> OfficialDocument:
    """The document as an amendment: what it replaces, why, and every figure that changed."""
    assert earlier.issued_on is not None
    sign, day = sign_of(earlier), earlier.issued_on
    # Last, so that what the text says of the other annexes stays true.
    count = len(document.annexes) + 1
    label = annex_label(document.layout, count, count)
    opening = Paragraph(
        (
            Run(
                f"Báo cáo này thay thế Báo cáo số {sign} ngày {short_date(day)}. "
                f"Lý do: {why.rstrip('.')}. Các số liệu thay đổi nêu tại {label}."
            ),
        )
    )
    known = definitions()
    rows = tuple(
        (
            str(n),
            f"{item.name} ({known[item.key].unit_vi})"
            if item.key in known and not known[item.key].is_rate
            else item.name,
            item.before or "chưa có số liệu",
            item.after or "chưa có số liệu",
        )
        for n, item in enumerate(changed, start=1)
    )
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 4),
            Column("right", 1.6),
            Column("right", 1.6),
        ),
        header=(("STT", "Chỉ tiêu", "Đã báo cáo", "Đính chính"),),
        rows=rows,
    )
    return dataclasses.replace(
        document,
        blocks=(opening, *document.blocks),
        annexes=(*document.annexes, Annex("Số liệu đính chính", (table,))),
    )
