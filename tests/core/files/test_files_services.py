"""Keeping and giving out: by right, by record, nothing left behind when it goes wrong."""

from __future__ import annotations

import io
import os
import time
import uuid
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from danchu.core import clock
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from danchu.core.files import selectors, services
from danchu.core.files.models import StoredFile
from danchu.core.files.storage import FolderStore, store
from danchu.core.ledger.models import Entry
from danchu.core.records.models import Record
from danchu.core.records.services import cancel_record
from tests.core.files import samples
from tests.core.small_map import Map, holder


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DANCHU_DATA = tmp_path
    return tmp_path / "files"


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def record_of(land: Map, unit: str = "Bến Mẫu", visibility: str = "internal") -> Record:
    return Record.objects.create(
        kind="dialogue", unit=land[unit], occurred_on=clock.today(), visibility=visibility
    )


def put(actor, land: Map, unit: str = "Bến Mẫu", **more) -> StoredFile:
    given = {"data": samples.jpeg(), "name": "ảnh họp.jpg", **more}
    return services.store_upload(actor=actor, unit_id=land[unit].pk, **given)


def test_a_file_is_kept_under_a_random_name(land: Map, folder: Path) -> None:
    author = holder("recorder", land["Bến Mẫu"])
    row = put(author, land, record_id=record_of(land).pk)
    (path,) = kept(folder)
    assert str(path.relative_to(folder)) == row.stored_as
    assert "ảnh" not in row.stored_as
    assert path.suffix == ""
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_bytes()[:3] == b"\xff\xd8\xff"
    assert (row.name, row.media_type, row.size) == (
        "ảnh họp.jpg",
        "image/jpeg",
        path.stat().st_size,
    )
    assert row.uploaded_by_id == author.pk
    entry = Entry.objects.get()
    assert (entry.code, entry.record_id) == ("file.stored", row.record_id)


def test_who_may_not_write_hands_nothing_in(land: Map, folder: Path) -> None:
    for actor in (
        NOBODY,
        holder("viewer", land["Bến Mẫu"]),
        holder("recorder", land["Cầu Mẫu"]),
        holder("recorder", land["thôn Một"]),
    ):
        with pytest.raises(NotAllowed):
            put(actor, land)
    assert kept(folder) == []
    # Who reads past reports in hands them in too.
    put(holder("reporter", land["Bến Mẫu"]), land, data=samples.pdf(), name="bc.pdf")
    with pytest.raises(NotAllowed):
        put(holder("reporter", land["Bến Mẫu"]), land, rights=("records.write",))
    assert len(kept(folder)) == 1


def test_what_is_refused_is_kept_nowhere(land: Map, folder: Path) -> None:
    record = record_of(land)
    for data, name in [
        (samples.docx_of("MẬT"), "a.docx"),
        (samples.pdf(locked="x"), "a.pdf"),
        (samples.jpeg(), "a.pdf"),
        (b"", "a.txt"),
    ]:
        with pytest.raises(BadInput):
            put(OPERATOR, land, data=data, name=name, record_id=record.pk)
    for wrong in (record.pk + 99, record_of(land, "Cầu Mẫu").pk):
        with pytest.raises(NotFound):
            put(OPERATOR, land, record_id=wrong)
    cancel_record(actor=OPERATOR, record_id=record.pk, reason="trùng", right="records.cancel")
    with pytest.raises(Conflict):
        put(OPERATOR, land, record_id=record.pk)
    assert kept(folder) == []
    assert not StoredFile.objects.exists()


def test_inside_papers_stay_off_public_records(land: Map, folder: Path) -> None:
    inside = samples.docx_of("BÁO CÁO", "(Lưu hành nội bộ)")
    public, private = record_of(land, visibility="public"), record_of(land)
    with pytest.raises(BadInput) as refused:
        put(OPERATOR, land, data=inside, name="a.docx", record_id=public.pk)
    assert refused.value.code == "inside"
    assert kept(folder) == []
    put(OPERATOR, land, data=inside, name="a.docx", record_id=private.pk)


def test_the_limit_holds_while_reading(land: Map, folder: Path, settings) -> None:
    settings.DANCHU_MAX_UPLOAD = 2_000_000

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            self.taken += size
            return b"x" * size

    class Stated(io.BytesIO):
        size = 25_300_000

    endless = Endless()
    for data, told in [
        (b"x" * 2_000_001, "2,0 MB"),
        (Stated(b"x"), "25,3 MB"),
        (endless, "hơn 2 MB"),
    ]:
        with pytest.raises(BadInput) as refused:
            put(OPERATOR, land, data=data, name="a.txt")
        assert refused.value.code == "too_large"
        assert told in refused.value.vi
        assert "2 MB" in refused.value.vi
    assert endless.taken < 3_000_000
    assert kept(folder) == []
    put(OPERATOR, land, data=io.BytesIO(b"x" * 2_000_000), name="a.txt")


def test_when_the_row_cannot_be_written_the_bytes_go_too(
    land: Map, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(services, "log_action", broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(OPERATOR, land)
    assert kept(folder) == []
    assert not StoredFile.objects.exists()


def test_a_write_that_is_cut_off_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        store().keep(b"abc")
    assert kept(folder) == []


def read(viewer, row: StoredFile) -> bytes:
    opened = selectors.open_file(viewer, row.public_id)
    with opened.handle as handle:
        return handle.read()


def test_a_file_is_seen_inside_its_unit_only_even_when_its_record_is_public(land: Map) -> None:
    author = holder("recorder", land["Bến Mẫu"])
    inside = put(author, land, record_id=record_of(land).pk)
    public = put(author, land, record_id=record_of(land, visibility="public").pk)
    loose = put(author, land)
    old = put(OPERATOR, land, "Bến Mẫu cũ", record_id=record_of(land, "Bến Mẫu cũ").pk)
    neighbour = holder("recorder", land["Cầu Mẫu"])
    province = holder("viewer", land["Minh Họa"])
    village = holder("recorder", land["thôn Một"])
    seen = {
        author: {inside, public, loose, old},
        province: {inside, public, loose, old},
        holder("viewer", land["Ví Dụ"]): set(),
        neighbour: set(),
        village: set(),
        NOBODY: set(),
        OPERATOR: {inside, public, loose, old},
    }
    for viewer, files in seen.items():
        for row in (inside, public, loose, old):
            if row in files:
                assert len(read(viewer, row)) == row.size
            else:
                with pytest.raises(NotFound):
                    read(viewer, row)
        assert set(selectors.files_of(viewer, inside.record_id)) == {inside} & files
    with pytest.raises(NotFound):
        selectors.open_file(OPERATOR, uuid.uuid4())
    # Who handed a loose file in still sees it after the role ended; nobody else does.
    author.grants.all().delete()
    fresh = type(author).objects.get(pk=author.pk)
    assert len(read(fresh, loose)) == loose.size
    with pytest.raises(NotFound):
        read(fresh, inside)


def test_a_file_handed_in_before_its_record_is_given_to_it_once(land: Map) -> None:
    author, other = holder("recorder", land["Bến Mẫu"]), holder("recorder", land["Bến Mẫu"])
    row, record = put(author, land), record_of(land)

    def attach(actor, record_id: int = record.pk, public_id: uuid.UUID = row.public_id):
        return services.attach_file(actor=actor, public_id=public_id, record_id=record_id)

    for actor in (other, NOBODY):
        with pytest.raises(NotFound):
            attach(actor)
    with pytest.raises(NotFound):
        attach(author, record_of(land, "Cầu Mẫu").pk)
    with pytest.raises(NotFound):
        attach(author, public_id=uuid.uuid4())
    assert attach(author).record_id == record.pk
    assert attach(author).record_id == record.pk
    with pytest.raises(Conflict):
        attach(author, record_of(land).pk)
    assert list(Entry.objects.values_list("code", flat=True)) == ["file.stored", "file.attached"]


def test_a_file_asks_for_the_right_of_the_kind_of_its_record(land: Map, folder: Path) -> None:
    recorder, reporter = (holder(role, land["Bến Mẫu"]) for role in ("recorder", "reporter"))
    unknown = record_of(land)
    Record.objects.filter(pk=unknown.pk).update(kind="nothing_known")
    for kind, may, may_not in (
        ("dialogue", recorder, reporter),
        ("otherwork", recorder, reporter),
        ("reading", reporter, recorder),
    ):
        record = record_of(land)
        Record.objects.filter(pk=record.pk).update(kind=kind)
        loose = put(may_not, land)  # for a record of their own kind
        before = kept(folder)
        with pytest.raises(NotAllowed):
            put(may_not, land, record_id=record.pk)
        with pytest.raises(NotAllowed):
            services.attach_file(actor=may_not, public_id=loose.public_id, record_id=record.pk)
        assert kept(folder) == before
        assert put(may, land, record_id=record.pk).record_id == record.pk
        with pytest.raises(NotAllowed):
            put(may, land, record_id=unknown.pk)


def test_a_file_missing_from_the_store_is_a_clear_refusal(land: Map, folder: Path) -> None:
    row = put(OPERATOR, land, record_id=record_of(land).pk)
    kept(folder)[0].unlink()
    with pytest.raises(Refusal, match="sao lưu"):
        selectors.open_file(OPERATOR, row.public_id)


def test_orphans_are_swept_after_two_days(land: Map, folder: Path) -> None:
    owned = put(OPERATOR, land, record_id=record_of(land).pk)
    loose, recent = put(OPERATOR, land), put(OPERATOR, land)
    unknown = store().keep(b"a transaction around the caller was rolled back")
    assert services.sweep_orphans() == 0
    past = time.time() - 3 * 86400
    for path in kept(folder):
        if str(path.relative_to(folder)) != recent.stored_as:
            os.utime(path, (past, past))
    StoredFile.objects.exclude(pk=recent.pk).update(uploaded_at=clock.now() - 3 * services._DAY)
    assert services.sweep_orphans() == 2
    left = {str(path.relative_to(folder)) for path in kept(folder)}
    assert left == {owned.stored_as, recent.stored_as}
    assert unknown not in left
    assert set(StoredFile.objects.all()) == {owned, recent}
    assert loose.stored_as not in left


def test_the_store_opens_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    folder = FolderStore(tmp_path / "files")
    for name in ("../secret", "ab/../../secret", "/etc/passwd", "ab", "", "ab/..", "zz/a"):
        with pytest.raises(FileNotFoundError):
            folder.open(name)
