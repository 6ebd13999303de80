"""The law catalogue as reference data: a changed rule becomes a new version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from django.db import models as db
from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR
from danchu.core.contracts.reference import ReferenceChange, ReferenceSet
from danchu.core.errors import BadInput
from danchu.core.ledger.services import log_action

from . import shipped, stored
from .models import CatalogVersion, Instrument, LocalConfirmation, Obligation

_What = Literal["add", "change", "end", "conflict"]


class LawReference:
    """Instruments and rules, taken over row by row.

    A row written here, and a rule confirmed here, is never replaced: when the release says
    something else of it, that is a conflict for the legal officer to settle.
    """

    name = "law"
    files: tuple[str, ...] = (shipped.FILE_NAME,)
    folder = shipped.FOLDER

    def version(self, source: Path) -> str:
        """The hash of the file."""
        return shipped.digest(source / shipped.FILE_NAME)

    def installed(self) -> str | None:
        """The hash of the file taken over last, or None."""
        row = CatalogVersion.objects.exclude(source="").order_by("-number").first()
        return None if row is None else row.source

    def plan(self, source: Path) -> list[ReferenceChange]:
        """The rows the file adds, changes or ends, and those that stay as they are here."""
        return [step.change for step in _compare(source)]

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Write a new version with the rows that differ; a second time writes nothing."""
        with acting_as(OPERATOR):
            steps = _compare(source)
            digest = self.version(source)
            work = [step for step in steps if step.change.what != "conflict"]
            if work or self.installed() != digest:
                last = CatalogVersion.objects.aggregate(last=Max("number"))["last"] or 0
                catalog = CatalogVersion.objects.create(
                    number=last + 1,
                    source=digest,
                    as_of=shipped.read_catalogue(source / shipped.FILE_NAME).as_of,
                )
                for model in (Instrument, Obligation):
                    _write(model, [step for step in work if step.model is model], catalog)
                log_action(
                    "law.reference_applied",
                    actor=OPERATOR,
                    data={"version": catalog.number, "source": digest, "rows": len(work)},
                )
        return [step.change for step in steps]


REFERENCES: list[ReferenceSet] = [LawReference()]


class _Step:
    """One difference: the row it concerns and the columns it would get (None to end it)."""

    def __init__(
        self,
        model: type[Instrument] | type[Obligation],
        what: _What,
        row: Instrument | Obligation | None,
        fields: Mapping[str, Any] | None,
        position: int = 0,
    ) -> None:
        self.model, self.row, self.fields, self.position = model, row, fields, position
        key = str(fields["key"]) if fields else (row.key if row else "")
        title = str(fields["title_vi"]) if fields else (row.title_vi if row else "")
        said_vi, said_en = title, str((fields or {}).get("title_en") or title)
        if what == "conflict":
            said_vi += " (đã ghi hoặc đã đối chiếu ở đây, giữ nguyên)"
            said_en += " (written or confirmed here, left as it is)"
        elif what == "change" and fields and row:
            changed = ", ".join(name for name in fields if getattr(row, name) != fields[name])
            said_vi, said_en = f"{said_vi} ({changed})", f"{said_en} ({changed})"
        self.change = ReferenceChange(what, key, said_vi, said_en)


def _compare(source: Path) -> list[_Step]:
    catalogue = shipped.read_catalogue(source / shipped.FILE_NAME)
    confirmed = set(
        LocalConfirmation.objects.filter(withdrawn_at__isnull=True).values_list(
            "obligation_id", flat=True
        )
    )
    steps = _differences(
        Instrument, [stored.instrument_fields(i) for i in catalogue.instruments.values()], set()
    )
    steps += _differences(Obligation, [stored.rule_fields(rule) for rule in catalogue], confirmed)
    _refuse_too_long(steps)
    replaced = [
        step.row.pk
        for step in steps
        if isinstance(step.row, Obligation) and step.change.what != "conflict"
    ]
    staying = Obligation.objects.filter(replaced_in__isnull=True).exclude(pk__in=replaced)
    needed = set(staying.values_list("instrument_key", flat=True))
    # A rule that stays keeps the instrument it rests on.
    return [
        step
        for step in steps
        if not (
            step.model is Instrument and step.change.what == "end" and step.change.key in needed
        )
    ]


def _refuse_too_long(steps: list[_Step]) -> None:
    """Only PostgreSQL would notice by itself, and with an error nobody can read."""
    for step in steps:
        for name, value in (step.fields or {}).items():
            most = getattr(step.model._meta.get_field(name), "max_length", None)
            if most is not None and isinstance(value, str) and len(value) > most:
                raise BadInput(
                    f"Danh mục pháp luật, mục “{step.change.key[:60]}”: {name} dài quá {most} "
                    "ký tự.",
                    f"Law catalogue, entry “{step.change.key[:60]}”: {name} has more than {most} "
                    "characters.",
                )


def _differences(
    model: type[Instrument] | type[Obligation],
    wanted: Iterable[Mapping[str, Any]],
    confirmed: set[int],
) -> list[_Step]:
    manager: db.Manager[Any] = model._default_manager
    current = {
        row.key: row for row in manager.filter(replaced_in__isnull=True).select_related("catalog")
    }
    steps = []
    for position, fields in enumerate(wanted):
        row = current.pop(str(fields["key"]), None)
        if row is None:
            steps.append(_Step(model, "add", None, fields, position))
        elif any(getattr(row, name) != value for name, value in fields.items()):
            here = not row.catalog.source or row.pk in confirmed
            steps.append(_Step(model, "conflict" if here else "change", row, fields, position))
    for row in current.values():
        if not row.catalog.source:
            continue  # added here, unknown to any release
        steps.append(_Step(model, "conflict" if row.pk in confirmed else "end", row, None))
    return steps


def _write(
    model: type[Instrument] | type[Obligation], steps: list[_Step], catalog: CatalogVersion
) -> None:
    manager: db.Manager[Any] = model._default_manager
    versions = dict(
        manager.filter(key__in=[step.change.key for step in steps])
        .values_list("key")
        .annotate(last=Max("version"))
    )
    manager.filter(pk__in=[step.row.pk for step in steps if step.row]).update(replaced_in=catalog)
    manager.bulk_create(
        model(
            **step.fields,
            version=versions.get(step.change.key, 0) + 1,
            catalog=catalog,
            position=step.position,
        )
        for step in steps
        if step.fields is not None
    )
