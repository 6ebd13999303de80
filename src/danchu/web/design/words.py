"""Words for values that are kept as codes, the same on both faces."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from danchu.web.office.words import (
    BASE_KINDS,
    DIALOGUE_KINDS,
    FIELDS,
    OUTCOMES,
    RECEIVERS,
    RECEPTION_FORMS,
)

WORDS: dict[str, dict[str, Any]] = {
    "dialogue": dict(DIALOGUE_KINDS),
    "field": dict(FIELDS),
    "outcome": dict(OUTCOMES),
    "base": dict(BASE_KINDS),
    "reception": dict(RECEPTION_FORMS),
    "receiver": dict(RECEIVERS),
    "column": {
        "string": _("chữ"),
        "integer": _("số nguyên"),
        "number": _("số"),
        "date": _("ngày"),
        "boolean": _("đúng hoặc sai"),
    },
    "opinion": {
        "received": _("Đã ghi nhận"),
        "taken_up": _("Đang giải quyết"),
        "answered": _("Đã trả lời"),
        "outside": _("Ngoài thẩm quyền"),
    },
}

# How an opinion's state looks: the tone of ``{% tag_state %}``.
TONES: dict[str, str] = {
    "received": "idle",
    "taken_up": "wait",
    "answered": "done",
    "outside": "idle",
}


def word(value: str, of: str) -> str:
    """The word for a code of a list; the code itself when the list does not have it."""
    return str(WORDS[of].get(value, value))
