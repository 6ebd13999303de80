"""What a posting must say: the kind of place, its name, its first day, its address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from danchu.core.errors import BadInput, Faults
from danchu.core.records.inputs import EARLIEST, clean_choice, clean_day, clean_line
from danchu.core.text import fold

from ..models import Place
from .inputs import PostingInput
from .shielding import refuse_in_line


def cleaned_posting(
    content: PostingInput, published_on: dt.date | None, prefix: str = ""
) -> dict[str, Any]:
    """The columns of a posting of a notice published on that day, with its ``starts_on``.

    ``BadInput`` names every field at fault. ``published_on`` None: that day is at fault itself.
    """
    start, faults = f"{prefix}-" if prefix else "", Faults()
    place = link = ""
    starts_on = content.starts_on or published_on
    with faults.noted():
        clean_choice(content.kind, Place.values, f"{start}kind", "nơi niêm yết", "place of posting")
    with faults.noted():
        if starts_on is not None:
            clean_day(
                starts_on,
                f"{start}starts_on",
                "ngày bắt đầu niêm yết",
                "first day of the posting",
                not_before=published_on or EARLIEST,
            )
    with faults.noted():
        link = clean_link(content.link, f"{start}link", required=content.kind == Place.PORTAL)
    with faults.noted():
        place = _place_of(content, link, f"{start}place")
    faults.tell()
    return {
        "kind": content.kind,
        "place": place,
        "place_key": place_key(content.kind, place),
        "starts_on": starts_on,
        "link": link,
    }


def place_key(kind: str, place: str) -> str:
    """By what two postings at one place are told."""
    return f"{kind}:{fold(place)}"[:220]


def _place_of(content: PostingInput, link: str, field: str) -> str:
    """The name of a place as it was typed; a portal goes by its address."""
    place = clean_line(
        content.place, field, "tên nơi niêm yết", "name of the place", limit=200, required=False
    )
    refuse_in_line(place, field=field, vi="tên nơi niêm yết", en="name of the place")
    if place:
        return place
    if content.kind == Place.PORTAL:
        return (urlsplit(link).hostname or link[:200]) if link else ""
    if content.kind == Place.HEADQUARTERS:
        return "Trụ sở"
    raise BadInput("Nhập tên nơi niêm yết.", "Enter the name of the place.", field=field)


def clean_link(value: str, name: str, *, required: bool) -> str:
    """A web address of http or https; it is shown, never fetched."""
    link = clean_line(value, name, "đường dẫn", "link", limit=500, required=required)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not host or "." not in host:
        raise BadInput(
            "Đường dẫn phải bắt đầu bằng https:// hoặc http://.",
            "A link begins with https:// or http://.",
            field=name,
        )
    # Who opens it sees where it leads: no sign-in hidden in it, no machine without a name.
    if parts.username is not None or parts.password is not None or _no_name(host):
        raise BadInput(
            "Đường dẫn chỉ gồm tên miền của trang, không kèm tên đăng nhập, mật khẩu và không dùng "
            "địa chỉ số (IP).",
            "A link has the name of the site, without user name and password, and is no numeric "
            "(IP) address.",
            field=name,
        )
    return link


def _no_name(host: str) -> bool:
    """Whether a host is an address of numbers or one of an inner network."""
    last = host.rstrip(".").rpartition(".")[2]
    return (
        ":" in host
        or re.fullmatch("(0x)?[0-9a-f]*[0-9][0-9a-f]*", last) is not None
        or (last in ("localhost", "local", "internal", "lan", "home"))
    )
