"""What a form sends beside its fields: the key that makes sending twice one, and numbers."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from danchu.core.errors import BadInput
from danchu.web.design.forms import DanchuForm


def client_key(request: HttpRequest) -> uuid.UUID | None:
    """The key the browser was given with the form; None when it sent none."""
    text = request.POST.get("client_key", "")
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.") from None


def next_key(request: HttpRequest, form: DanchuForm | None = None) -> str:
    """The key for the page that comes back: the one that was sent, so that sending twice is one.

    What came with the key of another content gets one of its own: sent again it is new.
    """
    kept = "" if form is not None and form.sent_before else request.POST.get("client_key", "")
    return kept or str(uuid.uuid4())


def whole_number(text: str) -> int:
    """A number of a row or a version that a form carries."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise BadInput("Yêu cầu không hợp lệ.", "The request is not valid.")
    return int(text)
