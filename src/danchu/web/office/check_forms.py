"""The form of a rule that figures are checked by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.reporting.checks.content import RuleContent
from danchu.web.design.forms import DanchuForm, VietnameseDateField

LAYERS = (
    ("cell", _("Từng số liệu")),
    ("form", _("Các số liệu trong biểu với nhau")),
    ("records", _("So với hồ sơ đã ghi")),
    ("history", _("So với kỳ trước, đơn vị cùng loại")),
)
SEVERITIES = (
    ("block", _("Chặn nộp")),
    ("justify", _("Phải giải trình")),
    ("warn", _("Cảnh báo")),
)


class RuleForm(DanchuForm):
    """A rule to be tried and added."""

    key = forms.CharField(
        label=_("Mã quy tắc"),
        max_length=60,
        help_text=_("Chữ thường không dấu, số, dấu gạch dưới. Ví dụ: doi_thoai_toi_thieu."),
    )
    layer = forms.ChoiceField(
        label=_("Lớp kiểm tra"), choices=LAYERS, widget=forms.RadioSelect, initial="form"
    )
    severity = forms.ChoiceField(
        label=_("Mức độ"), choices=SEVERITIES, widget=forms.RadioSelect, initial="justify"
    )
    rule = forms.CharField(
        label=_("Quy tắc"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_(
            "Số liệu đúng phải thỏa điều gì. Ví dụ: opinions_resolved <= opinions_received; "
            "dialogues_held >= 1/2 of conferences_held; value <= 1000."
        ),
    )
    applies_to = forms.CharField(
        label=_("Áp dụng cho chỉ tiêu"),
        max_length=500,
        required=False,
        help_text=_(
            "Chỉ điền khi quy tắc dùng “value”. Mã chỉ tiêu hoặc nhóm: quantities, counts, money, "
            "rates, flows, stocks, parts; “-mã” để trừ ra."
        ),
    )
    sentence_vi = forms.CharField(
        label=_("Câu báo khi không thỏa"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Số liệu điền vào chỗ có ngoặc nhọn, ví dụ {value} hoặc {opinions_received}."),
    )
    sentence_en = forms.CharField(
        label=_("Câu báo bằng tiếng Anh"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    valid_from = VietnameseDateField(
        label=_("Từ kỳ kết thúc ngày"),
        required=False,
        help_text=_("Để trống nếu áp dụng cho mọi kỳ."),
    )
    valid_to = VietnameseDateField(label=_("Đến kỳ kết thúc ngày"), required=False)

    def content(self) -> RuleContent:
        """The rule as the service takes it."""
        typed: dict[str, Any] = self.cleaned_data
        return RuleContent(**typed)
