"""The registry: what each installed kind of work declares, found once at start."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .actor import Actor
from .attested import Attestation
from .corrections import Corrections
from .duties import Fulfilment
from .measure import Measure
from .questions import CitizensQuestion
from .unit_changes import Following


@dataclass(frozen=True, slots=True)
class Findable:
    """How one kind of record is shown in lists and found: title, address, who may see it.

    ``visible(viewer, record_ids)`` returns {record id: (title, path of its office page)} for
    those of the given records the viewer may see, and nothing for the others. ``right`` is what
    whoever adds a file to such a record must hold over its unit.
    """

    record_kind: str
    name_vi: str
    name_en: str
    visible: Callable[[Actor, list[int]], dict[int, tuple[str, str]]]
    right: str = "records.write"


_DECLARING = ("danchu.core.", "danchu.civic.", "danchu.reporting.")  # the faces declare nothing


def _declared(module: str, attribute: str) -> list[Any]:
    from django.apps import apps

    found: list[Any] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.{module}"
        if config.name.startswith(_DECLARING) and importlib.util.find_spec(name) is not None:
            found.extend(getattr(importlib.import_module(name), attribute))
    return found


@cache
def declared_measures() -> tuple[Measure, ...]:
    """Every measure of every installed kind of work, in the order of the installed apps."""
    return tuple(_declared("measures", "MEASURES"))


@cache
def declared_duties() -> tuple[Fulfilment, ...]:
    """What every installed kind of work shows of duties, in the order of the installed apps."""
    return tuple(_declared("duties", "DUTIES"))


@cache
def declared_findables() -> dict[str, Findable]:
    """Every findable kind of record, by record kind."""
    return {item.record_kind: item for item in _declared("search", "FINDABLES")}


@cache
def declared_corrections() -> dict[str, Corrections]:
    """How kinds of public record are corrected, by record kind."""
    return {item.record_kind: item for item in _declared("corrections", "CORRECTIONS")}


@cache
def declared_followings() -> tuple[Following, ...]:
    """How every installed room follows a change of the map, in the order of the installed apps."""
    return tuple(_declared("unit_changes", "FOLLOWING"))


@cache
def declared_attestations() -> tuple[Attestation, ...]:
    """How entries of the ledger are held against what is kept, by installed room."""
    return tuple(_declared("attested", "ATTESTED"))


@cache
def declared_questions() -> tuple[CitizensQuestion, ...]:
    """Every question put to citizens by an installed kind of work."""
    return tuple(_declared("questions", "QUESTIONS"))
