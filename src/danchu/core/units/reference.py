"""The map of the country as reference data of a release (core/contracts/reference.py)."""

from __future__ import annotations

from pathlib import Path

from django.db.models import F

from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR
from danchu.core.contracts.reference import ReferenceChange, ReferenceSet
from danchu.core.ledger import log_action

from . import release
from .comparing import Comparison
from .loading import load
from .models import MapVersion, PublicVersion


class UnitsReference:
    """Provinces, districts and communes in time, with the lineage between them."""

    name: str = "units"
    files: tuple[str, ...] = release.FILES
    folder: Path = release.FOLDER

    def version(self, source: Path) -> str:
        """A hash of what the source holds."""
        return release.digest(source)

    def installed(self) -> str | None:
        """The version brought in last, or None before the first."""
        return MapVersion.objects.order_by("-pk").values_list("version", flat=True).first()

    def plan(self, source: Path) -> list[ReferenceChange]:
        """What ``apply`` would do; on an empty database one line for each level."""
        return Comparison(release.read_release(source)).changes

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Bring the map up to the source in one transaction; a second time does nothing.

        Raises ``BadInput`` for a source that cannot be read or contradicts itself.
        """
        version, wanted = self.version(source), release.read_release(source)
        with acting_as(OPERATOR):
            found = Comparison(wanted)
            load(found)
            if self.installed() != version:
                MapVersion.objects.create(version=version)
                PublicVersion.objects.update(number=F("number") + 1)
                counts = {"changes": len(found.changes), "version": version}
                log_action("units.map_updated", actor=OPERATOR, data=counts)
        return found.changes


REFERENCES: list[ReferenceSet] = [UnitsReference()]
