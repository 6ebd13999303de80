"""The dictionary as reference data: a changed meaning is a new row from a new version on."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from danchu.core.contracts import ReferenceChange

from . import dictionary
from .models import Definition, DictionaryVersion, Indicator


class DictionaryReference:
    """Brings the shipped dictionary into the database as a new version."""

    name = "dictionary"
    files = (dictionary.FILE,)
    folder = dictionary.FOLDER

    def version(self, source: Path) -> str:
        """The first twelve digits of the file's hash."""
        return dictionary.content_hash(source)[:12]

    def installed(self) -> str | None:
        """The hash of the newest version in the database, shortened likewise."""
        newest = DictionaryVersion.objects.order_by("-number").first()
        return newest.source_hash[:12] if newest else None

    def plan(self, source: Path) -> list[ReferenceChange]:
        """What would be added, changed or retired."""
        if self.installed() == self.version(source):
            return []
        current = current_definitions()
        wanted = dictionary.shipped(source)
        changes = [
            ReferenceChange("add", key, f"thêm chỉ tiêu {d.name_vi}", f"add {d.name_en}")
            for key, d in wanted.items()
            if key not in current
        ]
        changes += [
            ReferenceChange("change", key, f"đổi định nghĩa {d.name_vi}", f"change {d.name_en}")
            for key, d in wanted.items()
            if key in current and current[key] != d
        ]
        changes += [
            ReferenceChange("end", key, f"thôi dùng {d.name_vi}", f"retire {d.name_en}")
            for key, d in current.items()
            if key not in wanted
        ]
        return changes

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Write the new version; signed figures keep the version they were made with."""
        changes = self.plan(source)
        if not changes:
            return []
        wanted = dictionary.shipped(source)
        current = current_definitions()
        with transaction.atomic():
            newest = DictionaryVersion.objects.order_by("-number").first()
            version = DictionaryVersion.objects.create(
                number=newest.number + 1 if newest else 1,
                source_hash=dictionary.content_hash(source),
            )
            known = set(Indicator.objects.values_list("key", flat=True))
            Indicator.objects.bulk_create(
                [Indicator(key=key) for key in wanted if key not in known]
            )
            ids = dict(Indicator.objects.values_list("key", "id"))
            rows = [
                Definition(indicator_id=ids[change.key], version=version, **_columns(entry))
                for change in changes
                if change.what != "end" and (entry := wanted[change.key])
            ]
            rows += [
                Definition(
                    indicator_id=ids[change.key],
                    version=version,
                    retired=True,
                    **_columns(current[change.key]),
                )
                for change in changes
                if change.what == "end"
            ]
            Definition.objects.bulk_create(rows)
        from .selectors import forget_dictionary  # selectors read through this module

        forget_dictionary()
        return changes


def _columns(entry: dictionary.Definition) -> dict[str, object]:
    return {name: getattr(entry, name) for name in dictionary.COLUMNS}


def current_definitions() -> dict[str, dictionary.Definition]:
    """The newest definition of every indicator still in use, by key, in report order."""
    newest: dict[str, Definition] = {}
    for row in Definition.objects.select_related("indicator").order_by("version__number"):
        newest[row.indicator.key] = row
    found = {
        key: dictionary.Definition(
            key=key, **{name: getattr(row, name) for name in dictionary.COLUMNS}
        )
        for key, row in newest.items()
        if not row.retired
    }
    return dict(sorted(found.items(), key=lambda item: item[1].order))


REFERENCES = [DictionaryReference()]
