"""Reports and figures handed in that were changed in the database beside the ledger."""

from __future__ import annotations

import os
from typing import Any

import pytest

from danchu.core.clock import today
from danchu.core.contracts import declared_attestations
from danchu.core.files.models import StoredFile
from danchu.core.ledger import comparing
from danchu.core.ledger.comparing import DAYS, compare_attested, compare_daily
from danchu.core.ledger.models import Entry, EntrySalt
from danchu.core.ledger.selectors import verify
from danchu.reporting.reviews.freezing import take_back
from danchu.reporting.reviews.frozen_files import read_kept
from danchu.reporting.reviews.models import (
    FrozenFile,
    FrozenReport,
    Publication,
    PublishedFigure,
)
from danchu.reporting.rounds.attested import hash_of_values
from danchu.reporting.rounds.models import Submission, SubmissionValue
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import Cast
from tests.making import hold
from tests.reporting.publishing import issue, known


@pytest.fixture
def kept(cast: Cast, settle: Any) -> FrozenReport:
    """An issued report with a signed file, and a version handed in to the province."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    period = known()
    issued = issue()
    take_back(
        actor=cast.reporter_benmau,
        frozen_id=issued.pk,
        kind="signed",
        data=read_kept(issued, "pdf") + b"\n% back\n",
        name="da-ky.pdf",
    )
    opened = open_round(
        actor=cast.committee_minhhoa,
        unit_id=cast.minhhoa,
        period=period,
        title="Báo cáo 6 tháng",
        cut_off=period.end,
        due_on=period.end,
    )
    submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
    settle()
    return issued


def outcome() -> dict[str, str]:
    """The code of each entry that does not agree, and why."""
    faults = compare_attested().faults
    return {Entry.objects.get(number=number).code: why for number, why in faults.items()}


def test_what_nobody_changed_agrees(kept: FrozenReport) -> None:
    found = compare_attested()
    codes = [one.code for one in declared_attestations()]
    assert found.ok and found.older == 0
    assert found.compared == Entry.objects.filter(code__in=codes).count() == 4
    assert "đã đối chiếu 4 mục" in found.sentences("vi")[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda r: FrozenReport.objects.update(number="55"), {"report.issued": "rows"}),
        (
            lambda r: PublishedFigure.objects.filter(key="opinions_received").update(amount=9999),
            {"report.issued": "published"},
        ),
        (
            lambda r: PublishedFigure.objects.filter(key="dialogues_held").update(text="9"),
            {"report.issued": "published"},
        ),
        (lambda r: Publication.objects.update(title="Khác"), {"report.issued": "published"}),
        (lambda r: FrozenReport.objects.update(symbol="X"), {"report.issued": "published"}),
        (
            lambda r: FrozenFile.objects.filter(kind="signed").update(verdict="words"),
            {"report.taken_back": "rows"},
        ),
        (
            lambda r: StoredFile.objects.filter(frozenfile__kind="content").update(sha256="0" * 64),
            {"report.frozen": "rows"},
        ),
        (
            lambda r: SubmissionValue.objects.filter(indicator__key="opinions_received").update(
                amount=4444
            ),
            {"submission.submitted": "rows"},
        ),
        (lambda r: Submission.objects.update(number=7), {"submission.submitted": "rows"}),
    ],
)
def test_a_row_changed_in_the_database_is_told(
    kept: FrozenReport, change: Any, told: dict[str, str]
) -> None:
    assert change(kept)
    assert outcome() == told
    assert verify().ok  # the chain itself was not touched


def test_bytes_changed_in_the_store_are_told_with_their_row_or_without(
    kept: FrozenReport, settings: Any
) -> None:
    file = FrozenFile.objects.get(report=kept, kind="pdf").file
    path = settings.DANCHU_DATA / "files" / file.stored_as
    was = path.read_bytes()
    try:
        os.chmod(path, 0o600)
        path.write_bytes(b"%PDF-1.7 forged")
        assert outcome() == {"report.issued": "files"}
        StoredFile.objects.filter(pk=file.pk).update(sha256="f" * 64)
        assert outcome() == {"report.issued": "rows"}
    finally:
        path.write_bytes(was)


def test_an_older_version_is_said_to_hold_no_hash(kept: FrozenReport, monkeypatch: Any) -> None:
    from danchu.core.ledger import chain

    entry = Entry.objects.get(code="submission.submitted")
    version = Submission.objects.get()
    salt = EntrySalt.objects.get(number=entry.number).salt
    old = chain.digest_of(salt, {"round": version.round_id, "number": version.number})
    Entry.objects.filter(number=entry.number).update(digest=old)
    found = compare_attested()
    assert (found.ok, found.older, found.compared) == (True, 1, 3)
    assert any("1 mục cũ" in line for line in found.sentences("vi"))
    # So is one whose salt was erased.
    EntrySalt.objects.filter(number=entry.number).delete()
    assert compare_attested().older == 1


def test_entries_are_compared_in_pieces_and_each_within_a_month(
    kept: FrozenReport, monkeypatch: Any
) -> None:
    monkeypatch.setattr(comparing, "PIECE", 1)
    assert compare_attested().compared == 4
    parts = [compare_attested(part=part) for part in range(DAYS)]
    assert sum(one.compared for one in parts) == 4
    FrozenReport.objects.update(number="55")
    number = Entry.objects.get(code="report.issued").number
    faulty = [part for part in range(DAYS) if compare_attested(part=part).faults]
    assert faulty == [number % DAYS]
    assert compare_daily() == compare_attested(part=today().toordinal() % DAYS)


def test_the_hash_of_values_does_not_depend_on_their_order_but_on_each() -> None:
    rows = [("a", "", "reported", 1, None), ("b", "", "zero", 0, 0)]
    assert hash_of_values(rows) == hash_of_values(rows[::-1])
    for other in (("a", "", "reported", 2, None), ("a", "", "reported", 1, 1)):
        assert hash_of_values([other, rows[1]]) != hash_of_values(rows)
