"""Rows of a form whose count did not come along: counted anew, so that nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class RowSet(forms.BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of a form. Too many of them, or a count that is lacking, is told in our own words.

    A count that did not come along is mended before the rows are read: what was typed stands.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": _("Ghi nhiều nhất %(num)d dòng. Bỏ bớt rồi lưu lại."),
        "missing_management_form": _("Trang gửi lên thiếu số dòng. Mở lại trang rồi ghi lại."),
    }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.miscounted = ""
        if data is not None:
            data = data.copy()
            prefix = kwargs.get("prefix") or self.get_default_prefix()
            self.miscounted = count_rows(data, prefix, self.max_num)
        super().__init__(data, *args, **kwargs)

    def clean(self) -> None:
        if self.miscounted:
            raise forms.ValidationError(self.miscounted)


def count_rows(data: QueryDict, prefix: str, most: int) -> str:
    """Mend the count of the rows sent, in ``data``; the sentence to show, "" where it was right."""
    initial, name = f"{prefix}-INITIAL_FORMS", f"{prefix}-TOTAL_FORMS"
    if not _is_count(data.get(initial, "")):
        data[initial] = "0"
    row = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-")
    numbers = [int(found[1]) for found in map(row.match, data) if found]
    sent = max(numbers, default=-1) + 1
    total = data.get(name, "")
    if _is_count(total):
        # Rows that were counted and not sent are none; a thousand of them take half a minute.
        data[name] = str(min(int(total), sent))
        return ""
    data[name] = str(min(sent, most))
    return gettext(
        "Trang gửi lên thiếu số dòng. Kiểm tra lại các dòng bên dưới rồi bấm lưu lần nữa."
    )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5
