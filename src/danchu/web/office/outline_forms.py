"""Forms of an outline: one for a section with its sentences, one for the frame, one for annexes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.reporting.reviews.outlines.content import LONGEST, LONGEST_TITLE
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .counted_rows import RowSet
from .report_forms import KINDS

NOUGHT = (
    ("general", _("Nói chung: “Trong kỳ không phát sinh …”")),
    ("own", _("Bằng câu riêng dưới đây")),
    ("silent", _("Không nói")),
)
_SEPARATORS = re.compile(r"[\s,;]+")


class SectionForm(DanchuForm):
    """A heading and what stands under it."""

    title_vi = forms.CharField(label=_("Tên mục"), max_length=LONGEST_TITLE)
    title_en = forms.CharField(
        label=_("Tên mục bằng tiếng Anh"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("Để trống thì in tiếng Việt."),
    )
    findings = forms.MultipleChoiceField(
        label=_("Nhận xét đưa vào mục này"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    empty_vi = forms.CharField(
        label=_("Câu nhắc khi chưa có gì"),
        max_length=LONGEST,
        required=False,
        help_text=_("Chỉ hiện trên màn hình soạn báo cáo, không in ra giấy."),
    )
    empty_en = forms.CharField(
        label=_("Câu nhắc bằng tiếng Anh"), max_length=LONGEST, required=False
    )
    valid_from = VietnameseDateField(
        label=_("Dùng từ kỳ kết thúc ngày"), required=False, help_text=_("Để trống nếu mọi kỳ.")
    )
    valid_to = VietnameseDateField(label=_("Đến kỳ kết thúc ngày"), required=False)

    def row(self, sentences: list[dict[str, Any]]) -> dict[str, Any]:
        """The section as its content has it, without id and children."""
        return {**self.cleaned_data, "sentences": sentences}


class _OrderedForm(DanchuForm):
    """What stands in an order that may be changed."""

    order = forms.IntegerField(
        label=_("Thứ tự"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )


class SentenceForm(_OrderedForm):
    """One sentence of a section; without Vietnamese words it is dropped."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    vi = forms.CharField(
        label=_("Câu"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    en = forms.CharField(
        label=_("Câu bằng tiếng Anh"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.CharField(
        label=_("Chỉ in khi còn có số của"),
        max_length=500,
        required=False,
        help_text=_("Mã chỉ tiêu; chỉ tiêu ngoài [[ ]] đã tự tính."),
    )
    unless = forms.CharField(
        label=_("Không in khi đã có số của"),
        max_length=500,
        required=False,
        help_text=_("Nhường cho câu đầy đủ hơn."),
    )
    apart = forms.BooleanField(label=_("Xuống dòng trước câu này"), required=False)
    nought = forms.ChoiceField(
        label=_("Khi số bằng 0"), choices=NOUGHT, initial="general", required=False
    )
    none_vi = forms.CharField(
        label=_("Câu khi số bằng 0"),
        max_length=LONGEST,
        required=False,
        help_text=_("Ví dụ: Trong kỳ chưa tổ chức | buổi tuyên truyền. Không có dấu chấm."),
    )
    none_en = forms.CharField(
        label=_("Câu khi số bằng 0, tiếng Anh"), max_length=LONGEST, required=False
    )

    @property
    def has_more(self) -> bool:
        """Whether anything but the words was set; the page then shows it opened."""
        names = ("needs", "unless", "apart", "none_vi")
        return any(self[name].value() for name in names) or self["nought"].value() == "silent"

    def sentence(self) -> dict[str, Any]:
        """The sentence as its content has it."""
        typed = self.cleaned_data
        nought = typed["nought"] or "general"
        own = nought == "own" and typed["none_vi"]
        return {
            "id": typed["id"],
            "vi": typed["vi"],
            "en": typed["en"],
            "needs": keys_typed(typed["needs"]),
            "unless": keys_typed(typed["unless"]),
            "apart": typed["apart"],
            "none_vi": typed["none_vi"] if own else "" if nought == "silent" else None,
            "none_en": typed["none_en"] if own else "" if nought == "silent" else None,
        }


class LineForm(_OrderedForm):
    """A line of the frame; without Vietnamese words it is dropped."""

    vi = forms.CharField(
        label=_("Dòng"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    en = forms.CharField(
        label=_("Dòng bằng tiếng Anh"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    valid_from = VietnameseDateField(label=_("Dùng từ kỳ kết thúc ngày"), required=False)
    valid_to = VietnameseDateField(label=_("Đến kỳ kết thúc ngày"), required=False)

    def line(self) -> dict[str, Any]:
        """The line as its content has it."""
        return {name: self.cleaned_data[name] for name in ("vi", "en", "valid_from", "valid_to")}


class AnnexForm(_OrderedForm):
    """A table of the annex; without a title it is dropped."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    title_vi = forms.CharField(label=_("Tên biểu"), max_length=LONGEST_TITLE, required=False)
    title_en = forms.CharField(
        label=_("Tên biểu bằng tiếng Anh"), max_length=LONGEST_TITLE, required=False
    )
    columns = forms.CharField(
        label=_("Các cột"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("Mã chỉ tiêu theo thứ tự cột, cách nhau bằng dấu phẩy."),
    )

    def annex(self) -> dict[str, Any]:
        """The table as its content has it."""
        typed = self.cleaned_data
        return {
            "id": typed["id"],
            "title_vi": typed["title_vi"],
            "title_en": typed["title_en"],
            "columns": keys_typed(typed["columns"]),
        }


class StartForm(DanchuForm):
    """What a draft begins from."""

    start = forms.ChoiceField(label=_("Bắt đầu từ"))
    file = forms.FileField(
        label=_("Hoặc từ tệp đề cương đã tải về"),
        required=False,
        help_text=_("Tệp JSON. Có tệp thì không dùng bản chọn ở trên."),
    )

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = versions  # type: ignore[attr-defined]  # a choice field


class InForceForm(DanchuForm):
    """From when a draft is used, and on whose word."""

    basis = forms.CharField(
        label=_("Căn cứ thay đổi"),
        max_length=300,
        help_text=_("Ví dụ: Công văn số, ngày của cơ quan gửi đề cương."),
    )
    valid_from = VietnameseDateField(
        label=_("Áp dụng từ kỳ kết thúc ngày"),
        help_text=_("Báo cáo đã chốt giữ đề cương cũ."),
    )
    valid_to = VietnameseDateField(
        label=_("Đến kỳ kết thúc ngày"), required=False, help_text=_("Để trống nếu chưa biết.")
    )


class RestoreForm(DanchuForm):
    """Going back to the outline of the release."""

    basis = forms.CharField(label=_("Lý do"), max_length=300)
    valid_from = VietnameseDateField(label=_("Áp dụng từ kỳ kết thúc ngày"))


class PreviewForm(DanchuForm):
    """Of which unit and period the draft is looked at."""

    unit = forms.CharField(
        label=_("Tên hoặc mã đơn vị"),
        help_text=_("Gõ có dấu hay không dấu đều được."),
        max_length=100,
    )
    period = forms.ChoiceField(label=_("Kỳ báo cáo"))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]  # a choice field


class PlaceForm(DanchuForm):
    """Where a section stands."""

    under = forms.ChoiceField(label=_("Chuyển vào mục"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = places  # type: ignore[attr-defined]  # a choice field


SentenceFormSet = forms.formset_factory(
    SentenceForm, formset=RowSet, extra=1, max_num=80, absolute_max=100
)
LineFormSet = forms.formset_factory(LineForm, formset=RowSet, extra=1, max_num=30, absolute_max=50)
AnnexFormSet = forms.formset_factory(
    AnnexForm, formset=RowSet, extra=1, max_num=40, absolute_max=60
)


def keys_typed(text: str) -> list[str]:
    """Keys of indicators as somebody typed them: with commas, blanks or braces."""
    return [key for key in _SEPARATORS.split(text.replace("{", " ").replace("}", " ")) if key]


def in_order(rows: Any, filled: str) -> list[Any]:
    """The rows that say something, by their place and then as they stand on the page."""
    kept = [row for row in rows if row.cleaned_data.get(filled)]
    return sorted(kept, key=lambda row: row.cleaned_data.get("order") or 1_000)


def dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its days as days, so that a field prints them as 31/12/2026."""
    return {
        name: dt.date.fromisoformat(value)
        if name in ("valid_from", "valid_to") and isinstance(value, str) and value
        else value
        for name, value in row.items()
    }


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as a form shows them first: each with its place."""
    return [{**row, "order": n} for n, row in enumerate(rows, 1)]
