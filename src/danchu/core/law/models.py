"""The law catalogue in the database: dated rows, never overwritten (FEATURES L1).

A row is in force in the catalogue from the version that wrote it (``catalog``) to the one that
replaced it (``replaced_in``); a changed rule is a new row with the next ``version``.
"""

from __future__ import annotations

from django.db import models


class CatalogVersion(models.Model):
    """One state of the catalogue: of a release (``source`` is its hash) or made here ("")."""

    number = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=64, blank=True)
    as_of = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)


class Instrument(models.Model):
    """A law, decree, directive or plan. Unknown dates are empty, never guessed."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    catalog = models.ForeignKey(CatalogVersion, on_delete=models.PROTECT, related_name="+")
    replaced_in = models.ForeignKey(
        CatalogVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    title_vi = models.CharField(max_length=300)
    issued = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    replaces = models.JSONField(default=list)  # keys of instruments
    status = models.CharField(max_length=40)
    confidence = models.CharField(max_length=20)
    source = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="instrument_version_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(replaced_in__isnull=True),
                name="instrument_one_current",
            ),
        ]


class Obligation(models.Model):
    """One version of a rule. [applies_from, applies_to] inclusive, by the day of the event."""

    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    catalog = models.ForeignKey(CatalogVersion, on_delete=models.PROTECT, related_name="+")
    replaced_in = models.ForeignKey(
        CatalogVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField()  # its place in the catalogue
    instrument_key = models.CharField(max_length=40)
    article = models.CharField(max_length=80, blank=True)
    unit_kind = models.CharField(max_length=20)
    mode = models.CharField(max_length=20)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    deadline_days = models.PositiveIntegerField(null=True)
    deadline_unit = models.CharField(max_length=20, blank=True)
    days_if = models.JSONField(default=dict)  # {"complex": 45, "remote": 45, …}
    variant_of = models.CharField(max_length=40, blank=True)
    extend = models.JSONField(default=dict)  # {"max_days": 30, "times": 2} or {}
    posting_days = models.PositiveIntegerField(null=True)
    period = models.CharField(max_length=80, blank=True)
    threshold_numerator = models.PositiveIntegerField(null=True)
    threshold_denominator = models.PositiveIntegerField(null=True)
    threshold_basis = models.CharField(max_length=200, blank=True)
    text_basis = models.CharField(max_length=20)
    confidence = models.CharField(max_length=20)
    date_confidence = models.CharField(max_length=20, blank=True)
    applies_from = models.DateField(null=True)
    applies_to = models.DateField(null=True)
    group = models.CharField(max_length=60, blank=True)
    supersedes = models.JSONField(default=list)  # keys of rules
    superseded_by = models.JSONField(default=list)
    source = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="obligation_version_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(replaced_in__isnull=True),
                name="obligation_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    threshold_numerator__isnull=True, threshold_denominator__isnull=True
                )
                | models.Q(threshold_numerator__isnull=False, threshold_denominator__gt=0),
                name="obligation_threshold_whole",
            ),
        ]


class LocalConfirmation(models.Model):
    """A named legal officer of this installation compared a rule with the consolidated text.

    It stands for one version of the rule and is withdrawn with a reason, never deleted.
    """

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="confirmations"
    )
    on = models.DateField()
    officer = models.CharField(max_length=200)  # name and post, as printed
    text_compared = models.CharField(max_length=300)  # "Văn bản hợp nhất số …"
    # A kept copy of the text that was compared; held on to here, so that it is not swept away.
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="confirmation_one_in_force",
            )
        ]
