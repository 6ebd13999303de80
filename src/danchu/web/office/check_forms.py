"""The form of a rule that figures are checked by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.reporting.checks.content import RuleContent
from danchu.reporting.figures.selectors import definitions
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .rule_words import RELATIONS, comparison, name_of

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


_SHORT = {"<=": "le", ">=": "ge", "=": "eq", "<": "lt", ">": "gt"}


class RuleForm(DanchuForm):
    """A rule to be tried and added."""

    left = forms.ChoiceField(label=_("Chỉ tiêu"), required=False)
    relation = forms.ChoiceField(
        label=_("Phải"), choices=[("", "…"), *RELATIONS.items()], required=False
    )
    right = forms.ChoiceField(
        label=_("So với chỉ tiêu"),
        required=False,
        help_text=_(
            "Chọn ba ô này là đủ cho một quy tắc so sánh; mã, quy tắc và câu báo tự điền. Quy tắc "
            "khác thì để trống và viết ở phần dưới."
        ),
    )
    key = forms.CharField(
        label=_("Mã quy tắc"),
        max_length=60,
        required=False,
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
        required=False,
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
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Số liệu điền vào chỗ có ngoặc nhọn, ví dụ {value} hoặc {opinions_received}."),
    )
    sentence_en = forms.CharField(
        label=_("Câu báo bằng tiếng Anh"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    valid_from = VietnameseDateField(
        label=_("Từ kỳ kết thúc ngày"),
        required=False,
        help_text=_("Để trống nếu áp dụng cho mọi kỳ."),
    )
    valid_to = VietnameseDateField(label=_("Đến kỳ kết thúc ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "…"), *((key, name_of(m)) for key, m in definitions().items())]
        for place in ("left", "right"):
            field = self.fields[place]
            assert isinstance(field, forms.ChoiceField)
            field.choices = names

    def clean(self) -> dict[str, Any]:
        """Fill in from the comparison that was chosen what was not written; else all is asked."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [typed.get(name, "") for name in ("left", "relation", "right")]
        if all(chosen) and not typed.get("rule"):
            rule, vi, en = comparison(*chosen)
            made = {"rule": rule, "sentence_vi": vi, "sentence_en": en}
            made["key"] = f"ss_{chosen[0][:26]}_{_SHORT[chosen[1]]}_{chosen[2][:26]}"
            typed |= {name: text for name, text in made.items() if not typed.get(name)}
        for name in ("key", "rule", "sentence_vi", "sentence_en"):
            if not typed.get(name) and name not in self.errors:
                label = self.fields[name].label or ""
                self.add_error(name, gettext("Điền %(label)s.") % {"label": str(label).lower()})
        return typed

    def content(self) -> RuleContent:
        """The rule as the service takes it."""
        places = ("left", "relation", "right")
        typed = {n: value for n, value in self.cleaned_data.items() if n not in places}
        return RuleContent(**typed)
