"""A DOCX that comes back from Word: compared line by line, never taken for figures."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from danchu.core.documents import render_docx
from danchu.core.errors import BadInput, NotAllowed
from danchu.reporting.reviews.compose import compose
from danchu.reporting.reviews.export import render
from danchu.reporting.reviews.freezing import freeze_report, issue_report, take_back
from danchu.reporting.reviews.frozen import frozen_reports_of
from danchu.reporting.reviews.frozen_data import document_of
from danchu.reporting.reviews.frozen_files import kept_data, read_kept
from danchu.reporting.reviews.models import EditedParagraph
from danchu.reporting.reviews.word_back import changes_in_word
from danchu.reporting.reviews.word_changes import word_changes
from tests.cast import TODAY, Cast
from tests.making import refused
from tests.reporting.publishing import KNOWN, PERIOD, with_something_to_report


@pytest.fixture
def ready(cast: Cast, settle: Any) -> Cast:
    """A commune with a dialogue and a comment to report."""
    return with_something_to_report(cast, settle, note="Niêm yết ở một số thôn chưa đều.")


def in_word(data: bytes, *changes: tuple[str, str], added: str = "") -> bytes:
    """The DOCX with words exchanged as Word leaves them, and a paragraph at its end."""
    document = docx.Document(io.BytesIO(data))
    for before, after in changes:
        (paragraph,) = [p for p in document.paragraphs if before in p.text]
        words = paragraph.text.replace(before, after)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = words
    if added:
        document.add_paragraph(added)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paper(cast: Cast) -> bytes:
    return render(compose(viewer=cast.reporter_benmau, code="9A001", period_code=PERIOD), "docx")


def test_every_line_and_number_that_differs_is_told(ready: Cast) -> None:
    made = paper(ready)
    assert word_changes(made, made, "a.docx") == []
    given = in_word(
        made,
        ("01 cuộc đối thoại", "942 cuộc đối thoại"),
        ("chưa đều", "chưa đều, chưa đủ ngày"),
        added="Câu thêm có 12 việc.",
    )
    found = word_changes(made, given, "a.docx")
    assert [change.numbers for change in found] == [(("01", "942"),), (), (("", "12"),)]
    assert "01 cuộc đối thoại" in found[0].before and "942 cuộc đối thoại" in found[0].after
    assert found[1].after == "- Niêm yết ở một số thôn chưa đều, chưa đủ ngày."
    assert (found[2].before, found[2].after) == ("", "Câu thêm có 12 việc.")


def test_changed_sentences_of_the_working_paper_may_be_taken_over_one_by_one(ready: Cast) -> None:
    given = in_word(
        paper(ready),
        ("01 cuộc đối thoại", "01 cuộc đối thoại với Nhân dân"),
        ("chưa đều", "chưa đều, chưa đủ ngày"),
        added="Câu thêm.",
    )
    asked = {"code": "9A001", "period_code": PERIOD, "data": given, "name": "sua.docx"}
    for stranger in (ready.viewer_benmau, ready.reporter_caumau):
        refused(NotAllowed, changes_in_word, actor=stranger, **asked)
    who = ready.reporter_benmau
    refused(BadInput, changes_in_word, actor=who, **{**asked, "data": b"%PDF-1.7"})
    first, second, third = changes_in_word(actor=who, **asked)
    assert (first.place, first.seen) == ("dialogue", 0)
    assert "01 cuộc đối thoại với Nhân dân" in first.text
    assert second.note_id and second.text == "Niêm yết ở một số thôn chưa đều, chưa đủ ngày."
    assert not third.place and third.note_id is None
    assert not EditedParagraph.objects.exists()  # nothing is taken by itself


def test_the_paper_of_another_unit_or_period_is_refused(ready: Cast) -> None:
    asked = {"actor": ready.reporter_benmau, "code": "9A001", "name": "sua.docx"}
    compose(viewer=ready.reporter_benmau, code="9A001", period_code="nd09:2025H2")
    told = refused(BadInput, changes_in_word, period_code="nd09:2025H2", data=paper(ready), **asked)
    assert "6 tháng cuối năm 2025" in told.vi and told.code == "another_paper"
    other = compose(viewer=ready.reporter_caumau, code="9A002", period_code=PERIOD)
    given = {"period_code": PERIOD, "data": render(other, "docx")}
    assert "phường Cầu Mẫu" in refused(BadInput, changes_in_word, **given, **asked).vi
    assert changes_in_word(**asked, period_code=PERIOD, data=paper(ready)) == []


def test_what_comes_back_before_and_after_the_issue_is_compared_and_told_apart(
    ready: Cast,
) -> None:
    who = ready.reporter_benmau
    frozen = freeze_report(actor=who, code="9A001", period_code=PERIOD, known=KNOWN)
    data = kept_data(frozen)
    draft = render_docx(document_of(data))
    back = {"actor": who, "frozen_id": frozen.pk, "kind": "edited", "name": "sua.docx"}
    take_back(**back, data=in_word(draft, ("01 cuộc đối thoại", "942 cuộc đối thoại")))
    issue_report(
        actor=ready.leader_benmau,
        frozen_id=frozen.pk,
        number="05",
        issued_on=TODAY,
        signer_name="Người Ký Mẫu",
    )
    take_back(**back, data=read_kept(frozen, "docx"))
    (shown,) = frozen_reports_of(who, ready.benmau, frozen.period)
    edited = [file for file in shown.files if file.kind == "edited"]
    assert [(len(f.differences or ()), f.numbers_changed) for f in edited] == [(1, 1), (0, 0)]
    assert [f.uploaded_by for f in edited] == [who.name, who.name]
    assert kept_data(frozen)["report"] == data["report"]  # no figure follows the file
