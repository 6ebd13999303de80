"""Papers on disclosure as files to take away."""

from __future__ import annotations

from django.http import HttpResponse

from danchu.core.documents import OfficialDocument, render_docx, render_pdf
from danchu.reporting.reviews.export import MEDIA_TYPES

FORMATS = ("xlsx", "docx", "pdf")
PAPERS = ("docx", "pdf")


def file_answer(what: OfficialDocument | bytes, name: str, fmt: str) -> HttpResponse:
    """A document rendered as ``fmt``, or bytes that are that already, under a name in ASCII."""
    if isinstance(what, bytes):
        data = what
    else:
        data = render_docx(what) if fmt == "docx" else render_pdf(what)
    answer = HttpResponse(data, content_type=MEDIA_TYPES[fmt])
    plain = name.replace("@", "-")
    answer["Content-Disposition"] = f'attachment; filename="{plain}.{fmt}"'
    return answer
