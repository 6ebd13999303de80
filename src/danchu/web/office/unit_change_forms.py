"""Forms of a change of the map: the units that merge, where one goes, what it is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.changes.planning import NewUnit, Wanted
from danchu.core.units.selectors import Child
from danchu.web.design.forms import DanchuForm

from .unit_change_base import ChangeForm, begins_with_kind, code_field, kind_field, name_field


class MergeForm(ChangeForm):
    """Which units become one, new or this one."""

    def __init__(self, *args: Any, siblings: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field(
            "others",
            forms.TypedMultipleChoiceField(
                label=gettext("Nhập với"),
                coerce=int,
                choices=[(child.id, f"{child.name} ({child.code})") for child in siblings],
                widget=forms.CheckboxSelectMultiple,
            ),
        )
        if not self.of_map:
            self.add_field(
                "into",
                forms.ChoiceField(
                    label=gettext("Thành"),
                    choices=[
                        ("new", gettext("Một đơn vị mới")),
                        (
                            "this",
                            gettext("%(name)s, các đơn vị khác nhập vào")
                            % {"name": self.unit.name},
                        ),
                    ],
                    widget=forms.RadioSelect,
                    help_text=gettext(
                        "Muốn nhập vào một đơn vị khác thì bắt đầu từ trang của đơn vị đó."
                    ),
                ),
            )
        self.add_field("kind", kind_field(self.unit.level, required=False))
        self.add_field("name", name_field(required=False))
        self.add_field("code", code_field(self, required=False))

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """Which units, what they become, the document."""
        which = [self[name] for name in ("others", "into") if name in self.fields]
        title = gettext("Đơn vị hình thành") if self.of_map else gettext("Nếu lập đơn vị mới")
        return [
            ("", which),
            (title, [self[name] for name in ("kind", "name", "code")]),
            super().groups[-1],
        ]

    @property
    def begins(self) -> bool:
        """Whether the units become a new one."""
        return self.of_map or self.cleaned_data.get("into") == "new"

    def clean(self) -> dict[str, Any]:
        """A new unit needs its kind, name and code."""
        data = super().clean()
        if self.begins:
            for name in ("kind", "name", "code"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        gettext("Điền “%(label)s” của đơn vị mới.") % {"label": self[name].label},
                    )
            begins_with_kind(self, "name", data.get("kind", ""))
        return data

    def wanted(self) -> Wanted:
        """The units named become one."""
        data = self.cleaned_data
        into: int | NewUnit = self.unit.id
        if self.begins:
            into = NewUnit(data["name"], data["kind"], data["code"])
        common = super().wanted()
        return Wanted(
            kind=common.kind,
            units=(self.unit.id, *data["others"]),
            on=common.on,
            basis=common.basis,
            into=(into,),
        )


class MoveForm(ChangeForm):
    """The unit goes under another."""

    def __init__(self, *args: Any, above: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field(
            "parent_id",
            forms.TypedChoiceField(
                label=gettext("Đơn vị cấp trên mới"),
                coerce=int,
                choices=[
                    ("", gettext("Chọn đơn vị cấp trên")),
                    *((child.id, f"{child.name} ({child.code})") for child in above),
                ],
                help_text=gettext("Chỉ có các đơn vị mà tài khoản này được sắp xếp."),
            ),
        )

    def wanted(self) -> Wanted:
        """The unit moves whole."""
        common = super().wanted()
        return Wanted(
            kind=common.kind,
            units=common.units,
            on=common.on,
            basis=common.basis,
            parent_id=self.cleaned_data["parent_id"],
        )


class NewNameForm(ChangeForm):
    """Another name, another kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field("kind", kind_field(self.unit.level))
        self.add_field("name", name_field())
        self.initial["kind"], self.initial["name"] = self.unit.kind, self.unit.name

    def clean(self) -> dict[str, Any]:
        """A name with its kind in front, and another than before."""
        data = super().clean()
        begins_with_kind(self, "name", data.get("kind", ""))
        if (data.get("name"), data.get("kind")) == (self.unit.name, self.unit.kind):
            self.add_error("name", gettext("Tên và loại vẫn như cũ. Ghi tên mới hoặc loại mới."))
        return data

    def wanted(self) -> Wanted:
        """The unit stays, called otherwise."""
        common = super().wanted()
        return Wanted(
            kind=common.kind,
            units=common.units,
            on=common.on,
            basis=common.basis,
            name=self.cleaned_data["name"],
            unit_kind=self.cleaned_data["kind"],
        )


class WithdrawForm(DanchuForm):
    """Why a change that was entered by mistake is taken back."""

    reason = forms.CharField(
        label=_("Lý do rút lại"),
        max_length=500,
        help_text=_("Ví dụ: nhập nhầm xã, sai ngày có hiệu lực."),
    )
