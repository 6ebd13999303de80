"""A code and a PIN with which somebody without an account follows one record."""

from __future__ import annotations

from django.db import models


class AccessCode(models.Model):
    """The code of a record. The PIN is kept as a slow hash only; nobody here knows it again."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.CASCADE, related_name="access_code"
    )
    code = models.CharField(max_length=12, unique=True)
    pin_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()


class CodeTry(models.Model):
    """How often a code was tried with a wrong PIN. Codes that do not exist are counted alike, so
    that nothing tells which do; ``key`` is a hash of what was typed."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"])]
