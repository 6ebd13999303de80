"""Forms: the markup of govuk-frontend, Vietnamese dates and numbers, one way to refuse.

``Renderer`` is the FORM_RENDERER of the settings, so ``{{ form }}`` and
``{{ form.field.as_field_group }}`` come out as label, hint, error, input everywhere. A page's
form inherits from ``DanchuForm`` and shows what a service refused with ``form.refuse(...)``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danchu.core.errors import BadInput, Refusal
from danchu.core.text import at_the_door, parse_number

UNREADABLE = "\ufffd"  # stands for what could not be read of a text


def readable(text: str, field: str = "") -> str:
    """A text that was sent outside of a form. Raises ``BadInput`` for what cannot be read of it."""
    if UNREADABLE in text:
        raise BadInput(
            f"Có ký tự không đọc được ({UNREADABLE}). Xóa ký tự đó rồi gửi lại.",
            f"There is a character that cannot be read ({UNREADABLE}). Delete it and send it "
            "again.",
            field=field,
        )
    return text


class Renderer(DjangoTemplates):
    """The project's templates first (they know our tags), Django's own for the rest."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        try:
            return get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)


class DanchuForm(forms.Form):
    """A form whose text is cleaned at the door and that keeps every field when one is wrong.

    Text comes out in NFC with its tone marks placed, without control characters; text that
    may not come in at all (a mark of secrecy) is refused beside its field.
    """

    use_required_attribute = False  # the browser's own bubbles speak the browser's language
    sent_before = False  # it came with the key of another content: sent again it needs its own

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak(field, str(self[name].label))

    def add_field(self, name: str, field: forms.Field) -> None:
        """Add a field that depends on what the form is about; it speaks like the others."""
        self.fields[name] = field
        _speak(field, str(self[name].label))

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own step, named for subclasses
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and not isinstance(
                self.fields[name].widget, forms.PasswordInput
            ):
                if UNREADABLE in value:
                    self.add_error(
                        name, _("Có ký tự không đọc được (�). Xóa ký tự đó rồi gửi lại.")
                    )
                    continue
                try:
                    self.cleaned_data[name] = at_the_door(value).strip()
                except BadInput as refusal:
                    self.add_error(name, str(refusal))

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        self._ask_for_files_again()

    def _ask_for_files_again(self) -> None:
        """Say beside each file box which files came with the refused form: no browser fills it.

        A box that is itself at fault says so already; files that the form keeps come back with it.
        """
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField) or getattr(field, "comes_back", False):
                continue
            key = self.add_prefix(name)
            sent = self.files.getlist(key) if hasattr(self.files, "getlist") else []
            hint = str(field.help_text)
            if sent and name not in self.errors:
                names = ", ".join(f"“{one.name}”" for one in sent)
                again = ngettext(
                    "Trang không giữ được tệp đã chọn. Chọn lại: %(names)s.",
                    "Trang không giữ được các tệp đã chọn. Chọn lại: %(names)s.",
                    len(sent),
                )
                hint = f"{again % {'names': names}} {hint}".rstrip()
            self[name].help_text = hint

    def refuse(self, refusal: Refusal) -> None:
        """Show all that a service refused."""
        self.sent_before = self.sent_before or refusal.code == "sent_before"
        for fault in refusal.each:
            self.tell(fault)

    def tell(self, fault: Refusal) -> None:
        """Show one thing that was refused: beside the field it names, else at the top.

        A form that shows it elsewhere, at one of its rows or with a question, says so here.
        """
        self.add_error(self.field_of(fault), str(fault))

    def field_of(self, fault: Refusal) -> str | None:
        """The field beside which a refusal is shown; None for the top."""
        return fault.field if fault.field in self.fields else None

    @property
    def wrong_fields(self) -> list[tuple[str, str]]:
        """(id to jump to, sentence) of each error, in the order of the fields."""
        found: list[tuple[str, str]] = [("", str(error)) for error in self.non_field_errors()]
        for bound in self:
            target = bound.id_for_label or bound.auto_id
            if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
                target = f"{bound.auto_id}_0"
            found.extend((target, str(error)) for error in bound.errors)
        return found


def of_row(fault: Refusal, rows: str) -> tuple[int, Refusal] | None:
    """Which of the rows a fault names ("opinions-3-text") and the fault as that row knows it.

    None where it is about none of them. Counted are the rows that were handed to the service.
    """
    parts = fault.field.split("-", 2)
    if len(parts) < 3 or parts[0] != rows:
        return None
    return int(parts[1]), type(fault)(fault.vi, fault.en, code=fault.code, field=parts[2])


def _speak(field: forms.Field, label: str) -> None:
    """Replace Django's sentences by ours where the field did not bring its own.

    The sentence names the field: at the top of the page it stands without its label.
    """
    standard = forms.Field.default_error_messages["required"]
    if field.error_messages.get("required") == standard:
        chosen = isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
        sentence = _("Chọn “%(label)s”.") if chosen else _("Điền “%(label)s”.")
        if isinstance(field, forms.FileField):
            sentence = _("Chưa chọn tệp nào.")
        field.error_messages["required"] = sentence % {"label": label}
    if isinstance(field, forms.IntegerField):
        field.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), _whole(field))
    if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":
        field.widget.attrs["rows"] = "5"


def _whole(field: forms.IntegerField) -> str:
    """What a field of a whole number takes, for whatever is wrong with the one typed."""
    if field.min_value is None or field.max_value is None:
        return _("Ghi một số nguyên.")
    return _("Ghi số nguyên từ %(first)s đến %(last)s.") % {
        "first": field.min_value,
        "last": field.max_value,
    }


class VietnameseDateInput(forms.DateInput):
    """One text box: dd/mm/yyyy, digits on the keyboard of a phone."""

    template_name = "django/forms/widgets/vdate.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})}, format="%d/%m/%Y")


class VietnameseDateField(forms.DateField):
    """A day typed as dd/mm/yyyy (or d-m-yyyy, d.m.yyyy, ddmmyyyy, yyyy-mm-dd).

    The keyboard of digits of some phones has no slash, hence the form without any.
    """

    widget = VietnameseDateInput

    def __init__(
        self,
        *,
        earliest: dt.date = dt.date(1900, 1, 1),
        latest: dt.date = dt.date(2199, 12, 31),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        return self._within(_day_from(str(value).strip()))

    def _within(self, day: dt.date) -> dt.date:
        if not self.earliest <= day <= self.latest:
            raise forms.ValidationError(
                _("Ghi ngày từ %(first)s đến %(last)s.")
                % {
                    "first": f"{self.earliest:%d/%m/%Y}",
                    "last": f"{self.latest:%d/%m/%Y}",
                }
            )
        return day


def _day_from(text: str) -> dt.date:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    usual = re.fullmatch(r"(\d{1,2})([/. -])(\d{1,2})\2(\d{4})", text, re.ASCII) or re.fullmatch(
        r"(\d\d)()(\d\d)(\d{4})", text, re.ASCII
    )
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif usual:
        day, month, year = int(usual[1]), int(usual[3]), int(usual[4])
    elif re.fullmatch(r"(\d{1,2})([/. -])(\d{1,2})\2(\d\d)", text, re.ASCII):
        raise forms.ValidationError(_("Ghi đủ bốn chữ số của năm, ví dụ 20/11/2026."))
    else:
        raise forms.ValidationError(_("Ghi ngày, tháng, năm bằng số, ví dụ 20/11/2026."))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise forms.ValidationError(
            _("Không có ngày %(day)s/%(month)s/%(year)s trong lịch.")
            % {"day": day, "month": month, "year": year}
        ) from None


class VietnameseNumberInput(forms.TextInput):
    """A text box for a number with Vietnamese grouping: spinner boxes refuse "4.984"."""

    template_name = "django/forms/widgets/vnumber.html"

    def __init__(self, attrs: dict[str, Any] | None = None, decimals: int = 0) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.decimals = decimals

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return _written(value, self.decimals)
        text: str | None = super().format_value(value)
        return text


class VietnameseNumberField(forms.Field):
    """A number as it is written: "4.984", "4984", "94,8". Comes out as an exact integer.

    With ``decimals`` the integer counts the last decimal place: "94,8" with one decimal is
    948 (DESIGN decision 15). What could be read in two ways ("4.98") is refused.
    """

    def __init__(
        self,
        *,
        decimals: int = 0,
        smallest: int = 0,
        largest: int = 10**15,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", VietnameseNumberInput(decimals=decimals))
        super().__init__(**kwargs)
        self.decimals, self.smallest, self.largest = decimals, smallest, largest

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        number = self._read(str(value))
        if not self.smallest <= number <= self.largest:
            raise forms.ValidationError(
                _("Ghi số từ %(first)s đến %(last)s.")
                % {
                    "first": _written(self.smallest, self.decimals),
                    "last": _written(self.largest, self.decimals),
                }
            )
        return number

    def _read(self, text: str) -> int:
        try:
            read = parse_number(text)
        except BadInput as refusal:
            raise forms.ValidationError(str(refusal)) from None
        amount = read.value * 10**self.decimals
        plain = not (read.approx or read.denominator or read.high or read.unit)
        if not plain or amount != int(amount):
            raise forms.ValidationError(
                _("Ghi đúng một số, ví dụ 94,8.")
                if self.decimals
                else _("Ghi đúng một số nguyên, ví dụ 12 hoặc 4.984.")
            )
        return int(amount)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


def _written(value: int, decimals: int) -> str:
    sign, whole = ("-" if value < 0 else ""), abs(value)
    head, rest = divmod(whole, 10**decimals)
    text = sign + f"{head:,}".replace(",", ".")
    return f"{text},{rest:0{decimals}d}" if decimals else text
