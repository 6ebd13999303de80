"""In which compression an answer may travel."""

from __future__ import annotations

from django.http import HttpRequest


def accepted_encoding(request: HttpRequest) -> str:
    """ "br", "gzip", or "" for who takes neither."""
    offered = {
        part.split(";")[0].strip()
        for part in request.headers.get("Accept-Encoding", "").lower().split(",")
        if part.replace(" ", "").partition(";q=")[2] not in ("0", "0.0", "0.00", "0.000")
    }
    return "br" if "br" in offered else "gzip" if "gzip" in offered else ""
