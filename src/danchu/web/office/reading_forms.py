"""Forms of the review of past reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.core.errors import BadInput
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.reading.words import indicator_named
from danchu.web.design.forms import DanchuForm, VietnameseNumberField

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class TakeInForm(DanchuForm):
    """A report as it is handed in."""

    given = forms.FileField(
        label=_("Tệp báo cáo"),
        required=False,
        help_text=_("DOCX, PDF, DOC, ODT, HTML hoặc TXT, nhiều nhất 20 MB."),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=500_000,
    )
    title = forms.CharField(
        label=_("Tên báo cáo"),
        required=False,
        max_length=300,
        help_text=_("Để trống thì lấy dòng đầu của văn bản."),
    )
    unit_code = forms.CharField(
        label=_("Mã đơn vị của báo cáo"),
        required=False,
        max_length=40,
        help_text=_("Để trống nếu là đơn vị của mình."),
    )
    period_code = forms.CharField(
        label=_("Kỳ báo cáo"),
        required=False,
        max_length=60,
        help_text=_("Ví dụ 2019H1 (6 tháng đầu năm 2019). Để trống thì đọc từ văn bản."),
    )
    source_note = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=500,
        help_text=_("Đã đăng ở đâu, ngày nào."),
    )
    public = forms.BooleanField(
        label=_("Báo cáo đã được công bố"),
        required=False,
        help_text=_("Số liệu đã xác nhận sẽ hiện trên trang của người dân."),
    )

    def clean(self) -> dict[str, Any]:
        """One of file and text is needed."""
        data = super().clean() or self.cleaned_data
        if not data.get("given") and not data.get("text") and "given" not in self.errors:
            self.add_error("given", str(BadInput("Chọn tệp hoặc dán nội dung.", "Choose a file.")))
        return data


class _ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[Any]]:
        """All of them, in the order in which they were chosen."""
        return list(files.getlist(name))


class _FilesField(forms.FileField):
    """Several files, none of them empty of a name; their bytes are looked at by the service."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, or the refusal that there is none."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"])
        return data


class BatchForm(DanchuForm):
    """Several reports as they are handed in together."""

    given = _FilesField(
        label=_("Các tệp báo cáo"),
        help_text=_(
            "Chọn nhiều tệp DOCX, PDF, DOC, ODT, HTML, TXT, ảnh quét, hoặc tệp ZIP gồm các tệp ấy; "
            "mỗi tệp nhiều nhất 20 MB, một lô nhiều nhất 200 tệp."
        ),
    )
    source_note = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=500,
        help_text=_("Đã đăng ở đâu, ngày nào."),
    )
    public = forms.BooleanField(
        label=_("Các báo cáo này đã được công bố"),
        required=False,
        help_text=_("Số liệu đã xác nhận sẽ hiện trên trang của người dân."),
    )

    @property
    def files_given(self) -> list[UploadedFile[Any]]:
        """The files of a valid form."""
        given: list[UploadedFile[Any]] = self.cleaned_data["given"]
        return given


def indicator_choices() -> list[tuple[str, str]]:
    """(name, what it is counted in) of every indicator, for the list a person types into."""
    english = get_language() == "en"
    return [
        (CorrectionForm.name_of(d), d.unit_en if english else d.unit_vi)
        for d in definitions().values()
    ]


class _IndicatorField(forms.CharField):
    """An indicator typed in part and chosen from the page's list ``chi-tieu``."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": "chi-tieu", "autocomplete": "off"})
        super().__init__(label=_("Chỉ tiêu"), max_length=300, widget=widget, **more)


class CorrectionForm(DanchuForm):
    """The right indicator and number, what it is about, and of which period."""

    key = _IndicatorField(help_text=_("Gõ vài chữ rồi chọn trong danh sách."))
    amount = forms.CharField(label=_("Số đúng"), max_length=40)
    scope = forms.CharField(
        label=_("Chỉ của một phần"),
        required=False,
        max_length=300,
        help_text=_("Nơi hoặc lĩnh vực. Để trống nếu là số của cả đơn vị."),
    )
    period_code = forms.CharField(
        label=_("Kỳ của số này"),
        required=False,
        max_length=60,
        help_text=_("Để trống thì theo kỳ của báo cáo."),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    @staticmethod
    def name_of(meaning: Definition) -> str:
        """What an indicator is called on this page."""
        return meaning.name_en if get_language() == "en" else meaning.name_vi

    def clean(self) -> dict[str, Any]:
        """Read the number in the unit of the chosen indicator."""
        data = super().clean() or self.cleaned_data
        try:
            data["key"] = indicator_named(data.get("key", ""))
        except BadInput as refusal:
            if "key" not in self.errors:
                self.refuse(refusal)
            return data
        if "amount" in data:
            places = len(str(definitions()[data["key"]].scale)) - 1
            number = VietnameseNumberField(decimals=places, smallest=-(10**15))
            try:
                data["amount"] = number.clean(data["amount"])
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return data


class MarkForm(DanchuForm):
    """Words of the report that hold a number, and the indicator they speak of.

    ``start`` and ``end`` are what the browser counted; without a script the words are typed.
    """

    prefix = "doan"

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Đoạn chọn"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bôi chữ trong văn bản, hoặc chép nguyên văn đoạn có số vào đây."),
    )
    key = _IndicatorField(
        required=False, help_text=_("Gõ vài chữ rồi chọn. Khi sửa, để trống thì giữ chỉ tiêu.")
    )


class PeriodForm(DanchuForm):
    """Which period a report is about."""

    period_code = forms.CharField(
        label=_("Kỳ báo cáo"), max_length=60, help_text=_("Ví dụ 2019H1, nd09:2026H1.")
    )
