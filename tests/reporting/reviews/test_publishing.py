"""Issuing a report opens it to everybody: its figures as rows, small counts held back."""

from __future__ import annotations

import ctypes
import datetime as dt
import hashlib
import io
from typing import Any

import pypdfium2 as pdfium
import pytest

from danchu.core.accounts.services import grant_role
from danchu.core.clock import on_day
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import Conflict, NotAllowed, NotFound
from danchu.core.ledger import chain
from danchu.core.ledger.models import Entry
from danchu.core.records.models import Record
from danchu.core.units.selectors.public import public_versions
from danchu.reporting.reviews.freezing import release_signed, take_back, withdraw_frozen
from danchu.reporting.reviews.frozen_files import read_kept
from danchu.reporting.reviews.issuers import set_issuer
from danchu.reporting.reviews.models import PublishedFigure
from danchu.reporting.reviews.published import (
    open_published,
    proof_of_report,
    published_lines,
    published_report,
    published_reports,
)
from danchu.reporting.reviews.published_figures import published_figures
from danchu.reporting.reviews.publishing import _leave_out
from danchu.reporting.reviews.reading_copy import reading_copy
from tests.cast import TODAY, Cast
from tests.core.documents.signing import signed
from tests.making import hold, refused, work
from tests.reporting.publishing import PERIOD, confirm, freeze, issue, known, of_state, public_id


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with a dialogue of one opinion."""
    hold(cast.recorder_benmau, cast.benmau, "Mương thoát nước đầu thôn bị lấp.")
    known()
    return cast


def figures(**asked: Any) -> dict[tuple[str, str], Any]:
    return {(one.key, one.dimension): one for one in published_figures(NOBODY, **asked)}


def test_only_an_issued_report_is_public(ready: Cast) -> None:
    frozen = freeze()
    for viewer in (NOBODY, ready.reporter_benmau, ready.outsider):
        assert published_reports(viewer) == ([], 0)
        refused(NotFound, published_report, viewer=viewer, public_id=public_id(frozen))
    assert published_figures(OPERATOR) == []
    withdraw_frozen(actor=ready.reporter_benmau, frozen_id=frozen.pk, reason="Bổ sung")
    assert published_reports(NOBODY) == ([], 0)
    before = public_versions([ready.benmau])
    issued = issue()
    assert public_versions([ready.benmau]) != before
    (report,), total = published_reports(NOBODY)
    assert total == 1 and report == published_report(NOBODY, public_id(issued))
    assert (report.sign, report.issued_on, report.unit_code) == ("05/BC-UBND", TODAY, "9A001")
    assert (report.province_code, report.period_code) == ("9A", PERIOD)
    assert report.is_demo and report.known_on == TODAY and report.dictionary >= 1
    assert [line.public_id for line in published_lines(NOBODY, ready.benmau, limit=5)[0]] == [
        report.public_id
    ]
    assert published_lines(NOBODY, ready.caumau, limit=5) == ([], 0)


def test_a_paper_of_the_party_is_never_public(ready: Cast) -> None:
    set_issuer(
        actor=OPERATOR,
        unit_id=ready.benmau,
        layout="party",
        issuing_body="BAN CHỈ ĐẠO",
        symbol="BC/BCĐ",
        place="Bến Mẫu",
        authority="T/M BAN CHỈ ĐẠO",
        post="TRƯỞNG BAN",
    )
    issued = issue()
    assert issued.layout == "party"
    assert Record.objects.get(pk=issued.pk).visibility == "internal"
    for viewer in (NOBODY, ready.leader_benmau, OPERATOR):
        assert published_reports(viewer) == ([], 0)
        assert published_figures(viewer) == []
        refused(NotFound, published_report, viewer=viewer, public_id=public_id(issued))
        refused(
            NotFound, open_published, viewer=viewer, public_id=public_id(issued), name="bao-cao.pdf"
        )


def test_a_report_that_is_made_internal_again_is_gone_from_everywhere(ready: Cast) -> None:
    issued = issue()
    Record.objects.filter(pk=issued.pk).update(visibility="internal")
    assert published_reports(NOBODY) == ([], 0) and published_figures(NOBODY) == []
    refused(NotFound, published_report, viewer=NOBODY, public_id=public_id(issued))
    assert published_reports(ready.viewer_benmau)[1] == 1


def test_every_figure_says_what_it_stands_on(ready: Cast, settle: Any) -> None:
    confirm(ready.benmau, "trainings_held")
    settle()
    issue()
    found = figures()
    held = found["dialogues_held", ""]
    assert (held.value, held.state, held.layer, held.text) == (1, "reported", "recorded", "1")
    assert (held.n_reported, held.n_zero, held.n_missing, held.n_expected) == (1, 0, 0, 1)
    nought = found["trainings_held", ""]
    assert (nought.value, nought.state, nought.n_zero) == (0, "zero", 1)
    assert any(key == "opinions_received" and dimension for key, dimension in found)
    assert not any(dimension for _key, dimension in figures(dimensions=False))
    assert {one.key for one in published_figures(NOBODY, key="dialogues_held")} == {
        "dialogues_held"
    }
    for wrong in (
        {"unit_code": "9A002"},
        {"province_code": "9B"},
        {"period_code": "2026H1"},
        {"known_on": TODAY - dt.timedelta(1)},
    ):
        assert figures(**wrong) == {}, wrong
    assert figures(unit_code="9A001", province_code="9A", period_code=PERIOD, known_on=TODAY)


def test_pieces_of_the_list_are_the_whole_list(ready: Cast) -> None:
    issue()
    whole = published_figures(NOBODY)
    found, after = [], None
    while piece := published_figures(NOBODY, after=after, limit=2):
        found += piece
        after = piece[-1].id
    assert found == whole and len(whole) > 2


def test_small_counts_are_held_back_and_so_is_the_paper_that_prints_them(
    ready: Cast, settle: Any
) -> None:
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=2, people=None)
    settle()
    issued = issue()
    one = figures()["complaints_received", ""]
    assert (one.value, one.text, one.withheld) == (None, "dưới 5", "small")
    assert PublishedFigure.objects.get(key="complaints_received", dimension="").amount == 2
    report = published_report(NOBODY, public_id(issued))
    assert report.files == () and report.files_held
    for name in ("bao-cao.pdf", "bao-cao.docx"):
        refused(NotFound, open_published, viewer=NOBODY, public_id=public_id(issued), name=name)
    copy = reading_copy(report)
    assert any(line.kind == "held" for line in copy)
    text = " ".join(line.text for line in copy)
    assert "khiếu nại" not in text.lower() or "02 đơn" not in text
    assert "Người Ký Mẫu" not in text


def test_without_small_counts_the_files_are_given_out_byte_for_byte(ready: Cast) -> None:
    issued = issue()
    report = published_report(NOBODY, public_id(issued))
    assert [file.name for file in report.files] == ["bao-cao.pdf", "bao-cao.docx"]
    for file in report.files:
        opened = open_published(NOBODY, public_id(issued), file.name)
        with opened.handle as handle:
            data = handle.read()
        assert hashlib.sha256(data).hexdigest() == file.sha256
        assert data == read_kept(issued, file.kind) and file.size == len(data)
    # What it was made of, and what somebody went on with, are inside papers.
    for name in ("data.json", "content.json", "bao-cao.xlsx", "edited.docx", "", "../x"):
        refused(NotFound, open_published, viewer=NOBODY, public_id=public_id(issued), name=name)
    assert not any(line.kind == "held" for line in reading_copy(report))


def back(cast: Cast, issued: Any, data: bytes, actor: Any = None) -> Any:
    return take_back(
        actor=actor or cast.reporter_benmau,
        frozen_id=issued.pk,
        kind="signed",
        data=data,
        name="da-ky.pdf",
    )


def outside(issued: Any) -> tuple[str, str]:
    """The hash of the signed file that everybody gets, and what is said of it."""
    files = published_report(NOBODY, public_id(issued)).files
    told = [file for file in files if file.name == "ban-da-ky.pdf"]
    return (told[0].sha256, told[0].standing) if told else ("", "")


def with_text(pdf: bytes, words: str) -> bytes:
    """The PDF with words written across its first page, as a forger would."""
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    text = pdfium.raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica-Bold", 18)
    letters = ctypes.create_string_buffer(f"{words}\0".encode("utf-16-le"))
    pdfium.raw.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 30)
    pdfium.raw.FPDFPage_InsertObject(page.raw, text)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_bears_no_signature_or_more_than_one_waits_for_a_second_person(ready: Cast) -> None:
    issued = issue()
    pdf = read_kept(issued, "pdf")
    forged = back(ready, issued, with_text(pdf, "999 trieu"))
    assert forged.added == ["999 trieu"]
    bare = back(ready, issued, pdf + b"\n% nothing\n")
    for kept in (forged, bare):
        assert outside(issued) == ("", "")
        refused(
            NotFound,
            open_published,
            viewer=NOBODY,
            public_id=public_id(issued),
            name="ban-da-ky.pdf",
        )
        file = kept.file.public_id
        for stranger in (ready.reporter_benmau, ready.leader_caumau, NOBODY):
            refused(NotAllowed, release_signed, actor=stranger, frozen_id=issued.pk, file=file)
    genuine = back(ready, issued, signed(pdf))
    assert outside(issued) == (genuine.file.sha256, "signature")
    # What comes later takes its place under the same rule only.
    later = back(ready, issued, pdf + b"\n% later\n")
    assert outside(issued) == (genuine.file.sha256, "signature")
    release_signed(actor=ready.leader_benmau, frozen_id=issued.pk, file=later.file.public_id)
    assert outside(issued) == (later.file.sha256, "looked_at")
    entry = Entry.objects.filter(record_id=issued.pk).latest("number")
    assert entry.code == "report.signed_released"
    assert entry.account_id == ready.leader_benmau.actor_id
    for kept in (later, genuine):
        refused(
            Conflict,
            release_signed,
            actor=ready.leader_benmau,
            frozen_id=issued.pk,
            file=kept.file.public_id,
        )


def test_nobody_lets_out_what_they_handed_in_themselves(ready: Cast) -> None:
    issued = issue()
    grant_role(
        actor=OPERATOR,
        account_id=ready.leader_benmau.actor_id,
        role="reporter",
        unit_id=ready.benmau,
    )
    leader = ready.leader_benmau
    kept = back(ready, issued, read_kept(issued, "pdf") + b"\n% mine\n", actor=leader)
    told = refused(
        NotAllowed, release_signed, actor=leader, frozen_id=issued.pk, file=kept.file.public_id
    )
    assert "không tự cho công bố" in told.vi
    assert outside(issued) == ("", "")


def test_the_signed_paper_comes_first_once_it_is_back(ready: Cast) -> None:
    issued = issue()
    pdf = read_kept(issued, "pdf")
    before = public_versions([ready.benmau])
    paper = signed(pdf)
    back(ready, issued, paper)
    assert public_versions([ready.benmau]) != before
    take_back(
        actor=ready.reporter_benmau,
        frozen_id=issued.pk,
        kind="edited",
        data=read_kept(issued, "docx"),
        name="sua.docx",
    )
    names = [file.name for file in published_report(NOBODY, public_id(issued)).files]
    assert names == ["ban-da-ky.pdf", "bao-cao.pdf", "bao-cao.docx"]
    with open_published(NOBODY, public_id(issued), "ban-da-ky.pdf").handle as handle:
        assert handle.read() == paper


def test_an_amendment_stands_beside_what_it_replaces(ready: Cast, settle: Any) -> None:
    first = issue()
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    later = TODAY + dt.timedelta(5)
    with on_day(later):
        second = issue(number="06", reason="Bổ sung một cuộc ghi muộn", on=later)
    old, new = (published_report(NOBODY, public_id(one)) for one in (first, second))
    assert (old.replaced_by, new.replaces) == (new.public_id, old.public_id)
    assert new.reason == "Bổ sung một cuộc ghi muộn"
    shown = {
        one.report_sign: (one.value, one.in_force)
        for one in published_figures(NOBODY, key="dialogues_held", dimensions=False)
    }
    assert shown == {"05/BC-UBND": (1, False), "06/BC-UBND": (2, True)}
    now = published_figures(NOBODY, key="dialogues_held", dimensions=False, in_force_only=True)
    assert [one.value for one in now] == [2]
    then = published_figures(
        NOBODY, key="dialogues_held", dimensions=False, in_force_only=True, known_on=TODAY
    )
    assert [(one.value, one.in_force) for one in then] == [(1, True)]
    assert [r.sign for r in published_reports(NOBODY)[0]] == ["06/BC-UBND", "05/BC-UBND"]
    assert [r.sign for r in published_reports(NOBODY, in_force_only=True)[0]] == ["06/BC-UBND"]
    assert published_reports(NOBODY, after=new.public_id)[0] == [old]
    lines, total = published_lines(NOBODY, ready.benmau, limit=1, offset=1)
    assert (lines[0].is_amended, lines[0].amends, total) == (True, False, 2)


def test_the_total_above_does_not_give_away_a_small_count_below(ready: Cast, settle: Any) -> None:
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=2, people=None)
    work(ready.recorder_caumau, ready.caumau, kind="complaints_received", number=30, people=None)
    of_state(ready.minhhoa, "Minh Họa")
    known(PERIOD, "9A001", "9A002", "9A")
    above = issue("9A", number="31")
    total = figures(report=public_id(above))["complaints_received", ""]
    assert (total.value, total.withheld) == (32, "")  # nothing below is published yet
    assert not published_report(NOBODY, public_id(above)).files_held
    issue("9A002", number="08")  # now who did not publish could be had by subtraction
    total = figures(report=public_id(above))["complaints_received", ""]
    assert (total.value, total.withheld) == (None, "protects")
    issue("9A001", number="05")
    total = figures(report=public_id(above))["complaints_received", ""]
    assert (total.value, total.text, total.withheld) == (None, "không công bố", "protects")
    assert published_report(NOBODY, public_id(above)).files_held
    # The neighbour's own count stays: nothing can be had from it any more.
    assert figures(unit_code="9A002")["complaints_received", ""].value == 30


def test_the_year_does_not_give_away_a_small_half(ready: Cast, settle: Any) -> None:
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=3, people=None)
    known(PERIOD)
    known("nd09:2026")
    known("nd09:2026")  # with figures it looks at both halves, which are folded now
    year = issue(period="nd09:2026", number="09")
    told = figures(report=public_id(year))["complaints_received", ""]
    assert told.withheld == "small"  # so far the year is that half
    issue(number="05")
    assert figures(report=public_id(year))["complaints_received", ""].withheld == "small"


def test_inner_work_of_organisations_is_in_no_open_data(ready: Cast, settle: Any) -> None:
    work(
        ready.recorder_benmau,
        ready.benmau,
        kind="party_candidates_introduced",
        number=12,
        people=None,
    )
    settle()
    issue()
    assert "party_candidates_introduced" not in {key for key, _ in figures()}


def test_a_paper_that_prints_a_small_count_of_a_unit_below_is_not_given_out(
    ready: Cast, settle: Any
) -> None:
    from danchu.reporting.rounds.closing import close_round
    from danchu.reporting.rounds.services import accept_submission, open_round, submit

    of_state(ready.minhhoa, "Minh Họa")
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=3, people=None)
    work(ready.recorder_caumau, ready.caumau, kind="complaints_received", number=20, people=None)
    period = known(PERIOD, "9A001", "9A002", "9A")
    opened = open_round(
        actor=ready.committee_minhhoa,
        unit_id=ready.minhhoa,
        period=period,
        title="Báo cáo 6 tháng",
        cut_off=period.end,
        due_on=period.end,
    )
    for code, reporter in (("9A001", ready.reporter_benmau), ("9A002", ready.reporter_caumau)):
        sent = submit(actor=reporter, round_id=opened.pk, unit_id=ready.units[code])
        accept_submission(actor=ready.committee_minhhoa, submission_id=sent.pk)
    settle()
    close_round(actor=ready.committee_minhhoa, round_id=opened.pk, missing=())
    settle()
    above = issue("9A", number="31")
    assert figures(report=public_id(above))["complaints_received", ""].value == 23
    report = published_report(NOBODY, public_id(above))
    assert report.files_held and report.files == ()
    assert not any(line.kind == "held" for line in reading_copy(report))


def test_the_proof_leads_from_the_files_to_the_ledger(ready: Cast, monkeypatch: Any) -> None:
    issued = issue()
    report = published_report(NOBODY, public_id(issued))
    proof = proof_of_report(report)
    assert proof["proof"] is None  # the day is not over
    assert {name: proof["data"][name] for name in ("pdf", "docx")} == {
        file.kind: file.sha256 for file in report.files
    }
    assert chain.digest_of(proof["salt"], proof["data"]) == proof["entry"]["digest"]
    entry = proof["entry"]
    assert entry["hash"] == chain.entry_hash(
        entry["number"],
        chain.instant(entry["at"]),
        entry["code"],
        entry["account"],
        entry["record"],
        entry["digest"],
        entry["previous"],
    )
    assert Entry.objects.get(number=entry["number"]).hash == entry["hash"]


def test_the_office_search_leads_nobody_to_a_page_they_may_not_open(ready: Cast) -> None:
    from danchu.reporting.reviews.search import FINDABLES

    issued = issue()
    assert FINDABLES[0].visible(ready.reporter_benmau, [issued.pk])
    for stranger in (NOBODY, ready.reporter_caumau, ready.outsider):
        assert FINDABLES[0].visible(stranger, [issued.pk]) == {}


def test_reports_are_counted_and_read_in_few_statements(
    ready: Cast, django_assert_max_num_queries: Any
) -> None:
    issue()
    with django_assert_max_num_queries(8):
        published_reports(NOBODY)
    with django_assert_max_num_queries(1):
        published_figures(NOBODY)
    with django_assert_max_num_queries(1):
        published_lines(NOBODY, ready.benmau, limit=5)


def test_a_refused_issue_publishes_nothing(ready: Cast, monkeypatch: Any) -> None:
    from danchu.reporting.reviews.freezing import issue as issuing

    def fail(*_: Any) -> None:
        raise OSError("cut off in the middle")

    monkeypatch.setattr(issuing, "publish", fail)
    with pytest.raises(OSError, match="cut off"):
        issue()
    assert published_reports(NOBODY) == ([], 0)
    assert PublishedFigure.objects.count() == 0
    assert not Record.objects.filter(kind="report", visibility="public").exists()


def test_a_published_count_leaves_out_who_need_not_report() -> None:
    counts = {"n_reported": 16, "n_zero": 2, "n_not_applicable": 0, "n_missing": 31}
    _leave_out(counts, 7)
    assert counts == {"n_reported": 9, "n_zero": 2, "n_not_applicable": 0, "n_missing": 31}
    _leave_out(counts, 10)
    assert counts == {"n_reported": 0, "n_zero": 1, "n_not_applicable": 0, "n_missing": 31}


def test_the_reason_of_an_amendment_does_not_tell_what_the_amended_report_held_back(
    ready: Cast, settle: Any
) -> None:
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=2, people=None)
    settle()
    first = issue()
    work(ready.recorder_benmau, ready.benmau, kind="complaints_received", number=30, people=None)
    settle()
    later = TODAY + dt.timedelta(5)
    why = "Báo cáo trước ghi 2 đơn khiếu nại"
    with on_day(later):
        second = issue(number="06", reason=why, on=later)
    old, new = (published_report(NOBODY, public_id(one)) for one in (first, second))
    assert old.files_held and new.reason == ""
    lines = [line.text for line in reading_copy(new)]
    assert any(line.startswith("Báo cáo này thay thế Báo cáo số 05/BC-UBND") for line in lines)
    assert not any("2 đơn khiếu nại" in line for line in lines)
    hold(ready.recorder_benmau, ready.benmau)
    settle()
    with on_day(later):
        third = issue(number="07", reason="Bổ sung hồ sơ ghi muộn", on=later)
    told = published_report(NOBODY, public_id(third))
    assert any("Bổ sung hồ sơ ghi muộn" in line.text for line in reading_copy(told))
