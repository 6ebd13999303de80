"""What a citizen says of something that was made known: that it is wrong, or an opinion on it.

Law 01/2026 article 22.4 (a claim that published information is wrong is checked and answered
within ten days). Nobody is asked for a name; the sender follows it with a code and a PIN.
"""

from __future__ import annotations

from django.db import models


class Claim(models.Model):
    """A claim or an opinion. The record's day is the day it came; its unit is that of what it is
    about. ``due_on`` is kept as it was derived that day."""

    class Kind(models.TextChoices):
        WRONG = "wrong"
        OPINION = "opinion"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected"  # was wrong, and is corrected likewise (article 22.5)
        STANDS = "stands"  # was checked, and is right
        WITHDRAWN = "withdrawn"  # was wrong, and is no longer made known at all
        NOTED = "noted"  # an opinion that was taken note of

    class Cancelled(models.TextChoices):
        TWICE = "twice"  # the same stands here already
        MISTAKE = "mistake"  # sent by mistake
        SPAM = "spam"  # says nothing of the content
        ELSEWHERE = "elsewhere"  # a petition or another matter that belongs to another place
        HARMFUL = "harmful"  # insults somebody or gives away what is theirs alone

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="claim"
    )
    about = models.ForeignKey(
        "records.Record", on_delete=models.PROTECT, related_name="claims_about"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    due_on = models.DateField(null=True)
    derivation = models.JSONField(default=dict)  # {"vi": …, "en": …}, Derivation.as_json
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)  # of the first answer: by it lateness is counted
    amended_on = models.DateField(null=True)  # of the latest change to the answer
    # Of what was corrected: the record with which it was.
    correction = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="claims_answered"
    )
    cancelled_as = models.CharField(max_length=10, choices=Cancelled.choices, blank=True)
    cancel_note = models.CharField(max_length=300, blank=True)  # read by the sender

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, outcome="", answer="")
                | (models.Q(answered_on__isnull=False) & ~models.Q(outcome="")),
                name="claim_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(amended_on__isnull=True) | models.Q(answered_on__isnull=False),
                name="claim_amended_was_answered",
            ),
        ]
        indexes = [models.Index(fields=["about"])]
