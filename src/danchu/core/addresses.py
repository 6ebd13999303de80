"""Whole addresses: of links that leave the installation, on paper, in feeds, in messages.

They begin with the address the operator gave (``DANCHU_ADDRESS``), never with the Host header of
whoever happened to ask: that header is written by the client, and pages are kept for others.
"""

from __future__ import annotations

from django.conf import settings


def address_of_installation() -> str:
    """Where the installation is reached, without a slash at the end; "" where nobody said."""
    address: str = settings.DANCHU_ADDRESS
    return address


def absolute(path: str, *, asked_at: str = "") -> str:
    """The whole address of ``path``, which begins with a slash.

    ``asked_at``: where the one who asks reached this installation ("http://localhost:8000"), for
    a machine of which nobody said where it is; without either it stays a path.
    """
    return (address_of_installation() or asked_at) + path
