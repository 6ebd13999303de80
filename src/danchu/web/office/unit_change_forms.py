"""Forms of a change of the map: the legal document, the day, the units, what they become."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.changes.planning import NewUnit, Wanted
from danchu.core.clock import today
from danchu.core.contracts import Actor, ChangeKind
from danchu.core.errors import Refusal
from danchu.core.units.selectors import Child, UnitOnDay
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
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,4})?)\s*%", re.ASCII)
_FRACTION = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})", re.ASCII)


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


class ShareField(forms.Field):
    """A share as people write it: 2/5, 40%, 37,5%. Exact; None where it is not known."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"})

    def to_python(self, value: Any) -> Fraction | None:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        if match := _FRACTION.fullmatch(text):
            share = Fraction(int(match[1]), int(match[2])) if int(match[2]) else Fraction(0)
        elif match := _PERCENT.fullmatch(text):
            share = Fraction(match[1].replace(",", ".")) / 100
        else:
            share = Fraction(0)
        if not 0 < share < 1:
            raise forms.ValidationError(gettext("Ghi phân số hoặc phần trăm, ví dụ 2/5 hoặc 40%."))
        return share


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


def _code_help(form: ChangeForm) -> str:
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


def _kind_field(level: str, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext("Loại đơn vị"),
        required=required,
        choices=[
            ("", gettext("Chọn loại đơn vị")),
            *((kind, kind_name(kind)) for kind in KINDS_OF_LEVEL.get(level, ())),
        ],
    )


def _name_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=gettext("Tên đầy đủ"),
        max_length=200,
        required=required,
        help_text=gettext("Ghi cả loại ở đầu tên, ví dụ: xã Bến Mẫu."),
    )


def _code_field(form: ChangeForm, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=gettext("Mã"),
        max_length=12,
        required=required,
        help_text=_code_help(form),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )


def _begins_with_kind(form: DanchuForm, name_field: str, kind: str) -> None:
    name = form.cleaned_data.get(name_field, "")
    if kind and name and not name.lower().startswith(f"{kind} "):
        form.add_error(
            name_field, gettext("Ghi cả loại ở đầu tên: %(name)s.") % {"name": f"{kind} {name}"}
        )


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
        self.add_field("kind", _kind_field(self.unit.level, required=False))
        self.add_field("name", _name_field(required=False))
        self.add_field("code", _code_field(self, required=False))

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
            _begins_with_kind(self, "name", data.get("kind", ""))
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


class SplitForm(ChangeForm):
    """The parts a unit is split into, and which of them each unit below goes to.

    ``keeps``: the first part is the unit itself, smaller than before.
    """

    def __init__(self, *args: Any, below: list[Child], parts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeps = self.way == "tach"
        self.n_parts = max(FEWEST_PARTS, min(parts, MOST_PARTS))
        self.below = below
        goes_on = self.keeps and not self.of_map  # no name of its own is asked for
        for n in range(self.n_parts):
            if not (goes_on and n == 0):
                self.add_field(f"name_{n}", _name_field())
                self.add_field(f"kind_{n}", _kind_field(self.unit.level))
                self.add_field(f"code_{n}", _code_field(self))
                if self.keeps and n == 0:
                    self.initial["name_0"] = self.unit.name
                    self.initial["kind_0"] = self.unit.kind
                    self.initial["code_0"] = self.unit.code
            self.add_field(
                f"share_{n}",
                ShareField(
                    label=gettext("Tỷ phần của đơn vị cũ"),
                    required=False,
                    help_text=gettext(
                        "Theo dân số hoặc hộ, nếu văn bản ghi rõ, ví dụ 2/5 hoặc 40%. Không rõ "
                        "thì để trống: số liệu các kỳ trước sẽ chỉ nêu khoảng."
                    ),
                ),
            )
        for child in below:
            self.add_field(
                f"goes_{child.id}",
                forms.TypedChoiceField(
                    label=child.name[:1].upper() + child.name[1:],
                    coerce=int,
                    choices=[
                        *([] if self.keeps else [("", gettext("Chọn phần"))]),
                        *((n, self._part_name(n)) for n in range(self.n_parts)),
                    ],
                ),
            )

    def _part_name(self, n: int) -> str:
        typed = str(self.data.get(f"name_{n}", "")).strip() if self.is_bound else ""
        if n == 0 and self.keeps:
            typed = typed or self.unit.name
        part = gettext("Phần %(n)s") % {"n": n + 1}
        return f"{part}: {typed}" if typed else part

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """Part by part, then the units below, then the document."""
        found: list[tuple[str, list[Any]]] = []
        for n in range(self.n_parts):
            names = (f"name_{n}", f"kind_{n}", f"code_{n}", f"share_{n}")
            title = gettext("Phần %(n)s") % {"n": n + 1}
            if n == 0 and self.keeps:
                title = gettext("Phần 1: %(name)s còn lại") % {"name": self.unit.name}
            found.append((title, [self[name] for name in names if name in self.fields]))
        if self.below:
            found.append(
                (
                    gettext("Đơn vị trực thuộc về phần nào"),
                    [self[f"goes_{child.id}"] for child in self.below],
                )
            )
        basis = [self[name] for name in self.basis_fields]
        return [*found, (gettext("Ngày có hiệu lực và căn cứ pháp lý"), basis)]

    def clean(self) -> dict[str, Any]:
        """Names begin with their kinds."""
        data = super().clean()
        for n in range(self.n_parts):
            if f"name_{n}" in self.fields:
                _begins_with_kind(self, f"name_{n}", data.get(f"kind_{n}", ""))
        return data

    def refuse(self, refusal: Refusal) -> None:
        """What is said of a code stands at the part that it was typed for."""
        if refusal.field in ("code", "short_code"):
            for n in range(self.n_parts):
                code = str(self.cleaned_data.get(f"code_{n}", "")).strip().upper()
                if code and (code in str(refusal) or not (code.isascii() and code.isalnum())):
                    self.add_error(f"code_{n}", str(refusal))
                    return
        super().refuse(refusal)

    def wanted(self) -> Wanted:
        """The unit is split into the parts typed."""
        data, common = self.cleaned_data, super().wanted()
        into: list[int | NewUnit] = []
        for n in range(self.n_parts):
            if f"name_{n}" in self.fields:
                into.append(NewUnit(data[f"name_{n}"], data[f"kind_{n}"], data[f"code_{n}"]))
            else:
                into.append(self.unit.id)
        shares = tuple(data[f"share_{n}"] for n in range(self.n_parts))
        return Wanted(
            kind=common.kind,
            units=common.units,
            on=common.on,
            basis=common.basis,
            into=tuple(into),
            shares=shares if any(share is not None for share in shares) else (),
            goes=tuple(
                (child.id, data[f"goes_{child.id}"])
                for child in self.below
                if not (self.keeps and data[f"goes_{child.id}"] == 0)
            ),
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
        self.add_field("kind", _kind_field(self.unit.level))
        self.add_field("name", _name_field())
        self.initial["kind"], self.initial["name"] = self.unit.kind, self.unit.name

    def clean(self) -> dict[str, Any]:
        """A name with its kind in front, and another than before."""
        data = super().clean()
        _begins_with_kind(self, "name", data.get("kind", ""))
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
