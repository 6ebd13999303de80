"""From where somebody asks, as lock-out and the limits of the API count it."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest


def address_of_client(request: HttpRequest) -> str:
    """The address of the client, or of the nearest machine that is not a proxy of ours.

    A client may write any X-Forwarded-For it likes; each proxy adds the address it was called
    from at the right end. So the list is read from the right for as long as who wrote it is in
    ``DANCHU_PROXIES``; without that setting the header is not read at all.
    """
    address = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
    while address in settings.DANCHU_PROXIES and forwarded:
        named = _address(forwarded.pop())
        if named is None:
            break
        address = named
    return address


def counted_address(request: HttpRequest) -> str:
    """The address by which tries and messages of a client are counted.

    One household or one rented machine has a whole /64 of IPv6 to write from, so that part counts;
    an IPv4 address counts whole, however it is written.
    """
    try:
        known = ipaddress.ip_address(address_of_client(request))
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.IPv6Address(int(known) >> 64 << 64))
    return str(known)


_WITH_PORT = re.compile(r"\[(?P<six>[^]]*)\](:\d+)?|(?P<four>[\d.]+):\d+")


def _address(text: str) -> str | None:
    """The address of one entry; some proxies write the port behind it."""
    bare = text.strip()
    ported = _WITH_PORT.fullmatch(bare)
    if ported:
        bare = ported["six"] or ported["four"] or ""
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return None
