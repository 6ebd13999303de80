"""Shared links carry what a social network adds; citizens' pages know no such part."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict

# What Facebook, Zalo, Google, mail programs and campaigns append to an address that is shared.
_ADDED = frozenset(
    {"fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "igshid", "igsh", "mibextid",
     "zarsrc", "zalo_id", "gidzl", "ttclid", "twclid", "mc_cid", "mc_eid", "_gl", "ref_src"}
)  # fmt: skip
_PREFIX = "utm_"


class SharedLinks:
    """Middleware: an address with such a part leads to the same without it.

    So a shared link opens, the page is kept once, and the addresses of officers are not touched:
    theirs refuse what they do not know.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if asked and request.method in ("GET", "HEAD") and "/office/" not in request.path:
            clean = _without_additions(request.GET)
            if clean is not None:
                query = clean.urlencode()
                return HttpResponsePermanentRedirect(request.path + (f"?{query}" if query else ""))
        return self.get_response(request)


def _without_additions(query: QueryDict) -> QueryDict | None:
    """The query without what was added; None where nothing was."""
    added = [key for key in query if key.lower() in _ADDED or key.lower().startswith(_PREFIX)]
    if not added:
        return None
    clean = query.copy()
    for key in added:
        del clean[key]
    return clean
