"""Forms of requests from above."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.core.clock import VIET_NAM, now, today
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .periods import asked_periods, asked_usually

_HOUR = re.compile(
    r"([01]?[0-9]|2[0-3])(?:[:hg.]|\s*giờ\s*)([0-5][0-9])?(?:\s*phút)?", re.IGNORECASE
)


class HourForm(DanchuForm):
    """A form that asks for an hour as people write it: 16:00, 16h, 16 giờ 30."""

    def clean_due_hour(self) -> dt.time:
        """The hour something is due."""
        return self._hour("due_hour")

    def _hour(self, name: str) -> dt.time:
        match = _HOUR.fullmatch(self.cleaned_data[name].strip())
        if match is None:
            raise forms.ValidationError(_("Ghi giờ như 16:00."))
        return dt.time(int(match[1]), int(match[2] or 0))

    @property
    def due_at(self) -> dt.datetime:
        """The instant it is due, in Viet Nam."""
        data = self.cleaned_data
        return dt.datetime.combine(data["due_on"], data["due_hour"], VIET_NAM)


class RequestForm(HourForm):
    """A request as its letter has it, with the form to fill."""

    title = forms.CharField(label=_("Tên biểu, tên yêu cầu"), max_length=300)
    sender = forms.CharField(
        label=_("Nơi yêu cầu"),
        max_length=200,
        help_text=_("Ví dụ: Sở Nội vụ. Không nêu tên người."),
    )
    letter_number = forms.CharField(
        label=_("Số, ký hiệu công văn"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 123/SNV-XDCQ. Để trống nếu không có."),
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
        field = self.fields["period_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = asked_periods(today())
        field.initial = asked_usually(today())


class ReceiverForm(HourForm):
    """Who else asks for the same form, and by when."""

    sender = forms.CharField(
        label=_("Nơi yêu cầu"),
        max_length=200,
        help_text=_("Ví dụ: Sở Nội vụ. Không nêu tên người."),
    )
    letter_number = forms.CharField(
        label=_("Số, ký hiệu công văn"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 123/SNV-XDCQ. Để trống nếu không có."),
    )
    due_on = VietnameseDateField(label=_("Ngày phải gửi"))
    due_hour = forms.CharField(
        label=_("Giờ phải gửi"), max_length=12, initial="16:00", help_text=_("Ví dụ 16:00.")
    )


class SentForm(HourForm):
    """When an answer was sent."""

    sent_on = VietnameseDateField(label=_("Ngày gửi"))
    sent_hour = forms.CharField(label=_("Giờ gửi"), max_length=12, help_text=_("Ví dụ 16:00."))

    @classmethod
    def of(cls, number: int) -> SentForm:
        """The form of the answer with this number, with the present hour to be confirmed."""
        at = now().astimezone(VIET_NAM)
        initial = {"sent_on": at.date(), "sent_hour": f"{at:%H:%M}"}
        return cls(prefix=f"ban-{number}", initial=initial)

    def clean_sent_hour(self) -> dt.time:
        """The hour it was sent."""
        return self._hour("sent_hour")

    @property
    def sent_at(self) -> dt.datetime:
        """The instant it was sent, in Viet Nam."""
        data = self.cleaned_data
        return dt.datetime.combine(data["sent_on"], data["sent_hour"], VIET_NAM)


class CancelForm(DanchuForm):
    """Why a request is cancelled."""

    reason = forms.CharField(label=_("Lý do hủy"), max_length=500)
