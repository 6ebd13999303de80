"""Many reports handed in together: the form, and how far the worker is with each."""

from __future__ import annotations

import uuid
from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from danchu.core.clock import today
from danchu.core.errors import NotFound, Refusal
from danchu.core.files.services import read_within_limit
from danchu.core.units.selectors import units_by_ids
from danchu.reporting.reading.selectors import BatchView, batch
from danchu.reporting.reading.services import decide_file, hand_in_batch, sort_to_unit
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .reading_forms import BatchForm
from .scope import chosen_unit
from .sent import client_key, whole_number


@staff("readings.write")
def batch_new(request: HttpRequest) -> HttpResponse:
    """Hand in several files, or a ZIP, to be read one after the other."""
    query = parameters(request, {"don-vi": str})
    unit = chosen_unit(request, query["don-vi"], "readings.write")
    sent = request.method == "POST"
    form = BatchForm(request.POST, request.FILES) if sent else BatchForm()
    if sent and form.is_valid():
        try:
            made = hand_in_batch(
                actor=viewer_of(request),
                unit_id=unit.id,
                files=[(one.name or "", read_within_limit(one)) for one in form.files_given],
                client_key=client_key(request) or uuid.uuid4(),
                source_note=form.cleaned_data["source_note"],
                public=form.cleaned_data["public"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("office:reading_batch", made.public_id)
    return render(
        request,
        "office/reading_batch_new.html",
        {
            "form": form,
            "unit": unit,
            "client_key": request.POST.get("client_key") or uuid.uuid4(),
        },
        status=400 if form.errors else 200,
    )


@staff("readings.write")
def batch_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far each file is; what stands here already or names another unit waits for a decision."""
    parameters(request, {})
    viewer = viewer_of(request)
    found = batch(viewer, public_id)
    if request.method == "POST" and request.POST.get("viec") == "xep":
        unit_id = whole_number(request.POST.get("don-vi", ""))
        if unit_id not in [file.other_unit_id for file in found.files]:
            raise NotFound("Không tìm thấy đơn vị này.", "There is no such unit.")
        sort_to_unit(actor=viewer, batch_id=public_id, unit_id=unit_id)
        return redirect("office:reading_batch", public_id)
    if request.method == "POST":
        file_id = whole_number(request.POST.get("tep", ""))
        if file_id not in [file.file_id for file in found.files]:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        decide_file(actor=viewer, file_id=file_id, read=request.POST.get("viec") == "doc")
        return redirect("office:reading_batch", public_id)
    return render(
        request,
        "office/reading_batch.html",
        {
            "batch": found,
            "read": len(found.files) - found.waiting,
            "failed": found.count("failed"),
            "other_unit": found.count("other_unit"),
            "twice": found.count("duplicate"),
            "left_out": found.count("left_out"),
            "named": _named(found),
        },
    )


def _named(found: BatchView) -> list[tuple[int, str, int]]:
    """(unit, its name, how many files name it) of the units that waiting files may be read for."""
    counts = Counter(file.other_unit_id for file in found.files if file.other_unit_id)
    units = units_by_ids(list(counts), today()) if counts else {}
    return [(pk, units[pk].name, n) for pk, n in counts.most_common() if pk in units]
