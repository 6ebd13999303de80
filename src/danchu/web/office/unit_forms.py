"""Forms about units: how to reach one, who receives when, registering, renaming, ending."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.reception.services import ScheduleInput
from danchu.core.clock import today
from danchu.core.units.kinds import kind_in_english
from danchu.core.units.selectors import UnitOnDay
from danchu.web.design.forms import DanchuForm, VietnameseDateField
from danchu.web.design.templatetags.danchu import weekday_name

from .periods import periods_by_year

LEVELS: dict[str, Promise] = {
    "nation": _("Cả nước"),
    "province": _("Cấp tỉnh"),
    "district": _("Cấp huyện"),
    "commune": _("Cấp xã"),
    "village": _("Thôn, tổ dân phố"),
    "agency": _("Cơ quan, đơn vị"),
    "state_enterprise": _("Doanh nghiệp nhà nước"),
    "workplace": _("Doanh nghiệp, nơi làm việc khác"),
    "committee": _("Ban Chỉ đạo"),
}
# What may be registered, by level: the kinds that stand in front of names.
REGISTERED: dict[str, tuple[str, ...]] = {
    "village": (
        "thôn", "tổ dân phố", "khu phố", "khối", "khóm", "ấp", "bản", "làng", "xóm", "buôn",
        "bon", "phum", "sóc",
    ),
    "agency": ("cơ quan", "sở", "đơn vị sự nghiệp"),
    "state_enterprise": ("doanh nghiệp nhà nước",),
    "workplace": ("doanh nghiệp",),
    "committee": ("ban chỉ đạo",),
}  # fmt: skip
# As long as the tables hold.
_NAME, _BASIS, _LINE, _NOTE = 200, 300, 300, 4000
_TIME = re.compile(r"(\d{1,2})\s*(?:(?:giờ|gio|h|g|:|\.)\s*(\d{1,2})?)?", re.ASCII | re.I)


def kind_name(kind: str) -> str:
    """A kind of unit in the language of the page, with a capital."""
    word = kind_in_english(kind) if get_language() == "en" else kind
    return word[:1].upper() + word[1:]


class TimeOfDayField(forms.Field):
    """A time as officers write it: "7 giờ 30", "7h30", "07:30", "7 giờ"."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        match = _TIME.fullmatch(" ".join(str(value).split()))
        if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
            raise forms.ValidationError(gettext("Ghi giờ và phút, ví dụ 7 giờ 30 hoặc 07:30."))
        return dt.time(int(match[1]), int(match[2] or 0))


class PeriodForm(DanchuForm):
    """Which period's report to open. Sent by GET, so that it can be kept as an address."""

    ky = forms.ChoiceField(
        label=_("Mở báo cáo của kỳ khác"),
        help_text=_(
            "6 tháng, năm chốt ngày 14 theo Nghị định 09/2019; kỳ có chữ “năm dương lịch” tính từ "
            "ngày đầu tháng đến ngày cuối tháng."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(periods_by_year(today()))

    def narrow(self, codes: Collection[str], *, within: bool = True) -> None:
        """Offer only these periods, or with ``within`` false only the others."""
        self._offer(
            [
                (year, [(code, label) for code, label in found if (code in codes) == within])
                for year, found in periods_by_year(today())
            ]
        )

    def _offer(self, years: list[tuple[str, list[tuple[str, str]]]]) -> None:
        field = self.fields["ky"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, found) for year, found in years if found]


class ContactForm(DanchuForm):
    """How citizens reach the unit, as its page tells them."""

    address = forms.CharField(label=_("Địa chỉ trụ sở"), max_length=_LINE, required=False)
    telephone = forms.CharField(label=_("Điện thoại"), max_length=60, required=False)
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    hours = forms.CharField(
        label=_("Giờ làm việc"),
        max_length=_LINE,
        required=False,
        help_text=_("Ví dụ: thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ."),
    )
    counter_note = forms.CharField(
        label=_("Việc còn phải đến quầy"),
        max_length=_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Những việc người dân vẫn phải đến trụ sở, và cần mang theo gì."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class ScheduleForm(DanchuForm):
    """One line of the schedule of receptions."""

    leader_post = forms.CharField(
        label=_("Người tiếp (chức vụ)"), max_length=160, help_text=_("Ví dụ: Chủ tịch UBND xã.")
    )
    leader_name = forms.CharField(label=_("Họ và tên"), max_length=120, required=False)
    weekday = forms.TypedChoiceField(label=_("Ngày trong tuần"), coerce=int)
    weeks = forms.TypedMultipleChoiceField(
        label=_("Tuần trong tháng"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
        help_text=_("Không chọn tuần nào nghĩa là tuần nào cũng tiếp."),
    )
    starts_at = TimeOfDayField(label=_("Từ"), help_text=_("Ví dụ: 7 giờ 30."))
    ends_at = TimeOfDayField(label=_("Đến"))
    place = forms.CharField(label=_("Nơi tiếp"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        monday = dt.date(2024, 1, 1)  # any Monday: only the names of the days are wanted
        days = [(n, weekday_name(monday + dt.timedelta(days=n))) for n in range(7)]
        weekday = self.fields["weekday"]
        assert isinstance(weekday, forms.ChoiceField)
        weekday.choices = [("", gettext("Chọn ngày")), *days]
        weeks = self.fields["weeks"]
        assert isinstance(weeks, forms.ChoiceField)
        weeks.choices = [(str(n), gettext("Tuần %(n)s") % {"n": n}) for n in range(1, 6)]

    def content(self) -> ScheduleInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return ScheduleInput(**{**data, "weeks": tuple(data["weeks"])})


class RegisterForm(DanchuForm):
    """A village, agency, workplace or committee below a unit."""

    kind = forms.ChoiceField(label=_("Loại đơn vị"))
    name = forms.CharField(
        label=_("Tên đầy đủ"),
        max_length=_NAME,
        help_text=_("Ghi cả loại ở đầu tên, ví dụ: tổ dân phố 5."),
    )
    short_code = forms.CharField(
        label=_("Mã ngắn"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )
    valid_from = VietnameseDateField(
        label=_("Có từ ngày"),
        help_text=_("Chỉ ghi được việc của đơn vị từ ngày này trở đi."),
    )
    basis = forms.CharField(
        label=_("Theo văn bản"),
        max_length=_BASIS,
        required=False,
        help_text=_("Văn bản thành lập, nếu có. Ví dụ: số, ngày của nghị quyết, quyết định."),
    )

    def __init__(self, *args: Any, parent: UnitOnDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [level for level in REGISTERED if level != "village" or parent.level == "commune"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            ("", gettext("Chọn loại đơn vị")),
            *(
                (
                    LEVELS[level],
                    [(f"{level}:{name}", kind_name(name)) for name in REGISTERED[level]],
                )
                for level in levels
            ),
        ]
        self["short_code"].help_text = gettext(
            "Chữ không dấu và số, nhiều nhất 12 ký tự. Mã của đơn vị sẽ có dạng %(code)s.MÃNGẮN, "
            "cấp một lần và không dùng lại."
        ) % {"code": parent.code.split(".")[0]}

    def clean(self) -> dict[str, Any]:
        """A village's name begins with its kind, so that lists and reports print it whole."""
        data = super().clean() or self.cleaned_data
        level, _colon, kind = data.get("kind", "").partition(":")
        name = data.get("name", "")
        if level == "village" and name and not name.lower().startswith(f"{kind} "):
            self.add_error(
                "name", gettext("Ghi cả loại ở đầu tên: %(name)s.") % {"name": f"{kind} {name}"}
            )
        return data

    def content(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = dict(self.cleaned_data)
        data["level"], _colon, data["kind"] = data["kind"].partition(":")
        return data


class RenameForm(DanchuForm):
    """Another name from a day on."""

    name = forms.CharField(label=_("Tên mới, đầy đủ"), max_length=_NAME)
    on = VietnameseDateField(
        label=_("Từ ngày"), help_text=_("Tên cũ giữ nguyên cho những ngày trước đó.")
    )
    basis = forms.CharField(
        label=_("Theo văn bản"),
        max_length=_BASIS,
        required=False,
        help_text=_("Số, ngày của văn bản đổi tên, nếu có."),
    )


class EndForm(DanchuForm):
    """The last day of a registered unit."""

    last_day = VietnameseDateField(
        label=_("Ngày cuối cùng"), help_text=_("Đơn vị còn đến hết ngày này.")
    )
    basis = forms.CharField(
        label=_("Theo văn bản"),
        max_length=_BASIS,
        required=False,
        help_text=_("Số, ngày của văn bản giải thể hoặc sáp nhập, nếu có."),
    )
