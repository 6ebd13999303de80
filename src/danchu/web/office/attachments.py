"""Evidence: handing a file in beside a record, and serving it after a check each time."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from danchu.core.contracts import Actor, declared_findables
from danchu.core.errors import BadInput, NotFound
from danchu.core.files.kinds import EVIDENCE
from danchu.core.files.selectors import open_file
from danchu.core.files.services import read_within_limit, store_upload
from danchu.core.records.models import Record
from danchu.core.records.selectors import visible_records
from danchu.web.design.access import signed_in, staff, viewer_of


@staff("records.write", "readings.write")
def attach(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Attach a file to a record as evidence."""
    viewer = viewer_of(request)
    record = visible_records(viewer).filter(public_id=public_id).first()
    if record is None or request.method != "POST":
        raise NotFound("Không tìm thấy nội dung này.", "There is no such record.")
    seen = declared_findables()[record.kind].visible(viewer, [record.pk])
    try:
        _store(viewer, record, request.FILES.get("tep"))
    except BadInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Đã đính kèm tệp."))
    return redirect(seen[record.pk][1] + "#tep")


def _store(viewer: Actor, record: Record, given: File[bytes] | None) -> None:
    if given is None:
        raise BadInput("Chọn tệp để đính kèm.", "Choose a file to attach.")
    store_upload(
        actor=viewer,
        unit_id=record.unit_id,
        data=read_within_limit(given),
        name=given.name or "",
        record_id=record.pk,
        allowed=EVIDENCE,
    )


@signed_in
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """A file, for who may see the record it hangs on."""
    found = open_file(viewer_of(request), public_id)
    response = FileResponse(
        found.handle, as_attachment=True, filename=found.name, content_type=found.media_type
    )
    response["X-Robots-Tag"] = "noindex"
    return response
