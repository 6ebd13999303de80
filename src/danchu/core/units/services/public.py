"""The number that tells a public page that it is out of date."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from ..models import PublicVersion


def raise_public_version(unit_id: int) -> None:
    """Say that something public about the unit changed (SECURITY rule 10).

    Called by services inside their own transaction; it takes no actor because it shows
    nothing and decides nothing.
    """
    numbers = PublicVersion.objects.filter(unit_id=unit_id)
    if numbers.update(number=F("number") + 1):
        return
    try:
        with transaction.atomic():
            PublicVersion.objects.create(unit_id=unit_id, number=1)
    except IntegrityError:
        numbers.update(number=F("number") + 1)  # another writer made the row in between
