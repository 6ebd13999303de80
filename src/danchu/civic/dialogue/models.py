"""Dialogues and meetings, and the opinions spoken there (D1, D2)."""

from __future__ import annotations

from django.db import models


class BaseKind(models.TextChoices):
    """The kind of grassroots unit an act belongs to (Law 10/2022, chapters II to IV)."""

    COMMUNE = "commune"
    AGENCY = "agency"
    STATE_ENTERPRISE = "state_enterprise"
    WORKPLACE = "workplace"


class Dialogue(models.Model):
    """One dialogue or meeting that took place."""

    class Kind(models.TextChoices):
        PEOPLE = "people"
        LOWER_LEADERS = "lower_leaders"
        VILLAGE_HEADS = "village_heads"
        STAFF = "staff"
        BY_REQUEST = "by_request"
        WORKPLACE = "workplace"
        BRIEFING = "briefing"
        CONFERENCE = "conference"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="dialogue"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    base_kind = models.CharField(max_length=16, choices=BaseKind.choices, default=BaseKind.COMMUNE)
    topic = models.CharField(max_length=300)
    place = models.CharField(max_length=200)
    chair_post = models.CharField(max_length=160)
    participants = models.PositiveIntegerField(null=True)  # persons present; None: not counted
    result_summary = models.TextField(blank=True)
    result_published_on = models.DateField(null=True)


class Opinion(models.Model):
    """One opinion: said, taken up within competence, answered. Taken up is not settled."""

    class Field(models.TextChoices):
        LAND = "land"
        CLEARANCE = "clearance"
        ENVIRONMENT = "environment"
        INFRASTRUCTURE = "infrastructure"
        SOCIAL = "social"
        ADMINISTRATION = "administration"
        SECURITY = "security"
        OTHER = "other"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        EXPLAINED = "explained"
        TRANSFERRED = "transferred"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="opinion"
    )
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="opinions")
    order = models.PositiveIntegerField()
    text = models.TextField()
    field = models.CharField(max_length=16, choices=Field.choices, default=Field.OTHER)
    within_competence = models.BooleanField(default=True)
    assigned_to = models.CharField(max_length=160, blank=True)  # the office that answers
    due_on = models.DateField(null=True)  # promised to the meeting, where a day was promised
    taken_up_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "order"], name="opinion_order_once"),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True)
                | (~models.Q(answer="") & ~models.Q(outcome="")),
                name="opinion_answered_with_text_and_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["taken_up_on"]),
            models.Index(fields=["answered_on"]),
        ]
