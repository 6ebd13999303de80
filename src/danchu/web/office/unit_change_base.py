"""What every form of a change of the map has: the kinds of change, the day, the legal document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.changes.planning import Wanted
from danchu.core.clock import today
from danchu.core.contracts import Actor, ChangeKind
from danchu.core.errors import Refusal
from danchu.core.units.selectors import UnitOnDay
from danchu.web.design.forms import DanchuForm, VietnameseDateField

from .unit_forms import REGISTERED, kind_name

# The word in the address -> what is done, and in what words.
WAYS: dict[str, tuple[ChangeKind, Promise, Promise]] = {
    "nhap": (
        ChangeKind.MERGE,
        _("Sáp nhập"),
        _("Nhập từ hai đơn vị trở lên thành một đơn vị."),
    ),
    "chia": (
        ChangeKind.SPLIT,
        _("Chia"),
        _("Chia đơn vị thành các đơn vị mới; đơn vị cũ kết thúc."),
    ),
    "tach": (
        ChangeKind.SPLIT,
        _("Tách"),
        _("Tách một phần để lập đơn vị mới; đơn vị cũ còn lại phần kia."),
    ),
    "chuyen": (
        ChangeKind.MOVE,
        _("Chuyển cấp trên"),
        _("Chuyển nguyên đơn vị về trực thuộc đơn vị cấp trên khác."),
    ),
    "doi-ten": (
        ChangeKind.RENAME,
        _("Đổi tên, đổi loại"),
        _("Đổi tên hoặc đổi loại, ví dụ xã thành phường; địa giới giữ nguyên."),
    ),
    "giai-the": (
        ChangeKind.ABOLISH,
        _("Giải thể"),
        _("Đơn vị kết thúc; việc còn lại về đơn vị cấp trên."),
    ),
}
KINDS_OF_LEVEL: dict[str, tuple[str, ...]] = {
    "commune": ("xã", "phường", "đặc khu"),
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    **REGISTERED,
}
FEWEST_PARTS, MOST_PARTS = 2, 20
_DOCUMENTS = ("Nghị quyết", "Quyết định", "Thông báo", "Công văn")


def is_of_map(unit: UnitOnDay) -> bool:
    """Whether it is a unit of the official map."""
    return unit.level in ("nation", "province", "district", "commune") and not unit.is_demo


def ways_of(viewer: Actor, unit: UnitOnDay) -> list[str]:
    """The kinds of change that this person may make of this unit."""
    ended = unit.valid_to is not None and unit.valid_to < today()
    if unit.parent_id is None or ended or not viewer.may("units.change", unit.parent_id):
        return []
    if not is_of_map(unit):
        return list(WAYS)
    # Provinces come with a release of the map; a commune never ends without a successor.
    return [way for way in WAYS if way != "giai-the"] if unit.level == "commune" else []


# What the service calls a thing -> the field that asks for it.
_NAMED_HERE = {"units": "others", "basis": "number", "unit_kind": "kind", "into": "others"}


class ChangeForm(DanchuForm):
    """What every change has: the day it takes effect and the document it rests on."""

    on = VietnameseDateField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Ngày đầu tiên theo bản đồ mới, ghi trong văn bản."),
    )
    document = forms.ChoiceField(
        label=_("Loại văn bản"), choices=[(name, name) for name in _DOCUMENTS]
    )
    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=60,
        help_text=_("Ví dụ: 15/NQ-UBTVQH16 với cấp xã, 12/NQ-HĐND với thôn, tổ dân phố."),
    )
    issued_on = VietnameseDateField(label=_("Ngày ban hành"))
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"),
        max_length=120,
        help_text=_("Ví dụ: Ủy ban Thường vụ Quốc hội, Hội đồng nhân dân tỉnh."),
    )
    basis_fields = ("on", "document", "number", "issued_on", "issuer")

    def __init__(self, *args: Any, unit: UnitOnDay, way: str, of_map: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.way, self.of_map = unit, way, of_map

    def clean(self) -> dict[str, Any]:
        """A text takes effect on the day it is issued at the earliest."""
        data = super().clean() or self.cleaned_data
        issued, on = data.get("issued_on"), data.get("on")
        if issued and on and issued > on:
            self.add_error("issued_on", gettext("Ngày ban hành sau ngày có hiệu lực."))
        return data

    def field_of(self, fault: Refusal) -> str | None:
        """Some things the service names have a field of another name here."""
        renamed = _NAMED_HERE.get(fault.field, "")
        return super().field_of(fault) or (renamed if renamed in self.fields else None)

    def unjudged(self) -> None:
        """Show what was typed without saying what is still missing: typing goes on."""
        self._errors = ErrorDict()

    @property
    def basis(self) -> str:
        """The document in one line, as the reference data write it."""
        data = self.cleaned_data
        return (
            f"{data['document']} số {data['number']} ngày {data['issued_on']:%d/%m/%Y} của "
            f"{data['issuer']}"
        )

    def wanted(self) -> Wanted:
        """The change as the service takes it."""
        return Wanted(
            kind=WAYS[self.way][0],
            units=(self.unit.id,),
            on=self.cleaned_data["on"],
            basis=self.basis,
        )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields in the order of the page, by heading."""
        basis = [self[name] for name in self.basis_fields]
        others = [bound for bound in self if bound.name not in self.basis_fields]
        return [
            *([("", others)] if others else []),
            (gettext("Ngày có hiệu lực và căn cứ pháp lý"), basis),
        ]


def code_help(form: ChangeForm) -> str:
    """What a code of this level looks like."""
    if form.of_map:
        return gettext(
            "Năm chữ số theo danh mục đơn vị hành chính; có thể là mã của đơn vị sẽ kết thúc. "
            "Chưa có mã chính thức thì ghi mã dự kiến: bản cập nhật danh mục sẽ sửa."
        )
    if form.unit.level in REGISTERED:
        return gettext(
            "Chữ không dấu và số, nhiều nhất 12 ký tự. Mã của đơn vị sẽ có dạng %(code)s.MÃNGẮN, "
            "cấp một lần và không dùng lại."
        ) % {"code": form.unit.code.split(".")[0]}
    return gettext("Mã của đơn vị minh họa có ít nhất một chữ cái, ví dụ 9A010.")


def kind_field(level: str, *, required: bool = True) -> forms.ChoiceField:
    """The kind of a unit of this level."""
    return forms.ChoiceField(
        label=gettext("Loại đơn vị"),
        required=required,
        choices=[
            ("", gettext("Chọn loại đơn vị")),
            *((kind, kind_name(kind)) for kind in KINDS_OF_LEVEL.get(level, ())),
        ],
    )


def name_field(*, required: bool = True) -> forms.CharField:
    """A unit's name with its kind in front."""
    return forms.CharField(
        label=gettext("Tên đầy đủ"),
        max_length=200,
        required=required,
        help_text=gettext("Ghi cả loại ở đầu tên, ví dụ: xã Bến Mẫu."),
    )


def code_field(form: ChangeForm, *, required: bool = True) -> forms.CharField:
    """The code of a unit that begins."""
    return forms.CharField(
        label=gettext("Mã"),
        max_length=12,
        required=required,
        help_text=code_help(form),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )


def begins_with_kind(form: DanchuForm, name_field: str, kind: str) -> None:
    """An error beside the name unless it begins with its kind."""
    name = form.cleaned_data.get(name_field, "")
    if kind and name and not name.lower().startswith(f"{kind} "):
        form.add_error(
            name_field, gettext("Ghi cả loại ở đầu tên: %(name)s.") % {"name": f"{kind} {name}"}
        )
