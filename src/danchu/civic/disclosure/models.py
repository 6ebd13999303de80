"""Public disclosure: what was made known, where it hung, for how long, and how that is proven.

Law 10/2022 articles 11-14 (communes), 46-48 (agencies), 64-66 (state enterprises); Decree
145/2020 article 43 (workplaces). A notice is one content made known once; its postings,
broadcasts and other forms are acts of their own on the spine (DESIGN decision 14).
"""

from __future__ import annotations

from django.db import models


class Place(models.TextChoices):
    """Where a notice is posted (Law 10/2022 articles 13, 48, 66)."""

    HEADQUARTERS = "headquarters"
    CULTURE_HOUSE = "culture_house"
    COMMUNITY_POINT = "community_point"
    PORTAL = "portal"
    OTHER = "other"


class Form(models.TextChoices):
    """The ten forms of Law 10/2022 article 12.1, by their Vietnamese letters (đ is "dd")."""

    POSTING = "a"  # niêm yết
    PORTAL = "b"  # cổng, trang thông tin điện tử
    BROADCAST = "c"  # truyền thanh
    VILLAGE_HEAD = "d"  # thông qua Trưởng thôn, Tổ trưởng tổ dân phố
    LETTER = "dd"  # gửi văn bản đến công dân
    DIALOGUE = "e"  # hội nghị trao đổi, đối thoại
    SPOKEN = "g"  # tiếp công dân, tiếp xúc cử tri, họp báo, người phát ngôn
    ORGANISATIONS = "h"  # qua tổ chức chính trị - xã hội
    NETWORKS = "i"  # mạng viễn thông, mạng xã hội
    OTHER = "k"


class Plan(models.Model):
    """The disclosure plan of a year (article 14.1). Its day is the record's."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="disclosure_plan"
    )
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80, blank=True)


class PlannedItem(models.Model):
    """One content of a plan: how, where, by whom and when it is to be made known."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    rule_key = models.CharField(max_length=40)
    rule_version = models.PositiveIntegerField()
    title = models.CharField(max_length=400)
    forms = models.JSONField(default=list)  # letters of Form
    places = models.JSONField(default=list)  # values of Place
    responsible = models.CharField(max_length=160, blank=True)  # an office or a post, no person
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="planned_item_order_once"),
            models.CheckConstraint(
                condition=models.Q(from_on__isnull=True)
                | models.Q(to_on__isnull=True)
                | models.Q(to_on__gte=models.F("from_on")),
                name="planned_item_ends_after_it_begins",
            ),
        ]


class RegisterEntry(models.Model):
    """A notice as a published register lists it; it stands in one register only.

    ``added_from``: the earlier quarter it belongs to ("2026-Q1"), where the register of that
    quarter had been published before it was written down (article 13.2: updated each quarter).
    """

    register = models.ForeignKey("Notice", on_delete=models.PROTECT, related_name="entries")
    notice = models.ForeignKey("Notice", on_delete=models.PROTECT, related_name="listed")
    order = models.PositiveIntegerField()
    added_from = models.CharField(max_length=7, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "order"], name="register_order_once"),
            models.UniqueConstraint(fields=["register", "notice"], name="register_lists_once"),
        ]


class CouncilReport(models.Model):
    """The report on disclosure to the People's Council as it was settled (article 14.3).

    The record's day is the day up to which it tells. ``document`` is the paper itself
    (``core.documents.keeping``): what was settled is printed from it alone.
    """

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="council_report"
    )
    period = models.CharField(max_length=6)  # "2026H1", "2026H2" or "2026"
    number = models.CharField(max_length=80, blank=True)
    document = models.JSONField()


class CouncilSession(models.Model):
    """A regular session of the People's Council, to come or held. The record's day is its first
    day: by then the report on disclosure is due (article 14.3)."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="council_session"
    )


class Dispatch(models.Model):
    """That a register or a report was sent to somebody. The record's day is the day it was sent."""

    class Recipient(models.TextChoices):
        FRONT = "front"  # the Fatherland Front of the same unit
        COUNCIL = "council"  # the People's Council

    class Way(models.TextChoices):
        PAPER = "paper"
        SYSTEM = "system"  # the system by which offices exchange papers
        EMAIL = "email"
        POST = "post"

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="dispatch"
    )
    about = models.ForeignKey(
        "records.Record", on_delete=models.PROTECT, related_name="dispatches_about"
    )
    recipient = models.CharField(max_length=8, choices=Recipient.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    number = models.CharField(max_length=80, blank=True)  # of the letter it went with


class Notice(models.Model):
    """A content made known. The record's day is the day of publication.

    ``due_on`` and ``derivation`` are kept as they were derived when it was written: a later
    calendar or catalogue does not move the day by which it had to be published.
    """

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="disclosure"
    )
    base_kind = models.CharField(max_length=16)  # kind of the unit whose rules were applied
    rule_key = models.CharField(max_length=40)
    rule_version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    document_number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField()
    due_on = models.DateField(null=True)  # None: the rule sets no days
    derivation = models.JSONField(default=dict)  # {"vi": …, "en": …}, Derivation.as_json
    permanent = models.BooleanField(default=False)
    table = models.JSONField(null=True)  # {"header": […], "rows": [[…]], "money": bool}
    has_names = models.BooleanField(default=False)
    names_until = models.DateField(null=True)  # last day on which the names are shown
    names_not_after = models.DateField(null=True)  # the last day that the decision sets
    # The last day by the postings there were when the names went dark; None: they never did.
    names_capped_on = models.DateField(null=True)
    names_forgotten_at = models.DateTimeField(null=True)
    planned_item = models.ForeignKey(
        PlannedItem, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    register_of = models.CharField(max_length=7, blank=True)  # "2026-Q1": the register of it
    # Of a content on the budget (article 11.2) what it is of: a key of budget_quarters.PERIODS;
    # "": nobody was asked, its title tells.
    budget_period = models.CharField(max_length=5, blank=True, default="", db_default="")
    folded = models.TextField()  # title, number and text for search; never a name of the list

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(has_names=True, names_until__isnull=False)
                | models.Q(has_names=False, names_until__isnull=True),
                name="notice_names_have_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["rule_key"]),
            models.Index(
                fields=["names_until"],
                condition=models.Q(has_names=True, names_forgotten_at__isnull=True),
                name="notice_names_to_forget",
            ),
        ]


class NoticeDocument(models.Model):
    """A document that is part of a notice and that its readers may take home.

    Taken back with a reason it stays, and only officers of the unit see it. ``file`` None: it was
    deleted with the names of the list beside which it stood.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="documents")
    order = models.PositiveSmallIntegerField()  # part of its address; never given twice
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="notice_document_order_once"),
            models.UniqueConstraint(
                fields=["notice", "file"],
                condition=models.Q(removed_at__isnull=True),
                name="notice_document_file_once",
            ),
        ]


class NamedEntry(models.Model):
    """One person of a list that the law has disclosed by name: no more than these columns.

    Overwritten once the posting has ended (FEATURES K8).
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="named")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    village = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "order"], name="named_entry_order_once")
        ]


class Posting(models.Model):
    """A notice at a place. The record's day is the day it was put up.

    ``least_days`` and ``complete_on`` are what the clock says of it (least consecutive days, the
    day that ends with them; None where there are none, or while the posting is interrupted).
    """

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="posting"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=16, choices=Place.choices)
    place = models.CharField(max_length=200)
    place_key = models.CharField(max_length=220)  # kind and folded place
    link = models.CharField(max_length=500, blank=True)
    ends_on = models.DateField(null=True)  # last day it hung; None while it hangs
    least_days = models.PositiveIntegerField(null=True)
    complete_on = models.DateField(null=True)
    is_live = models.BooleanField(default=True)  # False once cancelled, for the constraint

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "place_key"],
                condition=models.Q(ends_on__isnull=True, is_live=True),
                name="posting_hangs_once_at_a_place",
            ),
        ]
        indexes = [models.Index(fields=["complete_on"])]


class Interruption(models.Model):
    """Days on which a posting was not to be read: torn down, washed off, the site was down."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="interruptions")
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # last such day; None until it is put up again
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["posting"],
                condition=models.Q(to_on__isnull=True),
                name="interruption_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="interruption_ends_after_it_begins",
            ),
        ]


class PostingEvidence(models.Model):
    """What shows that a posting hung: a picture or a document, or a link.

    ``taken_at`` and ``taken_place`` are what the camera wrote into the picture, read before it
    was stripped; they are for officers only.
    """

    class Moment(models.TextChoices):
        START = "start"
        CHECK = "check"
        END = "end"

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="evidence")
    moment = models.CharField(max_length=5, choices=Moment.choices)
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_place = models.CharField(max_length=60, blank=True)  # "10,76262; 106,66017"
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, link="")
                | (models.Q(file__isnull=True) & ~models.Q(link="")),
                name="evidence_is_file_or_link",
            ),
        ]


class Broadcast(models.Model):
    """A notice read over the loudspeakers of a station. The record's day is its day."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="broadcast"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="broadcasts")
    at = models.TimeField()
    station = models.CharField(max_length=120)
    station_key = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(null=True)


class FormUsed(models.Model):
    """Another form of article 12.1 by which a notice was made known, on the record's day."""

    record = models.OneToOneField(
        "records.Record", primary_key=True, on_delete=models.PROTECT, related_name="form_used"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="forms_used")
    form = models.CharField(max_length=2, choices=Form.choices)
    note = models.CharField(max_length=300, blank=True)


class ClauseYear(models.Model):
    """A calendar year whose standings are kept: of each unit that has begun, all its periods.

    ``judged_on``: the legal day as of which all of them stand. ``catalogue``: the version of the
    rules they were judged by, None until the year was judged whole.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    judged_on = models.DateField()
    catalogue = models.PositiveIntegerField(null=True)


class ClauseUnit(models.Model):
    """A unit of which standings are kept, with the day of the first record they rest on."""

    unit = models.OneToOneField(
        "units.Unit", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_on = models.DateField()


class ClauseStanding(models.Model):
    """How a unit stands with one clause in one period: derived, as cells of figures are.

    ``state`` is what the records say (``clause_states.stands``). Whether the rule may fail anybody
    is asked when it is read, so that to confirm a rule changes no row.
    """

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="clause_standings", db_index=False
    )
    period = models.CharField(max_length=6)  # "2026", "2026H1", "2026Q2"
    rule_key = models.CharField(max_length=40)
    state = models.CharField(max_length=12)  # ClauseState, never "unconfirmed"
    n = models.PositiveIntegerField()  # what was published under the clause in the period

    class Meta:
        constraints = [
            # In this order: a page asks for one period and some units.
            models.UniqueConstraint(
                fields=["period", "unit", "rule_key"], name="clause_standing_once"
            ),
        ]
