"""The bar over every office page: which unit, which pages, who is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from danchu.core.accounts.selectors import home_unit_id
from danchu.core.clock import today
from danchu.core.units.selectors import UnitOnDay, unit_names, units_by_ids

from .access import viewer_of
from .office_bar_shown import ShownItem, find_shown, nav_shown
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
    def is_long(self) -> bool:
        """Whether there are more pages of the day's work than a narrow screen has room for."""
        return len(_parted(self.items)[0]) > 5

    @property
    def wide(self) -> SafeString:
        """The pages of the day's work, those that keep the installation in a menu of their own."""
        work, keeping = _parted(self.items)
        return nav_shown(work, keeping, get_language())

    @property
    def narrow(self) -> SafeString:
        """All pages in one list."""
        return nav_shown(self.items, (), get_language())

    @property
    def find_wide(self) -> SafeString | str:
        """The field to find a unit, at the end of the bar; "" where there is no such page."""
        return find_shown(self.find, "tim", get_language()) if self.find else ""

    @property
    def find_narrow(self) -> SafeString | str:
        """The same field in the menu of a narrow screen."""
        return find_shown(self.find, "tim-hep", get_language()) if self.find else ""


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
    for item, words, address in _pages(place_of_addresses()):
        if item.rights and not any(may(right) for right in item.rights):
            continue
        here = path == address or (item.url_name != "office:today" and path.startswith(address))
        shown.append(ShownItem(words, address, here, item.keeps))
    return tuple(shown)


@cache
def _pages(place: Place) -> tuple[tuple[NavItem, str, str], ...]:
    """The pages that are installed, with their words and addresses in one language."""
    told = ((item, str(item.words), _address_in(item.url_name, place)) for item in NAVIGATION)
    return tuple(page for page in told if page[2])


def _parted(items: tuple[ShownItem, ...]) -> tuple[tuple[ShownItem, ...], tuple[ShownItem, ...]]:
    """The pages of the day's work, and those of keeping; one page of keeping is no menu."""
    keeping = tuple(item for item in items if item.keeps)
    if len(keeping) < 2:
        return items, ()
    return tuple(item for item in items if not item.keeps), keeping


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
