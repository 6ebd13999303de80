"""Forms of what a notice says, new or corrected; its places are in ``disclosure_places``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure.budget_quarters import BUDGET_RULE
from danchu.civic.disclosure.selectors import NoticeView, PlanView, Quarter
from danchu.civic.disclosure.services import (
    NamedRow,
    NoticeInput,
    PostingInput,
    ReadAs,
    hand_in_document,
    named_from_text,
    named_from_xlsx,
    table_from_text,
    table_from_xlsx,
)
from danchu.core.errors import BadInput, Faults, Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import clause_of
from danchu.web.design.forms import VietnameseDateField

from . import words
from .kept_files import KeepsFiles, KeptFileField, TakingIn

DOCUMENTS = ".pdf,.docx,application/pdf"
_Read = TypeVar("_Read")
_TOLD = 12  # cells named one by one
# Each of them makes a notice more than its title; one that is wrong may be what it was to say.
_CONTENT = {"text", "documents", "table_file", "table_text", "names_file", "names_text"}
_SHEETS = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoticeForm(KeepsFiles):
    """A notice: what, by which document, with which table, list and files."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {"documents": hand_in_document}

    title = forms.CharField(
        label=_("Tên nội dung công khai"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    document_number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=80, required=False)
    decided_on = VietnameseDateField(
        label=_("Ngày của văn bản, quyết định"),
        help_text=_("Thời hạn công khai tính từ ngày này."),
    )
    occurred_on = VietnameseDateField(label=_("Ngày công khai"))
    budget_period = forms.ChoiceField(
        label=_("Nội dung này là"),
        choices=words.BUDGET_PERIODS,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
        help_text=_("Để sổ nghĩa vụ biết quý nào đã công khai; không chọn thì đọc theo tên."),
    )
    text = forms.CharField(
        label=_("Tóm tắt để người dân đọc"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không ghi tên người ở đây. Có thể để trống nếu kèm tệp, bảng hoặc danh sách."),
    )
    documents = KeptFileField(
        label=_("Tệp văn bản (PDF, DOCX)"),
        many=True,
        accept=DOCUMENTS,
        help_text=_(
            "Người dân tải được tệp này. Không kèm tệp có họ tên, số định danh của từng người. Tên "
            "tác giả ghi trong thuộc tính của PDF có thể còn, nhất là PDF đã ký số: xem mục Thuộc "
            "tính trước khi gửi."
        ),
    )
    table_file = forms.FileField(
        label=_("Bảng số liệu từ tệp Excel (.xlsx)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": _SHEETS}),
        help_text=_(
            "Trang tính đầu tiên có bảng; dòng đầu là tên cột. Dòng “Đơn vị tính: triệu đồng” ở "
            "trên bảng, đơn vị trong tên cột như “Dự toán (triệu đồng)” được đọc; số tiền được đổi "
            "ra đồng."
        ),
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
        widget=forms.FileInput(attrs={"accept": _SHEETS}),
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
    names_not_after = VietnameseDateField(
        label=_("Ngày cuối hiện danh sách, nếu quyết định ấn định"),
        required=False,
        help_text=_("Để trống thì danh sách hiện đến hết thời gian niêm yết theo luật."),
    )
    planned_item = forms.TypedChoiceField(
        label=_("Theo kế hoạch công khai"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, plan: PlanView | None = None, rule_key: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if rule_key != BUDGET_RULE:
            del self.fields["budget_period"]
        self._sheets: dict[str, Any] = {}
        self._read_as: list[ReadAs] = []
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

    def offer_titles(self, titles: Mapping[str, str], owed: Sequence[Quarter]) -> None:
        """What the title becomes with each period chosen, for ``title.js``; the quarters that are
        overdue are told beside the choice, and none of them is chosen."""
        self.fields["title"].widget.attrs["data-titles"] = json.dumps(dict(titles))
        if owed:
            language = get_language() or "vi"
            named = ", ".join(quarter.name.said(language) for quarter in owed)
            told = gettext("Chưa công khai: %(quarters)s.") % {"quarters": named}
            period = self["budget_period"]
            period.help_text = f"{period.help_text} {told}"

    def notice(
        self,
        rule_key: str,
        *,
        postings: tuple[PostingInput, ...] = (),
        corrects_id: int | None = None,
        kept_table: dict[str, Any] | None = None,
    ) -> NoticeInput:
        """What was typed, for the service; what is wrong with a field is left out of it.

        Raises ``BadInput`` for all that is at fault in a sheet, a table or a list.
        """
        faults = Faults()
        content = self._noted(
            faults, rule_key, postings=postings, corrects_id=corrects_id, kept_table=kept_table
        )
        faults.tell()
        return content

    def tell_the_rest(
        self, judge: Callable[[NoticeInput], tuple[Refusal, ...]], rule_key: str, **given: Any
    ) -> None:
        """Show beside what is wrong already all that the service will refuse of the rest.

        What only follows from a field that is wrong is not told: of one field, or of a notice
        that is empty without the file that could not be taken in.
        """
        faults, known = Faults(), set(self.errors)
        for fault in judge(self._noted(faults, rule_key, **given)):
            faults.add(fault)
        for fault in faults.found:
            told = self.field_of(fault)
            if told in known or (fault.code == "empty" and known & _CONTENT):
                continue
            self.tell(fault)

    def tell(self, fault: Refusal) -> None:
        """What stands there already is not told twice."""
        if str(fault) not in self.errors.get(self.field_of(fault) or "__all__", ()):
            super().tell(fault)

    def _noted(
        self,
        faults: Faults,
        rule_key: str,
        *,
        postings: tuple[PostingInput, ...] = (),
        corrects_id: int | None = None,
        kept_table: dict[str, Any] | None = None,
    ) -> NoticeInput:
        data = self.cleaned_data
        table: dict[str, Any] | None = None
        named: tuple[NamedRow, ...] | None = None
        with faults.noted():
            table = self._table()
        with faults.noted():
            named = self._named()
        return NoticeInput(
            rule_key=rule_key,
            title=data.get("title", ""),
            decided_on=data.get("decided_on"),
            text=data.get("text", ""),
            document_number=data.get("document_number", ""),
            table=table or kept_table,
            named=named,
            names_not_after=data.get("names_not_after"),
            documents=self.handed("documents"),
            planned_item_id=data.get("planned_item"),
            corrects_id=corrects_id,
            budget_period=data.get("budget_period", ""),
            postings=postings,
        )

    def _table(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        given: File[bytes] | None = data.get("table_file")
        money = data.get("money", "")
        if given is not None:
            read = partial(table_from_xlsx, money=money, told=self._read_as)
            return self._once("table_file", given, read)
        return table_from_text(data.get("table_text", ""), money=money)

    @property
    def read_as(self) -> str:
        """What was read of numbers that the sheet keeps as text, in a sentence; "" for none."""
        if not self._read_as:
            return ""
        cells = [
            gettext("%(cell)s “%(text)s” là %(number)s")
            % {"cell": one.cell, "text": one.text, "number": one.number}
            for one in self._read_as[:_TOLD]
        ]
        more = len(self._read_as) - len(cells)
        if more:
            cells.append(gettext("và %(n)s ô khác") % {"n": more})
        return gettext("Số lưu dạng chữ trong bảng đã đọc theo đơn vị của cột: %(cells)s.") % {
            "cells": "; ".join(cells)
        }

    def _named(self) -> tuple[NamedRow, ...] | None:
        data = self.cleaned_data
        given: File[bytes] | None = data.get("names_file")
        if given is not None:
            return self._once("names_file", given, named_from_xlsx)
        return named_from_text(data.get("names_text", "")) or None

    def _once(self, name: str, given: File[bytes], read: Callable[[bytes], _Read]) -> _Read:
        """What a sheet holds, or its refusal again: a file is not read a second time."""
        if name not in self._sheets:
            try:
                self._sheets[name] = read(_bytes(given, name))
            except BadInput as refusal:
                self._sheets[name] = refusal
        found = self._sheets[name]
        if isinstance(found, BadInput):
            raise found
        return cast(_Read, found)

    def keep_what_files_held(self) -> None:
        """Put what a sheet held into its box, and say plainly of which file that did not go.

        A browser does not send a file twice by itself; other files are kept as they are.
        """
        data = QueryDict(mutable=True)
        data.update(self.data)
        table = self._read_again("table_file", self._table)
        if table is not None:
            data["table_text"] = table_as_text(table)
            data["money"] = "dong" if table["money"] else ""
        named = self._read_again("names_file", self._named)
        if named is not None:
            data["names_text"] = _named_as_text(named)
        self.data = data

    def _read_again(self, name: str, read: Callable[[], Any]) -> Any:
        given = self.files.get(self.add_prefix(name))
        if given is None:
            return None
        # The data were judged before this: a field at fault is missing from what is clean.
        self.cleaned_data.setdefault("money", "")
        self.cleaned_data.setdefault(name, given)
        said = {"name": given.name}
        try:
            found = read()
        except BadInput:
            found = None
        if found is None:
            self[name].help_text = gettext("Chọn lại tệp “%(name)s” sau khi sửa.") % said
        else:
            self[name].help_text = (
                gettext("Đã đọc tệp “%(name)s” vào ô bên dưới, không cần chọn lại.") % said
            )
            if name == "table_file" and self.read_as:
                self[name].help_text += f" {self.read_as}"
        return found


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
        if not found.has_names:
            del self.fields["names_not_after"]
        if found.has_names:
            # The form has bound its fields by now; the words stand on the bound one.
            self["names_text"].help_text = str(_("Để trống thì danh sách đang có được giữ nguyên."))


def clause_choices(offered: tuple[Rule, ...]) -> list[tuple[str, str]]:
    """The clauses to choose from, each as people call it."""
    language = get_language() or "vi"
    return [(rule.key, f"{clause_name(rule)}: {rule.title(language)}") for rule in offered]


def clause_name(rule: Rule) -> str:
    """The clause at the head of a line: "Khoản 2 Điều 11"."""
    said = clause_of(rule).said(get_language() or "vi")
    return said[:1].upper() + said[1:]


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
