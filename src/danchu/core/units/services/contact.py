"""How citizens reach a unit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from danchu.core.acting import acting_as
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger import log_action
from danchu.core.text import at_the_door

from ..models import Contact
from .checks import locked_unit
from .public import raise_public_version

_LONGEST = {"address": 300, "telephone": 60, "email": 254, "hours": 300, "counter_note": 4000}
_NAMES = {
    "address": ("địa chỉ", "address"),
    "telephone": ("số điện thoại", "telephone number"),
    "email": ("thư điện tử", "e-mail address"),
    "hours": ("giờ làm việc", "office hours"),
    "counter_note": ("việc phải đến trực tiếp", "note on what needs a visit"),
}


def update_contact(
    *,
    actor: Actor,
    unit_id: int,
    row_version: int,
    address: str = "",
    telephone: str = "",
    email: str = "",
    hours: str = "",
    counter_note: str = "",
) -> Contact:
    """Replace what the public is told about reaching a unit.

    ``row_version`` is the number the form was opened with, 0 when there was nothing yet.
    Raises ``NotAllowed`` without "units.edit" over the unit, ``BadInput`` for a text that is
    too long or no e-mail address, ``Conflict`` when somebody saved in between.
    """
    require(actor, "units.edit", unit_id)
    texts = {
        "address": " ".join(at_the_door(address).split()),
        "telephone": " ".join(at_the_door(telephone).split()),
        "email": at_the_door(email).strip(),
        "hours": " ".join(at_the_door(hours).split()),
        "counter_note": at_the_door(counter_note).strip(),
    }
    _check(texts)
    with acting_as(actor):
        locked_unit(unit_id)
        contact = Contact.objects.filter(unit_id=unit_id).first() or Contact(unit_id=unit_id)
        if contact.row_version != row_version:
            raise Conflict(
                "Thông tin liên hệ đã được người khác sửa trong lúc này. Nội dung vừa nhập "
                "chưa lưu; mở lại trang để xem bản mới rồi sửa tiếp.",
                "Somebody else changed the contact in the meantime. What was just typed is not "
                "saved; open the page again to see the new version, then go on.",
                code="stale",
            )
        for name, text in texts.items():
            setattr(contact, name, text)
        contact.row_version += 1
        contact.save()
        raise_public_version(unit_id)
        log_action("units.contact_changed", actor=actor, data={"unit": unit_id, **texts})
    return contact


def _check(texts: dict[str, str]) -> None:
    for field, text in texts.items():
        if len(text) > _LONGEST[field]:
            vi, en = _NAMES[field]
            raise BadInput(
                f"Mục {vi} dài quá {_LONGEST[field]} ký tự.",
                f"The {en} is longer than {_LONGEST[field]} characters.",
                field=field,
            )
    if texts["email"]:
        try:
            validate_email(texts["email"])
        except ValidationError:
            raise BadInput(
                "Địa chỉ thư điện tử chưa đúng, ví dụ: ubnd@vi-du.gov.vn.",
                "The e-mail address is not valid; an example: ubnd@vi-du.gov.vn.",
                field="email",
            ) from None
