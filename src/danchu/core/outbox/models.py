"""What changed, written in the writer's transaction (DESIGN decision 13)."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """Says *what* changed, never by how much; deleted by the consumer that recomputed it."""

    topic = models.CharField(max_length=60)
    unit_id = models.BigIntegerField(null=True)
    day = models.DateField(null=True)  # the legal day of the fact, when periods follow from it
    period_id = models.BigIntegerField(null=True)
    form = models.CharField(max_length=60, blank=True)  # record kind, document id…: what to redo
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["topic", "due_at"]),
            # Few beside the hundred thousand that wait for a day yet to come.
            models.Index(
                fields=["topic"], condition=models.Q(attempts__gt=0), name="message_tried_again"
            ),
            models.Index(
                fields=["period_id"], condition=models.Q(unit_id=None), name="message_of_a_period"
            ),
        ]
