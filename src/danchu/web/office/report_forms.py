"""Forms of the report pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.models import Period
from danchu.core.errors import Refusal
from danchu.reporting.rounds.overlaps import OVERLAP
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


class WordingForm(DanchuForm):
    """A finding worded anew."""

    text = forms.CharField(
        label=_("Nội dung"),
        help_text=_("Một ý, một câu. Không nêu tên người."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    reason = forms.CharField(
        label=_("Lý do có số ngoài số liệu (không in)"),
        help_text=_(
            "Chỉ ghi khi câu có số mà hệ thống không có, ví dụ số của ngành khác cung cấp."
        ),
        max_length=500,
        required=False,
    )


# Of a round: by when who hands in. One field may hold the day of several levels.
_BELOW = {
    "due_below": (
        _("Hạn nộp của thôn, tổ dân phố, cơ quan, nơi làm việc (về xã)"),
        ("village", "agency", "state_enterprise", "workplace"),
    ),
}
_ASKED = {"due_on": (_("Hạn nộp của xã, phường, đặc khu"), ("commune",))}
_ASKED_BY_COMMUNE = {
    "due_village": (_("Hạn nộp của thôn, tổ dân phố"), ("village",)),
    "due_agency": (_("Hạn nộp của cơ quan, đơn vị"), ("agency",)),
    "due_workplace": (
        _("Hạn nộp của doanh nghiệp, nơi làm việc"),
        ("state_enterprise", "workplace"),
    ),
}
_OWN = {
    "province": _("Hạn tổng hợp của tỉnh"),
    "commune": _("Hạn tổng hợp của xã, nộp về tỉnh"),
}


class RoundDays(DanchuForm):
    """The dates of a round, level by level, for the level that opens it."""

    def __init__(
        self,
        *args: Any,
        level: str,
        offered: Mapping[str, dt.date],
        locks_on: dt.date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = _ASKED_BY_COMMUNE if level == "commune" else _ASKED
        fields = {**asked} if level == "commune" else {**_BELOW, **asked}
        if level in _OWN:
            fields[f"due_{level}"] = (_OWN[level], (level,))
        self._asked = tuple(asked)
        self._levels = {name: levels for name, (_label, levels) in fields.items()}
        for name, (label, levels) in fields.items():
            self.fields[name] = VietnameseDateField(
                label=label,
                initial=offered.get(levels[0]),
                required=name in asked,
                error_messages={"required": gettext("Điền “%(label)s”.") % {"label": label}},
            )
        self.fields["locks_on"] = VietnameseDateField(
            label=_("Ngày khóa nhập số liệu"),
            help_text=_("Sau ngày này không nhập, không nộp được. Để trống nếu không khóa."),
            initial=locks_on,
            required=False,
        )

    @property
    def due(self) -> dict[str, dt.date]:
        """level -> the day that was given."""
        return {
            level: self.cleaned_data[name]
            for name, levels in self._levels.items()
            for level in levels
            if self.cleaned_data.get(name)
        }

    @property
    def last_asked(self) -> dt.date:
        """The last of the days of those that the round asks."""
        days: list[dt.date] = [self.cleaned_data[name] for name in self._asked]
        return max(days)

    def field_of(self, fault: Refusal) -> str | None:
        """The field that holds the level's day."""
        level = fault.field.removeprefix("due_")
        name = next((n for n, levels in self._levels.items() if level in levels), fault.field)
        return name if name in self.fields else None


class RoundForm(RoundDays):
    """Opening a round."""

    title = forms.CharField(label=_("Tên đợt báo cáo"), max_length=300)
    letter = forms.CharField(
        label=_("Số, ngày công văn yêu cầu"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: 12-CV/BCĐ ngày 02/6/2026. Để trống nếu chưa có."),
    )
    cut_off = VietnameseDateField(label=_("Ngày chốt số liệu"))

    def __init__(self, *args: Any, period: Period, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = title
        self.fields["cut_off"].initial = period.end
        if OVERLAP in self.data:
            self._ask_overlap()

    def _ask_overlap(self) -> None:
        self.add_field(
            OVERLAP,
            forms.BooleanField(
                label=_("Đã biết đợt trùng ngày, vẫn mở đợt này"),
                required=False,
            ),
        )

    def tell(self, fault: Refusal) -> None:
        """A round over the same days is asked about, not only refused."""
        if fault.field == OVERLAP and OVERLAP not in self.fields:
            self._ask_overlap()
        super().tell(fault)


class ChangeDaysForm(RoundDays):
    """Other dates for a running round, with the reason."""

    reason = forms.CharField(label=_("Lý do đổi hạn"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self._levels, "locks_on", "reason"])
