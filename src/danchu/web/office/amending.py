"""What a person who returned figures is told of reports that were issued with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from danchu.reporting.reviews.returning import ToAmend


def amendments_proposed(due: Iterable[ToAmend]) -> str:
    """The sentences that follow "Đã trả lại bản nộp."; "" where no report was issued yet."""
    return "".join(
        " "
        + gettext(
            "Báo cáo số %(sign)s ngày %(day)s của %(unit)s đã ban hành với số liệu này: đã giao "
            "%(unit)s việc lập báo cáo đính chính."
        )
        % {"sign": item.sign, "day": f"{item.issued_on:%d/%m/%Y}", "unit": item.unit}
        for item in due
    )
