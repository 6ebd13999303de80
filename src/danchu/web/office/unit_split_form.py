"""The form in which a unit is split: its parts, their shares, and what stands below."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext

from danchu.core.changes.planning import NewUnit, Wanted
from danchu.core.errors import Refusal
from danchu.core.units.selectors import Child

from .unit_change_base import (
    FEWEST_PARTS,
    MOST_PARTS,
    ChangeForm,
    begins_with_kind,
    code_field,
    kind_field,
    name_field,
)

_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,4})?)\s*%", re.ASCII)
_FRACTION = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})", re.ASCII)


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
                self.add_field(f"name_{n}", name_field())
                self.add_field(f"kind_{n}", kind_field(self.unit.level))
                self.add_field(f"code_{n}", code_field(self))
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
                begins_with_kind(self, f"name_{n}", data.get(f"kind_{n}", ""))
        return data

    def tell(self, fault: Refusal) -> None:
        """What is said of a code stands at the part that it was typed for."""
        if fault.field in ("code", "short_code"):
            for n in range(self.n_parts):
                code = str(self.cleaned_data.get(f"code_{n}", "")).strip().upper()
                if code and (code in str(fault) or not (code.isascii() and code.isalnum())):
                    self.add_error(f"code_{n}", str(fault))
                    return
        super().tell(fault)

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
