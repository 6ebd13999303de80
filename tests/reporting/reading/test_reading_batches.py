"""Batches: kept at once, read one by one, resumed; a broken file stops no other."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any

import pytest

from danchu.core.accounts.services import grant_role
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.files.models import StoredFile
from danchu.core.records.models import Record
from danchu.reporting.reading import packed
from danchu.reporting.reading.extraction import UnitRead
from danchu.reporting.reading.models import Batch, BatchFile, ReadDocument
from danchu.reporting.reading.selectors import batch, batches, elsewhere, twins
from danchu.reporting.reading.services import batches as reading_on
from danchu.reporting.reading.services import (
    cancel_reading,
    decide_file,
    hand_in_batch,
    read_next,
    sort_to_unit,
)
from danchu.reporting.reading.whose import AnotherUnit, refuse_another_unit
from tests.cast import Cast
from tests.making import cut_off, entries, refused

FIRST = """BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu
Trong kỳ, xã tổ chức 12 hội nghị, ghi nhận 50 ý kiến; đã giải quyết 40 ý kiến, đạt 80%.
"""
SECOND = """BÁO CÁO
Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026 của xã Bến Mẫu (bản bổ sung)
Ban Tiếp công dân đã tiếp 21 lượt công dân.
"""


def packed_up(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def given(cast: Cast, *files: tuple[str, bytes], **more: Any) -> dict[str, Any]:
    return {
        "actor": cast.reporter_benmau,
        "unit_id": cast.benmau,
        "files": files,
        "client_key": uuid.uuid4(),
        **more,
    }


def read_all() -> int:
    count = 0
    while read_next():
        count += 1
        assert count < 50
    return count


def states(made: Batch) -> list[str]:
    return list(made.files.order_by("position").values_list("state", flat=True))


def test_a_batch_is_kept_at_once_and_read_file_by_file(cast: Cast) -> None:
    two = packed_up({"thư mục/hai.txt": SECOND.encode(), "__MACOSX/x.txt": b"x"})
    call = given(cast, ("mot.txt", FIRST.encode()), ("nhieu.zip", two), ("hong.docx", b"\xff\xd8"))
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, cast.outsider, NOBODY):
        refused(NotAllowed, hand_in_batch, **{**call, "actor": stranger})
    refused(NotAllowed, hand_in_batch, **{**call, "actor": OPERATOR})  # reads in nobody's name
    made = hand_in_batch(**call)
    assert states(made) == ["waiting", "waiting", "failed"]
    assert hand_in_batch(**call) == made  # sent twice it is one
    assert entries("reading.batch_handed_in")
    shown = batch(cast.reporter_benmau, made.public_id)
    assert [f.name for f in shown.files] == ["mot.txt", "hai.txt", "hong.docx"]
    assert (shown.waiting, shown.count("failed")) == (2, 1)
    assert shown.files[2].reason_vi
    assert read_next()
    assert states(made) == ["done", "waiting", "failed"]
    assert read_all() == 1
    shown = batch(cast.reporter_benmau, made.public_id)
    assert (shown.waiting, shown.to_review) == (0, 2)
    first, second = ReadDocument.objects.order_by("pk")
    assert (first.text.strip(), first.period.code) == (FIRST.strip(), "2026H1")
    assert first.record.author_id == cast.reporter_benmau.pk
    assert first.record.files.count() == 1
    # Of one unit, period and kind: each is told of the other, and nothing is overwritten.
    assert [t.public_id for t in twins(cast.reporter_benmau, first.pk)] == [second.record.public_id]
    assert twins(cast.reporter_caumau, first.pk) == []
    assert not read_next()


def test_the_same_file_of_another_unit_is_told_to_who_may_read_both_and_refused_to_nobody(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    here = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode()), ("hai.txt", SECOND.encode())))
    there = {"actor": cast.reporter_caumau, "unit_id": cast.caumau}
    # The same bytes, and the same words in another file.
    same_words = FIRST.replace("\n", "\r\n").encode()
    beyond = hand_in_batch(
        **given(cast, ("a.txt", SECOND.encode()), ("b.txt", same_words), **there)
    )
    read_all()
    for file in beyond.files.all():  # they name the other unit
        decide_file(actor=cast.reporter_caumau, file_id=file.pk, read=True)
    read_all()
    assert (states(here), states(beyond)) == (["done", "done"], ["done", "done"])
    one, two, same_file, alike = ReadDocument.objects.order_by("pk")
    own, other = "xã Bến Mẫu", "phường Cầu Mẫu"
    with django_assert_max_num_queries(5):
        told = elsewhere(OPERATOR, [one.pk, two.pk])
    for mine, found in ((one, alike), (two, same_file)):
        (line,) = told[mine.pk]
        assert (line.public_id, line.title) == (found.record.public_id, found.title)
        assert (line.own_name, line.unit_name) == (own, other)
    shown = batch(OPERATOR, here.public_id)
    assert [len(file.elsewhere) for file in shown.files] == [1, 1]
    # A report that nobody else has, in the same batch as one that somebody has.
    alone = hand_in_batch(**given(cast, ("ba.txt", SECOND.replace("2", "3").encode())))
    read_all()
    third = ReadDocument.objects.latest("pk")
    assert list(elsewhere(OPERATOR, [one.pk, third.pk])) == [one.pk]
    assert alone.files.get().document_id == third.pk
    # Who may not read the other unit's report is told nothing of it, not even that it is there.
    for person in (cast.reporter_benmau, cast.viewer_benmau, cast.outsider, NOBODY):
        assert elsewhere(person, [one.pk, two.pk]) == {}
    assert not any(file.elsewhere for file in batch(cast.reporter_benmau, here.public_id).files)
    # Nor is anything told by asking after a report that one may not read.
    assert elsewhere(cast.reporter_benmau, [same_file.pk, alike.pk]) == {}
    Record.objects.filter(pk=same_file.pk).update(visibility=Record.Visibility.PUBLIC)
    assert list(elsewhere(cast.reporter_benmau, [one.pk, two.pk])) == [two.pk]
    cancel_reading(actor=cast.reporter_caumau, document_id=same_file.pk, reason="Nhầm đơn vị")
    assert elsewhere(cast.reporter_benmau, [two.pk]) == {}
    assert list(elsewhere(OPERATOR, [one.pk, two.pk])) == [one.pk]


def test_only_who_hands_in_for_the_unit_sees_a_batch(cast: Cast) -> None:
    made = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode())))
    assert len(batches(cast.reporter_benmau, cast.benmau)) == 1
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, cast.outsider, NOBODY):
        assert batches(stranger, cast.benmau) == []
        with pytest.raises(NotFound):
            batch(stranger, made.public_id)


def test_a_report_that_stands_here_already_is_told_and_linked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    same_words = FIRST.replace(" ", "  ").replace("\n", "\r\n\r\n").upper()
    made = hand_in_batch(
        **given(
            cast,
            ("mot.txt", FIRST.encode()),
            ("lai.txt", FIRST.encode()),  # the same bytes
            ("dau.txt", "\ufeff".encode() + FIRST.encode()),  # the same text
            ("khac.txt", same_words.encode()),  # the same words
        )
    )
    read_all()
    assert states(made) == ["done", "left_out", "left_out", "duplicate"]
    (only,) = ReadDocument.objects.all()
    shown = batch(cast.reporter_benmau, made.public_id).files
    assert {f.same_id for f in shown[1:]} == {only.record.public_id}
    alike = made.files.get(position=3)
    call = {"file_id": alike.pk, "read": True}
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, NOBODY):
        refused(NotAllowed, decide_file, actor=stranger, **call)
    refused(NotFound, decide_file, actor=cast.reporter_benmau, **{**call, "file_id": 10**9})
    cut_off(monkeypatch, decide_file, actor=cast.reporter_benmau, **call)
    decide_file(actor=cast.reporter_benmau, **call)
    refused(Conflict, decide_file, actor=cast.reporter_benmau, **call)
    read_all()
    assert states(made)[3] == "done"
    assert ReadDocument.objects.count() == 2
    # Left out instead, it stays unread; and what was cancelled stands in nobody's way.
    cancel_reading(actor=cast.reporter_benmau, document_id=only.pk, reason="Đưa nhầm")
    again = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode() + b" ")))
    read_all()
    assert states(again) == ["duplicate"]  # the other one still stands
    left = again.files.get()
    decide_file(actor=cast.reporter_benmau, file_id=left.pk, read=False)
    assert read_all() == 0
    assert states(again) == ["left_out"]


def test_a_report_of_another_unit_waits_until_a_person_says_whose_it_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "ỦY BAN NHÂN DÂN\n{}\nSố: 12/BC-UBND\n"
    other = FIRST.replace("xã Bến Mẫu", "phường Cầu Mẫu")
    made = hand_in_batch(
        **given(
            cast,
            ("minh.txt", (head.format("XÃ BẾN MẪU") + FIRST).encode()),
            ("ban.txt", (head.format("PHƯỜNG CẦU MẪU") + other).encode()),
            ("tren.txt", FIRST.replace("xã Bến Mẫu", "tỉnh Minh Họa").encode()),
            ("dai.txt", FIRST.replace("xã Bến Mẫu", "xã Bến Mẫu Thượng").encode()),
            ("khong-ten.txt", "Trong kỳ đã tổ chức 12 hội nghị đối thoại.".encode()),
        )
    )
    read_all()
    assert states(made) == ["done", "other_unit", "other_unit", "other_unit", "done"]
    assert ReadDocument.objects.count() == 2
    shown = batch(cast.reporter_benmau, made.public_id)
    assert "phường Cầu Mẫu" in shown.files[1].reason_vi.replace("UBND ", "")
    assert "xã Bến Mẫu" in shown.files[1].reason_vi and "xã Bến Mẫu" in shown.files[1].reason_en
    call = {"file_id": shown.files[1].file_id, "read": True}
    for stranger in (cast.reporter_caumau, cast.recorder_benmau, NOBODY):
        refused(NotAllowed, decide_file, actor=stranger, **call)
    cut_off(monkeypatch, decide_file, actor=cast.reporter_benmau, **call)
    decide_file(actor=cast.reporter_benmau, **call)
    refused(Conflict, decide_file, actor=cast.reporter_benmau, **call)
    left = {"file_id": shown.files[2].file_id, "read": False}
    decide_file(actor=cast.reporter_benmau, **left)
    assert len(entries("reading.other_unit_decided")) == 2
    read_all()
    assert states(made) == ["done", "done", "left_out", "other_unit", "done"]
    assert made.files.get(position=1).document.record.unit_id == cast.benmau
    # That it is the unit's own says nothing about its words standing here already.
    assert not made.files.get(position=1).anyway


def test_a_unit_is_known_by_its_committee_its_party_and_what_it_was_called(cast: Cast) -> None:
    for unit_id, mine, others in (
        (cast.benmau, "BCĐ xã Bến Mẫu, huyện Mẫu Đông", "UBND xã Bến Mẫu Thượng"),
        (cast.benmau, "Đảng ủy XA BEN MAU", "huyện Bến Mẫu"),
        (cast.minhhoa, "Tỉnh ủy Minh Họa", "xã Minh Họa Thượng"),
        (cast.minhhoa, "Sở Nội vụ tỉnh Minh Hoạ", "Công ty TNHH Mẫu"),
        (cast.committee_of_benmau, "BCĐ xã Bến Mẫu", "BCĐ phường Cầu Mẫu"),
        (cast.maunguyen, "Thành ủy Mẫu Nguyên", "UBND tỉnh Minh Họa"),
    ):
        refuse_another_unit(unit_id, UnitRead(mine))
        with pytest.raises(AnotherUnit):
            refuse_another_unit(unit_id, UnitRead(others))


def test_a_worker_that_ends_in_the_middle_takes_the_file_up_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode()), ("hai.txt", SECOND.encode())))

    class Killed(BaseException):
        """What ends a process ends everything."""

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as ending:
        ending.setattr(reading_on, "take_in_document", killed)
        with pytest.raises(Killed):
            read_next()
    assert states(made) == ["waiting", "waiting"]
    assert made.files.get(position=0).attempts == 1
    assert read_all() == 2
    assert states(made) == ["done", "done"]
    # Ended between the report and the mark on its file: it is found again, not doubled.
    BatchFile.objects.update(state="waiting", document=None)
    assert read_all() == 2
    assert states(made) == ["done", "done"]
    assert ReadDocument.objects.count() == 2


def test_a_file_that_ends_the_worker_each_time_is_given_up(cast: Cast) -> None:
    made = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode())))
    made.files.update(attempts=reading_on.MOST_ATTEMPTS)
    read_all()
    assert states(made) == ["failed"]
    assert "dừng nhiều lần" in made.files.get().reason_vi


def test_an_error_nobody_foresaw_and_a_right_lost_meanwhile_stop_no_other_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hand_in_batch(**given(cast, ("mot.txt", FIRST.encode()), ("hai.txt", SECOND.encode())))
    real = reading_on.take_in_document

    def broken(**call: Any) -> Any:
        if call["content"].name == "mot.txt":
            raise ZeroDivisionError("Nguyễn Mẫu An")
        return real(**call)

    monkeypatch.setattr(reading_on, "take_in_document", broken)
    read_all()
    assert states(made) == ["failed", "done"]
    assert "Nguyễn" not in made.files.get(position=0).reason_vi
    later = hand_in_batch(**given(cast, ("ba.txt", (SECOND + "Bản ba.").encode())))
    cast.reporter_benmau.grants.all().delete()
    monkeypatch.undo()
    read_all()
    assert states(later) == ["failed"]


def test_hostile_archives_are_refused_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed_up({"a.txt": b"0" * 5_000_000})
    many = packed_up({f"{n}.txt": b"x" for n in range(packed.MOST_FILES + 1)})
    for files in (
        (),
        (("bom.zip", bomb),),
        (("nhieu.zip", many),),
        (("hong.zip", packed_up({"a.txt": b"chu"})[:-30]),),
        (("rong.zip", packed_up({"__MACOSX/a.txt": b"x"})),),
    ):
        assert refused(BadInput, hand_in_batch, **given(cast, *files)).field == "given"
    assert StoredFile.objects.count() == 0
    # A path that climbs leads nowhere: the name is all that is kept of it.
    made = hand_in_batch(**given(cast, ("a.zip", packed_up({"../../mot.txt": FIRST.encode()}))))
    assert made.files.get().name == "mot.txt"
    # A ZIP within a ZIP is a file that cannot be read.
    nested = packed_up({"trong.zip": packed_up({"a.txt": b"x"}), "mot.txt": SECOND.encode()})
    made = hand_in_batch(**given(cast, ("b.zip", nested)))
    assert states(made) == ["failed", "waiting"]
    monkeypatch.setattr(packed, "MOST_UNPACKED", 100)
    refused(BadInput, hand_in_batch, **given(cast, ("c.txt", b"x" * 101)))


def test_a_file_larger_than_is_taken_in_fails_alone(cast: Cast, settings: Any) -> None:
    settings.DANCHU_MAX_UPLOAD = 2_000
    held = packed_up({"to.txt": bytes(range(32, 127)) * 30, "mot.txt": FIRST.encode()})
    made = hand_in_batch(**given(cast, ("a.zip", held)))
    assert states(made) == ["failed", "waiting"]


def test_progress_takes_few_queries_however_many_files(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    files = [(f"{n}.txt", (FIRST + f"Bản số {n} của xã.").encode()) for n in range(12)]
    made = hand_in_batch(**given(cast, *files))
    read_all()
    batch(cast.reporter_benmau, made.public_id)
    with django_assert_max_num_queries(7):  # three of them for the same report elsewhere
        assert batch(cast.reporter_benmau, made.public_id).to_review == 12


def test_files_that_name_a_unit_the_person_may_write_for_are_put_there_in_one_act(
    cast: Cast,
) -> None:
    person = cast.reporter_benmau
    grant_role(actor=OPERATOR, account_id=person.pk, role="reporter", unit_id=cast.caumau)
    two = (("mot.txt", FIRST.encode()), ("hai.txt", SECOND.encode()))
    made = hand_in_batch(**given(cast, *two, actor=person, unit_id=cast.caumau))
    # Who may not hand in for the unit named is offered nothing.
    alone = hand_in_batch(**given(cast, *two, actor=cast.reporter_caumau, unit_id=cast.caumau))
    read_all()
    assert states(made) == states(alone) == ["other_unit", "other_unit"]
    assert [f.other_unit_id for f in batch(person, made.public_id).files] == [cast.benmau] * 2
    assert [f.other_unit_id for f in batch(person, alone.public_id).files] == [None, None]
    put = {"batch_id": made.public_id, "unit_id": cast.benmau}
    for stranger in (cast.reporter_caumau, cast.outsider, NOBODY):
        refused(NotAllowed, sort_to_unit, actor=stranger, **put)
    refused(Conflict, sort_to_unit, actor=person, **{**put, "unit_id": cast.caumau})
    assert sort_to_unit(actor=person, **put) == 2
    refused(Conflict, sort_to_unit, actor=person, **put)
    assert entries("reading.sorted_to_unit")
    read_all()
    assert states(made) == ["done", "done"]
    assert set(ReadDocument.objects.values_list("record__unit_id", flat=True)) == {cast.benmau}
