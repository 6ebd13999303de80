"""Forms of what citizens say of notices: the answer, and cancelling what is none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.civic.claims.rules import CANCEL_NAMES, MOST_NOTE, OUTCOME_NAMES
from danchu.civic.claims.selectors import Correction
from danchu.core.text import format_date
from danchu.web.design.forms import DanchuForm


class ClaimAnswerForm(DanchuForm):
    """The answer; what may be answered depends on what was sent and what was published since."""

    outcome = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)
    correction = forms.TypedChoiceField(
        label=_("Nội dung đính chính"),
        help_text=_("Chỉ chọn khi kết quả là đã được đính chính. Người gửi được dẫn tới đó."),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    other_point = forms.BooleanField(
        label=_("Nội dung đính chính sửa chỗ khác, không phải chỗ người gửi nêu"),
        help_text=_("Chỉ đánh dấu khi kết quả là thông tin đúng."),
        required=False,
    )
    answer = forms.CharField(
        label=_("Nội dung trả lời"),
        help_text=_("Người gửi đọc được bằng mã và PIN. Nêu đã kiểm tra gì, căn cứ vào đâu."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self,
        answers: Sequence[str],
        corrections: Sequence[Correction],
        *args: Any,
        corrected_since: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(key, OUTCOME_NAMES[key].said(language)) for key in answers]
        if not (corrected_since and "stands" in answers):
            del self.fields["other_point"]
        if not corrections:
            del self.fields["correction"]
            return
        correction: Any = self.fields["correction"]
        correction.choices = [
            (str(one.public_id), f"{format_date(one.day)}: {one.title}") for one in corrections
        ]
        if len(corrections) == 1:
            self.initial["correction"] = str(corrections[0].public_id)


class ClaimAmendForm(ClaimAnswerForm):
    """The answer amended, with its reason."""

    reason = forms.CharField(
        label=_("Lý do sửa"),
        help_text=_("Câu trả lời trước được giữ lại cùng lý do này; người gửi không đọc lý do."),
        max_length=500,
    )


class ClaimCancelForm(DanchuForm):
    """Why it is cancelled, and a note that its sender reads."""

    why = forms.ChoiceField(label=_("Lý do hủy"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Ghi thêm cho người gửi"),
        help_text=_("Việc gửi ở nơi khác thì ghi rõ nơi gửi đúng."),
        max_length=MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        why: Any = self.fields["why"]
        why.choices = [(key, name.said(language)) for key, name in CANCEL_NAMES.items()]
