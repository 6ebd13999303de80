"""Rules that a form's figures are checked by: rows an administrator may add and retire."""

from __future__ import annotations

from django.db import models


class RuleSet(models.Model):
    """One state of the rules that came with a release."""

    number = models.PositiveIntegerField(unique=True)
    source_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)


class CheckRule(models.Model):
    """One version of a rule. A changed rule is a new row; the row before it is retired.

    ``applies_to`` names the indicators a rule about ``value`` is asked for, one by one; a rule
    that names indicators itself leaves it empty.
    """

    class Layer(models.TextChoices):
        CELL = "cell"
        FORM = "form"
        RECORDS = "records"
        HISTORY = "history"

    class Severity(models.TextChoices):
        BLOCK = "block"
        JUSTIFY = "justify"
        WARN = "warn"

    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    layer = models.CharField(max_length=8, choices=Layer.choices)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    applies_to = models.CharField(max_length=500, blank=True)
    rule = models.CharField(max_length=500)
    sentence_vi = models.CharField(max_length=500)
    sentence_en = models.CharField(max_length=500)
    basis = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)  # by the last day of the period that is checked
    valid_to = models.DateField(null=True)
    shipped = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_because = models.CharField(max_length=300, blank=True)  # "" when a release changed it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="check_rule_version_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(retired_at__isnull=True),
                name="check_rule_one_in_use",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="check_rule_ends_after_it_begins",
            ),
            # Statistics show what is unusual, never what is wrong.
            models.CheckConstraint(
                condition=~models.Q(layer="history") | ~models.Q(severity="block"),
                name="check_rule_history_never_blocks",
            ),
        ]
