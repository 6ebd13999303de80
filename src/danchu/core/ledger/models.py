"""The append-only, hash-chained ledger (DESIGN decision 12). Ids only: never a name or a text."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing done. ``number`` runs 1, 2, 3… without a gap; ``hash`` covers the one before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=80)  # "dialogue.recorded", "account.role_granted"…
    account_id = models.BigIntegerField(null=True)
    record_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)  # salted SHA-256 of what changed
    previous = models.CharField(max_length=64)
    # Nobody looks an entry up by its hash: an index over it would be a third of the whole ledger.
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["record_id"]), models.Index(fields=["at"])]


class EntrySalt(models.Model):
    """The salt of a digest, apart from the chain: deleting it unlinks a person, the chain holds."""

    number = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=64)


class Head(models.Model):
    """The end of the chain; one row, locked as the last statement of a service's transaction."""

    singleton = models.BooleanField(default=True, unique=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField(null=True)  # of the last entry: time in the chain never runs back


class DailyRoot(models.Model):
    """The Merkle root of the entries of one legal day."""

    day = models.DateField(primary_key=True)
    root = models.CharField(max_length=64)
    first_number = models.BigIntegerField()
    last_number = models.BigIntegerField()
