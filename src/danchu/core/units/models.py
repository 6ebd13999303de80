"""Units in time (DESIGN decision 1): identity is immutable, everything else carries validity.

``valid_from`` None means the beginning is not known; the state is attested from
``known_from`` on. Both ends of [valid_from, valid_to] are inclusive.
"""

from __future__ import annotations

import uuid

from django.db import models

from .fields import ByteOrderedCharField


class Unit(models.Model):
    """A unit's identity. Its code, name, kind and parent live in the tables below."""

    class Level(models.TextChoices):
        NATION = "nation"
        PROVINCE = "province"
        DISTRICT = "district"
        COMMUNE = "commune"
        VILLAGE = "village"
        AGENCY = "agency"
        STATE_ENTERPRISE = "state_enterprise"
        WORKPLACE = "workplace"
        COMMITTEE = "committee"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    level = models.CharField(max_length=20, choices=Level.choices)
    is_demo = models.BooleanField(default=False)  # invented; shown with its mark everywhere
    is_registered = models.BooleanField(default=False)  # registered here, not from the map
    # "<code of the commune or province>.<short code>", given once and never to another unit;
    # empty (NULL, so that the others do not collide) for units of the map.
    registered_code = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001

    class Meta:
        indexes = [models.Index(fields=["level"])]


class UnitState(models.Model):
    """What a unit was called and what it was, from one day to another."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="states")
    code = ByteOrderedCharField(max_length=40)
    name = models.CharField(max_length=200)  # with its kind: "xã Bến Mẫu", "huyện Đầm Hà"
    kind = models.CharField(max_length=40)  # xã, phường, đặc khu, thị trấn, huyện, thôn, sở…
    folded = ByteOrderedCharField(max_length=200)
    bare_folded = ByteOrderedCharField(max_length=200, default="")  # without its kind: "dam ha"
    sort_key = ByteOrderedCharField(max_length=400)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    known_from = models.DateField(null=True)  # first day on which this state is attested
    basis = models.CharField(max_length=300, blank=True)
    # Of a unit of the map: entered here, and no release of the map has told it yet.
    is_ahead = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_state_once"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(valid_from__isnull=True),
                name="unit_state_one_unknown_beginning",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_state_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "valid_to"]),
            models.Index(fields=["folded"]),
            models.Index(fields=["bare_folded"]),
            models.Index(fields=["sort_key"]),
        ]


class Placement(models.Model):
    """Where a unit stands in one tree, from one day to another.

    ``path`` lists the ids from the root, each closed by a slash ("/12/345/"): the subtree of
    a unit is the range [path, path with its last slash raised by one).
    """

    class Tree(models.TextChoices):
        STATE = "state"
        PARTY = "party"
        FRONT = "front"
        UNION = "union"
        COMMITTEE = "committee"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    tree = models.CharField(max_length=12, choices=Tree.choices, default=Tree.STATE)
    parent = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="child_placements"
    )
    path = ByteOrderedCharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tree", "path"]),
            models.Index(fields=["tree", "parent", "valid_to"]),
            models.Index(fields=["unit", "tree"]),
        ]


class Lineage(models.Model):
    """Which unit became which on a change of the map, whole or part.

    ``share_numerator / share_denominator``: the exact share of the predecessor that went to
    the successor where it is known; None where it is not, and then nothing is apportioned.
    """

    class Part(models.TextChoices):
        WHOLE = "whole"
        PART = "part"

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    part = models.CharField(max_length=5, choices=Part.choices)
    share_numerator = models.BigIntegerField(null=True)
    share_denominator = models.BigIntegerField(null=True)
    on = models.DateField()  # first day of the successor
    basis = models.CharField(max_length=300, blank=True)
    is_ahead = models.BooleanField(default=False)  # as in UnitState

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="lineage_once")
        ]


class MapVersion(models.Model):
    """Which release of the map of the country was brought in, and when; the last one counts."""

    version = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)


class Contact(models.Model):
    """What citizens need to reach a unit; edited in the office."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="contact")
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=300, blank=True)
    counter_note = models.TextField(blank=True)  # for what one still goes to the counter
    row_version = models.PositiveIntegerField(default=0)


class PublicVersion(models.Model):
    """Raised by every service that changes something public about a unit (SECURITY rule 10)."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="public_version")
    number = models.PositiveBigIntegerField(default=0)
