"""The map of the country: shapes that carry a figure only where the caller gives one.

Every rendering goes through :func:`country_map`, which cannot leave out quần đảo Hoàng Sa and
quần đảo Trường Sa: the page, its small form, what is printed and what is taken away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .templatetags.danchu import written

DATA = Path(__file__).parent / "data" / "country.json"
MARGIN = 80  # around the drawing, so that no islet touches the edge
_ISLANDS = (("hoang_sa", "48"), ("truong_sa", "56"))  # the archipelago, and whose it is


@dataclass(frozen=True, slots=True)
class Marked:
    """What a province shows: its name, where it leads, its tone (of a tile), its value."""

    name: str
    address: str = ""
    tone: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceShape:
    """A province as drawn; name and address "" where nothing is known of it here."""

    code: str
    path: str
    name: str
    address: str
    tone: str
    value: str


@dataclass(frozen=True, slots=True)
class CountryMap:
    """The whole map, ready for its template. Both archipelagos are always there."""

    view_box: str
    provinces: tuple[ProvinceShape, ...]
    hoang_sa: ProvinceShape
    truong_sa: ProvinceShape
    is_small: bool

    @property
    def land(self) -> SafeString:
        """The provinces as markup."""
        if any(one.address or one.tone for one in self.provinces):
            return _drawn(self.provinces)
        return _blank_land()


@dataclass(frozen=True, slots=True)
class _Country:
    width: int
    height: int
    provinces: dict[str, str]
    islands: dict[str, str]


@cache
def _country() -> _Country:
    return _Country(**json.loads(DATA.read_text("utf-8")))


@cache
def _blank_land() -> SafeString:
    """The provinces where none of them carries anything: the same on every page."""
    return _drawn(country_map().provinces)


def _drawn(provinces: Sequence[ProvinceShape]) -> SafeString:
    return format_html_join("", "{}", ((_shape(one),) for one in provinces))


def _shape(one: ProvinceShape) -> SafeString:
    tone = f" t-{one.tone}" if one.tone else ""
    if not one.address:
        return format_html('<path class="p{}" d="{}"/>', tone, one.path)
    return format_html(
        '<a href="{}" tabindex="-1"><path class="p{}" d="{}"><title>{}</title></path></a>',
        one.address,
        tone,
        one.path,
        f"{one.name}: {written(one.value)}" if one.value else one.name,
    )


def province_codes() -> tuple[str, ...]:
    """The codes of the provinces that are drawn."""
    return tuple(_country().provinces)


def country_map(marked: Mapping[str, Marked] | None = None, *, small: bool = False) -> CountryMap:
    """The map of the country; ``marked``: province code -> what it shows.

    An archipelago shows what its province shows. ``small``: the form that only says where the
    country is, with larger letters.
    """
    known, country = marked or {}, _country()

    def shape(code: str, path: str) -> ProvinceShape:
        shown = known.get(code, Marked(""))
        return ProvinceShape(code, path, shown.name, shown.address, shown.tone, shown.value)

    hoang_sa, truong_sa = (shape(code, country.islands[name]) for name, code in _ISLANDS)
    sides = (country.width + 2 * MARGIN, country.height + 2 * MARGIN)
    return CountryMap(
        view_box=f"{-MARGIN} {-MARGIN} {sides[0]} {sides[1]}",
        provinces=tuple(shape(code, path) for code, path in country.provinces.items()),
        hoang_sa=hoang_sa,
        truong_sa=truong_sa,
        is_small=small,
    )
