"""The report page: figures that open, findings, zeros by name, rounds and files."""

from __future__ import annotations

import uuid

from danchu.core.outbox.models import Message
from danchu.core.records.services import FIGURES
from danchu.reporting.figures.models import ConfirmedState
from danchu.reporting.reviews.models import Note
from danchu.reporting.rounds.models import Round, Submission
from danchu.web.office.periods import download_name, period_label, round_title
from tests.making import hold

PERIOD = "nd09:2026H1"
PAGE = f"/office/bao-cao/9A001/{PERIOD}/"


def test_a_figure_of_the_report_opens_onto_its_records(cast, as_person, a_dialogue, settle):
    client = as_person(cast.reporter_benmau)
    client.get(PAGE)
    settle()
    page = client.get(PAGE).content.decode()
    assert "so=opinions_received" in page
    opened = client.get(f"{PAGE}?so=opinions_received").content.decode()
    assert "Rác để lâu ở đầu thôn." in opened
    evidence = client.get(f"/office/so-lieu/9A001/{PERIOD}/opinions_received/")
    assert "Đường ngõ xóm ngập khi mưa." in evidence.content.decode()


def test_reports_and_figures_stay_inside_the_unit_and_above_it(cast, as_person, a_dialogue, settle):
    addresses = (
        PAGE,
        f"/office/so-lieu/9A001/{PERIOD}/",
        f"/office/so-lieu/9A001/{PERIOD}/opinions_received/",
        f"{PAGE}tai-ve/pdf/",
    )
    for address in addresses:
        for person in (cast.reporter_benmau, cast.committee_minhhoa, cast.viewer):
            assert as_person(person).get(address).status_code == 200, (address, person)
            settle()
        for person in (cast.reporter_caumau, cast.committee_maunguyen, cast.outsider):
            assert as_person(person).get(address).status_code in (403, 404), (address, person)


def test_the_half_years_of_two_cuts_are_told_apart_by_the_name_of_the_page(cast, as_person):
    province = as_person(cast.committee_minhhoa)
    names = {
        "2026H1": "6 tháng đầu năm 2026, năm dương lịch",
        PERIOD: "6 tháng đầu năm 2026",
        "2026Q1": "quý I năm 2026",
    }
    for code, name in names.items():
        page = province.get(f"/office/bao-cao/9A/{code}/").content.decode()
        assert f"<title>Báo cáo {name}: tỉnh Minh Họa" in page, code
        assert f"<h1>Báo cáo {name}: tỉnh Minh Họa</h1>" in page, code
        # The paper itself gives the days.
        assert "năm dương lịch" not in page.partition('<article class="paper"')[2], code
    assert as_person(cast.reporter_caumau).get("/office/bao-cao/9A/2026H1/").status_code == 403


def test_unknown_units_periods_keys_and_parameters_are_refused(cast, as_person):
    client = as_person(cast.reporter_benmau)
    for address, status in (
        ("/office/bao-cao/9X9/2026H1/", 404),
        ("/office/bao-cao/9A001/2026H7/", 400),
        (f"{PAGE}?so=khong_co", 404),
        (f"{PAGE}?la=1", 400),
        (f"{PAGE}?the-thuc=tuy-thich", 400),
        (f"{PAGE}tai-ve/exe/", 404),
    ):
        assert client.get(address).status_code == status, address


def test_a_report_is_set_only_in_the_layout_of_its_issuing_body(cast, as_person):
    state, party = as_person(cast.reporter_benmau), as_person(cast.committee_minhhoa)
    for client, page, own, other in (
        (state, PAGE, "state", "party"),
        (party, f"/office/bao-cao/9A/{PERIOD}/", "party", "state"),
    ):
        found = client.get(f"{page}?the-thuc={own}")
        assert found.status_code == 200
        assert f"the-thuc={other}" not in found.content.decode()
        for address in (page, f"{page}tai-ve/docx/", f"{page}tai-ve/pdf/"):
            assert client.get(f"{address}?the-thuc={other}").status_code == 400, address


def test_a_village_is_offered_no_paper_and_told_why(cast, as_person, settle):
    client = as_person(cast.reporter_benmau)
    page = f"/office/bao-cao/9A001.02/{PERIOD}/"
    shown = client.get(page)
    assert shown.status_code == 200
    settle()
    text = shown.content.decode()
    assert "không phải là cơ quan ban hành văn bản" in text
    assert "tai-ve/pdf" not in text and "tai-ve/docx" not in text and "ban-chot" not in text
    assert "tai-ve/xlsx" in text
    for fmt, status in (("pdf", 400), ("docx", 400), ("html", 400), ("xlsx", 200)):
        assert client.get(f"{page}tai-ve/{fmt}/").status_code == status, fmt
    company = client.get(f"/office/bao-cao/9A001.MAY/{PERIOD}/").content.decode()
    assert "tai-ve/pdf" in company and "Ủy ban nhân dân Công ty" not in company


def test_the_page_has_the_head_of_the_paper_its_addressee_and_its_foot(cast, as_person):
    text = as_person(cast.reporter_benmau).get(PAGE).content.decode()
    paper = text[text.index('<article class="paper"') : text.index("</article>")]
    head, _, rest = paper.partition('class="ttl last"')
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head and "XÃ BẾN MẪU" in head
    assert "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa." in " ".join(rest.split())
    assert "Căn cứ Luật Thực hiện dân chủ" in rest and "TM. ỦY BAN NHÂN DÂN" in rest
    # For everybody who reads the page, not only for the printer.
    assert "aria-hidden" not in head and "on-paper" not in paper
    party = f"/office/bao-cao/9A.BCD/{PERIOD}/"
    text = as_person(cast.committee_minhhoa).get(party).content.decode()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text and "TRƯỞNG BAN" in text
    assert "Độc lập" not in text and "Kính gửi" not in text


def test_the_report_is_taken_away_in_four_formats(cast, as_person, a_dialogue, settle):
    client = as_person(cast.reporter_benmau)
    for fmt in ("docx", "pdf", "xlsx"):  # never of a period that is not computed yet
        early = client.get(f"{PAGE}tai-ve/{fmt}/")
        assert (early.status_code, early["Retry-After"], early["Refresh"]) == (503, "3", "3")
        assert "Đang tính số liệu của kỳ này lần đầu" in early.content.decode()
    page = client.get(PAGE).content.decode()
    assert "Đang tính số liệu của kỳ này lần đầu" in page and "chưa có số liệu." not in page
    settle()
    for fmt, begins in (
        ("docx", b"PK"),
        ("pdf", b"%PDF"),
        ("html", b"<!doctype html>"),
        ("xlsx", b"PK"),
    ):
        answer = client.get(f"{PAGE}tai-ve/{fmt}/")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        name = f"BC dan chu 6 thang dau nam 2026 - xa Ben Mau.{fmt}"
        assert f'filename="{name}"' in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]


def test_findings_are_written_once_and_can_be_taken_out(cast, as_person):
    client = as_person(cast.reporter_benmau)
    typed = {"kind": "limitation", "text": "Niêm yết ở một số thôn chưa đều."}
    page = PAGE + "nhan-xet/"
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed).status_code == 400
    assert client.post(page, {"kind": "limitation", "text": ""}).status_code == 400
    assert "Niêm yết ở một số thôn chưa đều" in client.get(PAGE).content.decode()
    note = Note.objects.get()
    assert as_person(cast.reporter_caumau).post(page, {"bo": note.pk}).status_code == 403
    assert client.post(page, {"bo": note.pk}).status_code == 302
    assert "Niêm yết ở một số thôn chưa đều" not in client.get(PAGE).content.decode()


def test_findings_stand_in_the_order_of_the_paper(cast, as_person):
    client = as_person(cast.reporter_benmau)
    page = PAGE + "nhan-xet/"
    kinds = ["recommendation", "task", "cause", "limitation", "achievement"]
    for kind in kinds:
        client.post(page, {"kind": kind, "text": f"Ý về {kind}."})
    text = client.get(page).content.decode()
    assert sorted(kinds, key=lambda kind: text.index(f"Ý về {kind}.")) == kinds[::-1]


def test_zeros_are_confirmed_by_name_and_a_reason_is_asked_where_none_applies(cast, as_person):
    client = as_person(cast.reporter_benmau)
    page = PAGE + "xac-nhan/"
    keys = ["trainings_held", "labour_days"]
    assert client.post(page, {"chi-tieu": keys, "trang-thai": "zero"}).status_code == 302
    assert ConfirmedState.objects.filter(state="zero").count() == 2
    for wrong in (
        {"trang-thai": "zero"},
        {"chi-tieu": ["khong_co"], "trang-thai": "zero"},
        {"chi-tieu": keys, "trang-thai": "not_applicable"},
        {"chi-tieu": keys, "trang-thai": "reported"},
    ):
        assert client.post(page, wrong).status_code == 400, wrong
    assert as_person(cast.recorder_benmau).post(page, {}).status_code == 403
    assert client.post(page, {"rut": "labour_days"}).status_code == 302
    assert ConfirmedState.objects.count() == 1


def test_a_round_goes_from_opening_over_submission_to_return_and_acceptance(cast, as_person):
    committee, reporter = as_person(cast.committee_minhhoa), as_person(cast.reporter_benmau)
    opening = f"/office/bao-cao/mo-dot/{PERIOD}/"
    typed = {"title": "Đợt thử", "cut_off": "14/06/2026", "due_on": "16/06/2026"}
    assert reporter.post(opening, typed).status_code == 403
    assert committee.post(opening, {**typed, "due_on": "01/06/2026"}).status_code == 400
    assert committee.post(opening, typed).status_code == 302
    assert committee.post(opening, typed).status_code == 400
    found = Round.objects.get()
    assert {e.unit_id for e in found.expected.all()} == {cast.benmau, cast.caumau}

    step = reporter.get(PAGE + "nop/").content.decode()
    assert "Số liệu sẽ nộp (bản số 1)" in step
    assert Submission.objects.count() == 0  # looking hands nothing in
    assert as_person(cast.recorder_benmau).get(PAGE + "nop/").status_code == 403
    assert as_person(cast.reporter_caumau).get(PAGE + "nop/").status_code == 403
    key = str(uuid.uuid4())
    for _ in range(2):
        assert reporter.post(PAGE + "nop/", {"client_key": key}).status_code == 302
    assert Submission.objects.count() == 1
    above = f"/office/bao-cao/9A/{PERIOD}/"
    missing = committee.get(above).content.decode()
    assert "Phường Cầu Mẫu" in missing
    number = Submission.objects.get().pk
    returned = {"ban-nop": number, "viec": "tra", "reason": "Thiếu số lượt tiếp công dân"}
    assert reporter.post(above + "ban-nop/", returned).status_code == 403
    wrong = committee.post(above + "ban-nop/", {**returned, "reason": ""})
    assert wrong.status_code == 400
    text = wrong.content.decode()
    assert "Phường Cầu Mẫu" in text  # the page itself, not a page of a refusal
    assert f'id="loi-{number}" role="alert"' in text
    long = committee.post(above + "ban-nop/", {**returned, "reason": "dài " * 200})
    assert long.status_code == 400
    assert "dài dài dài" in long.content.decode()  # what was typed is kept
    assert committee.post(above + "ban-nop/", returned).status_code == 302
    assert "Thiếu số lượt tiếp công dân" in reporter.get(PAGE).content.decode()
    assert reporter.post(PAGE + "nop/", {"client_key": str(uuid.uuid4())}).status_code == 302
    second = Submission.objects.order_by("-number").first()
    assert second is not None
    accepted = {"ban-nop": second.pk, "viec": "nhan"}
    assert committee.post(above + "ban-nop/", accepted).status_code == 302
    late = reporter.post(PAGE + "nop/", {"client_key": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "Đề nghị cấp trên trả lại" in late.content.decode()
    assert (
        "Số liệu sẽ nộp (bản số" in late.content.decode()
    )  # the step itself, with the refusal on it
    again = committee.post(above + "ban-nop/", accepted)
    assert (again.status_code, "Bản này đã được xử lý." in again.content.decode()) == (409, True)


def test_zeros_are_in_the_report_as_soon_as_they_are_confirmed(cast, as_person, settle):
    client = as_person(cast.reporter_benmau)
    client.get(PAGE)
    settle()
    typed = {"chi-tieu": ["trainings_held"], "trang-thai": "zero"}
    answer = client.post(PAGE + "xac-nhan/", typed, follow=True)
    text = answer.content.decode()
    assert "Đã xác nhận 1 chỉ tiêu." in text
    assert "1 chỉ tiêu bằng 0 đã xác nhận" in text
    assert not Message.objects.filter(topic=FIGURES).exists()


def test_a_page_says_that_what_was_just_written_is_not_in_its_figures_yet(cast, as_person, settle):
    client, above = as_person(cast.reporter_benmau), as_person(cast.committee_minhhoa)
    pages = ((client, PAGE), (client, f"/office/so-lieu/9A001/{PERIOD}/"))
    pages += ((above, f"/office/bao-cao/9A/{PERIOD}/"),)
    client.get(PAGE)
    settle()
    words = "Có nội dung vừa ghi chưa vào số liệu"
    for person, address in pages:
        assert words not in person.get(address).content.decode(), address
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    for person, address in pages:
        assert words in person.get(address).content.decode(), address
    other = as_person(cast.reporter_caumau).get(PAGE.replace("9A001", "9A002"))
    assert words not in other.content.decode()
    settle()
    assert words not in client.get(PAGE).content.decode()


def test_what_was_ticked_and_typed_stays_when_zeros_are_refused(cast, as_person):
    client = as_person(cast.reporter_benmau)
    typed = {"chi-tieu": ["labour_days"], "trang-thai": "sai", "ly-do": "Không có thôn nào"}
    text = client.post(PAGE + "xac-nhan/", typed).content.decode()
    assert 'value="labour_days" checked' in text
    assert 'value="Không có thôn nào"' in text


def test_a_round_is_opened_from_the_list_and_never_due_on_a_day_off(cast, as_person):
    committee = as_person(cast.committee_minhhoa)
    opening = f"/office/bao-cao/mo-dot/{PERIOD}/"
    assert f"{opening}?don-vi=9A" in committee.get("/office/bao-cao/").content.decode()
    assert opening not in as_person(cast.viewer).get("/office/bao-cao/").content.decode()
    blank = committee.get(opening).content.decode()
    assert 'value="16/06/2026"' in blank  # a Tuesday
    title = "Báo cáo kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026"
    assert f'value="{title}"' in blank
    yearly = committee.get("/office/bao-cao/mo-dot/2026Q3/").content.decode()
    assert 'value="02/10/2026"' in yearly  # a Friday
    month = committee.get("/office/bao-cao/mo-dot/2026M07/").content.decode()
    assert 'value="03/08/2026"' in month  # two days after 31/7 is a Sunday
    typed = {"title": "Đợt thử", "cut_off": "14/06/2026", "due_on": "16/06/2026"}
    committee.post(opening, typed)
    assert f"{opening}?don-vi=9A" not in committee.get("/office/bao-cao/").content.decode()


def test_half_years_of_one_name_are_told_apart_by_their_days(cast, as_person):
    page = as_person(cast.reporter_benmau).get("/office/bao-cao/").content.decode()
    assert "6 tháng đầu năm 2026, năm dương lịch" in page
    assert "năm 2026, năm dương lịch" in page.lower()
    assert "01/1" not in page
    assert period_label("2026Q2") == "quý II năm 2026"
    assert round_title("bcd-9A:dot-1") == (
        "Báo cáo kết quả thực hiện dân chủ ở cơ sở kỳ bcd-9A:dot-1"
    )
    assert download_name("2026", "Đặc khu Mẫu", "pdf") == "BC dan chu nam 2026 - Dac khu Mau.pdf"
