"""The report as files: valid, holding its figures, marked where it must be."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from danchu.core.clock import on_day
from danchu.core.contracts import OPERATOR
from danchu.core.documents import DEMONSTRATION_MARK, REFERENCE_MARK, plain_text
from danchu.core.text import format_number
from danchu.demo.load import settle
from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reviews.compose import Report, compose
from danchu.reporting.reviews.export import MEDIA_TYPES, as_json, file_name, render
from danchu.reporting.reviews.official import official_document
from danchu.reporting.rounds.services import open_round, submit
from tests.cast import TODAY, Cast, gathered
from tests.making import hold, receive, work
from tests.reporting.folding import open_periods
from tests.reporting.readings import take_in

NOW = "nd09:2026H1"


@pytest.fixture(scope="module")
def _written(_staged_cast: None, django_db_blocker: Any) -> None:
    """Bến Mẫu has worked and handed in, Cầu Mẫu has not; once for this module."""
    patched = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), on_day(TODAY):
        cast = gathered()
        (period,) = open_periods(NOW).values()
        opened = open_round(
            actor=cast.committee_minhhoa,
            unit_id=cast.minhhoa,
            period=period,
            title="Sơ kết",
            cut_off=period.end,
            due_on=period.end,
        )
        hold(cast.recorder_benmau, cast.benmau, "Một.", participants=1246)
        receive(cast.recorder_benmau, cast.benmau, visits=37)
        work(cast.recorder_benmau, cast.benmau, kind="land_donated_m2", number=2500, people=None)
        take_in(patched, cast.reporter_benmau, cast.benmau, period=NOW, confirm=True)
        take_in(patched, cast.reporter_caumau, cast.caumau, period=NOW, confirm=True)
        submit(actor=cast.reporter_benmau, round_id=opened.pk, unit_id=cast.benmau)
        settle()


@pytest.fixture
def written(_written: None, cast: Cast) -> Cast:
    return cast


def report(cast: Cast, code: str = "9A001", **more: Any) -> Report:
    return compose(viewer=OPERATOR, code=code, period_code=NOW, **more)


def text_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    parts = [p.text for p in document.paragraphs]
    parts += [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    parts += [p.text for s in document.sections for p in s.header.paragraphs]
    return "\n".join(parts)


def text_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def text_of_xlsx(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


READ = {"docx": text_of_docx, "pdf": text_of_pdf, "xlsx": text_of_xlsx}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx"])
@pytest.mark.parametrize("code", ["9A001", "9A"])
def test_every_file_is_valid_and_holds_the_figures(written: Cast, fmt: str, code: str) -> None:
    found = report(written, code)
    content = render(found, fmt)
    assert content == render(found, fmt)
    said = squeezed(READ[fmt](content))
    for key in ("participants", "citizens_received", "land_donated_m2"):
        figure = next(f for f in found.figures if f.key == key)
        assert figure.text in said or fmt == "xlsx", key
    assert squeezed(DEMONSTRATION_MARK) in said
    assert found.unit.name in said
    assert MEDIA_TYPES[fmt]
    assert file_name(found, fmt) == f"bao-cao-{code}-nd09-2026H1-{found.layout}.{fmt}"
    if fmt != "pdf":
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_a_sheet_holds_numbers_that_can_be_added(written: Cast) -> None:
    found = report(written, "9A002")  # read from a past report, with its rates
    content = render(found, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    first, notes = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert found.title in first[0][0] and found.period_label in first[1][0]
    values = {row[1]: row[3] for row in first[4:]}
    rates = 0
    for figure in found.figures:
        value = values[figure.meaning.name_vi]
        if not figure.has_value:
            assert value == figure.text
            continue
        assert isinstance(value, float), figure.key
        exact = Fraction(value).limit_denominator(10**6)
        if figure.meaning.is_rate:
            rates += 1
            assert f"{format_number(exact * 100, decimals=2)}%" == figure.text
        else:
            assert format_number(exact, decimals=figure.meaning.decimals) == figure.text
    assert rates
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert "[$-42A]0.0#%" in styles
    assert "[$-42A]#,##0" in styles
    said = {row[0]: row[1] for row in notes}
    assert (said["Báo cáo"], said["Đơn vị báo cáo"]) == (found.title, "phường Cầu Mẫu")
    assert said["Kỳ báo cáo"] == found.period_label


def test_another_format_does_not_exist(written: Cast) -> None:
    with pytest.raises(ValueError, match="odt"):
        render(report(written), "odt")


@pytest.mark.parametrize(("code", "other"), [("9A001", "party"), ("9A", "state")])
def test_a_paper_for_reference_has_neither_number_nor_signature(
    written: Cast, code: str, other: Any
) -> None:
    own = official_document(report(written, code))
    reference = official_document(report(written, code, layout=other))
    assert own.draft_mark is None
    assert reference.draft_mark == REFERENCE_MARK
    said, foreign = plain_text(own), plain_text(reference)
    assert REFERENCE_MARK not in said
    assert REFERENCE_MARK in foreign
    assert own.signatory.post in said
    assert own.symbol in said
    assert reference.signatory.post not in foreign
    assert reference.symbol not in foreign
    for fmt in ("docx", "pdf"):
        assert squeezed(REFERENCE_MARK) in squeezed(
            READ[fmt](render(report(written, code, layout=other), fmt))
        )


def test_the_layout_is_that_of_the_issuing_body(written: Cast) -> None:
    state, party = official_document(report(written)), official_document(report(written, "9A"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in plain_text(state)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in plain_text(party)
    assert "BAN CHỈ ĐẠO THỰC HIỆN DÂN CHỦ Ở CƠ SỞ" in squeezed(plain_text(party))
    assert state.addressee == ("Ủy ban nhân dân tỉnh Minh Họa",)
    assert party.addressee == ()


def test_the_missing_are_listed_by_name_and_what_is_not_known_is_no_nought(
    written: Cast,
) -> None:
    said = squeezed(plain_text(official_document(report(written, "9A"))))
    assert "Đã có 01/02 xã, phường nộp số liệu." in said
    assert (
        "Số liệu tổng hợp từ 01/02 xã, phường đã nộp, trong đó 01 đơn vị chưa được kiểm tra; danh "
        "sách đơn vị chưa nộp tại Phụ lục 1."
    ) in said
    assert "Phụ lục 1 TÌNH HÌNH NỘP SỐ LIỆU" in said
    assert "phường Cầu Mẫu" in said
    assert "chưa có số liệu" in said
    assert "số liệu 01/02 đơn vị đã nộp" in said


def test_an_english_report_has_english_annexes(written: Cast) -> None:
    said = squeezed(plain_text(official_document(report(written, "9A", language="en"))))
    assert "1 of 2 communes and wards have handed in." in said
    assert "handed in by 1 of 2 units" in said
    assert "chưa có số liệu" not in said


def test_the_json_holds_everything_as_plain_values(written: Cast) -> None:
    found = as_json(report(written))
    assert json.loads(json.dumps(found)) == found
    assert set(found) == {
        "worded",
        "unit",
        "period",
        "layout",
        "reference_only",
        "issuing_body",
        "title",
        "demonstration",
        "sections",
        "figures",
        "comparison",
        "outline",
        "expected",
        "missing",
        "sources",
        "warnings",
    }
    assert found["unit"] == {
        "code": "9A001",
        "name": "xã Bến Mẫu",
        "level": "commune",
        "valid_from": "2025-07-01",
        "valid_to": None,
    }
    assert found["period"]["start"] == "2025-12-15"
    assert found["demonstration"] is True
    by_key = {f["key"]: f for f in found["figures"]}
    assert (by_key["participants"]["amount"], by_key["participants"]["text"]) == (1246, "1.246")
    assert by_key["land_donated_m2"]["scale"] == 1000
    # Bến Mẫu signed its version; of Cầu Mẫu only a past report is known.
    assert "opinions_resolved" not in by_key
    read = {f["key"]: f for f in as_json(report(written, "9A002"))["figures"]}
    assert read["opinions_resolved"]["surface"] == "183 ý kiến"
    assert by_key["participants"]["evidence"] == "/office/so-lieu/9A001/nd09:2026H1/participants/"
    refs = {f["ref"] for f in found["figures"]}
    cited = [n for s in found["sections"] for p in s["paragraphs"] for n in p["figures"]]
    assert cited
    assert set(cited) <= refs
    above = as_json(report(written, "9A"))
    assert above["expected"] == 2
    assert above["missing"] == [{"code": "9A002", "name": "phường Cầu Mẫu", "state": "missing"}]
    assert read["satisfaction_very_satisfied_pct"]["remark"] == ("nguồn không nêu số phiếu trả lời")


@pytest.mark.parametrize("code", ["9A001", "9A"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_paper_has_no_words_of_developers(written: Cast, code: str, language: str) -> None:
    said = plain_text(official_document(report(written, code, language=language)))
    for key in shipped():
        assert "_" not in key or key not in said, key
    assert "{" not in said
    assert "|" not in said.replace(" | ", " ")
    assert '"' not in said


def test_an_annex_says_whose_report_it_comes_with(written: Cast) -> None:
    said = squeezed(plain_text(official_document(report(written))))
    assert re.search(r"\(Kèm theo Báo cáo số .* của Ủy ban nhân dân xã Bến Mẫu\)", said)
    above = squeezed(plain_text(official_document(report(written, "9A"))))
    assert "của Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh Minh Họa)" in above


def test_a_paper_for_reference_is_sent_to_nobody_and_has_no_day(written: Cast) -> None:
    said = plain_text(official_document(report(written, "9A001", layout="party")))
    assert "Kính gửi" not in said
    assert "Bến Mẫu, ngày" not in said
    assert "Kính gửi" in plain_text(official_document(report(written)))


def test_a_real_unit_with_published_figures_is_no_demonstration(
    written: Cast, monkeypatch: Any
) -> None:
    from danchu.reporting.reviews.compose import composing

    unit = replace(report(written).unit, is_demo=False)
    stated = {
        f.key: f._replace(layer="stated") for f in report(written).figures if f.stated is not None
    }
    monkeypatch.setattr(composing, "unit_within", lambda *_: unit)
    monkeypatch.setattr(composing, "is_demonstration", lambda: True)
    monkeypatch.setattr(composing, "report_figures", lambda *_: stated)
    assert stated
    assert not report(written).is_demonstration
    first = next(iter(stated))
    stated[first] = stated[first]._replace(layer="recorded")
    assert report(written).is_demonstration
