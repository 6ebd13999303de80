"""Forms of requests from above."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.periods import containing, previous
from danchu.core.clock import VIET_NAM, today
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .periods import period_label

_HOUR = re.compile(
    r"([01]?[0-9]|2[0-3])(?:[:hg.]|\s*giờ\s*)([0-5][0-9])?(?:\s*phút)?", re.IGNORECASE
)


class RequestForm(DanchuForm):
    """A request as its letter has it, with the form to fill."""

    title = forms.CharField(label=_("Tên biểu, tên yêu cầu"), max_length=300)
    sender = forms.CharField(
        label=_("Nơi yêu cầu"),
        max_length=200,
        help_text=_("Ví dụ: Sở Nội vụ. Không nêu tên người."),
    )
    letter_number = forms.CharField(
        label=_("Số công văn"), max_length=60, required=False, help_text=_("Để trống nếu không có.")
    )
    letter_day = VietnameseDateField(label=_("Ngày công văn"), required=False)
    due_on = VietnameseDateField(label=_("Ngày phải gửi"))
    due_hour = forms.CharField(
        label=_("Giờ phải gửi"), max_length=12, initial="16:00", help_text=_("Ví dụ 16:00.")
    )
    period_code = forms.ChoiceField(label=_("Kỳ số liệu"))
    given = forms.FileField(
        label=_("Tệp biểu mẫu"),
        help_text=_("XLSX hoặc DOCX, nhiều nhất 20 MB. Bố cục của tệp được giữ nguyên."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spans = containing(today())
        codes = dict.fromkeys(s.code for s in [*spans, *(previous(span) for span in spans)])
        field = self.fields["period_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, period_label(code)) for code in codes]

    def clean_due_hour(self) -> dt.time:
        """The hour, as 16:00, 16h, 16 giờ 30."""
        match = _HOUR.fullmatch(self.cleaned_data["due_hour"].strip())
        if match is None:
            raise forms.ValidationError(_("Ghi giờ như 16:00."))
        return dt.time(int(match[1]), int(match[2] or 0))

    @property
    def due_at(self) -> dt.datetime:
        """The instant it is due, in Viet Nam."""
        data = self.cleaned_data
        return dt.datetime.combine(data["due_on"], data["due_hour"], VIET_NAM)


class CancelForm(DanchuForm):
    """Why a request is cancelled."""

    reason = forms.CharField(label=_("Lý do hủy"), max_length=500)
