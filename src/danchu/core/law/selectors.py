"""Reading the law: what is in force, what it asks of a unit, when something is due.

Loads without Django and answers without a database: then the catalogue of the release is the
one in force. With a database, confirmations made in this installation count. The law is
public, so every viewer is told the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from danchu.core.calendar.days import CalendarClass
from danchu.core.calendar.selectors import current_calendar, django_is_ready, never_set_up
from danchu.core.contracts import Actor, require
from danchu.core.errors import NotFound

from .catalog import Catalogue, Confirmation, Mode, Rule, UnitKind
from .clock import Derivation, deadline_in
from .events import ClockEvent
from .shipped import shipped_catalogue

if TYPE_CHECKING:
    from danchu.core.prepared import Prepared

# (rule, its version, day, officer, text, file): what a confirmation says, as one cache key
_Confirmed = tuple[str, int, dt.date, str, str, int | None]


def current_catalogue() -> Catalogue:
    """The catalogue in force: the newest of the database, or that of the release.

    Two queries; what a version holds is kept, for versions never change. A database that
    cannot be reached raises ``DatabaseError``.
    """
    if not django_is_ready():
        return shipped_catalogue()
    from django.db import DatabaseError

    from .models import CatalogVersion

    newest, live = _statements()
    try:
        versions = newest.rows()
    except DatabaseError:
        if never_set_up(CatalogVersion._meta.db_table):
            return shipped_catalogue()
        raise  # a database that fails must not quietly lose what was confirmed here
    if not versions:
        return shipped_catalogue()
    number, created_at = versions[0]
    return _with_confirmations(number, created_at, tuple(live.rows()))


@cache
def _statements() -> tuple[Prepared, Prepared]:
    """The newest version, and the confirmations that were not withdrawn."""
    from danchu.core.prepared import Prepared

    from .models import CatalogVersion, LocalConfirmation

    newest = CatalogVersion.objects.order_by("-number").values_list("number", "created_at")
    live = LocalConfirmation.objects.filter(withdrawn_at__isnull=True).order_by("id")
    confirmed = live.values_list(
        "obligation__key", "obligation__version", "on", "officer", "text_compared", "file_id"
    )
    return Prepared(lambda: newest[:1]), Prepared(lambda: confirmed)


def catalogue_at(number: int) -> Catalogue:
    """The catalogue as version ``number`` had it, without confirmations.

    For a clock that was started with it. Raises ``NotFound`` for a version never made here.
    """
    from .models import CatalogVersion

    version = CatalogVersion.objects.filter(number=number).first()
    if version is None:
        raise NotFound(
            f"Không có phiên bản danh mục số {number}.", f"There is no catalogue version {number}."
        )
    return _catalogue(version.number, version.created_at)


def duties(
    kind: UnitKind, on: dt.date, mode: Mode | None = None, *, viewer: Actor
) -> tuple[Rule, ...]:
    """What the law in force on the day asks of that kind of unit, in catalogue order."""
    return current_catalogue().in_force(kind, on, mode)


def obligation(key: str) -> Rule:
    """The rule with this id, whenever it applies. Raises ``NotFound``."""
    return current_catalogue().rule(key)


def rule_on(key: str, on: dt.date) -> Rule:
    """The rule as it was in force on the day.

    Raises ``NotFound``, or ``Refusal`` (code "not_in_force") naming the rule of that day.
    """
    return current_catalogue().rule_on(key, on)


def deadline(
    key: str,
    events: Sequence[ClockEvent],
    calendar_class: CalendarClass = "public",
    *,
    remote: bool = False,
    complex: bool = False,
    posting: bool = False,
) -> Derivation:
    """The derivation of a due day under the rule in force on the start and today's calendar.

    Raises what ``Catalogue.rule_on`` and ``clock.derive`` raise.
    """
    return deadline_in(
        current_catalogue(), current_calendar(), key, events, calendar_class,
        remote=remote, complex=complex, posting=posting,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastConfirmation:
    """One comparison of a rule with the text in force, standing or withdrawn.

    ``version``: of the rule it was made for. ``file``: (address part, name) of the kept copy.
    ``by`` and ``withdrawn_by``: ids of the accounts that wrote it down.
    """

    id: int
    version: int
    on: dt.date
    officer: str
    text_compared: str
    file: tuple[str, str] | None
    written_at: dt.datetime
    by: int | None
    withdrawn_at: dt.datetime | None
    withdrawn_by: int | None
    withdrawn_reason: str


def confirmations_of(viewer: Actor, key: str) -> list[PastConfirmation]:
    """Every comparison of a rule made here, the newest first; one query.

    Needs "law.confirm": who compared is told to those who answer for it.
    """
    require(viewer, "law.confirm")
    from .models import LocalConfirmation

    rows = LocalConfirmation.objects.filter(obligation__key=key).order_by("-id")
    return [
        PastConfirmation(
            id=pk,
            version=version,
            on=on,
            officer=officer,
            text_compared=text,
            file=(str(public_id), name) if public_id else None,
            written_at=written_at,
            by=by,
            withdrawn_at=withdrawn_at,
            withdrawn_by=withdrawn_by,
            withdrawn_reason=reason,
        )
        for (
            pk, version, on, officer, text, public_id, name, written_at, by, withdrawn_at,
            withdrawn_by, reason,
        ) in rows.values_list(
            "pk", "obligation__version", "on", "officer", "text_compared", "file__public_id",
            "file__name", "created_at", "confirmed_by_id", "withdrawn_at", "withdrawn_by_id",
            "withdrawn_reason",
        )
    ]  # fmt: skip


@lru_cache(maxsize=16)
def _catalogue(number: int, created_at: dt.datetime) -> Catalogue:
    """The rows of version ``number``; ``created_at`` tells it from one before a restore."""
    from django.db.models import Q

    from . import models, stored

    as_of = models.CatalogVersion.objects.get(number=number).as_of
    then = Q(catalog__number__lte=number) & (
        Q(replaced_in__isnull=True) | Q(replaced_in__number__gt=number)
    )
    instruments = {
        row.key: stored.instrument_of(row)
        for row in models.Instrument.objects.filter(then).order_by("position", "id")
    }
    rules = {
        row.key: stored.rule_of(row, instruments[row.instrument_key])
        for row in models.Obligation.objects.filter(then).order_by("position", "id")
    }
    return Catalogue(number, as_of, instruments, rules)


@lru_cache(maxsize=16)
def _with_confirmations(
    number: int, created_at: dt.datetime, confirmed: tuple[_Confirmed, ...]
) -> Catalogue:
    catalogue = _catalogue(number, created_at)
    if not confirmed:
        return catalogue
    rules = dict(catalogue.rules)
    for key, version, on, officer, text, file_id in confirmed:
        if key in rules and rules[key].version == version:
            done = Confirmation(on, officer, text, file_id)
            rules[key] = replace(rules[key], confirmation=done)
    return Catalogue(number, catalogue.as_of, catalogue.instruments, rules)
