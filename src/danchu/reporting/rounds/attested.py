"""What the ledger holds of a version that was handed in: the hash of its values."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from danchu.core.contracts.attested import OLDER, ROWS, Attestation, AttestedEntry
from danchu.core.ledger import chain

from .models import CommentAnswer, Submission, SubmissionValue

Row = tuple[str, str, str, int | None, int | None]
"""Indicator, dimension, state, amount, what the records showed that day."""


def hash_of_values(rows: Iterable[Row]) -> str:
    """SHA-256 over the values of a version, in the order of their indicators; reasons apart,
    which are words."""
    return hashlib.sha256(chain.canonical({"values": sorted(rows)})).hexdigest()


def entry_of_version(
    round_id: int, number: int, rows: Iterable[Row], answers: int = 0
) -> dict[str, object]:
    """What the entry of a version that is handed in says."""
    data: dict[str, object] = {
        "round": round_id,
        "number": number,
        "values": hash_of_values(rows),
    }
    return data | ({"answers": answers} if answers else {})


def _check(entries: Sequence[AttestedEntry]) -> Mapping[int, str]:
    ids = [one.record_id for one in entries]
    versions = {one.pk: one for one in Submission.objects.filter(pk__in=ids)}
    values: dict[int, list[Row]] = defaultdict(list)
    kept = SubmissionValue.objects.filter(submission_id__in=ids).values_list(
        "submission_id", "indicator__key", "dimension", "state", "amount", "recorded_amount"
    )
    for pk, key, dimension, state, amount, recorded in kept.iterator():
        values[pk].append((key, dimension, state, amount, recorded))
    answers = Counter(
        CommentAnswer.objects.filter(submission_id__in=ids).values_list("submission_id", flat=True)
    )
    found = {}
    for entry in entries:
        version = versions.get(entry.record_id or 0)
        if version is None:
            found[entry.number] = ROWS
            continue
        now = entry_of_version(
            version.round_id, version.number, values[version.pk], answers[version.pk]
        )
        if entry.says(now):
            continue
        older = {name: told for name, told in now.items() if name != "values"}
        found[entry.number] = OLDER if entry.says(older) else ROWS
    return found


ATTESTED = (Attestation("submission.submitted", _check),)
