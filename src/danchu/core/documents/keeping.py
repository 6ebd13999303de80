"""An official document as plain data and back, so that it can be kept and printed years later.

What is kept is what the document says, not how a release lays it out: a later release prints the
same words and numbers from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from . import model
from .model import OfficialDocument

_KINDS: dict[str, Any] = {
    name: kind
    for name, kind in vars(model).items()
    if is_dataclass(kind) and kind.__module__ == model.__name__
}


def as_data(document: OfficialDocument) -> dict[str, Any]:
    """The document as what JSON can hold; what has its usual value is left out."""
    found: dict[str, Any] = _plain(document)
    return found


def from_data(data: Mapping[str, Any]) -> OfficialDocument:
    """The document that :func:`as_data` wrote. Raises ``ValueError`` for anything else."""
    try:
        found = _whole(data)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a kept document: {error}") from error
    if not isinstance(found, OfficialDocument):
        raise ValueError("not a kept document")
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        shown: dict[str, Any] = {"is": type(value).__name__}
        for field in fields(value):
            held = getattr(value, field.name)
            if held != field.default:
                shown[field.name] = _plain(held)
        return shown
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return {"is": "day", "day": value.isoformat()}
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value["is"] == "day":
            return dt.date.fromisoformat(value["day"])
        kind = _KINDS[value["is"]]
        return kind(**{name: _whole(held) for name, held in value.items() if name != "is"})
    if isinstance(value, list):
        return tuple(_whole(item) for item in value)
    return value
