"""What search engines are asked to leave alone; the citizens' pages are theirs to index."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .access import public

ROBOTS = """\
User-agent: *
Disallow: /office/
Disallow: /en/office/
Disallow: /healthz
Disallow: /readyz
Disallow: /metrics
"""


@public
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: the office, signing in (which stands below it) and the machines' addresses.

    It protects nothing: each page asks who looks, and the office says noindex in its headers.
    """
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
