"""The pages of the office bar as markup.

The same few lists stand over every page of everybody with the same roles, each of them twice, for
a wide and for a narrow screen. They are put together once for each list: what is kept is told by
all it is made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .templatetags.danchu import icon


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A page of the bar as this person sees it."""

    words: str
    address: str
    is_here: bool
    keeps: bool


@lru_cache(maxsize=512)
def nav_shown(
    items: tuple[ShownItem, ...], keeping: tuple[ShownItem, ...], _language: str | None
) -> SafeString:
    """A list of pages; ``keeping``: those in a menu of their own at its end."""
    if not keeping:
        return format_html("<ul>{}</ul>", _lines(items))
    is_here = any(item.is_here for item in keeping)
    return format_html(
        '<ul>{}<li><details class="dc-menu is-more"><summary{}>{} {}</summary>'
        '<ul class="drop">{}</ul></details></li></ul>',
        _lines(items),
        format_html(' class="{}"', "is-here") if is_here else "",
        gettext("Quản trị"),
        icon("chevron-down"),
        _lines(keeping),
    )


def _lines(items: tuple[ShownItem, ...]) -> SafeString:
    here = format_html(' aria-current="{}"', "page")
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((item.address, here if item.is_here else "", item.words) for item in items),
    )


@lru_cache(maxsize=16)
def find_shown(address: str, field_id: str, _language: str | None) -> SafeString:
    """The field to find a unit."""
    words = gettext("Tìm đơn vị")
    return format_html(
        '<form class="find" action="{}" role="search"><label class="vh" for="{}">{}</label>'
        '<input id="{}" name="q" type="search" placeholder="{}" autocomplete="off">'
        '<button type="submit">{}<span class="vh">{}</span></button></form>',
        address,
        field_id,
        words,
        field_id,
        words,
        icon("search"),
        gettext("Tìm"),
    )
