"""One row for each public record that can be found by its words."""

from __future__ import annotations

from django.db import models


class IndexedRecord(models.Model):
    """What a public record is found by. Unit, kind and day stand here to be filtered by.

    ``words`` are those of ``tokens.words_of``: plain ASCII, so that both engines cut and compare
    them alike. The index over them is made by the migrations: GIN over a column "vector" that
    PostgreSQL keeps by itself, an FTS5 table kept by triggers on SQLite (a migration that rebuilds
    this table there has to make the triggers again).
    """

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.CASCADE, related_name="indexed"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    day = models.DateField()
    title = models.CharField(max_length=400)
    words = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-day", "-record"], name="indexed_record_of_unit"),
            models.Index(fields=["-day", "-record"], name="indexed_record_newest"),
        ]
