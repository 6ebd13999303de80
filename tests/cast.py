"""The fixed cast of the tests: the demonstration's invented units and people, by name.

Loaded once for the whole run through the services, then written back from memory for every
module that asks for it, with the calendar, the law and the dictionary of the release. The
14,000 official units are left out: nothing here needs them.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from danchu.core.clock import on_day

TODAY = dt.date(2026, 6, 10)  # a Wednesday, near the end of nd09:2026H1
LAST_OLD_DAY = dt.date(2025, 6, 30)
CHANGE = dt.date(2025, 7, 1)

UNITS = {
    # of today
    "minhhoa": "9A",
    "maunguyen": "9B",
    "benmau": "9A001",
    "caumau": "9A002",
    "mautrung": "9B001",
    "thuong": "9B002",
    "maulai": "9A001.01",
    "maudinh": "9A001.02",
    "to_dan_pho": "9A002.01",
    "agency": "9A.SNV",
    "enterprise": "9A.CN",
    "workplace": "9A001.MAY",
    "committee_of_minhhoa": "9A.BCD",
    "committee_of_benmau": "9A001.BCD",
    # before 1 July 2025
    "old_district": "9A1",
    "old_town": "9A2",
    "old_benmau": "9A001-cu",
    "old_dongmau": "9A003-cu",
    "old_nuimau": "9A004-cu",
    "old_chomau": "9A005-cu",
    "old_caumau": "9A002-cu",
    "old_mautrung": "9B001-cu",
}

PEOPLE = {
    "admin": "quantri",
    "legal_officer": "phapche",
    "committee_minhhoa": "bcd.tinh",
    "viewer": "mattran.tinh",
    "leader_minhhoa": "lanhdao.tinh",
    "admin_benmau": "quantri.benmau",
    "recorder_benmau": "ghiviec.benmau",
    "reporter_benmau": "baocao.benmau",
    "leader_benmau": "chutich.benmau",
    "secretary_benmau": "bithu.benmau",
    "viewer_benmau": "mattran.benmau",
    "village_head": "truongthon.maulai",
    "recorder_caumau": "ghiviec.caumau",
    "reporter_caumau": "baocao.caumau",
    "leader_caumau": "chutich.caumau",
    "committee_maunguyen": "bcd.maunguyen",
    "recorder_mautrung": "ghiviec.mautrung",
    "recorder_thuong": "ghiviec.minhhoathuong",
    "workplace_officer": "nhansu.maymau",
}


@dataclass(frozen=True)
class Cast:
    """Units are ids, people are accounts read afresh: ``cast.benmau``, ``cast.recorder_benmau``.

    ``units`` and ``people`` hold them all under the keys of the demonstration's own file;
    ``outsider`` is somebody with an account and no role.
    """

    units: dict[str, int]
    people: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in UNITS:
            return self.units[UNITS[name]]
        if name in PEOPLE:
            return self.people[f"{PEOPLE[name]}@minhhoa.example"]
        if name == "outsider":
            return self.people["ngoai@minhhoa.example"]
        raise AttributeError(name)


_rows: list[tuple[Any, list[Any]]] = []
_unit_ids: dict[str, int] = {}


def stage() -> None:
    """Write the cast and the reference data into an empty database."""
    from danchu.reporting.figures.selectors import forget_dictionary

    if _rows:
        _write_back()
    else:
        with on_day(TODAY):
            _load()
        _keep()
    forget_dictionary()


def gathered() -> Cast:
    """The cast as it stands in the database now; accounts know nothing of earlier requests."""
    from danchu.core.accounts.models import Account

    return Cast(dict(_unit_ids), {a.email: a for a in Account.objects.all()})


@contextmanager
def staged(blocker: Any) -> Any:
    """The cast in one transaction around whatever runs inside, taken back afterwards."""
    from django.db import transaction

    from danchu.reporting.figures.selectors import forget_dictionary

    with blocker.unblock(), transaction.atomic():
        stage()
        yield
        transaction.set_rollback(True)
    forget_dictionary()


def _load() -> None:
    from django.contrib.auth.hashers import make_password

    from danchu.core.accounts.models import Account
    from danchu.core.calendar.reference import REFERENCES as CALENDAR
    from danchu.core.law.reference import REFERENCES as LAW
    from danchu.demo.cast import PASSWORD, load_cast
    from danchu.reporting.checks.reference import REFERENCES as CHECKS
    from danchu.reporting.figures.reference import REFERENCES as DICTIONARY

    for reference in (*CALENDAR, *LAW, *DICTIONARY, *CHECKS):
        reference.apply(reference.folder)
    _unit_ids.update(load_cast().units)
    Account.objects.create(email="ngoai@minhhoa.example", name="Đoàn Mẫu Ngoại", is_demo=True)
    Account.objects.update(password=make_password(PASSWORD))


def _models() -> list[Any]:
    from django.apps import apps

    return [m for m in apps.get_models() if m.__module__.startswith("danchu.")]


def _keep() -> None:
    for model in _models():
        rows = list(model._base_manager.order_by("pk"))
        if rows:
            _rows.append((model, rows))


def _write_back() -> None:
    import copy

    from django.core.management.color import no_style
    from django.db import connection

    for model, rows in _rows:
        model._base_manager.bulk_create([copy.copy(row) for row in rows])
    statements = connection.ops.sequence_reset_sql(no_style(), [model for model, _ in _rows])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
