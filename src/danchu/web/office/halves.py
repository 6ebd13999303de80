"""What the accepted half-years give in the form of a year, in words."""

from __future__ import annotations

from django.utils.translation import gettext

from danchu.reporting.rounds.accepted_halves import SUM
from danchu.reporting.rounds.form import FormLine
from danchu.web.design.templatetags.danchu import written

from .periods import period_label


def halves_differ(line: FormLine) -> str:
    """That the halves and the records of the year do not say the same."""
    numbers = {
        "halves": written(line.halves_text) or gettext("không áp dụng"),
        "records": written(line.recorded),
    }
    if line.halves is not None and line.halves.operator == SUM:
        return (
            gettext(
                "Hai kỳ 6 tháng đã tiếp nhận cộng lại là %(halves)s, hồ sơ cả năm có %(records)s."
            )
            % numbers
        )
    return (
        gettext("Kỳ 6 tháng cuối năm đã tiếp nhận là %(halves)s, hồ sơ cả năm có %(records)s.")
        % numbers
    )


def halves_lack(line: FormLine) -> str:
    """Which half keeps a figure from being taken over; "" where none does."""
    if line.halves is None or line.halves.stands:
        return ""
    said = [
        gettext("%(period)s chưa có bản được tiếp nhận") % {"period": period_label(code)}
        for code in line.halves.lacking
    ] + [
        gettext("bản %(period)s chưa báo cáo chỉ tiêu này") % {"period": period_label(code)}
        for code in line.halves.unsaid
    ]
    return gettext("Chưa lấy được số từ hai kỳ 6 tháng: %(why)s.") % {"why": "; ".join(said)}
