"""What a person adds to the six-month report: the issuer's head and foot, and findings."""

from __future__ import annotations

from django.db import models


class Issuer(models.Model):
    """Who issues a unit's report, from one day to another; it decides the layout."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="issuers")
    layout = models.CharField(max_length=5)  # state | party
    parent_body = models.CharField(max_length=200, blank=True)
    issuing_body = models.CharField(max_length=200)
    symbol = models.CharField(max_length=40)  # "BC-UBND", "BC/BCĐ"
    place = models.CharField(max_length=100)
    addressee = models.CharField(max_length=300, blank=True)
    authority = models.CharField(max_length=100)  # "TM. ỦY BAN NHÂN DÂN", "T/M BAN CHỈ ĐẠO"
    post = models.CharField(max_length=100)
    recipients = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)


class Note(models.Model):
    """A finding written or chosen for one unit's report of one period."""

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement"
        LIMITATION = "limitation"
        CAUSE = "cause"
        TASK = "task"
        RECOMMENDATION = "recommendation"

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    order = models.PositiveIntegerField()
    text = models.TextField()
    author = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True, default="")  # of a number not in danchu

    class Meta:
        indexes = [models.Index(fields=["unit", "period", "kind"])]


class EditedParagraph(models.Model):
    """A paragraph of a unit's report that an officer worded anew, in the place of the composed one.

    ``place``: the section of the outline and what begins the paragraph (:mod:`.edits`); ``over``:
    what danchu had composed there when it was written.
    """

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    layout = models.CharField(max_length=5)  # state | party
    place = models.CharField(max_length=150)
    text = models.TextField()
    over = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    written_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "layout", "place"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_wording_of_a_paragraph",
            )
        ]


class FrozenReport(models.Model):
    """A report whose content is fixed: what goes round for signature and is served for ever.

    ``replaces`` is the issued report this one amends; the first of a unit and period has none.
    """

    class State(models.TextChoices):
        FROZEN = "frozen"
        ISSUED = "issued"
        WITHDRAWN = "withdrawn"  # before it was issued; nothing issued is taken back

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="frozen_report"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    period = models.ForeignKey("calendar.Period", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    layout = models.CharField(max_length=5)  # state | party
    closing = models.ForeignKey("rounds.Closing", null=True, on_delete=models.PROTECT)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=20, blank=True)  # as văn thư gave it
    symbol = models.CharField(max_length=40)
    issued_on = models.DateField(null=True)  # the date printed on the document
    issued_year = models.PositiveSmallIntegerField(null=True)  # numbers are unique within it
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)  # of the withdrawal or the amendment

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period"],
                condition=models.Q(state="frozen"),
                name="one_report_waits_for_signature",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued")
                | (models.Q(issued_on__isnull=False) & ~models.Q(number="")),
                name="issued_with_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["unit", "symbol", "issued_year", "number"],
                condition=models.Q(state="issued"),
                name="number_once_in_a_year",
            ),
        ]
        indexes = [models.Index(fields=["unit", "period"])]


class FrozenFile(models.Model):
    """A file of a frozen report. Of what came back signed, the result of the comparison."""

    class Kind(models.TextChoices):
        CONTENT = "content"  # everything the report is made of as it was frozen, one JSON
        DATA = "data"  # the same with number, day and signatory, as it was issued
        DOCX = "docx"
        PDF = "pdf"
        XLSX = "xlsx"
        SIGNED = "signed"  # the PDF with the official digital signature
        EDITED = "edited"  # the DOCX as somebody went on with it outside

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT)
    verdict = models.CharField(max_length=8, blank=True)  # bytes | words | unread
    signatures = models.PositiveIntegerField(default=0)
    signers = models.JSONField(default=list)  # what the signatures say of themselves
    added = models.JSONField(default=list)
    pictures = models.JSONField(default=list)  # pages that look otherwise, for a person
    differences = models.JSONField(null=True)  # of an edited DOCX; None where nobody compared
    only_signed = models.BooleanField(default=False)  # the issued PDF grown by signatures alone
    released_at = models.DateTimeField(null=True)  # when somebody else looked and let it out
    released_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"],
                condition=models.Q(kind__in=["content", "data", "docx", "pdf", "xlsx"]),
                name="one_made_file_of_a_kind",
            )
        ]


class SigningStep(models.Model):
    """A step of trình ký that was done, in danchu or outside; noted once."""

    class Kind(models.TextChoices):
        DRAFT = "draft"  # trình dự thảo
        INITIALS = "initials"  # ký nháy nội dung
        FORMAT = "format"  # kiểm tra thể thức
        SIGNATURE = "signature"  # ký
        SENT = "sent"  # gửi đi

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    done_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="signing_step_once")]


class OutlineVersion(models.Model):
    """One version of an outline, for periods that end from one day to another; never changed.

    ``content`` None: the outline as it comes with the release in use.
    """

    layout = models.CharField(max_length=5)  # state | party
    level = models.CharField(max_length=8)  # commune | district | province
    number = models.PositiveIntegerField()
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=300)  # the letter or decision that asks for it
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "level", "number"], name="outline_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="outline_ends_after_it_begins",
            ),
        ]


class OutlineDraft(models.Model):
    """An outline that somebody is working on; in nobody's report yet."""

    layout = models.CharField(max_length=5)
    level = models.CharField(max_length=8)
    content = models.JSONField()
    row_version = models.PositiveIntegerField(default=0)
    started_from = models.PositiveIntegerField()  # number of the version; 0 is the shipped one
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layout", "level"], name="one_draft_of_an_outline")
        ]


class Publication(models.Model):
    """What everybody may see of an issued report, as it stood on its day.

    The unit's code, name and province are those of the last day of the period: published
    reports keep the structure as it was then.
    """

    report = models.OneToOneField(
        FrozenReport, primary_key=True, on_delete=models.PROTECT, related_name="publication"
    )
    published_at = models.DateTimeField()
    known_on = models.DateField()  # the day the figures were composed on
    release = models.CharField(max_length=20)
    dictionary = models.PositiveIntegerField()  # version of the dictionary
    title = models.CharField(max_length=400)
    issuing_body = models.CharField(max_length=200)
    unit_code = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200)
    unit_level = models.CharField(max_length=20)
    province_code = models.CharField(max_length=40, blank=True)
    province_name = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)
    # A table of the paper prints a small count of a unit below or of an earlier period.
    small_beside = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit_code"]), models.Index(fields=["province_code"])]


class PublishedFigure(models.Model):
    """One figure of an issued report, in the indicator's smallest unit, with what it rests on.

    ``withheld``: why its number is not told outside ("" where it is). Rows are only added; a
    report that amends another brings rows of its own.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(max_length=60)
    dimension = models.CharField(max_length=60, blank=True, default="")
    layer = models.CharField(max_length=8)
    state = models.CharField(max_length=14)
    amount = models.BigIntegerField(null=True)
    scale = models.PositiveIntegerField(default=1)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    base_scale = models.PositiveIntegerField(default=1)  # of numerator and denominator
    text = models.CharField(max_length=60, blank=True)
    n_reported = models.PositiveIntegerField(null=True)
    n_zero = models.PositiveIntegerField(null=True)
    n_not_applicable = models.PositiveIntegerField(null=True)
    n_missing = models.PositiveIntegerField(null=True)
    n_expected = models.PositiveIntegerField(null=True)
    withheld = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key", "dimension"], name="published_figure_once"
            )
        ]
        indexes = [models.Index(fields=["key"])]
