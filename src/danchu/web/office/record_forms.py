"""Forms for writing work down: the same fields as on paper, in the same order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.civic.dialogue.services import MOST_OPINIONS, DialogueInput, OpinionInput
from danchu.civic.otherwork.services import OtherWorkInput
from danchu.civic.reception.services import ReceptionInput
from danchu.core.clock import today
from danchu.core.contracts import work_kinds
from danchu.core.errors import Refusal
from danchu.web.design.forms import (
    DanchuForm,
    VietnameseDateField,
    VietnameseNumberField,
    of_row,
)

from . import words
from .counted_rows import RowSet


class _Corrects(DanchuForm):
    """A form that may correct what was written: it then asks for the reason."""

    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=500,
        required=False,
        help_text=_("Bản trước được giữ lại cùng lý do này."),
    )

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class DialogueForm(_Corrects):
    """The minutes of a dialogue or meeting."""

    occurred_on = VietnameseDateField(label=_("Ngày diễn ra"))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=words.DIALOGUE_KINDS)
    base_kind = forms.ChoiceField(label=_("Ở loại hình cơ sở"), choices=words.BASE_KINDS)
    topic = forms.CharField(label=_("Nội dung chính"), max_length=300)
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    chair_post = forms.CharField(
        label=_("Người chủ trì (chức vụ)"),
        max_length=160,
        help_text=_("Ví dụ: Chủ tịch UBND xã."),
    )
    participants = VietnameseNumberField(
        label=_("Số người dự"),
        required=False,
        largest=1_000_000,
        help_text=_("Để trống nếu không đếm."),
    )
    public = forms.BooleanField(
        label=_("Hiện trên trang của người dân"),
        required=False,
        help_text=_("Nội dung, ý kiến và câu trả lời sẽ công khai. Không ghi tên người nêu."),
    )

    def content(self, opinions: tuple[OpinionInput, ...] = ()) -> DialogueInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return DialogueInput(
            kind=data["kind"],
            base_kind=data["base_kind"],
            topic=data["topic"],
            place=data["place"],
            chair_post=data["chair_post"],
            participants=data["participants"],
            public=data["public"],
            opinions=opinions,
        )


class OpinionForm(DanchuForm):
    """One opinion as it was given."""

    text = forms.CharField(
        label=_("Nội dung ý kiến"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text=_("Ghi điều được nêu, không ghi tên người nêu."),
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=words.FIELDS, initial="other")
    within_competence = forms.BooleanField(
        label=_("Thuộc thẩm quyền của đơn vị"), required=False, initial=True
    )
    assigned_to = forms.CharField(
        label=_("Giao cho (bộ phận trả lời)"), max_length=160, required=False
    )
    due_on = VietnameseDateField(label=_("Hẹn trả lời"), required=False)
    taken_up_on = VietnameseDateField(
        label=_("Ngày tiếp nhận, giao xử lý"),
        required=False,
        help_text=_("Để trống nếu chưa tiếp nhận."),
    )

    def content(self) -> OpinionInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return OpinionInput(
            text=data["text"],
            field=data["field"],
            within_competence=data["within_competence"],
            assigned_to=data["assigned_to"],
            due_on=data["due_on"],
            taken_up_on=data["taken_up_on"],
        )


OpinionFormSet = forms.formset_factory(
    OpinionForm,
    formset=RowSet,
    extra=2,
    max_num=MOST_OPINIONS,
    absolute_max=MOST_OPINIONS + 20,
    validate_max=True,
)


class NewDialogueForm(DialogueForm):
    """New minutes with the rows of their opinions; rows in which nothing stands do not count."""

    def __init__(self, *args: Any, opinions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opinions = opinions

    @property
    def filled(self) -> list[OpinionForm]:
        """The rows in which something stands, in order."""
        return [row for row in self.opinions if row.has_changed()]

    def tell(self, fault: Refusal) -> None:
        """What was refused of an opinion ("opinions-3-text") stands beside its row."""
        found = of_row(fault, "opinions")
        if found is None:
            super().tell(fault)
        else:
            self.filled[found[0]].tell(found[1])


class AnswerForm(DanchuForm):
    """The answer to an opinion."""

    on = VietnameseDateField(label=_("Ngày trả lời"))
    outcome = forms.ChoiceField(
        label=_("Kết quả"), choices=words.OUTCOMES, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Nội dung trả lời"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )


class TakeUpForm(DanchuForm):
    """Taking an opinion up."""

    on = VietnameseDateField(label=_("Ngày tiếp nhận"))
    assigned_to = forms.CharField(label=_("Giao cho (bộ phận trả lời)"), max_length=160)
    due_on = VietnameseDateField(label=_("Hẹn trả lời"), required=False)


class ResultForm(DanchuForm):
    """Publishing the result of a dialogue."""

    on = VietnameseDateField(label=_("Ngày công bố"))
    summary = forms.CharField(
        label=_("Kết quả đối thoại"), widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000
    )


class CancelForm(DanchuForm):
    """Cancelling a record."""

    reason = forms.CharField(
        label=_("Lý do hủy"),
        max_length=500,
        help_text=_("Nội dung vẫn được giữ cùng lý do này và không còn được tính vào số liệu."),
    )


class ReceptionForm(_Corrects):
    """A reception day, as totals of the register."""

    occurred_on = VietnameseDateField(label=_("Ngày tiếp công dân"))
    form = forms.ChoiceField(
        label=_("Hình thức tiếp"),
        choices=words.RECEPTION_FORMS,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
    )
    receiver = forms.ChoiceField(
        label=_("Người tiếp"), choices=[("", _("Chọn người tiếp")), *words.RECEIVERS]
    )
    receiver_post = forms.CharField(
        label=_("Chức vụ người tiếp"), max_length=160, help_text=_("Ví dụ: Chủ tịch UBND xã.")
    )
    place = forms.CharField(label=_("Nơi tiếp"), max_length=200, required=False)
    visits = VietnameseNumberField(label=_("Số lượt tiếp"), largest=100_000)
    people = VietnameseNumberField(
        label=_("Số người"),
        required=False,
        largest=1_000_000,
        help_text=_("Một đoàn là một lượt, nhiều người. Để trống nếu sổ không ghi."),
    )
    matters = VietnameseNumberField(
        label=_("Số vụ việc"),
        required=False,
        largest=100_000,
        help_text=_("Để trống nếu sổ không ghi."),
    )
    mass_groups = VietnameseNumberField(label=_("Số đoàn đông người"), largest=10_000, initial=0)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi tên, địa chỉ người đến."),
    )

    def content(self) -> ReceptionInput:
        """What was typed, for the service."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("occurred_on", "reason")}
        return ReceptionInput(**data)


class OtherWorkForm(_Corrects):
    """Work of any other kind: a number of something, on a day."""

    occurred_on = VietnameseDateField(label=_("Ngày thực hiện"))
    kind = forms.ChoiceField(label=_("Loại việc"))
    number = forms.CharField(
        label=_("Số lượng"), max_length=40, help_text=_("Theo đơn vị tính của loại việc.")
    )
    people = VietnameseNumberField(label=_("Số người tham gia"), required=False)
    base_kind = forms.ChoiceField(label=_("Ở loại hình cơ sở"), choices=words.BASE_KINDS)
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        groups: dict[str, list[tuple[str, str]]] = {}
        for kind in work_kinds().values():
            name = kind.name_en if english else kind.name_vi
            unit = kind.unit_en if english else kind.unit_vi
            section = str(words.SECTIONS.get(kind.section, kind.section))
            groups.setdefault(section, []).append((kind.key, f"{name} ({unit})"))
        kind_field = self.fields["kind"]
        assert isinstance(kind_field, forms.ChoiceField)
        kind_field.choices = [("", _("Chọn loại việc")), *groups.items()]

    def clean(self) -> dict[str, Any]:
        """Read the number in the unit of the chosen kind."""
        data = super().clean() or self.cleaned_data
        kind = work_kinds().get(data.get("kind", ""))
        if kind is not None and "number" in data:
            places = len(str(kind.scale)) - 1
            field = VietnameseNumberField(decimals=places)
            try:
                data["number"] = field.clean(data["number"])
            except forms.ValidationError as error:
                self.add_error("number", error)
        return data

    def content(self) -> OtherWorkInput:
        """What was typed, for the service."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("occurred_on", "reason")}
        return OtherWorkInput(**data)


def new_day() -> dict[str, Any]:
    """A new form begins with today."""
    return {"occurred_on": today()}
