"""The form of a reminder."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danchu.web.design.forms import DanchuForm, VietnameseDateField


class RemindForm(DanchuForm):
    """By when the unit is asked to publish what is missing."""

    due_on = VietnameseDateField(
        label=_("Đề nghị công khai trước hết ngày"),
        help_text=_("Việc tự đóng khi đơn vị công khai nội dung đó."),
    )
