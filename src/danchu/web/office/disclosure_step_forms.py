"""Forms of what follows a notice: postings and what becomes of them, broadcasts, other forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules
from danchu.civic.disclosure.selectors import PostingView
from danchu.civic.disclosure.services import BroadcastInput, FormInput, PostingInput
from danchu.civic.disclosure.services.inputs import OTHER_FORMS
from danchu.web.design.forms import DanchuForm, VietnameseDateField, VietnameseNumberField

from . import words

_PHOTOS = "image/*,application/pdf"


def camera() -> forms.ClearableFileInput:
    """A file box that opens the camera of a phone."""
    return forms.ClearableFileInput(attrs={"accept": _PHOTOS, "capture": "environment"})


class PostingForm(DanchuForm):
    """A posting at one more place, or a posting corrected."""

    kind = forms.ChoiceField(label=_("Loại nơi niêm yết"))
    place = forms.CharField(label=_("Tên nơi niêm yết"), max_length=200, required=False)
    starts_on = VietnameseDateField(label=_("Niêm yết từ ngày"))
    link = forms.CharField(
        label=_("Đường dẫn"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=_("Bắt buộc với cổng, trang thông tin điện tử."),
    )

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        language = get_language() or "vi"
        kind.choices = [
            (code, _first(name.said(language))) for code, name in rules.PLACE_NAMES.items()
        ]
        if correcting:
            self.add_field("reason", forms.CharField(label=str(_("Lý do sửa")), max_length=500))

    def content(self) -> PostingInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return PostingInput(
            kind=data["kind"], place=data["place"], starts_on=data["starts_on"], link=data["link"]
        )


class EvidenceForm(DanchuForm):
    """A picture of a posting, or a link."""

    moment = forms.ChoiceField(label=_("Thời điểm"), choices=words.MOMENTS)
    photo = forms.FileField(label=_("Ảnh hoặc PDF"), required=False, widget=camera())
    evidence_link = forms.CharField(
        label=_("hoặc đường dẫn"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )


class InterruptForm(DanchuForm):
    """Days on which a posting was not to be read."""

    from_on = VietnameseDateField(label=_("Bị gián đoạn từ ngày"))
    to_on = VietnameseDateField(
        label=_("đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa niêm yết lại."),
    )
    reason = forms.CharField(label=_("Lý do gián đoạn"), max_length=300)


class AgainForm(DanchuForm):
    """The day an interrupted posting was put up again."""

    on = VietnameseDateField(label=_("Niêm yết lại từ ngày"))


class TakeDownForm(DanchuForm):
    """The last day of a posting, with the picture of it."""

    on = VietnameseDateField(label=_("Ngày cuối còn niêm yết"))
    photo = forms.FileField(label=_("Ảnh lúc gỡ"), required=False, widget=camera())


class BroadcastForm(DanchuForm):
    """One line of the loudspeaker log."""

    on = VietnameseDateField(label=_("Ngày phát"))
    at = forms.TimeField(
        label=_("Giờ phát"),
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Ghi giờ và phút, ví dụ 17:30.")},
    )
    station = forms.CharField(label=_("Đài, cụm loa hoặc thôn"), max_length=120)
    minutes = VietnameseNumberField(label=_("Thời lượng (phút)"), required=False, largest=600)

    def content(self) -> BroadcastInput:
        """What was typed, for the service."""
        return BroadcastInput(**self.cleaned_data)


class FormUsedForm(DanchuForm):
    """Another form of article 12.1."""

    form = forms.ChoiceField(label=_("Hình thức"))
    on = VietnameseDateField(label=_("Ngày thực hiện"))
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["form"]
        assert isinstance(chosen, forms.ChoiceField)
        language = get_language() or "vi"
        chosen.choices = [
            (code, _first(rules.FORM_NAMES[code].said(language))) for code in OTHER_FORMS
        ]

    def content(self) -> FormInput:
        """What was typed, for the service."""
        return FormInput(**self.cleaned_data)


class ReasonForm(DanchuForm):
    """A reason, for cancelling or taking something back."""

    reason = forms.CharField(label=_("Lý do"), max_length=500)


def posting_initial(posting: PostingView) -> dict[str, Any]:
    """A posting as it stands, for its form."""
    return {
        "kind": posting.kind,
        "place": posting.place,
        "starts_on": posting.starts_on,
        "link": posting.link,
    }


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
