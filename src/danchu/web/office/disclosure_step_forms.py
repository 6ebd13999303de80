"""Forms of what follows a notice: postings and what becomes of them, broadcasts, other forms."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules
from danchu.civic.disclosure.models import PostingEvidence
from danchu.civic.disclosure.selectors import PostingView
from danchu.civic.disclosure.services import (
    BroadcastInput,
    EvidenceInput,
    FormInput,
    PostingInput,
    hand_in_document,
    hand_in_evidence,
)
from danchu.civic.disclosure.services.form_inputs import OTHER_FORMS
from danchu.core.errors import Refusal
from danchu.web.design.asking import AsksOnceMore
from danchu.web.design.forms import DanchuForm, VietnameseDateField, VietnameseNumberField

from . import words
from .kept_files import KeepsFiles, KeptFileField, TakingIn

PHOTOS = "image/*,application/pdf"


def _photo(label: Any) -> KeptFileField:
    """A file box that opens the camera of a phone."""
    return KeptFileField(label=label, accept=PHOTOS, camera=True)


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        language = get_language() or "vi"
        kind.choices = [
            (code, _first(name.said(language))) for code, name in rules.PLACE_NAMES.items()
        ]

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        data = self.cleaned_data
        content = PostingInput(
            kind=data["kind"], place=data["place"], starts_on=data["starts_on"], link=data["link"]
        )
        return {"content": content}


class CorrectPostingForm(PostingForm):
    """A posting corrected, with the reason."""

    reason = forms.CharField(label=_("Lý do sửa"), max_length=500)

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return {**super().arguments(), "reason": self.cleaned_data["reason"]}


class _PhotoForm(KeepsFiles):
    """A form with a picture that stays with it."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {"photo": hand_in_evidence}

    def field_of(self, fault: Refusal) -> str | None:
        """A refusal about the file stands beside the box of the picture."""
        return "photo" if fault.field == "file" else super().field_of(fault)

    def evidence(self, moment: str) -> EvidenceInput | None:
        """The picture taken, else the link typed, else None."""
        photo = self.handed("photo")
        if photo:
            return EvidenceInput(moment, photo[0])
        link = self.cleaned_data.get("evidence_link", "")
        return EvidenceInput(moment, link=link) if link else None


class EvidenceForm(_PhotoForm):
    """A picture of a posting, or a link."""

    moment = forms.ChoiceField(label=_("Thời điểm"), choices=words.MOMENTS)
    photo = _photo(_("Ảnh hoặc PDF"))
    evidence_link = forms.CharField(
        label=_("hoặc đường dẫn"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def arguments(self) -> dict[str, Any]:
        """What was taken or typed, for the service; none of both is refused there."""
        moment = self.cleaned_data["moment"]
        return {"content": self.evidence(moment) or EvidenceInput(moment)}


class InterruptForm(DanchuForm):
    """Days on which a posting was not to be read."""

    from_on = VietnameseDateField(label=_("Bị gián đoạn từ ngày"))
    to_on = VietnameseDateField(
        label=_("đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa niêm yết lại."),
    )
    reason = forms.CharField(label=_("Lý do gián đoạn"), max_length=300)

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return self.cleaned_data


class CorrectInterruptionForm(InterruptForm):
    """An interruption corrected, with the reason."""

    why = forms.CharField(label=_("Lý do sửa"), max_length=500)


class AgainForm(DanchuForm):
    """The day an interrupted posting was put up again."""

    on = VietnameseDateField(
        label=_("Niêm yết lại từ ngày"),
        help_text=_("Niêm yết lại ngay trong ngày bị gián đoạn thì các ngày vẫn được tính tiếp."),
    )

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return self.cleaned_data


class TakeDownForm(AsksOnceMore, _PhotoForm):
    """The last day of a posting, with the picture of it."""

    on = VietnameseDateField(label=_("Ngày cuối còn niêm yết"))
    photo = _photo(_("Ảnh khi gỡ"))
    all_the_same = _("Vẫn gỡ")

    def arguments(self) -> dict[str, Any]:
        """What was typed and taken, for the service."""
        moment = PostingEvidence.Moment.END
        return {
            "on": self.cleaned_data["on"],
            "evidence": self.evidence(moment),
            "early": self.insists,
        }


class TimesField(forms.CharField):
    """One time of the day or several: "5:30, 17h30"."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        return tuple(_time(part) for part in re.split(r"[;,\s]+", said) if part)


def _time(text: str) -> dt.time:
    found = re.fullmatch(r"([0-9]{1,2})(?:[:hg.]([0-9]{2})?)?", text.lower(), re.ASCII)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise forms.ValidationError(_("Ghi giờ và phút, ví dụ 17:30."))
    return dt.time(hour, minute)


class BroadcastForm(DanchuForm):
    """Lines of the loudspeaker log: one station, several days, each with its times."""

    LINES = 7  # a week; three consecutive days are what clauses 7 to 12 ask for

    station = forms.CharField(label=_("Đài, cụm loa hoặc thôn"), max_length=120)
    minutes = VietnameseNumberField(
        label=_("Thời lượng mỗi lần (phút)"), required=False, largest=600
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(self.LINES):
            row = "" if n == 0 else gettext(", dòng %(n)s") % {"n": n + 1}
            day = VietnameseDateField(label=gettext("Ngày phát") + row, required=n == 0)
            times = TimesField(label=gettext("Giờ phát") + row, required=n == 0)
            self.add_field(f"on{n or ''}", day)
            self.add_field(f"at{n or ''}", times)

    @property
    def heads(self) -> list[Any]:
        """The fields that are of all lines."""
        return [self["station"], self["minutes"]]

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """The fields of each line: its day, its times."""
        return [(self[f"on{n or ''}"], self[f"at{n or ''}"]) for n in range(self.LINES)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(1, self.LINES):
            if data.get(f"at{n}") and not data.get(f"on{n}") and f"on{n}" not in self.errors:
                self.add_error(f"on{n}", gettext("Ghi ngày phát của dòng này."))
        return data

    def _broadcasts(self) -> list[tuple[int, BroadcastInput]]:
        """Each with the number of its line; a line without times has those of the line before."""
        data, times = self.cleaned_data, ()
        found: list[tuple[int, BroadcastInput]] = []
        for n in range(self.LINES):
            on = data.get(f"on{n or ''}")
            if on is None:
                continue
            times = data.get(f"at{n or ''}") or times
            found += [(n, BroadcastInput(on, at, data["station"], data["minutes"])) for at in times]
        return found

    def field_of(self, fault: Refusal) -> str | None:
        """What is refused of the third broadcast stands beside the line that it is of."""
        parts = fault.field.split("-")
        if len(parts) == 3 and parts[0] == "broadcasts":
            line, _content = self._sent[int(parts[1])]
            return f"{parts[2]}{line or ''}"
        return super().field_of(fault)

    def tell(self, fault: Refusal) -> None:
        """Of several lines the one at fault is named, and told once for all its times."""
        beside = self.field_of(fault) or ""
        line = re.fullmatch("(on|at)([0-9]?)", beside)
        if line is None or len({one for one, _content in self._sent}) < 2:
            super().tell(fault)
            return
        said = str(fault)
        row = gettext("Dòng %(n)s: %(said)s") % {
            "n": int(line[2] or 0) + 1,
            "said": said[:1].lower() + said[1:],
        }
        if row not in self.errors.get(beside, ()):
            self.add_error(beside, row)

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        self._sent = self._broadcasts()
        return {"contents": [content for _line, content in self._sent]}


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

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return {"content": FormInput(**self.cleaned_data)}


class ReasonForm(DanchuForm):
    """A reason, for cancelling or taking something back."""

    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def arguments(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return self.cleaned_data


class DocumentForm(KeepsFiles):
    """A document added to a notice."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {"documents": hand_in_document}

    documents = KeptFileField(
        label=_("Tệp văn bản (PDF, DOCX)"),
        accept=".pdf,.docx,application/pdf",
        help_text=_(
            "Người dân tải được tệp này. Không kèm tệp có họ tên, số định danh của từng người. Tên "
            "tác giả ghi trong thuộc tính của PDF có thể còn, nhất là PDF đã ký số: xem mục Thuộc "
            "tính trước khi gửi."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.handed("documents") and not self.errors:
            self.add_error("documents", gettext("Chưa chọn tệp nào."))
        return data

    def arguments(self) -> dict[str, Any]:
        """What was handed in, for the service."""
        return {"file": self.handed("documents")[0]}


class RemoveDocumentForm(ReasonForm):
    """A document taken back, by its number, with the reason."""

    order = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)


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
