"""The door to a request for whoever writes to it."""

from __future__ import annotations

from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotFound
from danchu.core.records.models import Record

from .models import Request

RIGHT = "reports.write"


def open_request(actor: Actor, request_id: int, *, lock: bool = False) -> Request:
    """The request for writing to it; ``lock``: inside a transaction, held until its end.

    Raises ``NotFound``, ``NotAllowed`` without ``reports.write``, ``Conflict`` when cancelled.
    """
    rows = Request.objects.select_related("record", "period", "form", "layout")
    if lock:
        rows = rows.select_for_update(of=("self",))
    request = rows.filter(pk=request_id).first()
    if request is None:
        raise NotFound("Không tìm thấy yêu cầu này.", "There is no such request.")
    require(actor, RIGHT, request.unit_id)
    if request.state == Request.State.CANCELLED or request.record.state == Record.State.CANCELLED:
        raise Conflict("Yêu cầu này đã hủy.", "This request was cancelled.")
    return request
