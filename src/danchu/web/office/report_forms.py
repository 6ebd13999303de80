"""Forms of the report pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.models import Period
from danchu.core.calendar.selectors import current_calendar
from danchu.web.design.forms import DanchuForm, VietnameseDateField

KINDS = (
    ("achievement", _("Ưu điểm")),
    ("limitation", _("Hạn chế")),
    ("cause", _("Nguyên nhân")),
    ("task", _("Nhiệm vụ, giải pháp")),
    ("recommendation", _("Kiến nghị, đề xuất")),
)


class NoteForm(DanchuForm):
    """A finding of the report."""

    kind = forms.ChoiceField(label=_("Đưa vào mục"), choices=KINDS)
    text = forms.CharField(
        label=_("Nội dung"),
        help_text=_("Một ý, một câu. Không nêu tên người."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class RoundForm(DanchuForm):
    """Opening a round."""

    title = forms.CharField(label=_("Tên đợt báo cáo"), max_length=300)
    letter = forms.CharField(
        label=_("Số, ngày công văn yêu cầu"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: 12-CV/BCĐ ngày 02/6/2026. Để trống nếu chưa có."),
    )
    cut_off = VietnameseDateField(label=_("Ngày chốt số liệu"))
    due_on = VietnameseDateField(label=_("Hạn nộp"))

    def __init__(self, *args: Any, period: Period, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = title
        self.fields["cut_off"].initial = period.end
        # Two days after the cut-off, or the next working day: nothing falls due on a day off.
        two_days_on = period.end + dt.timedelta(days=2)
        self.fields["due_on"].initial = current_calendar().add_working_days(two_days_on, 0).date
