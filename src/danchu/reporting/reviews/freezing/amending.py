"""What a frozen document says of its time: figures before the end, an earlier report replaced."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from danchu.core.calendar.models import Period
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
from ..official import naming
from ..text_differences import TextDifference


def last_issued(unit_id: int, period: Period) -> FrozenReport | None:
    """The report in force of a unit and period: the newest one issued."""
    rows = FrozenReport.objects.filter(
        unit_id=unit_id, period=period, state=FrozenReport.State.ISSUED
    )
    return rows.order_by("-issued_at").first()


def amending(
    document: OfficialDocument,
    earlier: FrozenReport,
    changed: Sequence[Difference],
    worded: Sequence[TextDifference],
    why: str,
) -> OfficialDocument:
    """The document as an amendment: what it replaces, why, and all that changed.

    ``changed``: the figures; ``worded``: the lines and the signature that are put right.
    """
    assert earlier.issued_on is not None
    sign, day = sign_of(earlier), earlier.issued_on
    # Last, so that what the text says of the other annexes stays true.
    annexes = [_figures(changed)] if changed else []
    annexes += [_words(worded)] if worded else []
    count = len(document.annexes) + len(annexes)
    labels = [
        annex_label(document.layout, n, count) for n in range(len(document.annexes) + 1, count + 1)
    ]
    told = [
        f"{what} nêu tại {label or 'Phụ lục'}."
        for what, label in zip(
            (["Các số liệu thay đổi"] if changed else [])
            + (["Các nội dung đính chính"] if worded else []),
            labels,
            strict=True,
        )
    ]
    opening = Paragraph(
        (
            Run(
                f"Báo cáo này thay thế Báo cáo số {sign} ngày {short_date(day)}. "
                f"Lý do: {why.rstrip('.')}. " + " ".join(told)
            ),
        )
    )
    # The sentence that names what comes with the report names these too.
    before = naming(document.annexes, document.layout, document.language)
    after = naming((*document.annexes, *annexes), document.layout, document.language)
    blocks = [block for one in document.blocks for block in (after if one in before else (one,))]
    return dataclasses.replace(
        document,
        blocks=(opening, *blocks),
        annexes=(*document.annexes, *annexes),
    )


def _figures(changed: Iterable[Difference]) -> Annex:
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
    return Annex("Số liệu đính chính", (table,))


def _words(worded: Iterable[TextDifference]) -> Annex:
    table = Table(
        columns=(
            Column("center", 0.6),
            Column("left", 1.2),
            Column("left", 3.6),
            Column("left", 3.6),
        ),
        header=(("STT", "Phần", "Đã ban hành", "Đính chính"),),
        rows=tuple(
            (str(n), item.part, item.before or "(không có)", item.after or "(bỏ)")
            for n, item in enumerate(worded, start=1)
        ),
    )
    return Annex("Nội dung đính chính", (table,))
