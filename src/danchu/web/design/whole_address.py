"""Whole addresses on pages. No other module asks a request under which host it came."""

from __future__ import annotations

from django.http import HttpRequest

from danchu.core.addresses import absolute, address_of_installation


def whole(request: HttpRequest, path: str) -> str:
    """The whole address of ``path``: of the installation, else of the host that was asked.

    The latter only for hosts in ``ALLOWED_HOSTS``; for another Django answers with a 400.
    """
    if address_of_installation():
        return absolute(path)
    return absolute(path, asked_at=f"{request.scheme}://{request.get_host()}")
