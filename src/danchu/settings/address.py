"""The public address of the installation, as it stands in links that leave it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def address_from(given: str, origins: Sequence[str]) -> str:
    """ "https://danchu.example.vn", without a slash at the end; "" where nobody said.

    ``given`` is ``DANCHU_ADDRESS``; without it the first of ``origins`` that names one host, as
    in installations set up before there was such a setting. Raises ``ImproperlyConfigured`` for
    anything but scheme, host and port.
    """
    if not given:
        return next((one.rstrip("/") for one in origins if "*" not in one), "")
    parts = urlsplit(given)
    bare = f"{parts.scheme}://{parts.netloc}"
    try:
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none
        whole = False
    if not whole or "@" in parts.netloc or given.rstrip("/") != bare:
        raise ImproperlyConfigured(
            f"DANCHU_ADDRESS: {given!r} is not of the form https://danchu.example.vn"
        )
    return bare


def host_of(address: str) -> str:
    """The host of an address as ``ALLOWED_HOSTS`` writes it, without the port; "" of none."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def with_own(known: Sequence[str], own: str) -> list[str]:
    """``known`` with ``own`` among them, where there is one."""
    return [*known, own] if own and own not in known else list(known)
