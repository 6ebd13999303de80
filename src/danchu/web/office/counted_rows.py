"""Rows of a form whose count did not come along: counted anew, so that nothing typed is lost."""

from __future__ import annotations

import re

from django.http import QueryDict
from django.utils.translation import gettext


def count_rows(data: QueryDict, prefix: str, most: int) -> str:
    """Mend the count of the rows sent, in ``data``; the sentence to show, "" where it was right."""
    name = f"{prefix}-TOTAL_FORMS"
    total = data.get(name, "")
    if total.isascii() and total.isdigit() and len(total) < 5:
        return ""
    row = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-")
    numbers = [int(found[1]) for found in map(row.match, data) if found]
    data[name] = str(min(max(numbers, default=-1) + 1, most))
    return gettext(
        "Trang gửi lên thiếu số dòng. Kiểm tra lại các dòng bên dưới rồi bấm lưu lần nữa."
    )
