"""The corrections of readings as a file of JSON lines."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from danchu.reporting.reading.selectors import correction_lines
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters


@staff("readings.decide")
def corrections(request: HttpRequest) -> HttpResponse:
    """One line for each correction the person may decide on."""
    parameters(request, {})
    lines = [json.dumps(line, ensure_ascii=False) for line in correction_lines(viewer_of(request))]
    answer = HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="application/x-ndjson; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="sua-so-lieu.jsonl"'
    return answer
