"""Addresses of public pages: readable, permanent, found by code or id alone (INTERFACE, Web).

Other faces, documents and printed codes take the addresses of citizens' pages from here.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from functools import lru_cache
from typing import Any

from django.urls import reverse

from danchu.core.text import fold
from danchu.core.units.selectors import UnitOnDay
from danchu.reporting.reviews.published import PublishedReport, ReportLine
from danchu.web.design.templatetags.kept import Place, place_of_addresses

from .short_addresses import short_of

# The code runs to the first hyphen; registered units carry "<code>.<short code>".
UNIT = r"(?P<code>[0-9A-Za-z.]+)-(?P<slug>[a-z0-9-]*)"
_STAND_IN = uuid.UUID(int=2**127 + 2**63)


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """ "xã Bến Mẫu" -> "xa-ben-mau"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "don-vi"


def unit_address(unit: UnitOnDay, *, ended: bool = False) -> str:
    """The page of a unit: of who holds the code today, or of a unit that ended."""
    if ended and unit.valid_to is not None:
        named = {"code": unit.code, "slug": slug(unit.name), "last": unit.valid_to.isoformat()}
        return reverse("portal:ended_unit", kwargs=named)
    return address_of_code(unit.code, unit.name)


def address_of_code(code: str, name: str) -> str:
    """The page of the unit that holds the code today."""
    return _of_unit("portal:unit", code, name, place_of_addresses())


@lru_cache(maxsize=8192)
def _of_unit(page: str, code: str, name: str, _place: Place) -> str:
    return reverse(page, kwargs={"code": code, "slug": slug(name)})


@lru_cache(maxsize=4096)
def _around_id(page: str, code: str, name: str, _place: Place) -> tuple[str, str]:
    """What stands before and after the id in the address of something of a unit."""
    told = {"code": code, "slug": slug(name), "public_id": _STAND_IN}
    before, after = reverse(page, kwargs=told).split(str(_STAND_IN))
    return before, after


def _with_id(page: str, unit: UnitOnDay, public_id: uuid.UUID) -> str:
    before, after = _around_id(page, unit.code, unit.name, place_of_addresses())
    return f"{before}{public_id}{after}"


def address_on(unit: UnitOnDay, day: dt.date) -> str:
    """The page of a unit as it is known here: the one of its end when that has passed.

    A unit that only changed its name or kind leads on from there to where it is today.
    """
    return unit_address(unit, ended=unit.valid_to is not None and unit.valid_to < day)


def dialogue_address(unit: UnitOnDay, public_id: uuid.UUID) -> str:
    """The page of a dialogue whose result is public."""
    return _with_id("portal:dialogue", unit, public_id)


def notice_address(unit: UnitOnDay, public_id: uuid.UUID) -> str:
    """The page of a content made known."""
    return _with_id("portal:notice", unit, public_id)


def claim_address(unit: UnitOnDay, public_id: uuid.UUID) -> str:
    """The form with which something is said of a notice."""
    return reverse("portal:claim", kwargs=_of_notice(unit, public_id))


def notice_file_address(unit: UnitOnDay, public_id: uuid.UUID, ending: str) -> str:
    """The table of a notice as a file: "xlsx" or "csv"."""
    return reverse("portal:notice_table", kwargs={**_of_notice(unit, public_id), "ending": ending})


def notice_document_address(unit: UnitOnDay, public_id: uuid.UUID, order: int, ending: str) -> str:
    """A document of a notice: "pdf" or "docx"."""
    given = {**_of_notice(unit, public_id), "order": order, "ending": ending}
    return reverse("portal:notice_document", kwargs=given)


def notice_short_address(public_id: uuid.UUID) -> str:
    """The address of a notice that somebody can type from a sheet of paper: it leads there."""
    return reverse("portal:notice_short", kwargs={"short": short_of(public_id)})


def notice_poster_address(unit: UnitOnDay, public_id: uuid.UUID, paper: str) -> str:
    """The poster of a notice as PDF, "a4" or "a3"."""
    return reverse("portal:notice_poster", kwargs={**_of_notice(unit, public_id), "paper": paper})


def notice_script_address(unit: UnitOnDay, public_id: uuid.UUID) -> str:
    """What is read of a notice over the loudspeakers."""
    return reverse("portal:notice_script", kwargs=_of_notice(unit, public_id))


def notice_heard_address(unit: UnitOnDay, public_id: uuid.UUID) -> str:
    """The same as a recording, where the installation has a voice."""
    return reverse("portal:notice_heard", kwargs=_of_notice(unit, public_id))


def _of_notice(unit: UnitOnDay, public_id: uuid.UUID) -> dict[str, Any]:
    return {"code": unit.code, "slug": slug(unit.name), "public_id": public_id}


def unit_part_address(part: str, unit: UnitOnDay) -> str:
    """A page below the unit's own, by its url name: "portal:dialogues", "portal:board"."""
    return _of_unit(part, unit.code, unit.name, place_of_addresses())


def report_address(report: PublishedReport | ReportLine, unit: UnitOnDay | None = None) -> str:
    """The page of an issued report, under ``unit`` as it is today or under its unit of then."""
    return reverse("portal:report", kwargs=_of_report(report, unit))


def report_file_address(report: PublishedReport, name: str, unit: UnitOnDay | None = None) -> str:
    """A file of an issued report, or the proof of its hashes."""
    return reverse("portal:report_file", kwargs={**_of_report(report, unit), "name": name})


def _of_report(report: PublishedReport | ReportLine, unit: UnitOnDay | None) -> dict[str, Any]:
    code, name = (unit.code, unit.name) if unit else (report.unit_code, report.unit_name)
    return {"code": code, "slug": slug(name), "public_id": report.public_id}
