"""Comparisons of rules with the text in force: their history, and the copy that is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import ProtectedError

from danchu.core.accounts.selectors import account_names
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotAllowed
from danchu.core.files.models import StoredFile
from danchu.core.files.services import store_upload, sweep_orphans
from danchu.core.law.selectors import confirmations_of
from danchu.core.law.services import confirm_rule, withdraw_confirmation
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.DANCHU_DATA = tmp_path


def confirm(cast, **changed):
    given = {
        "actor": cast.legal_officer,
        "key": "xa_dt_nam",
        "on": TODAY,
        "officer": "Bùi Mẫu Liên, Chuyên viên pháp chế",
        "text_compared": "12/VBHN-VPQH",
        **changed,
    }
    return confirm_rule(**given)


def test_what_was_withdrawn_stays_in_the_history_with_its_reason(cast):
    confirm(cast, text_compared="11/VBHN-VPQH")
    withdraw_confirmation(actor=cast.legal_officer, key="xa_dt_nam", reason="Nhầm bản hợp nhất")
    confirm(cast)
    confirm(cast, key="xa_dt_72")
    newest, oldest = confirmations_of(cast.legal_officer, "xa_dt_nam")
    assert (newest.text_compared, newest.withdrawn_at) == ("12/VBHN-VPQH", None)
    assert (oldest.text_compared, oldest.withdrawn_reason) == (
        "11/VBHN-VPQH",
        "Nhầm bản hợp nhất",
    )
    assert oldest.withdrawn_at is not None
    assert {newest.by, oldest.by, oldest.withdrawn_by} == {cast.legal_officer.pk}
    names = account_names(cast.legal_officer, [cast.legal_officer.pk])
    assert names == {
        cast.legal_officer.pk: "Bùi Mẫu Liên, Chuyên viên pháp chế, Sở Nội vụ tỉnh Minh Họa"
    }
    assert account_names(NOBODY, [cast.legal_officer.pk]) == {}


def test_only_who_may_confirm_reads_who_compared(cast):
    confirm(cast)
    for viewer in (NOBODY, cast.outsider, cast.recorder_benmau, cast.committee_minhhoa):
        with pytest.raises(NotAllowed):
            confirmations_of(viewer, "xa_dt_nam")
    assert len(confirmations_of(cast.admin, "xa_dt_nam")) == 1


def test_the_kept_copy_is_not_swept_away_with_files_nobody_took_up(cast):
    kept, orphan = (
        store_upload(
            actor=cast.legal_officer, unit_id=cast.minhhoa, data=b"Van ban hop nhat mau.\n",
            name=name, rights=("law.confirm",),
        )
        for name in ("vbhn.txt", "bo-quen.txt")
    )  # fmt: skip
    confirm(cast, file_id=kept.pk)
    long_ago = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    StoredFile.objects.update(uploaded_at=long_ago)
    sweep_orphans()
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept.pk]
    (line,) = confirmations_of(cast.legal_officer, "xa_dt_nam")
    assert line.file == (str(kept.public_id), "vbhn.txt")
    with pytest.raises(ProtectedError):
        kept.delete()
    assert not StoredFile.objects.filter(pk=orphan.pk).exists()
