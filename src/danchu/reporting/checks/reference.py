"""The shipped rules as reference data. What an administrator added or retired stays so."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Literal

from django.db import transaction
from django.db.models import Max

from danchu.core.clock import now
from danchu.core.contracts import ReferenceChange
from danchu.reporting.figures.dictionary import shipped as shipped_definitions

from . import shipped
from .content import RuleContent, checked, content_of
from .models import CheckRule, RuleSet


class RulesReference:
    """Brings the shipped rules into the database; a changed rule is a new version of it."""

    name = "checks"
    files = (shipped.FILE,)
    folder = shipped.FOLDER

    def version(self, source: Path) -> str:
        """The first twelve digits of the file's hash."""
        return shipped.content_hash(source)[:12]

    def installed(self) -> str | None:
        """The hash of the newest set in the database, shortened likewise."""
        newest = RuleSet.objects.order_by("-number").first()
        return newest.source_hash[:12] if newest else None

    def plan(self, source: Path) -> list[ReferenceChange]:
        """What would be added, changed or retired, and which keys stay as they are here.

        A rule retired by a person is not brought back, and a key of theirs is not taken.
        """
        if self.installed() == self.version(source):
            return []
        in_use = {row.key: row for row in CheckRule.objects.filter(retired_at__isnull=True)}
        put_aside = set(
            CheckRule.objects.filter(shipped=True, retired_by__isnull=False).values_list(
                "key", flat=True
            )
        ) | set(
            CheckRule.objects.filter(shipped=True)
            .exclude(retired_because="")
            .values_list("key", flat=True)
        )
        wanted = shipped.shipped(source)
        changes: list[ReferenceChange] = []
        for key, content in wanted.items():
            row = in_use.get(key)
            if row is not None and not row.shipped:
                changes.append(_kept(key, "mã này là của quy tắc thêm tại đây", "the key is local"))
            elif row is None and key in put_aside:
                changes.append(_kept(key, "đã thôi dùng tại đây", "it was retired here"))
            elif row is None:
                changes.append(_change("add", content))
            elif content_of(row) != content:
                changes.append(_change("change", content))
        changes += [
            _change("end", content_of(row))
            for key, row in in_use.items()
            if row.shipped and key not in wanted
        ]
        return changes

    def apply(self, source: Path) -> list[ReferenceChange]:
        """Write the new versions in one transaction. Raises ``BadInput`` for an unfit rule."""
        if self.installed() == self.version(source):
            return []
        changes = self.plan(source)
        wanted = shipped.shipped(source)
        for content in wanted.values():
            checked(content, shipped_definitions())
        with transaction.atomic():
            last = RuleSet.objects.aggregate(n=Max("number"))["n"] or 0
            RuleSet.objects.create(number=last + 1, source_hash=shipped.content_hash(source))
            ending = [c.key for c in changes if c.what in ("change", "end")]
            CheckRule.objects.filter(key__in=ending, retired_at__isnull=True).update(
                retired_at=now()
            )
            newest = dict(
                CheckRule.objects.values("key").annotate(n=Max("version")).values_list("key", "n")
            )
            CheckRule.objects.bulk_create(
                [
                    row_of(wanted[c.key], newest.get(c.key, 0) + 1, shipped=True)
                    for c in changes
                    if c.what in ("add", "change")
                ]
            )
        return changes


def row_of(content: RuleContent, version: int, *, shipped: bool) -> CheckRule:
    """An unsaved row of the rule."""
    return CheckRule(version=version, shipped=shipped, **asdict(content))


def _change(what: Literal["add", "change", "end"], content: RuleContent) -> ReferenceChange:
    words = {
        "add": ("thêm quy tắc", "add rule"),
        "change": ("đổi quy tắc", "change rule"),
        "end": ("thôi dùng quy tắc", "retire rule"),
    }[what]
    return ReferenceChange(
        what,
        content.key,
        f"{words[0]} {content.key}",
        f"{words[1]} {content.key}",
    )


def _kept(key: str, vi: str, en: str) -> ReferenceChange:
    return ReferenceChange("conflict", key, f"giữ nguyên {key}: {vi}", f"keep {key}: {en}")


REFERENCES = [RulesReference()]
