"""The forms that take a filled form of a round in, and carry it from one step to the next."""

from __future__ import annotations

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.core.documents.filled_xlsx import MAX_BYTES
from danchu.web.design.forms import DanchuForm


class EntrySheetForm(DanchuForm):
    """The filled form as a file."""

    file = forms.FileField(
        label=_("Tệp biểu đã điền (XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    @property
    def is_too_large(self) -> bool:
        """Whether the file is larger than any form; it is not read then."""
        size = self.cleaned_data["file"].size
        return size is None or size > MAX_BYTES


class EntrySheetAgainForm(DanchuForm):
    """The file on its way back from the page, where it is read again.

    ``mark`` says which preview the person saw.
    """

    listed = forms.CharField(
        widget=forms.HiddenInput, max_length=MAX_BYTES * 4 // 3 + 4, required=False
    )
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def clean_listed(self) -> bytes:
        """The file as it was given."""
        try:
            return base64.b64decode(self.cleaned_data["listed"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("Đưa lại tệp biểu.")) from None
