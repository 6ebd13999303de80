"""Rounds of reporting: who was expected, what was handed in, in versions that never change."""

from __future__ import annotations

import uuid

from django.db import models


class Round(models.Model):
    """A call for reports over one period, by the unit that opened it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="rounds")
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    title = models.CharField(max_length=300)
    letter = models.CharField(max_length=200, blank=True)  # number and date of the letter
    cut_off = models.DateField()  # last day whose facts are asked for
    due_on = models.DateField()  # the last of those it asks
    locks_on = models.DateField(null=True)  # last day on which anything is typed or handed in
    structure_on = models.DateField()  # the map by which the expected units were named
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    closed_at = models.DateTimeField(null=True)  # None while it runs, also when opened again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="one_round_per_unit_period")
        ]


class RoundDue(models.Model):
    """By when a level hands in what the round is for: asked by it, below it, or above it.

    Of the units asked each one's own day stands in its line; rounds opened below are offered
    these days.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dues")
    level = models.CharField(max_length=20)  # of ``units.Unit.Level``
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "level"], name="round_due_once_per_level")
        ]


class ExpectedReporter(models.Model):
    """A unit expected in a round, frozen when it opened. ``excused`` says why it is not late."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="expected")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    due_on = models.DateField()
    excused = models.CharField(max_length=300, blank=True)  # không thuộc diện báo cáo kỳ này

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="expected_once_per_round")
        ]


class Submission(models.Model):
    """One version of a unit's figures. Accepted or returned, its values never change."""

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        RETURNED = "returned"
        ACCEPTED = "accepted"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="submission"
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=500, blank=True)  # of a return

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "number"], name="submission_version_once"
            )
        ]


class SubmissionValue(models.Model):
    """One value of a version, in one of the four states."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="values")
    indicator = models.ForeignKey("figures.Indicator", on_delete=models.PROTECT)
    dimension = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=14)
    amount = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    recorded_amount = models.BigIntegerField(null=True)  # what the records showed that day
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator", "dimension"], name="submission_value_once"
            )
        ]


class CellComment(models.Model):
    """What the level above wrote on one cell of a version as it returned it; it never changes.

    Who wrote it and when is who decided on the version.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    indicator = models.ForeignKey("figures.Indicator", on_delete=models.PROTECT)
    dimension = models.CharField(max_length=60, blank=True, default="")
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "indicator", "dimension"], name="cell_comment_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="cell_comment_says_something"
            ),
        ]


class CommentAnswer(models.Model):
    """What the unit says to a comment. A draft until a version is handed in with it.

    The row of a draft is overwritten and stays when it is taken back, so that ``row_version``
    never returns to a number somebody may still have on the screen. With ``submission`` it
    never changes.
    """

    comment = models.OneToOneField(CellComment, on_delete=models.PROTECT, related_name="answer")
    dealt_with = models.BooleanField(default=False)
    text = models.CharField(max_length=500, blank=True)
    row_version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="answers"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submission=None)
                | models.Q(dealt_with=True)
                | ~models.Q(text=""),
                name="comment_answer_handed_in_says_something",
            )
        ]


class FormValue(models.Model):
    """What a unit typed into its form before it hands in; taken before the computed cell.

    One row for each cell, overwritten, shared by the officers of the unit. A blank ``state``
    means nothing of its own any more: the computed value holds again. The row stays, so that
    ``row_version`` never returns to a number somebody may still have on the screen.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="form_values")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    indicator = models.ForeignKey("figures.Indicator", on_delete=models.PROTECT)
    dimension = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=14, blank=True)  # one of the four, or blank
    amount = models.BigIntegerField(null=True)  # in the indicator's smallest unit
    reason = models.CharField(max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "indicator", "dimension"], name="form_value_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_applicable") | ~models.Q(reason=""),
                name="form_value_not_applicable_says_why",
            ),
        ]


class Closing(models.Model):
    """One closing of a round. A round that is opened again for an amendment is closed again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)  # why it was opened again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="closing_once_per_number")
        ]


class ClosingLine(models.Model):
    """The version of one unit that a closing counted; none: it was missing and is named."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closing", "unit"], name="closing_line_once_per_unit")
        ]
