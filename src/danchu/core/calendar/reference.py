"""The calendar as reference data: a release adds its days as a new version."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal, cast

from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR
from danchu.core.contracts.reference import ReferenceChange, ReferenceSet
from danchu.core.ledger.services import log_action

from . import shipped
from .days import DayKind, Special
from .models import CalendarVersion, SpecialDay
from .services import add_version
from .words import printed

_What = Literal["add", "change", "end", "conflict"]

# What each kind of row means for the day, for the list of changes.
_SAID = {
    "holiday": ("nghỉ lễ, tết", "public holiday"),
    "swap_off": ("nghỉ hoán đổi", "swapped day off"),
    "work": ("làm bù", "make-up day"),
    "ordinary": ("như ngày thường", "an ordinary day"),
}


class CalendarReference:
    """Days off and make-up days, taken over day by day.

    A day entered or withdrawn here (a version without a source) is never overwritten: when
    the release says something else of it, that is a conflict for a person to settle.
    """

    name = "calendar"
    files: tuple[str, ...] = (shipped.FILE_NAME,)
    folder = shipped.FOLDER

    def version(self, source: Path) -> str:
        """The hash of the file."""
        return shipped.digest(source / shipped.FILE_NAME)

    def installed(self) -> str | None:
        """The hash of the file taken over last, or None."""
        row = CalendarVersion.objects.exclude(source="").order_by("-number").first()
        return None if row is None else row.source

    def plan(self, source: Path) -> list[ReferenceChange]:
        """The days the file adds, changes or ends, and those somebody here has changed."""
        return [change for change, _ in _compare(source)]

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Write a new version with the days that differ; a second time writes nothing."""
        with acting_as(OPERATOR):
            found = _compare(source)
            rows = [row for change, row in found if change.what != "conflict"]
            version = self.version(source)
            if rows or self.installed() != version:
                written = add_version(rows, source=version, note="", actor=OPERATOR)
                log_action(
                    "calendar.reference_applied",
                    actor=OPERATOR,
                    data={"version": written.number, "source": version, "days": len(rows)},
                )
        return [change for change, _ in found]


REFERENCES: list[ReferenceSet] = [CalendarReference()]


def _compare(source: Path) -> list[tuple[ReferenceChange, Special]]:
    """Each difference with the row that would be written for it."""
    wanted = shipped.read_days(source / shipped.FILE_NAME)
    released, local = _rows(local=False), _rows(local=True)
    found = []
    for day in sorted(wanted.keys() | released.keys()):
        new = wanted.get(day) or Special(day, "ordinary", "")
        old = released.get(day) or Special(day, "ordinary", "")
        if new == old or (new.kind == old.kind == "ordinary"):
            continue
        here = local.get(day)
        if here is not None and here.kind == new.kind:
            continue
        if here is not None:
            found.append((_change("conflict", new, here), new))
        elif old.kind == "ordinary":
            found.append((_change("add", new, None), new))
        elif new.kind == "ordinary":
            found.append((_change("end", new, old), new))
        else:
            found.append((_change("change", new, old), new))
    return found


def _rows(*, local: bool) -> dict[dt.date, Special]:
    """The newest row of each day among the versions made here, or among those of releases."""
    versions = (
        CalendarVersion.objects.filter(source="")
        if local
        else CalendarVersion.objects.exclude(source="")
    )
    rows = SpecialDay.objects.filter(version__in=versions).order_by("version__number")
    return {
        row.date: Special(
            row.date, cast(DayKind, row.kind), row.name_vi, row.name_en, row.basis, row.certainty
        )
        for row in rows
    }


def _change(what: _What, new: Special, old: Special | None) -> ReferenceChange:
    day = printed(new.date)
    new_vi, new_en = _SAID[new.kind]
    vi, en = f"{day}: {new_vi} {new.name_vi}".rstrip(), f"{day}: {new_en} {new.name_en}".rstrip()
    if old is not None:
        old_vi, old_en = _SAID[old.kind]
        here_vi, here_en = ("ở đây đã ghi", "here it is") if what == "conflict" else (
            "trước là", "before:"
        )  # fmt: skip
        vi = f"{vi} ({here_vi} {old_vi} {old.name_vi})".replace(" )", ")")
        en = f"{en} ({here_en} {old_en} {old.name_en})".replace(" )", ")")
    return ReferenceChange(what, new.date.isoformat(), vi, en)
