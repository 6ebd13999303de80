"""Forms of the review of past reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.core.errors import BadInput
from danchu.reporting.figures.selectors import definitions
from danchu.web.design.forms import DanchuForm, VietnameseNumberField


class TakeInForm(DanchuForm):
    """A report as it is handed in."""

    given = forms.FileField(
        label=_("Tệp báo cáo"),
        required=False,
        help_text=_("DOCX, PDF, DOC, ODT, HTML hoặc TXT, nhiều nhất 20 MB."),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=500_000,
    )
    title = forms.CharField(
        label=_("Tên báo cáo"),
        required=False,
        max_length=300,
        help_text=_("Để trống thì lấy dòng đầu của văn bản."),
    )
    unit_code = forms.CharField(
        label=_("Mã đơn vị của báo cáo"),
        required=False,
        max_length=40,
        help_text=_("Để trống nếu là đơn vị của mình."),
    )
    period_code = forms.CharField(
        label=_("Kỳ báo cáo"),
        required=False,
        max_length=60,
        help_text=_("Ví dụ 2019H1 (6 tháng đầu năm 2019). Để trống thì đọc từ văn bản."),
    )
    source_note = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=500,
        help_text=_("Đã đăng ở đâu, ngày nào."),
    )
    public = forms.BooleanField(
        label=_("Báo cáo đã được công bố"),
        required=False,
        help_text=_("Số liệu đã xác nhận sẽ hiện trên trang của người dân."),
    )

    def clean(self) -> dict[str, Any]:
        """One of file and text is needed."""
        data = super().clean() or self.cleaned_data
        if not data.get("given") and not data.get("text") and "given" not in self.errors:
            self.add_error("given", str(BadInput("Chọn tệp hoặc dán nội dung.", "Choose a file.")))
        return data


class CorrectionForm(DanchuForm):
    """The right indicator and the right number."""

    key = forms.ChoiceField(label=_("Chỉ tiêu"))
    amount = forms.CharField(label=_("Số đúng"), max_length=40)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, f"{d.name_en if english else d.name_vi} ({d.unit_en if english else d.unit_vi})")
            for key, d in definitions().items()
        ]

    def clean(self) -> dict[str, Any]:
        """Read the number in the unit of the chosen indicator."""
        data = super().clean() or self.cleaned_data
        meaning = definitions().get(data.get("key", ""))
        if meaning is not None and "amount" in data:
            places = len(str(meaning.scale)) - 1
            number = VietnameseNumberField(decimals=places, smallest=-(10**15))
            try:
                data["amount"] = number.clean(data["amount"])
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return data


class PeriodForm(DanchuForm):
    """Which period a report is about."""

    period_code = forms.CharField(
        label=_("Kỳ báo cáo"), max_length=60, help_text=_("Ví dụ 2019H1, nd09:2026H1.")
    )
