"""Who asked by e-mail to be told what a unit makes known: no name, no account, one address."""

from __future__ import annotations

import uuid

from django.db import models


class Subscription(models.Model):
    """One mailbox that follows one unit. Deleted, not marked, when it is stopped.

    ``address`` is encrypted and ``mailbox`` is a keyed hash of it, both with the key of the
    installation: a copy of the database alone names nobody. There is no record and no entry of the
    ledger: what is to be forgotten must not stand in a chain.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # A unit that is unmade takes its followers along; of one that ended, ``services.sweep`` gives
    # them to who answers for it.
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    mailbox = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True)  # the message with the link was sent
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)  # what was written until then was told
    told_on = models.DateField(null=True)  # legal day of the last message
    tried_at = models.DateTimeField(null=True)  # a message was begun and is not known to be sent
    refusals = models.PositiveSmallIntegerField(default=0)  # by the mailbox, one after the other

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "mailbox"], name="subscription_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(told_until__isnull=False),
                name="subscription_confirmed_from_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["mailbox", "id"], name="subscription_of_mailbox"),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(confirmed_at__isnull=True),
                name="subscription_unconfirmed",
            ),
        ]
