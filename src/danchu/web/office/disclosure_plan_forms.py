"""The form of a disclosure plan: its head, and a table with a row for each content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules, services
from danchu.civic.disclosure.selectors import PlannedView
from danchu.core.errors import Refusal
from danchu.core.law.catalog import Rule
from danchu.web.design.forms import DanchuForm, VietnameseDateField, of_row

from .counted_rows import count_rows
from .disclosure_forms import clause_choices

MORE_ROWS = 5  # given by one press of "Thêm dòng"
_MOST = 200
_PREFIX = "d"


class PlanForm(DanchuForm):
    """The head of a plan. ``sent``: the rows that went to the service with it."""

    sent: Sequence[LineForm] = ()

    year = forms.IntegerField(
        label=_("Năm"),
        min_value=1998,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(label=_("Số, ký hiệu kế hoạch"), max_length=80, required=False)
    occurred_on = VietnameseDateField(label=_("Ngày ban hành"))

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correcting:
            self.add_field(
                "reason",
                forms.CharField(
                    label=gettext("Lý do sửa"),
                    max_length=500,
                    help_text=gettext("Bản trước được giữ lại cùng lý do này."),
                ),
            )

    def tell(self, fault: Refusal) -> None:
        """What was refused of a content ("items-3-title") stands beside its row."""
        found = of_row(fault, "items")
        if found is None:
            super().tell(fault)
        else:
            self.sent[found[0]].tell(found[1])


class LineForm(DanchuForm):
    """A row of the table."""

    item_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rule_key = forms.ChoiceField(label=_("Khoản luật"))
    title = forms.CharField(
        label=_("Nội dung"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    ways = forms.MultipleChoiceField(
        label=_("Hình thức"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.MultipleChoiceField(
        label=_("Nơi niêm yết"), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = forms.CharField(
        label=_("Bộ phận chịu trách nhiệm"), max_length=160, required=False
    )
    from_on = VietnameseDateField(label=_("Từ ngày"), required=False)
    to_on = VietnameseDateField(label=_("Đến ngày"), required=False)
    left_out = forms.BooleanField(label=_("Bỏ dòng này"), required=False)

    def __init__(self, *args: Any, offered: tuple[Rule, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        for name, choices in (
            ("rule_key", [("", gettext("Chọn khoản luật")), *clause_choices(offered)]),
            ("ways", [(code, said.said(language)) for code, said in rules.FORM_NAMES.items()]),
            ("places", [(code, said.said(language)) for code, said in rules.PLACE_NAMES.items()]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        for name in ("rule_key", "title", "responsible", "from_on", "to_on"):
            self.fields[name].widget.attrs["aria-label"] = gettext("%(label)s, dòng %(n)s") % {
                "label": self.fields[name].label,
                "n": self.number,
            }
        for name, hint in (("from_on", gettext("từ ngày")), ("to_on", gettext("đến ngày"))):
            self.fields[name].widget.attrs["placeholder"] = hint

    def field_of(self, fault: Refusal) -> str | None:
        """The forms of a content are ticked as its ways."""
        return "ways" if fault.field == "forms" else super().field_of(fault)

    def full_clean(self) -> None:
        """A row that is left out needs nothing to be right."""
        super().full_clean()
        if self.is_bound and self["left_out"].value():
            self.errors.clear()
            self.cleaned_data = {"left_out": True}

    @property
    def number(self) -> int:
        """Which row it is, from 1."""
        tail = str(self.prefix or "").rpartition("-")[2]
        return int(tail) + 1 if tail.isdigit() else 0

    @property
    def chosen(self) -> str:
        """The forms and places that are ticked, in words; "" for none."""
        said = []
        for name, names in (("ways", rules.FORM_NAMES), ("places", rules.PLACE_NAMES)):
            language = get_language() or "vi"
            said += [
                names[code].said(language) for code in self[name].value() or () if code in names
            ]
        return "; ".join(said)

    def content(self) -> services.PlannedInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return services.PlannedInput(
            rule_key=data["rule_key"],
            title=data["title"],
            forms=tuple(data["ways"]),
            places=tuple(data["places"]),
            responsible=data["responsible"],
            from_on=data["from_on"],
            to_on=data["to_on"],
            item_id=data["item_id"],
        )


_Shown: Any = forms.formset_factory(LineForm, extra=3, max_num=_MOST, validate_max=True)


def rows_of(items: Sequence[PlannedView], offered: tuple[Rule, ...]) -> Any:
    """A row for each content, and a few empty ones."""
    return _Shown(
        prefix=_PREFIX,
        form_kwargs={"offered": offered},
        initial=[
            {
                "item_id": item.item_id,
                "rule_key": item.rule_key,
                "title": item.title,
                "ways": list(item.forms),
                "places": list(item.places),
                "responsible": item.responsible,
                "from_on": item.from_on,
                "to_on": item.to_on,
            }
            for item in items
        ],
    )


def rows_sent(sent: QueryDict, offered: tuple[Rule, ...], *, more: int = 0) -> Any:
    """The rows as they were sent, with ``more`` empty ones under them."""
    data = sent.copy()
    # Every row sent is meant, also one left as it was proposed: none counts as initial.
    data[f"{_PREFIX}-INITIAL_FORMS"] = "0"
    miscounted = count_rows(data, _PREFIX, _MOST)
    if more:
        total = int(str(data[f"{_PREFIX}-TOTAL_FORMS"]))
        data[f"{_PREFIX}-TOTAL_FORMS"] = str(min(total + more, _MOST))
    rows = _Shown(
        data,
        prefix=_PREFIX,
        form_kwargs={"offered": offered},
        error_messages={
            "too_many_forms": gettext("Kế hoạch có nhiều nhất %(most)s dòng. Bỏ bớt rồi lưu lại.")
            % {"most": _MOST}
        },
    )
    rows.miscounted = miscounted
    return rows


def rows_right(head: PlanForm, rows: Any) -> bool:
    """Whether head and rows are right; a count that did not come along is told at the top."""
    right = [head.is_valid(), rows.is_valid()]
    if rows.miscounted:
        head.add_error(None, rows.miscounted)
        return False
    return all(right)


def rows_meant(lines: Any) -> list[LineForm]:
    """The rows in which something stands and that were not left out."""
    return [
        line
        for line in lines
        if line.cleaned_data.get("rule_key") and not line.cleaned_data.get("left_out")
    ]


def plan_content(data: dict[str, Any], lines: Sequence[LineForm]) -> services.PlanInput:
    """The plan that was typed, for the service."""
    return services.PlanInput(
        year=data["year"], number=data["number"], items=tuple(line.content() for line in lines)
    )


def refuse_plan(head: PlanForm, lines: Sequence[LineForm], refusal: Refusal) -> None:
    """Show all that the service refused, each beside the row it names ("items-3-title")."""
    head.sent = lines
    head.refuse(refusal)


def row_faults(lines: Any) -> list[tuple[int, str, str]]:
    """(row, id to jump to, sentence) of all that is wrong in the table."""
    return [
        (line.number, target or f"dong-{line.number}", sentence)
        for line in lines
        for target, sentence in line.wrong_fields
    ]
