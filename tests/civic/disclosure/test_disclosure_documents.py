"""Documents of a notice: attached, public, taken back, gone with the names beside them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from danchu.civic.disclosure.models import Notice, NoticeDocument
from danchu.civic.disclosure.selectors import notice, open_document
from danchu.civic.disclosure.services import (
    MOST_DOCUMENTS,
    HandedIn,
    add_document,
    correct_notice,
    forget_names,
    hand_in_document,
    record_notice,
    remove_document,
)
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.files.models import StoredFile
from danchu.core.files.services import sweep_orphans
from tests.cast import Cast
from tests.civic.disclosure.made import (
    HEADQUARTERS,
    NAMED,
    document,
    named_input,
    notice_input,
    publish,
    publish_names,
)
from tests.making import DAY, refused


def _handed(cast: Cast, *lines: str, name: str = "du-toan.docx") -> HandedIn:
    return hand_in_document(
        actor=cast.recorder_benmau, unit_id=cast.benmau, data=document(*lines), name=name
    )


def _read(viewer: Any, made: Any) -> bytes:
    opened = open_document(viewer, made.record.public_id, 1, "docx")
    with opened.handle as handle:
        return handle.read()


def _gone(viewer: Any, made: Any, order: int = 1, ending: str = "docx") -> None:
    with pytest.raises(NotFound):
        open_document(viewer, made.record.public_id, order, ending)


def test_a_document_alone_is_a_content_and_a_title_alone_is_none(cast: Cast) -> None:
    who, empty = cast.recorder_benmau, notice_input(text="  ")
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "occurred_on": DAY}
    refusal = refused(BadInput, record_notice, **given, content=empty)
    assert (refusal.code, refusal.field) == ("empty", "text")
    made = publish(who, cast.benmau, text="", documents=(_handed(cast),))
    correction: dict[str, Any] = {
        "actor": who, "record_id": made.pk, "occurred_on": DAY, "reason": "Sửa",
    }  # fmt: skip
    correct_notice(**correction, version=1, content=notice_input(text="", title="Dự toán xã"))
    plain = publish(who, cast.benmau)
    refusal = refused(
        BadInput, correct_notice, **{**correction, "record_id": plain.pk}, version=1, content=empty
    )
    assert refusal.code == "empty"


def test_the_copy_that_is_shown_has_no_author_and_everybody_may_take_it_home(cast: Cast) -> None:
    made = publish(cast.recorder_benmau, cast.benmau, documents=(_handed(cast, "Dự toán."),))
    kept = StoredFile.objects.get()
    assert (kept.record_id, kept.sha256 != kept.sha256_given) == (made.pk, True)
    seen = notice(NOBODY, made.record.public_id).documents
    assert [(one.order, one.name, one.ending, one.file_id) for one in seen] == [
        (1, "du-toan.docx", "docx", None)
    ]
    with zipfile.ZipFile(io.BytesIO(_read(NOBODY, made))) as archive:
        assert b"Ngu" not in archive.read("docProps/core.xml")
    for order, ending in ((2, "docx"), (1, "pdf")):
        _gone(NOBODY, made, order, ending)
    hidden = publish(
        cast.recorder_benmau, cast.benmau, documents=(_handed(cast, "Khác."),), public=False
    )
    _gone(NOBODY, hidden)
    _gone(cast.recorder_caumau, hidden)
    assert _read(cast.viewer_benmau, hidden)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("LƯU HÀNH NỘI BỘ",), "a.docx"),
        (("MẬT",), "a.docx"),
        (("Ông Đoàn Mẫu Một còn nợ tiền quỹ.",), "a.docx"),
        (("Căn cước 079123456789",), "a.docx"),
        (("Dự toán",), "a.pdf"),
    ],
)
def test_a_document_that_may_not_go_out_is_not_taken_in(
    cast: Cast, lines: tuple[str, ...], name: str
) -> None:
    given: dict[str, Any] = {"actor": cast.recorder_benmau, "unit_id": cast.benmau}
    refusal = refused(BadInput, hand_in_document, **given, data=document(*lines), name=name)
    assert refusal.field == "documents"
    for data, other in ((b"", "a.pdf"), (b"chu", "a.txt"), (b"%PDF-1.4 x", "a.pdf")):
        refused(BadInput, hand_in_document, **given, data=data, name=other)
    neighbour = {**given, "actor": cast.recorder_caumau}
    refused(NotAllowed, hand_in_document, **neighbour, data=document("Dự toán"), name="a.docx")
    assert not StoredFile.objects.exists()


def test_documents_are_added_once_and_taken_back_with_a_reason(cast: Cast) -> None:
    who = cast.recorder_benmau
    made = publish(who, cast.benmau, text="", documents=(_handed(cast, "Một."),))
    second = _handed(cast, "Hai.")
    add: dict[str, Any] = {"actor": who, "notice_id": made.pk, "file": second}
    refused(NotAllowed, add_document, **{**add, "actor": cast.viewer_benmau})
    by_another = hand_in_document(
        actor=cast.admin, unit_id=cast.benmau, data=document("Khác."), name="b.docx"
    )
    refused(NotFound, add_document, **{**add, "file": by_another})
    row = add_document(**add)
    assert add_document(**add) == row
    other = publish(who, cast.benmau)
    refused(Conflict, add_document, **{**add, "notice_id": other.pk})
    back: dict[str, Any] = {"actor": who, "notice_id": made.pk, "reason": "Nhầm bản"}
    refused(BadInput, remove_document, **{**back, "reason": " "}, order=1)
    refused(NotAllowed, remove_document, **{**back, "actor": cast.recorder_caumau}, order=1)
    remove_document(**back, order=1)
    refused(NotFound, remove_document, **back, order=1)
    _gone(NOBODY, made)
    assert refused(BadInput, remove_document, **back, order=2).code == "empty"
    assert [one.order for one in notice(NOBODY, made.record.public_id).documents] == [2]
    inside = notice(who, made.record.public_id).documents
    assert [(one.order, one.removed_reason) for one in inside] == [(1, "Nhầm bản"), (2, "")]
    for n in range(MOST_DOCUMENTS - 1):
        add_document(**{**add, "file": _handed(cast, f"Bản {n}.")})
    refusal = refused(BadInput, add_document, **{**add, "file": _handed(cast, "Thừa.")})
    assert refusal.field == "documents"


def test_a_document_beside_a_list_holds_no_name_of_it_and_goes_with_it(cast: Cast) -> None:
    who = cast.recorder_benmau
    refusal = refused(
        BadInput, record_notice, actor=who, unit_id=cast.benmau, occurred_on=DAY,
        content=named_input(documents=(_handed(cast, "Hỗ trợ Đoàn Mẫu Một"),)),
    )  # fmt: skip
    assert refusal.code == "name_in_text"
    assert not Notice.objects.exists()
    made = publish_names(who, cast.benmau, HEADQUARTERS, documents=(_handed(cast, "Quyết định."),))
    address = made.record.public_id
    with on_day(DAY + dt.timedelta(30)):
        assert _read(NOBODY, made)
    with on_day(DAY + dt.timedelta(31)):
        _gone(NOBODY, made)
        assert notice(NOBODY, address).documents == notice(who, address).documents == ()
        forget_names()
    assert NoticeDocument.objects.get().file is None
    StoredFile.objects.update(uploaded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert sweep_orphans() == 2  # the refused one too
    assert not StoredFile.objects.exists()


def test_a_number_of_a_person_far_down_is_found_and_ordinary_words_pass(cast: Cast) -> None:
    given: dict[str, Any] = {"actor": cast.recorder_benmau, "unit_id": cast.benmau}
    filler = [f"Khoản {n}: chi 12.345.678 đồng cho công trình." for n in range(200)]
    for wrong in ("Căn cước 079123456789", "Ông Đoàn Mẫu Một còn nợ tiền quỹ."):
        data = document(*filler, wrong)
        refusal = refused(BadInput, hand_in_document, **given, data=data, name="a.docx")
        assert refusal.field == "documents"
    report = [
        "Ông Đoàn Mẫu Một, Chủ tịch Ủy ban nhân dân xã",
        "Bà Đoàn Mẫu Hai, Bí thư Chi bộ thôn",
        *filler,
        "Một số công trình chưa thực hiện theo kế hoạch.",
        *filler[:40],
        "Đoàn Mẫu Ba",
    ]
    assert hand_in_document(**given, data=document(*report), name="bao-cao.docx")
    debtors = [*filler, "Các hộ còn nợ:", "Thôn", "Đoàn Mẫu Một", "Mẫu Lai", "Đoàn Mẫu Hai"]
    refusal = refused(BadInput, hand_in_document, **given, data=document(*debtors), name="a.docx")
    assert refusal.code == "debtors"


def test_a_list_written_later_is_held_against_the_documents_already_there(cast: Cast) -> None:
    who = cast.recorder_benmau
    filler = [f"Điều {n} của quyết định." for n in range(100)]
    handed = _handed(cast, *filler, "Hỗ trợ hộ ông Đoàn  Mẫu\u00a0Hai, thôn Mẫu Đình")
    made = publish(who, cast.benmau, rule_key="xa_ck_07", documents=(handed,))
    correction: dict[str, Any] = {
        "actor": who, "record_id": made.pk, "occurred_on": DAY, "reason": "Thêm danh sách",
    }  # fmt: skip
    refusal = refused(BadInput, correct_notice, **correction, version=1, content=named_input())
    assert (refusal.code, refusal.field) == ("name_in_text", "names_text")
    assert "du-toan.docx" in refusal.vi and "Đoàn Mẫu Hai" in refusal.vi
    assert not notice(who, made.record.public_id).has_names
    others = named_input(named=(NAMED[0],))
    correct_notice(**correction, version=1, content=others)
    assert notice(who, made.record.public_id).has_names
    # Corrected again, and again with a new document beside the list.
    refusal = refused(BadInput, correct_notice, **correction, version=2, content=named_input())
    assert refusal.code == "name_in_text"
    second = _handed(cast, "Hỗ trợ Đoàn Mẫu Một", name="khac.docx")
    refusal = refused(BadInput, add_document, actor=who, notice_id=made.pk, file=second)
    assert (refusal.code, refusal.field) == ("name_in_text", "documents")
    remove_document(actor=who, notice_id=made.pk, order=1, reason="Có tên")
    correct_notice(**correction, version=2, content=named_input())


def test_a_file_that_was_never_attached_bears_no_name(cast: Cast) -> None:
    handed = _handed(cast, "Quyết định.", name="Ho tro Doan Mau Mot.docx")
    assert handed.name == "Ho tro Doan Mau Mot.docx"
    assert StoredFile.objects.get().name == "tep.docx"
    refusal = refused(
        BadInput, record_notice, actor=cast.recorder_benmau, unit_id=cast.benmau, occurred_on=DAY,
        content=named_input(documents=(handed,)),
    )  # fmt: skip
    assert refusal.code == "name_in_text" and "Ho tro Doan Mau Mot.docx" in refusal.vi
    assert StoredFile.objects.get().name == "tep.docx"
    made = publish(cast.recorder_benmau, cast.benmau, documents=(handed,))
    assert notice(NOBODY, made.record.public_id).documents[0].name == handed.name


def test_a_document_with_tracked_changes_is_not_published(cast: Cast) -> None:
    data, out = document("Dự toán"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:r>", b'<w:ins w:id="1" w:author="a"/><w:r>', 1)
            new.writestr(name, part)
    given: dict[str, Any] = {"actor": cast.recorder_benmau, "unit_id": cast.benmau}
    refusal = refused(BadInput, hand_in_document, **given, data=out.getvalue(), name="a.docx")
    assert (refusal.code, refusal.field) == ("changes", "documents")
    assert "xóa chú thích rồi gửi lại" in refusal.vi
    assert not StoredFile.objects.exists()
