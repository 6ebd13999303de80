"""The headers of every answer: one fixed Content-Security-Policy and its neighbours.

No nonces, no ``unsafe-*``, no third party (SECURITY rule 10). Outermost of the middleware, so
that static files, errors and pages all carry them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_FIXED = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "browsing-topics=(), interest-cohort=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY or "same-origin",
}


class SecurityHeaders:
    """Adds the headers to every response; a view may set a stricter one itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _FIXED.items():
            response.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.setdefault(
                "Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"
            )
        if _is_office(request.path_info):
            response.setdefault("X-Robots-Tag", "noindex, nofollow")
        _drop_accept_language(response)
        return response


def _is_office(path: str) -> bool:
    return path.removeprefix("/en").startswith("/office/")


def _drop_accept_language(response: HttpResponse) -> None:
    """The language is in the address alone; Django adds this for addresses without a prefix."""
    vary = response.get("Vary")
    if not vary or "accept-language" not in vary.lower():
        return
    rest = [part.strip() for part in vary.split(",") if part.strip().lower() != "accept-language"]
    if rest:
        response["Vary"] = ", ".join(rest)
    else:
        del response["Vary"]
