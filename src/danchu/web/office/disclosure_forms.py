"""Forms of a notice: one page on the phone for a new one, and its correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules
from danchu.civic.disclosure.models import Place
from danchu.civic.disclosure.selectors import NoticeView, PlanView
from danchu.civic.disclosure.services import (
    NamedRow,
    NoticeInput,
    PostingInput,
    named_from_text,
    named_from_xlsx,
    table_from_text,
    table_from_xlsx,
)
from danchu.core.errors import BadInput
from danchu.core.files.services import read_within_limit
from danchu.core.law.catalog import Rule
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from . import words
from .disclosure_step_forms import camera

_SHEETS = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoticeForm(DanchuForm):
    """A notice: what, by which document, and, when it is new, where it hangs."""

    title = forms.CharField(label=_("Nội dung công khai"), max_length=300)
    document_number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=80, required=False)
    decided_on = VietnameseDateField(
        label=_("Ngày của văn bản, quyết định"),
        help_text=_("Thời hạn công khai tính từ ngày này."),
    )
    occurred_on = VietnameseDateField(label=_("Ngày công khai"))
    text = forms.CharField(
        label=_("Tóm tắt để người dân đọc"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không ghi tên người ở đây."),
    )
    table_file = forms.FileField(
        label=_("Bảng số liệu từ tệp Excel (.xlsx)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _SHEETS}),
        help_text=_("Trang tính đầu tiên có bảng; dòng đầu là tên cột."),
    )
    table_text = forms.CharField(
        label=_("hoặc gõ bảng"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một hàng, các ô cách nhau bằng dấu chấm phẩy; dòng đầu là tên cột."),
    )
    money = forms.ChoiceField(
        label=_("Số trong bảng là tiền, tính bằng"), choices=words.MONEY_UNITS, required=False
    )
    names_file = forms.FileField(
        label=_("Danh sách có nêu tên, từ tệp Excel (.xlsx)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _SHEETS}),
        help_text=_(
            "Chỉ gồm họ và tên, thôn, quyết định, mức (diện). Tên được gỡ khi hết thời gian niêm "
            "yết."
        ),
    )
    names_text = forms.CharField(
        label=_("hoặc gõ danh sách"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng: họ tên; thôn; quyết định; mức, diện."),
    )
    planned_item = forms.TypedChoiceField(
        label=_("Theo kế hoạch công khai"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, plan: PlanView | None = None, rule_key: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        planned = self.fields["planned_item"]
        assert isinstance(planned, forms.TypedChoiceField)
        if plan is None:
            del self.fields["planned_item"]
        else:
            items = sorted(plan.items, key=lambda item: item.rule_key != rule_key)
            planned.choices = [
                ("", _("không thuộc kế hoạch")),
                *((item.item_id, item.title) for item in items),
            ]

    def notice(
        self,
        rule_key: str,
        *,
        postings: tuple[PostingInput, ...] = (),
        corrects_id: int | None = None,
        kept_table: dict[str, Any] | None = None,
    ) -> NoticeInput:
        """What was typed, for the service. Raises ``BadInput`` for a file or table at fault."""
        data = self.cleaned_data
        return NoticeInput(
            rule_key=rule_key,
            title=data["title"],
            decided_on=data["decided_on"],
            text=data["text"],
            document_number=data["document_number"],
            table=self._table() or kept_table,
            named=self._named(),
            planned_item_id=data.get("planned_item"),
            corrects_id=corrects_id,
            postings=postings,
        )

    def _table(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        given: File[bytes] | None = data["table_file"]
        if given is not None:
            return table_from_xlsx(_bytes(given, "table_file"), money=data["money"])
        return table_from_text(data["table_text"], money=data["money"])

    def _named(self) -> tuple[NamedRow, ...] | None:
        data = self.cleaned_data
        given: File[bytes] | None = data["names_file"]
        if given is not None:
            return named_from_xlsx(_bytes(given, "names_file"))
        return named_from_text(data["names_text"]) or None

    def keep_what_files_held(self) -> None:
        """Put what a sheet held into the boxes: a browser does not send a file twice by itself."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        try:
            table = self._table() if self.cleaned_data.get("table_file") else None
        except BadInput:
            table = None
        if table is not None:
            data["table_text"] = table_as_text(table)
            data["money"] = "dong" if table["money"] else ""
        try:
            named = self._named() if self.cleaned_data.get("names_file") else None
        except BadInput:
            named = None
        if named is not None:
            data["names_text"] = _named_as_text(named)
        self.data = data


class NewNoticeForm(NoticeForm):
    """A notice with the places where it is put up today and the picture of it."""

    headquarters = forms.CharField(
        label=_("Niêm yết tại trụ sở"),
        max_length=200,
        required=False,
        help_text=_("Xóa trắng nếu chưa niêm yết ở đây."),
    )
    photo = forms.FileField(
        label=_("Ảnh lúc treo tại trụ sở"),
        required=False,
        widget=camera(),
        help_text=_("Giờ và nơi chụp được ghi cho cán bộ xem, rồi bỏ khỏi ảnh lưu."),
    )
    halls = forms.CharField(
        label=_("Nhà văn hóa"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi; xóa nơi chưa niêm yết."),
    )
    points = forms.CharField(
        label=_("Điểm sinh hoạt cộng đồng"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một nơi; xóa nơi chưa niêm yết."),
    )
    link = forms.CharField(
        label=_("Đường dẫn trên cổng, trang thông tin"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    village_heads = forms.BooleanField(
        label=_("Đã gửi Trưởng thôn, Tổ trưởng tổ dân phố để báo đến hộ"), required=False
    )
    public = forms.BooleanField(
        label=_("Hiện trên trang của người dân"),
        required=False,
        help_text=_("Cơ quan, doanh nghiệp công khai cho người của mình; chọn nếu cho mọi người."),
    )

    def __init__(self, *args: Any, rule: Rule, wanted: rules.Prescribed, **kwargs: Any) -> None:
        super().__init__(*args, rule_key=rule.key, **kwargs)
        if rule.unit_kind == "commune":
            del self.fields["public"]
            if Place.CULTURE_HOUSE not in wanted.places:
                del self.fields["halls"], self.fields["points"]
        else:
            del self.fields["halls"], self.fields["points"]
        if "d" not in wanted.forms:
            del self.fields["village_heads"]

    def postings(self) -> tuple[PostingInput, ...]:
        """The places typed, headquarters first: the picture is of it."""
        data = self.cleaned_data
        found = []
        if data["headquarters"]:
            found.append(PostingInput(Place.HEADQUARTERS, data["headquarters"]))
        for box, kind in (("halls", Place.CULTURE_HOUSE), ("points", Place.COMMUNITY_POINT)):
            for line in data.get(box, "").splitlines():
                if line.strip():
                    found.append(PostingInput(kind, line))
        if data["link"]:
            found.append(PostingInput(Place.PORTAL, link=data["link"]))
        return tuple(found)

    def refuse_posting(self, refusal: BadInput, postings: tuple[PostingInput, ...]) -> None:
        """Show what the service refused of a posting ("postings-2-place") beside its box."""
        parts = refusal.field.split("-", 2)
        if len(parts) != 3 or parts[0] != "postings":
            self.refuse(refusal)
            return
        boxes = {
            Place.HEADQUARTERS: "headquarters",
            Place.CULTURE_HOUSE: "halls",
            Place.COMMUNITY_POINT: "points",
            Place.PORTAL: "link",
        }
        box = boxes[Place(postings[int(parts[1])].kind)]
        self.refuse(BadInput(refusal.vi, refusal.en, code=refusal.code, field=box))


class CorrectNoticeForm(NoticeForm):
    """A notice corrected, with the clause and the reason."""

    rule_key = forms.ChoiceField(label=_("Khoản luật"))
    without_table = forms.BooleanField(label=_("Bỏ bảng số liệu đang có"), required=False)
    public = forms.BooleanField(label=_("Hiện trên trang của người dân"), required=False)
    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=500,
        help_text=_("Bản trước được giữ lại cùng lý do này."),
    )

    def __init__(
        self, *args: Any, found: NoticeView, offered: tuple[Rule, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, rule_key=found.rule_key, **kwargs)
        chosen = self.fields["rule_key"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = clause_choices(offered)
        if found.table is None:
            del self.fields["without_table"]
        if found.has_names:
            # The form has bound its fields by now; the words stand on the bound one.
            self["names_text"].help_text = str(_("Để trống thì danh sách đang có được giữ nguyên."))


def clause_choices(offered: tuple[Rule, ...]) -> list[tuple[str, str]]:
    """The clauses to choose from, each with its number."""
    language = get_language() or "vi"
    return [(rule.key, f"{clause_number(rule)}. {rule.title(language)}") for rule in offered]


def clause_number(rule: Rule) -> str:
    """The clause as people call it: "11.2" of "11.2; 12.3; 13"."""
    return rule.article.partition(";")[0].strip()


def table_as_text(table: dict[str, Any] | None) -> str:
    """A table as it is typed; cells divided by tabs, which no cell holds."""
    if table is None:
        return ""
    rows = [table["header"], *table["rows"]]
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def _named_as_text(rows: tuple[NamedRow, ...]) -> str:
    lines = [("Họ và tên", "Thôn", "Quyết định", "Mức")]
    lines += [(row.name, row.village, row.decision, row.level) for row in rows]
    return "\n".join("\t".join(line) for line in lines)


def _bytes(given: File[bytes], field: str) -> bytes:
    given.seek(0)
    try:
        return read_within_limit(given)
    except BadInput as refusal:
        refusal.field = field
        raise
