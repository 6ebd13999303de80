"""Finding the unit of an address, and what every page of a unit shows around its own part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase

from danchu.core.clock import today
from danchu.core.errors import NotFound
from danchu.core.units.models import Contact, Unit
from danchu.core.units.selectors import (
    UnitOnDay,
    ancestors,
    contact_of,
    holder_on,
    trace,
    unit_by_id,
    unit_on,
    units_by_ids,
    with_ancestors,
)

from .addresses import slug, unit_address
from .caching import depends_on
from .known import is_known_to_all, no_such_unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as its pages show it."""

    unit: UnitOnDay
    above: tuple[UnitOnDay, ...]  # from the province down, without the nation
    address: str
    contact: Contact | None

    @property
    def name(self) -> str:
        """ "Xã Bến Mẫu": the name as it stands at the head of a line."""
        return self.unit.name[:1].upper() + self.unit.name[1:]

    @property
    def where(self) -> str:
        """ "xã Bến Mẫu, tỉnh Minh Họa"."""
        return ", ".join([self.unit.name, *(unit.name for unit in reversed(self.above))])


def place_of_today(
    request: HttpRequest, code: str, given_slug: str, here: Callable[[UnitOnDay], str]
) -> Place | HttpResponseRedirectBase:
    """The unit that holds the code today, or the redirect to where the address should be.

    ``here`` gives the address of the asked page for the unit, so that a wrong slug leads to
    the same page under the right one. A code that nobody holds any more leads to the page of
    the unit that held it last. Raises ``NotFound`` for a code that nobody ever held, and the same
    for a unit of which nothing is public: the address that another leads to would name it.
    """
    try:
        holder = holder_on(code, today())
    except NotFound:
        try:
            last = trace(code, None, None).unit
        except NotFound:  # nobody, or one who begins later and need not be public then
            raise no_such_unit(code, today()) from None
        if not is_known_to_all(last.id, last.level, last.valid_to or today()):
            raise no_such_unit(code, today()) from None
        if last.valid_to is None:
            raise
        return HttpResponseRedirect(unit_address(last, ended=True))
    if not is_known_to_all(holder.unit_id, holder.level, today()):
        raise no_such_unit(code, today())
    if holder.code != code or slug(holder.name) != given_slug:
        return HttpResponsePermanentRedirect(here(unit_on(code, today())))
    depends_on(request, holder.unit_id)
    return _place(*with_ancestors(holder, today()))


def place_of_record(request: HttpRequest, unit_id: int, code: str, then: dt.date) -> Place:
    """The place of a record: its unit as it is today, or as it was ``then`` where it ended.

    ``code``: the unit's code of then; where it still has it, two statements are saved.
    """
    try:
        holder = holder_on(code, today())
    except NotFound:
        holder = None
    if holder is not None and holder.unit_id == unit_id:
        depends_on(request, unit_id)
        return _place(*with_ancestors(holder, today()))
    unit = unit_by_id(unit_id, then)
    return place(request, stands_today(unit) or unit)


def place(request: HttpRequest, unit: UnitOnDay) -> Place:
    """What the pages of a unit need. The page is made again when the unit changes."""
    depends_on(request, unit.id)
    return _place(unit, ancestors(unit.id, unit.valid_to or today()))


def _place(unit: UnitOnDay, ancestors: list[UnitOnDay]) -> Place:
    above = tuple(above for above in ancestors if above.level != "nation")
    return Place(unit, above, unit_address(unit), contact_of(unit.id))


def stands_today(unit: UnitOnDay) -> UnitOnDay | None:
    """The same unit as it is today, or None when it ended."""
    return units_by_ids([unit.id], today()).get(unit.id)


def invented_provinces() -> list[str]:
    """Codes of the invented provinces: what a demonstration that names no unit is for."""
    # They stand in no tree with the nation, so no selector of the tree finds them.
    ids = Unit.objects.filter(is_demo=True, level=Unit.Level.PROVINCE).values_list("pk", flat=True)
    return sorted(unit.code for unit in units_by_ids(ids, today()).values())
