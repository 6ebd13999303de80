"""The form of an explanation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.web.design.forms import DanchuForm


class ExplanationForm(DanchuForm):
    """Why the unit says another figure than its records show."""

    explanation = forms.CharField(
        label=_("Nội dung giải trình"),
        help_text=_(
            "Vì sao hai số khác nhau, số nào đúng, sẽ sửa ở đâu. Không nêu tên, thông tin cá nhân "
            "của người dân. Cấp trên đọc được ngay sau khi gửi."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
