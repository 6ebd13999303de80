"""Query parameters with a type: what was not asked for, or not of its type, is a 400.

A page names what it takes; anything else in the address is refused instead of being passed on
(SECURITY rule 12).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from django.http import HttpRequest

from danchu.core.errors import BadInput
from danchu.core.text import at_the_door

# int, str, bool, dt.date, the allowed words, or a function that raises ValueError.
Kind: TypeAlias = type | Sequence[str] | Callable[[str], Any]

LONGEST = 200


def parameters(
    request: HttpRequest, kinds: Mapping[str, Kind], *, cut: Collection[str] = ()
) -> dict[str, Any]:
    """The query parameters of a request by name; None for one that was not given or is empty.

    ``kinds``: for each name ``str`` (at most 200 characters, cleaned at the door), ``int``
    (0 to 999.999.999), ``bool`` ("1" or "0"), ``datetime.date`` (YYYY-MM-DD), a sequence of
    the words allowed, or a function from text that raises ``ValueError``. ``cut``: names whose
    text is cut at 200 characters instead of being refused; the page tells so. Raises ``BadInput``
    for an unknown name, a name given twice, or a value of the wrong type.
    """
    given = request.GET
    for name in given:
        if name not in kinds:
            raise BadInput(
                f"Địa chỉ có phần “{name[:40]}” mà trang này không dùng.",
                f"The address holds “{name[:40]}”, which this page does not use.",
                field=name[:40],
            )
        if len(given.getlist(name)) > 1:
            raise BadInput(
                f"Địa chỉ ghi “{name}” nhiều lần.",
                f"The address gives “{name}” more than once.",
                field=name,
            )
    texts = {name: given.get(name) for name in kinds}
    for name in cut:
        texts[name] = (texts[name] or "")[:LONGEST]
    return {name: _value(name, texts[name], kind) for name, kind in kinds.items()}


def _value(name: str, text: str | None, kind: Kind) -> Any:
    if text is None or text == "":
        return None
    try:
        if len(text) > LONGEST:
            raise ValueError
        return _typed(text, kind)
    except (ValueError, BadInput):
        shown = text[:40]
        raise BadInput(
            f"Địa chỉ ghi “{name}” là “{shown}”, không dùng được.",
            f"The address gives “{name}” as “{shown}”, which cannot be used.",
            field=name,
        ) from None


def _typed(text: str, kind: Kind) -> Any:
    if kind is str:
        return at_the_door(text).strip()
    if kind is int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise ValueError
        return int(text)
    if kind is bool:
        return {"1": True, "0": False}[text] if text in ("0", "1") else _refuse()
    if kind is dt.date:
        return dt.date.fromisoformat(text) if len(text) == 10 else _refuse()
    if isinstance(kind, Sequence):
        return text if text in kind else _refuse()
    return kind(text)


def _refuse() -> Any:
    raise ValueError
