"""A frozen report: fixed, noted on its way, issued, amended, and checked when it comes back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import pytest

from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.documents import plain_text, render_docx, render_pdf
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, NotYet, Refusal
from danchu.core.files.models import StoredFile
from danchu.core.files.selectors import open_file
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.freezing import (
    freeze_report,
    issue_report,
    note_step,
    take_back,
    withdraw_frozen,
)
from danchu.reporting.reviews.frozen import changed_since, draft_file, frozen_reports_of
from danchu.reporting.reviews.frozen_data import document_of
from danchu.reporting.reviews.frozen_files import kept_data, read_kept
from danchu.reporting.reviews.models import FrozenFile, FrozenReport
from danchu.reporting.reviews.notes import write_note
from danchu.reporting.reviews.signing_words import require_fitting, usual_recipients, with_deputy
from danchu.reporting.rounds.closing import close_round
from danchu.reporting.rounds.services import accept_submission, open_round, submit
from tests.cast import TODAY, Cast
from tests.core.documents.signing import signed
from tests.making import entries, hold, refused
from tests.reporting.folding import open_periods

PERIOD = "nd09:2026H1"
KNOWN = (
    "period_runs",
    "units_missing",
    "figures_missing",
    "not_assessed",
    "findings_issued_before",
)
SIGNER = {"signer_name": "Người Ký Mẫu", "number": "05"}


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with a dialogue to report."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD)
    settle()
    return cast


def freeze(cast: Cast, **more: Any) -> FrozenReport:
    given = {"code": "9A001", "period_code": PERIOD, "known": KNOWN, **more}
    return freeze_report(actor=cast.reporter_benmau, **given)


def issue(cast: Cast, frozen: FrozenReport, **more: Any) -> FrozenReport:
    given = {"issued_on": TODAY, **SIGNER, **more}
    return issue_report(actor=cast.leader_benmau, frozen_id=frozen.pk, **given)


def drawn(cast: Cast, frozen: FrozenReport) -> tuple[bytes, str]:
    return draft_file(cast.viewer_benmau, cast.benmau, frozen.period, frozen.pk, "pdf")


def seen(cast: Cast, frozen: FrozenReport) -> Any:
    rows = frozen_reports_of(cast.viewer_benmau, cast.benmau, frozen.period)
    return next(row for row in rows if row.frozen_id == frozen.pk)


def test_what_was_frozen_stays_whatever_is_written_down_later(ready: Cast, settle: Any) -> None:
    frozen = freeze(ready)
    before = kept_data(frozen)
    pages, _ = drawn(ready, frozen)
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    assert kept_data(frozen) == before
    assert drawn(ready, frozen)[0] == pages
    now = compose(viewer=ready.viewer_benmau, code="9A001", period_code=PERIOD)
    changed = {d.key: (d.before, d.after) for d in changed_since(now, frozen.pk)}
    assert changed["dialogues_held"] == ("01", "02") or changed["dialogues_held"] == ("1", "2")
    issued = issue(ready, frozen)
    assert kept_data(issued)["report"] == before["report"]


def test_the_recipients_of_a_paper_are_offered_to_the_next_one(ready: Cast) -> None:
    refused(BadInput, freeze, cast=ready, recipients=["x"] * 41)
    assert refused(BadInput, freeze, cast=ready, recipients=[" "]).field == "recipients"
    frozen = freeze(ready, recipients=["Như trên;", "- Lưu: VT, VHXH."])
    assert document_of(kept_data(frozen)).recipients == ("Như trên", "Lưu: VT, VHXH")
    now = compose(viewer=ready.viewer_benmau, code="9A001", period_code=PERIOD)
    assert usual_recipients(now) == ("Như trên", "Lưu: VT, VHXH")
    withdraw_frozen(actor=ready.reporter_benmau, frozen_id=frozen.pk, reason="Ghi thiếu")
    assert usual_recipients(now) == now.issuer.recipients  # what was withdrawn is no habit


@pytest.mark.parametrize(
    ("layout", "authority", "fits"),
    [
        ("party", "T/M BAN CHỈ ĐẠO", True),
        ("party", "T/M BAN CHỈ ĐẠO\nK/T TRƯỞNG BAN", False),
        ("party", "KT. TRƯỞNG BAN", False),
        ("party", "TM. BAN CHỈ ĐẠO", False),
        ("party", "T/L BAN THƯỜNG VỤ", True),
        ("state", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", True),
        ("state", "T/M ỦY BAN NHÂN DÂN", False),
        ("state", "K/T CHỦ TỊCH", False),
        ("state", "", True),
    ],
)
def test_the_power_of_signature_is_written_as_the_layout_has_it(
    layout: str, authority: str, fits: bool
) -> None:
    if fits:
        require_fitting(layout, authority)
        return
    with pytest.raises(BadInput) as told:
        require_fitting(layout, authority)
    assert told.value.field == "authority"


def test_a_paper_is_not_issued_with_the_mark_of_the_other_layout(ready: Cast) -> None:
    frozen = freeze(ready)
    refused(BadInput, issue, cast=ready, frozen=frozen, authority="T/M ỦY BAN NHÂN DÂN")
    assert FrozenReport.objects.get().state == "frozen"
    issue(ready, frozen, authority="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", post="PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("layout", "authority", "post", "printed"),
    [
        (
            "state",
            "TM. ỦY BAN NHÂN DÂN",
            "PHÓ CHỦ TỊCH",
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        ),
        ("state", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
        ("state", "", "Phó Giám đốc Thường trực", "KT. GIÁM ĐỐC"),
        ("state", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("state", "TUQ. CHỦ TỊCH", "PHÓ CHÁNH VĂN PHÒNG", "TUQ. CHỦ TỊCH"),
        ("party", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ"),
    ],
)
def test_a_deputy_of_the_state_signs_for_the_head(
    layout: str, authority: str, post: str, printed: str
) -> None:
    assert with_deputy(layout, authority, post) == printed


def test_the_paper_a_deputy_signs_says_for_whom(ready: Cast) -> None:
    frozen = freeze(ready)
    issued = issue(ready, frozen, authority="TM. ỦY BAN NHÂN DÂN", post="PHÓ CHỦ TỊCH")
    signed_by = document_of(kept_data(issued)).signatory
    assert signed_by is not None
    assert signed_by.authority == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"


def test_one_report_waits_for_signature_and_may_be_withdrawn(ready: Cast) -> None:
    frozen = freeze(ready)
    refused(Conflict, freeze, cast=ready)
    who = ready.reporter_benmau
    refused(BadInput, withdraw_frozen, actor=who, frozen_id=frozen.pk, reason=" ")
    withdraw_frozen(actor=who, frozen_id=frozen.pk, reason="Lãnh đạo yêu cầu bổ sung")
    refused(Conflict, issue, cast=ready, frozen=frozen)
    refused(Conflict, withdraw_frozen, actor=who, frozen_id=frozen.pk, reason="x")
    again = freeze(ready)
    issue(ready, again)
    refused(Conflict, withdraw_frozen, actor=who, frozen_id=again.pk, reason="x")
    assert [
        row.state for row in frozen_reports_of(ready.viewer_benmau, ready.benmau, again.period)
    ] == [
        "issued",
        "withdrawn",
    ]


def test_nobody_freezes_what_they_have_not_seen(ready: Cast) -> None:
    told = refused(Conflict, freeze, cast=ready, known=())
    assert "Kỳ báo cáo chưa kết thúc (đến ngày 14/06/2026)." in told.vi
    assert "chỉ tiêu chưa có số liệu" in told.vi
    assert "Chưa có đánh giá" in told.vi
    told = refused(Conflict, freeze, cast=ready, known=("period_runs", "figures_missing"))
    assert "Chưa có đánh giá" in told.vi and "chưa kết thúc" not in told.vi
    write_note(
        actor=ready.reporter_benmau,
        unit_id=ready.benmau,
        period=open_periods(PERIOD)[PERIOD],
        kind="limitation",
        text="Niêm yết ở một số thôn chưa đều.",
    )
    frozen = freeze(ready, known=("period_runs", "figures_missing"))
    assert kept_data(frozen)["shortcomings"] == ["period_runs", "figures_missing"]
    text = plain_text(document_of(kept_data(frozen)))
    assert "Số liệu tính đến ngày 10/6/2026, kỳ báo cáo chưa kết thúc." in text


def test_who_freezes_issues_and_sees(ready: Cast) -> None:
    strangers = (ready.reporter_caumau, ready.outsider, ready.committee_maunguyen, NOBODY)
    for stranger in (*strangers, ready.viewer_benmau, ready.recorder_benmau):
        refused(NotAllowed, freeze_report, actor=stranger, code="9A001", period_code=PERIOD)
    frozen = freeze(ready)
    given = {"frozen_id": frozen.pk, "issued_on": TODAY, **SIGNER}
    # Who composes does not issue: that is the leader's.
    for stranger in (*strangers, ready.reporter_benmau, ready.viewer_benmau):
        refused(NotAllowed, issue_report, actor=stranger, **given)
    for stranger in strangers:
        assert frozen_reports_of(stranger, ready.benmau, frozen.period) == []
        refused(
            NotAllowed,
            draft_file,
            viewer=stranger,
            unit_id=ready.benmau,
            period=frozen.period,
            frozen_id=frozen.pk,
            fmt="pdf",
        )
    issue(ready, frozen)
    pdf = next(f for f in seen(ready, frozen).files if f.kind == "pdf")
    for stranger in strangers:
        refused(NotFound, open_file, viewer=stranger, public_id=pdf.public_id)
    with open_file(ready.viewer_benmau, pdf.public_id).handle as handle:
        assert handle.read().startswith(b"%PDF")


def test_the_issued_files_are_kept_with_their_hashes_and_made_from_the_data_alone(
    ready: Cast,
) -> None:
    frozen = issue(ready, freeze(ready))
    kept = {f.kind: f for f in FrozenFile.objects.filter(report=frozen).select_related("file")}
    assert set(kept) == {"content", "data", "docx", "pdf", "xlsx"}
    data = json.loads(read_kept(frozen, "data"))
    document = document_of(data)
    assert (document.number, document.date, document.day_open) == ("5", TODAY, False)
    assert read_kept(frozen, "pdf") == render_pdf(document)
    assert read_kept(frozen, "docx") == render_docx(document)
    text = plain_text(document)
    assert "Số: 05/" in text and "Người Ký Mẫu" in text
    for kind, file in kept.items():
        assert hashlib.sha256(read_kept(frozen, kind)).hexdigest() == file.file.sha256
    assert len(entries("report.frozen")) == len(entries("report.issued")) == 1
    assert data["dictionary"] >= 1 and len(data["outline"]) == 64


def test_bytes_that_were_touched_are_not_served_as_the_report(ready: Cast, settings: Any) -> None:
    frozen = issue(ready, freeze(ready))
    pdf = FrozenFile.objects.get(report=frozen, kind="pdf").file
    (settings.DANCHU_DATA / "files" / pdf.stored_as).write_bytes(b"%PDF-1.7 another")
    refused(Refusal, open_file, viewer=ready.viewer_benmau, public_id=pdf.public_id)
    file = FrozenFile.objects.get(report=frozen, kind="data").file
    (settings.DANCHU_DATA / "files" / file.stored_as).write_bytes(b"{}")
    refused(Refusal, kept_data, frozen=frozen)


def test_number_and_day_must_be_possible(ready: Cast) -> None:
    frozen = freeze(ready)
    for wrong, field in (
        ({"number": ""}, "number"),
        ({"number": "1234567"}, "number"),
        ({"number": "00"}, "number"),
        ({"number": "năm"}, "number"),
        ({"number": "5/BC"}, "number"),
        ({"number": "9" * 21}, "number"),
        ({"issued_on": TODAY + dt.timedelta(1)}, "issued_on"),
        ({"issued_on": TODAY - dt.timedelta(1)}, "issued_on"),
        ({"signer_name": ""}, "signer_name"),
        ({"signer_name": "x" * 101}, "signer_name"),
    ):
        assert refused(BadInput, issue, cast=ready, frozen=frozen, **wrong).field == field
    assert StoredFile.objects.filter(record_id=frozen.pk).count() == 2
    issue(ready, frozen)
    refused(Conflict, issue, cast=ready, frozen=frozen)


def test_steps_are_noted_once_and_none_before_its_time(ready: Cast) -> None:
    frozen = freeze(ready)
    who = {"actor": ready.reporter_benmau, "frozen_id": frozen.pk}
    note_step(**who, kind="draft", done_on=TODAY, note="trình trên hệ thống văn bản")
    refused(Conflict, note_step, **who, kind="draft", done_on=TODAY)
    refused(BadInput, note_step, **who, kind="stamp", done_on=TODAY)
    refused(BadInput, note_step, **who, kind="initials", done_on=TODAY - dt.timedelta(1))
    refused(BadInput, note_step, **who, kind="initials", done_on=TODAY + dt.timedelta(1))
    refused(Conflict, note_step, **who, kind="sent", done_on=TODAY)
    refused(
        NotAllowed,
        note_step,
        actor=ready.viewer_benmau,
        frozen_id=frozen.pk,
        kind="format",
        done_on=TODAY,
    )
    issue(ready, frozen)
    note_step(**who, kind="sent", done_on=TODAY)
    done = {step.kind: step.done_on for step in seen(ready, frozen).steps}
    assert done == {
        "draft": TODAY,
        "initials": None,
        "format": None,
        "signature": None,
        "sent": TODAY,
    }


def test_an_issued_report_is_amended_by_one_that_tells_what_changed(
    ready: Cast, settle: Any
) -> None:
    first = issue(ready, freeze(ready))
    refused(BadInput, freeze, cast=ready)  # an amendment says why
    refused(Conflict, freeze, cast=ready, reason="Đính chính")  # nothing differs
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    later = TODAY + dt.timedelta(5)
    with on_day(later):
        second = freeze(ready, reason="Bổ sung một cuộc đối thoại ghi muộn")
        refused(
            Conflict, issue, cast=ready, frozen=second, issued_on=later
        )  # the number is taken this year
        issued = issue(ready, second, issued_on=later, number="06")
    assert issued.replaces == first
    text = plain_text(document_of(kept_data(issued)))
    assert "thay thế Báo cáo số 05/BC-UBND" in text
    assert "Bổ sung một cuộc đối thoại ghi muộn" in text
    assert "Các số liệu thay đổi nêu tại Phụ lục II." in text
    assert "số liệu đính chính (Phụ lục II)." in text.partition("Kèm theo báo cáo: ")[2]
    assert text.index("Phụ lục I\n") < text.index("Phụ lục II\nSỐ LIỆU ĐÍNH CHÍNH")
    # The first is served as it was.
    assert "thay thế" not in plain_text(document_of(kept_data(first)))


def test_what_comes_back_signed_is_held_against_the_frozen_pages(ready: Cast) -> None:
    frozen = freeze(ready)
    who = {"actor": ready.reporter_benmau, "frozen_id": frozen.pk, "name": "da-ky.pdf"}
    draft, _ = drawn(ready, frozen)
    refused(Conflict, take_back, **who, kind="signed", data=draft)
    frozen = issue(ready, frozen)
    pdf = read_kept(frozen, "pdf")
    kept = take_back(**who, kind="signed", data=pdf + b"\n% signature\n")
    assert kept.verdict == "bytes"
    digital = take_back(**{**who, "name": "ky-so.pdf"}, kind="signed", data=signed(pdf))
    (shown,) = [f for f in seen(ready, frozen).files if f.sha256 == digital.file.sha256]
    (signer,) = shown.signers
    assert (signer.subject, signer.covers) == ("Trần Mẫu Hòa", "whole")
    assert signer.valid_to is not None and signer.valid_to.year == 2028
    assert kept.signers == []
    files = StoredFile.objects.count()
    forged = document_of(
        {**kept_data(frozen), "issue": {**kept_data(frozen)["issue"], "number": "7"}}
    )
    refusal = refused(BadInput, take_back, **who, kind="signed", data=render_pdf(forged))
    assert refusal.field == "file"
    assert "05/BC-UBND" in refusal.vi and "07/BC-UBND" in refusal.vi
    refused(BadInput, take_back, **who, kind="signed", data=b"%PDF-1.7 cut")
    refused(BadInput, take_back, **who, kind="edited", data=pdf)
    refused(BadInput, take_back, **who, kind="data", data=pdf)
    refused(
        NotAllowed,
        take_back,
        **{**who, "actor": ready.reporter_caumau},
        kind="signed",
        data=pdf,
    )
    assert StoredFile.objects.count() == files
    # Neither the issued paper nor the draft it grew from is a change of it.
    draft = render_docx(document_of({**kept_data(frozen), "issue": None}))
    assert draft != read_kept(frozen, "docx")
    for paper in (read_kept(frozen, "docx"), draft):
        same = take_back(**{**who, "name": "sua.docx"}, kind="edited", data=paper)
        assert same.differences == []


def test_an_empty_report_or_one_of_an_ended_unit_is_not_frozen(cast: Cast, settle: Any) -> None:
    for period, said in (("2026Q1", "chưa có số liệu"), ("nd09:2025H1", "tham khảo")):
        given = {"actor": OPERATOR, "code": "9A001", "period_code": period}
        compose(viewer=OPERATOR, code="9A001", period_code=period)  # the period is known from here
        waits = refused(NotYet, freeze_report, **given)  # and computed a moment later
        assert "tính số liệu của kỳ này lần đầu" in waits.vi
        settle()
        assert said in refused(BadInput, freeze_report, **given).vi


def test_a_province_closes_its_round_before_it_freezes(ready: Cast, settle: Any) -> None:
    (period,) = open_periods(PERIOD).values()
    opened = open_round(
        actor=ready.committee_minhhoa,
        unit_id=ready.minhhoa,
        period=period,
        title="Sơ kết",
        cut_off=TODAY,
        due_on=TODAY,
    )
    sent = submit(actor=ready.reporter_benmau, round_id=opened.pk, unit_id=ready.benmau)
    accept_submission(actor=ready.committee_minhhoa, submission_id=sent.pk)
    settle()
    given = {
        "actor": ready.committee_minhhoa,
        "code": "9A",
        "period_code": PERIOD,
        "known": KNOWN,
    }
    assert "Đóng đợt" in refused(Conflict, freeze_report, **given).vi
    close_round(actor=ready.committee_minhhoa, round_id=opened.pk, missing=[ready.caumau])
    frozen = freeze_report(**given)
    data = kept_data(frozen)
    assert data["versions"] == [
        {
            "unit": "9A001",
            "name": "xã Bến Mẫu",
            "number": 1,
            "submission": str(sent.record.public_id),
        },
        {"unit": "9A002", "name": "phường Cầu Mẫu", "number": None, "submission": None},
    ]
    assert [m["code"] for m in data["report"]["missing"]] == ["9A002"]
