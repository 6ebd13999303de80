"""Cancelling a record from its page: the reason, what is refused beside it, what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from danchu.core.errors import Refusal
from danchu.web.design.access import viewer_of

from .record_forms import CancelForm


def cancelled(
    request: HttpRequest,
    cancel: Callable[..., Any],
    record_id: int,
    address: Any,
    page: Callable[[CancelForm], HttpResponse],
    *,
    done: str = "",
) -> HttpResponse:
    """Cancel with the reason that was sent; back to ``address`` (name and arguments).

    ``cancel``: the service, which takes ``actor``, ``record_id`` and ``reason``; what it refuses is
    told on ``page``, which draws the record again with the form as it was sent. ``done``: the
    sentence after it.
    """
    if request.method != "POST":
        return redirect(*address)
    form = CancelForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            cancel(actor=viewer_of(request), record_id=record_id, reason=reason)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said = done or gettext("Đã hủy; nội dung và lý do được giữ lại.")
            messages.success(request, said)
            return redirect(*address)
    return page(form)
