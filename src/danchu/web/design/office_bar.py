"""The bar over every office page: which unit, which pages, who is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from danchu.core.accounts.selectors import home_unit_id
from danchu.core.clock import today
from danchu.core.units.selectors import UnitOnDay, unit_names, units_by_ids

from .access import viewer_of
from .templatetags.kept import Place, place_of_addresses


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page of the bar: its words, the name of its address, who sees it."""

    words: Any  # a lazy translation
    url_name: str
    rights: tuple[str, ...]
    keeps: bool = False
    """Whether the page keeps the installation rather than does the day's work."""


# The order of the bar. An entry shows once its page is in the urls and the person may open it.
NAVIGATION: tuple[NavItem, ...] = (
    NavItem(gettext_lazy("Việc hôm nay"), "office:today", ()),
    NavItem(gettext_lazy("Ghi việc"), "office:record", ("records.write",)),
    NavItem(gettext_lazy("Công khai"), "office:disclosure_home", ("records.read",)),
    NavItem(
        gettext_lazy("Rà soát báo cáo cũ"),
        "office:readings",
        ("readings.write", "readings.decide"),
    ),
    NavItem(gettext_lazy("Báo cáo"), "office:reports", ("reports.read",)),
    NavItem(gettext_lazy("Yêu cầu"), "office:requests", ("reports.write",)),
    NavItem(gettext_lazy("Số liệu"), "office:figures", ("figures.read",)),
    NavItem(gettext_lazy("Đơn vị"), "office:units", ("units.register", "units.edit"), keeps=True),
    NavItem(gettext_lazy("Người dùng"), "office:people", ("people.manage",), keeps=True),
    NavItem(gettext_lazy("Quy tắc"), "office:checks", ("checks.edit",), keeps=True),
    NavItem(
        gettext_lazy("Từ điển chỉ tiêu"), "portal:open_dictionary", ("checks.edit",), keeps=True
    ),
    NavItem(gettext_lazy("Đề cương"), "office:outlines", ("outlines.edit",), keeps=True),
    NavItem(gettext_lazy("Pháp luật"), "office:law_rules", ("law.confirm",), keeps=True),
)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A page of the bar as this person sees it."""

    words: str
    address: str
    is_here: bool
    keeps: bool


@dataclass(frozen=True, slots=True)
class OfficeBar:
    """What the bar shows. Addresses are "" where the installation has no such page."""

    unit_name: str
    office_name: str
    person: str
    post: str
    items: tuple[ShownItem, ...]
    home: str
    find: str
    account: str
    sign_in: str
    sign_out: str

    @property
    def work(self) -> list[ShownItem]:
        """The pages of the day's work; of one page of keeping, that too."""
        return [item for item in self.items if item not in self.keeping]

    @property
    def keeping(self) -> list[ShownItem]:
        """The pages that stand in a menu of their own, two at least."""
        found = [item for item in self.items if item.keeps]
        return found if len(found) > 1 else []

    @property
    def is_keeping(self) -> bool:
        """Whether the page shown is one of those."""
        return any(item.is_here for item in self.keeping)


def office_bar(request: HttpRequest) -> OfficeBar:
    """The bar for the person of this request; without pages for who has not signed in."""
    user: Any = request.user
    person, post, unit_name = "", "", ""
    items: tuple[ShownItem, ...] = ()
    if user.is_authenticated:
        person, post = user.name, user.post
        unit_name = _unit_name(request)
        items = _items(request.path, viewer_of(request).may)
    return OfficeBar(
        unit_name=unit_name,
        office_name=post,
        person=person,
        post=post,
        items=items,
        home=address_of("office:today") or address_of("portal:front"),
        find=address_of("office:find") if person else "",
        account=address_of("office:account") if person else "",
        sign_in="" if person else address_of("office:sign_in"),
        sign_out=address_of("office:sign_out") if person else "",
    )


def _items(path: str, may: Callable[[str], bool]) -> tuple[ShownItem, ...]:
    shown = []
    for item in NAVIGATION:
        address = address_of(item.url_name)
        if not address or (item.rights and not any(may(right) for right in item.rights)):
            continue
        here = path == address or (item.url_name != "office:today" and path.startswith(address))
        shown.append(ShownItem(str(item.words), address, here, item.keeps))
    return tuple(shown)


def own_unit_of(request: HttpRequest) -> UnitOnDay | None:
    """The unit the person of this request works for, as it is today; asked once a request."""
    if not hasattr(request, "danchu_own_unit"):
        unit_id = home_unit_id(viewer_of(request))
        found = units_by_ids([unit_id], today()).get(unit_id) if unit_id is not None else None
        request.danchu_own_unit = found  # type: ignore[attr-defined]  # kept for this request
    unit: UnitOnDay | None = request.danchu_own_unit  # type: ignore[attr-defined]
    return unit


def name_at_hand(
    request: HttpRequest, unit_id: int, name: str, until: dt.date | None = None
) -> None:
    """Let the bar know the name of a unit that the page is about: one query less for its people.

    ``until``: the last day on which the unit bears the name. The bar says today's.
    """
    if until is None or until >= today():
        request.danchu_named = (unit_id, name)  # type: ignore[attr-defined]  # for this request


def _unit_name(request: HttpRequest) -> str:
    """The name of the person's own unit: at hand where the page asked for it, else one query."""
    unit_at_hand, name_at = getattr(request, "danchu_named", (None, ""))
    if unit_at_hand is not None and unit_at_hand == home_unit_id(viewer_of(request)):
        name = name_at
    elif hasattr(request, "danchu_own_unit"):
        found = own_unit_of(request)
        name = found.name if found else ""
    else:
        unit_id = home_unit_id(viewer_of(request))
        names = unit_names([unit_id], today()) if unit_id is not None else {}
        name = names[unit_id][1] if unit_id in names else ""
    return name[:1].upper() + name[1:]


def address_of(name: str) -> str:
    """The address of a named page, "" while no such page is installed."""
    return _address_in(name, place_of_addresses())


@cache
def _address_in(name: str, place: Place) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
