"""Evidence and attachments: kept under a random name, cleaned copy only (decision 20)."""

from __future__ import annotations

import uuid

from django.db import models


class StoredFile(models.Model):
    """A file in ``DANCHU_DATA/files``; served only by a view that checks on every request."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="files"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)  # as given, shown escaped, never used on disk
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes of the cleaned copy
    sha256 = models.CharField(max_length=64)  # of the cleaned copy
    sha256_given = models.CharField(max_length=64)  # of what was handed in
    stored_as = models.CharField(max_length=80, unique=True)
    uploaded_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "uploaded_at"]),
            models.Index(fields=["sha256_given"], name="stored_file_given"),
        ]
