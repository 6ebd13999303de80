"""Forms of the legal officer: what was compared with what, and taking a comparison back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.web.design.forms import DanchuForm, VietnameseDateField


class ConfirmRuleForm(DanchuForm):
    """A rule was compared with the text in force."""

    text_compared = forms.CharField(
        label=_("Văn bản đã đối chiếu"),
        max_length=300,
        help_text=_("Số, ký hiệu và tên văn bản hợp nhất, ví dụ 12/VBHN-VPQH ngày 20/11/2026."),
    )
    on = VietnameseDateField(label=_("Ngày đối chiếu"))
    officer = forms.CharField(label=_("Người đối chiếu: họ tên, chức vụ"), max_length=200)
    file = forms.FileField(
        label=_("Bản lưu của văn bản"),
        required=False,
        help_text=_("Không bắt buộc. PDF, DOCX, ảnh; nhiều nhất 20 MB."),
    )


class WithdrawConfirmationForm(DanchuForm):
    """A comparison is taken back."""

    reason = forms.CharField(
        label=_("Lý do rút"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Quy tắc trở lại chỉ nhắc, không dùng để kết luận đơn vị quá hạn."),
    )
