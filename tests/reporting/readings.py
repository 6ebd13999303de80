"""Reports that say exactly what a test is about, whatever the reader would make of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from danchu.reporting.reading.extraction import Finding, Findings, Indicator, Reading

TEXT = """BÁO CÁO TÓM TẮT
Huyện Mẫu Đông, 6 tháng đầu năm 2019.
Trong kỳ ghi nhận 191 ý kiến; đã tiếp nhận, giải quyết 183 ý kiến, đạt 96%.
Qua khảo sát, 90,49% phiếu chọn mức rất hài lòng.
Riêng xã Núi Mẫu ghi nhận 12 ý kiến.
Tổ chức hội nghị với khoảng 40 cuộc.
Ưu điểm: đối thoại đi vào nền nếp.
Hạn chế: công khai ở một số thôn còn chậm.
Nhiệm vụ: củng cố Ban Chỉ đạo."""


def figure(surface: str, key: str, value: int | str, *, text: str = TEXT, **more: Any) -> Indicator:
    """A figure as if read from ``surface``, which stands in the text."""
    start = text.index(surface)
    given = {"digits": surface.split()[0], "confidence": 0.9, "unit": "", **more}
    return Indicator(
        key=key,
        value=Fraction(value) if isinstance(value, str) else value,
        surface=surface,
        char_start=start,
        char_end=start + len(surface),
        **given,
    )


RECEIVED = figure("191 ý kiến", "opinions_received", 191)
RESOLVED = figure("183 ý kiến", "opinions_resolved", 183, denominator=191)
SHARE = figure("96%", "opinions_resolved_pct", 96, digits="96%")
SATISFIED = figure("90,49%", "satisfaction_very_satisfied_pct", "90.49", digits="90,49%")
LOCAL = figure("12 ý kiến", "opinions_received", 12, scope="xã Núi Mẫu", confidence=0.6)
ROUGH = figure("40 cuộc", "conferences_held", 40, approx=True, confidence=0.4)
ALL = (RECEIVED, RESOLVED, SHARE, SATISFIED, LOCAL, ROUGH)


def finding(surface: str, text: str = TEXT) -> Finding:
    """A finding that stands in the text."""
    start = text.index(surface)
    return Finding(surface, start, start + len(surface))


FINDINGS = Findings(
    achievements=(finding("đối thoại đi vào nền nếp"),),
    limitations=(finding("công khai ở một số thôn còn chậm"),),
    tasks=(finding("củng cố Ban Chỉ đạo"),),
)


def reading(figures: Sequence[Indicator] = ALL, **more: Any) -> Reading:
    """What the reader would have made of the text."""
    return Reading(file="", indicators=tuple(figures), findings=FINDINGS, **more)


def take_in(
    monkeypatch: Any,
    actor: Any,
    unit_id: int,
    *figures: Indicator,
    text: str = TEXT,
    period: str | None = None,
    confirm: bool = False,
    **content: Any,
) -> Any:
    """Take the text in with these figures (all of them when none is named).

    Without a period it is of 2019H1, or of 2026H1 where the unit is younger.
    """
    from danchu.core.units.selectors import units_by_ids
    from danchu.reporting.reading.services import (
        DocumentInput,
        confirm_figures,
        take_in_document,
        taking_in,
    )

    if period is None:
        stood = units_by_ids([unit_id], dt.date(2019, 6, 30))
        period = "2019H1" if unit_id in stood else "2026H1"
    more = {k: content.pop(k) for k in ("event_date", "period_read") if k in content}
    if "period_read" in more:
        more["period"] = more.pop("period_read")
    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "read_text", lambda *_: reading(figures or ALL, **more))
        document = take_in_document(
            actor=actor,
            unit_id=unit_id,
            content=DocumentInput(name="bao-cao.txt", text=text, period_code=period, **content),
        )
    if confirm:
        ids = list(document.figures.values_list("pk", flat=True))
        confirm_figures(actor=actor, document_id=document.pk, figure_ids=ids)
    return document
