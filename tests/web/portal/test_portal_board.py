"""The public board: what was made known, where it hangs, until when; names only while they may."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid

import pytest

from danchu.civic.disclosure.selectors import Quarter, paper
from danchu.civic.disclosure.services import (
    cancel_notice,
    correct_notice,
    hand_in_document,
    table_from_xlsx,
)
from danchu.core.clock import on_day
from danchu.core.law.selectors import current_catalogue
from tests.civic.disclosure.made import (
    HALL,
    HEADQUARTERS,
    document,
    notice_input,
    publish,
    publish_names,
    publish_register_now,
    sheet,
)
from tests.making import DAY

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"
MONEY = {
    "header": ["TT", "Nội dung", "Dự toán"],
    "rows": [
        ["", "Tổng chi", 10_000_000],
        ["1", "Chi đường <b>thôn</b>", 6_000_000],
        ["2", "=Chi khác", 4_000_000],
    ],
    "money": True,
}


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def of(notice):
    return f"{BOARD}{notice.record.public_id}/"


def test_a_notice_shows_what_where_until_when_and_on_what_it_rests(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL)
    shown = page(client, of(made))
    for words in (
        "Dự toán thu, chi ngân sách xã năm 2026",
        "Công khai thứ Tư, 20/05/2026. Văn bản số 12/QĐ-UBND ngày 18/05/2026",
        "Tổng thu, tổng chi và các khoản chi chính.",
        "Trụ sở UBND xã",
        "Nhà văn hóa thôn Mẫu Lai",
        "<b>Ngày 21/30</b>, còn 9 ngày",
        "19/06/2026",
        "10/2022/QH15",
        'property="og:title" content="Dự toán thu, chi ngân sách xã năm 2026',
        f"Xem đầy đủ: http://testserver{of(made)}",
    ):
        assert words in shown, words
    assert "ghiviec" not in shown and "noindex" not in shown
    listed = page(client, BOARD)
    assert of(made) in listed and "Niêm yết tại trụ sở, nhà văn hóa." in listed
    assert of(made) in page(client, "/dia-phuong/9A001-xa-ben-mau/")
    assert of(made) not in page(client, "/dia-phuong/9A002-phuong-cau-mau/cong-khai/")


def test_what_is_internal_or_cancelled_is_not_there_and_the_id_alone_finds_the_rest(cast, client):
    from danchu.civic.disclosure.services import cancel_notice

    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    wrong = client.get(of(made).replace("9A001-xa-ben-mau", "9A002-phuong-cau-mau"))
    assert (wrong.status_code, wrong["Location"]) == (301, of(made))
    assert client.get("/dia-phuong/9A001/cong-khai/").status_code == 301
    cancel_notice(actor=cast.leader_benmau, record_id=made.pk, reason="Ghi nhầm.")
    hidden = publish(cast.recorder_benmau, cast.benmau, title="Việc nội bộ", public=False)
    for gone in (made, hidden):
        assert client.get(of(gone)).status_code == 404
        assert client.get(of(gone) + "bang.csv").status_code == 404
        assert gone.title not in page(client, BOARD)
    assert client.get(f"{BOARD}{uuid.uuid4()}/").status_code == 404


def test_an_interruption_is_seen_as_one_and_the_days_begin_anew(cast, client):
    from danchu.civic.disclosure.services import interrupt_posting, resume_posting

    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    posting = made.postings.select_related("record").get()
    interrupt_posting(
        actor=cast.recorder_benmau,
        posting_id=posting.pk,
        version=posting.record.version,
        from_on=dt.date(2026, 6, 3),
        reason="Mưa làm rách.",
    )
    during = page(client, of(made))
    assert "Đang gián đoạn" in during
    assert "Gián đoạn từ 03/06/2026: Mưa làm rách." in during
    assert 'class="void"' in during and 'class="done"' not in during
    assert "từ 03/06; được tính 0/30 ngày, niêm yết lại thì tính lại từ đầu" in during
    assert "19/06/2026" not in during  # the day that would have ended it
    posting.record.refresh_from_db()
    resume_posting(
        actor=cast.recorder_benmau,
        posting_id=posting.pk,
        version=posting.record.version,
        on=dt.date(2026, 6, 5),
    )
    after = page(client, of(made))
    assert "tính lại từ 05/06" in after and "<b>Ngày 5/30</b>" in after
    assert "Gián đoạn từ 03/06/2026 đến 04/06/2026: Mưa làm rách." in after
    assert "Có 1 lần gián đoạn." in page(client, BOARD)


def test_a_correction_and_what_it_corrects_lead_to_each_other(cast, client):
    first = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    second = publish(
        cast.recorder_benmau, cast.benmau, title="Đính chính dự toán", corrects_id=first.pk
    )
    assert of(second) in page(client, of(first))
    assert "Nội dung này đã được đính chính ngày 20/05/2026" in page(client, of(first))
    assert of(first) in page(client, of(second))
    listed = page(client, BOARD)
    assert "Đã có đính chính" in listed and "Đính chính</span>" in listed


def test_money_is_a_chart_with_its_sentence_its_table_and_its_files(cast, client):
    made = publish(cast.recorder_benmau, cast.benmau, table=MONEY)
    shown = page(client, of(made))
    assert (
        "Dự toán: Tổng chi là 10.000.000 đồng; khoản lớn nhất là Chi đường &lt;b&gt;thôn" in shown
    )
    assert shown.count('class="fill"') == 2  # the total is told, not drawn beside its parts
    assert 'class="fill" width="100"' in shown and 'class="fill" width="67"' in shown
    text = client.get(of(made) + "bang.csv").content.decode("utf-8-sig").splitlines()
    assert text[0] == "TT,Nội dung,Dự toán"
    assert text[3] == "2,'=Chi khác,4000000"
    from python_calamine import CalamineWorkbook

    book = client.get(of(made) + "bang.xlsx")
    assert "attachment" in book["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert rows.to_python()[2][1:] == ["Chi đường <b>thôn</b>", 6_000_000]
    plain = publish(cast.recorder_benmau, cast.benmau, title="Không bảng")
    assert client.get(of(plain) + "bang.xlsx").status_code == 404


def test_documents_are_taken_home_from_the_page(cast, client):
    handed = hand_in_document(
        actor=cast.recorder_benmau,
        unit_id=cast.benmau,
        data=document("Dự toán."),
        name="qd 12.docx",
    )
    made = publish(cast.recorder_benmau, cast.benmau, text="", documents=(handed,))
    shown = page(client, of(made))
    assert "qd 12.docx" in shown and of(made) + "tep-1.docx" in shown
    assert "Nội dung đầy đủ có trong văn bản được niêm yết" not in shown
    taken = client.get(of(made) + "tep-1.docx")
    assert taken["Cache-Control"] == "no-store" and "attachment" in taken["Content-Disposition"]
    assert b"".join(taken.streaming_content).startswith(b"PK")
    for gone in ("tep-2.docx", "tep-1.pdf", "tep-1.docx?x=1", "tep-x.docx"):
        assert client.get(of(made) + gone).status_code in (400, 404), gone


def test_the_board_is_narrowed_by_clause_and_by_what_hangs_today(cast, client):
    hangs = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, title="Đang treo")
    over = publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        on=dt.date(2026, 3, 2),
        decided_on=dt.date(2026, 3, 2),
        title="Đã hết hạn",
    )
    other = publish(
        cast.recorder_benmau, cast.benmau, rule_key="xa_ck_07", title="Kết quả bình xét"
    )
    by_clause = page(client, BOARD + "?khoan=xa_ck_07")
    assert of(other) in by_clause and of(hangs) not in by_clause
    by_state = page(client, BOARD + "?tinh-trang=dang-niem-yet")
    assert of(hangs) in by_state and of(over) not in by_state and of(other) not in by_state
    assert client.get(BOARD + "?khoan=xa_ck_01").status_code == 404
    for unknown in ("?x=1", "?tinh-trang=moi", "?trang=hai"):
        assert client.get(BOARD + unknown).status_code == 400


def test_a_clause_is_chosen_by_its_citation_and_its_whole_name_can_be_read(cast, client):
    publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS)
    name = current_catalogue().rules["xa_ck_02"].title_vi
    whole = page(client, BOARD)
    (option,) = re.findall(r'<option value="xa_ck_02"([^>]*)>([^<]+)<', whole)
    assert option == (f' title="{name}"', "Khoản 2 Điều 11: Dự toán, thực hiện theo quý…")
    link = f'<a href="{BOARD}?khoan=xa_ck_02"><b>Khoản 2 Điều 11</b>: {name}</a>'
    assert link in whole and f'<p class="hint whole">{name}</p>' not in whole
    chosen = page(client, BOARD + "?khoan=xa_ck_02")
    assert f'title="{name}" selected' in chosen and f'<p class="hint whole">{name}</p>' in chosen
    assert "Article 11, clause 2: Commune budget estimate" in page(client, "/en" + BOARD)


def test_amounts_of_a_sheet_that_states_its_unit_stand_with_it_in_table_and_chart(cast, client):
    rows = (("Nội dung", "Dự toán"), ("Tổng chi", 30), ("Chi đường", 12), ("Chi trường", 18))
    told = table_from_xlsx(sheet(("Đơn vị tính: triệu đồng",), *rows))
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, table=told)
    shown = page(client, of(made))
    assert "Đơn vị tiền: đồng" in shown and "18.000.000" in shown
    assert "Biểu đồ cột “Dự toán”, đơn vị đồng, thanh tính từ 0." in shown
    silent = publish(
        cast.recorder_benmau,
        cast.benmau,
        HEADQUARTERS,
        title="Không ghi đơn vị",
        table=table_from_xlsx(sheet(*rows)),
    )
    shown = page(client, of(silent))
    assert "Đơn vị tiền" not in shown and "18.000" not in shown and "Biểu đồ" not in shown


def test_the_list_goes_page_by_page_and_costs_few_queries(
    cast, client, django_assert_max_num_queries
):
    for number in range(22):
        publish(
            cast.recorder_benmau,
            cast.benmau,
            HEADQUARTERS,
            on=dt.date(2026, 4, 1) + dt.timedelta(number),
            decided_on=dt.date(2026, 4, 1),
            title=f"Nội dung số {number}.",
        )
    with django_assert_max_num_queries(12):
        first = page(client, BOARD)
    assert "Nội dung số 21." in first and "Nội dung số 1." not in first
    assert "?trang=2" in first
    second = page(client, BOARD + "?trang=2")
    assert "Nội dung số 1." in second and "Nội dung số 21." not in second
    assert client.get(BOARD + "?trang=3").status_code == 404
    made = publish(cast.recorder_benmau, cast.benmau, HEADQUARTERS, HALL, table=MONEY)
    with django_assert_max_num_queries(18):
        page(client, of(made))


NAME = "Đoàn Mẫu Một"
LAST = dt.date(2026, 6, 19)  # thirty days from 20 May


@pytest.mark.parametrize("forgotten", [False, True])
def test_names_are_on_the_page_while_it_hangs_and_nowhere_after(
    cast, client, monkeypatch, forgotten
):
    """K8: page, board, feed, search, open data, files and kept pages."""
    handed = hand_in_document(
        actor=cast.recorder_benmau, unit_id=cast.benmau, data=document(), name="qd.docx"
    )
    made = publish_names(
        cast.recorder_benmau, cast.benmau, HEADQUARTERS, table=MONEY, documents=(handed,)
    )
    address = of(made)
    taken = client.get(address + "tep-1.docx")
    assert taken.status_code == 200 and b"".join(taken.streaming_content)
    during = page(client, address)
    assert NAME in during and "noindex" in during and "19/06/2026" in during
    for named in (address, address, address + "bang.csv", address + "bang.xlsx"):
        assert client.get(named)["Cache-Control"] == "no-store", named
    plain = of(publish(cast.recorder_benmau, cast.benmau, table=MONEY))
    for unnamed in (plain, plain, plain + "bang.csv"):
        assert client.get(unnamed)["Cache-Control"].startswith("public"), unnamed
    elsewhere = [
        BOARD,
        BOARD + "nguon.atom",
        BOARD + "lich.ics",
        "/tim/?q=Đoàn+Mẫu",
        "/tim/?q=mot&don-vi=9A001",
        "/api/v1/units/9A001",
        "/open-data/",
        "/dia-phuong/9A001-xa-ben-mau/",
        address + "bang.csv",
        address + "bai-doc.txt",
        "/",
    ]
    for other in elsewhere:
        assert NAME not in client.get(other).content.decode("utf-8"), other
    for word in NAME.split():
        assert address not in client.get("/tim/", {"q": f"{word} Một"}).content.decode()
    monkeypatch.setenv("DANCHU_TODAY", LAST.isoformat())
    assert NAME in page(client, address)
    monkeypatch.setenv("DANCHU_TODAY", (LAST + dt.timedelta(1)).isoformat())
    if forgotten:
        from danchu.civic.disclosure.services import forget_names

        with on_day(LAST + dt.timedelta(1)):
            assert forget_names() == 1
    after = page(client, address)
    assert client.get(address + "tep-1.docx").status_code == 404  # it may hold them too
    assert NAME not in after and "Danh sách 2 người đã hiện đến hết ngày 19/06/2026" in after
    for other in elsewhere:
        assert NAME not in client.get(other).content.decode("utf-8"), other
    assert NAME not in client.get("/en" + address).content.decode()


def test_a_change_shows_at_once(cast, client):
    from danchu.civic.disclosure.services import PostingInput, add_posting

    made = publish(cast.recorder_benmau, cast.benmau)
    assert "Chưa ghi nơi niêm yết." in page(client, of(made))
    add_posting(
        actor=cast.recorder_benmau,
        notice_id=made.pk,
        content=PostingInput(kind="headquarters", place="Bảng tin số 7", starts_on=DAY),
    )
    assert "Bảng tin số 7" in page(client, of(made))


def test_a_register_tells_everybody_only_that_a_line_was_withdrawn(cast, client):
    actor = cast.recorder_benmau
    kept = publish(actor, cast.benmau, title="Lịch tiếp công dân", document_number="01/TB-UBND")
    hidden = publish(actor, cast.benmau, title="Danh mục riêng", document_number="77/QĐ-UBND")
    wrong = publish(actor, cast.benmau, title="Ghi nhầm xã", document_number="78/QĐ-UBND")
    register = publish_register_now(actor=actor, unit_id=cast.benmau, quarter=Quarter(2026, 2))
    here = f"{BOARD}{register.record.public_id}/"
    files = [here + "bang.csv", here]

    def told(address):
        return client.get(address).content.decode()

    assert all(wrong.title in told(one) and "77/QĐ-UBND" in told(one) for one in files)
    correct_notice(
        actor=actor,
        record_id=hidden.pk,
        version=1,
        occurred_on=hidden.record.occurred_on,
        content=notice_input(title="Danh mục riêng", public=False),
        reason="Chuyển nội bộ",
    )
    cancel_notice(actor=actor, record_id=wrong.pk, reason="Ghi nhầm xã")
    for one in files:
        text = told(one)
        assert kept.title in text and text.count("Nội dung này đã rút, không còn công khai") == 2
        for gone in (hidden.title, wrong.title, "77/QĐ-UBND", "78/QĐ-UBND"):
            assert gone not in text, (one, gone)
    assert wrong.title in str(paper(actor, register.record.public_id).table)


def test_what_hangs_nowhere_says_so_on_the_board(cast, client):
    publish(cast.recorder_benmau, cast.benmau)
    assert "Chưa ghi nơi niêm yết." in page(client, BOARD)
    publish(cast.recorder_benmau, cast.benmau, HALL, title="Nội dung đã niêm yết")
    assert page(client, BOARD).count("Chưa ghi nơi niêm yết.") == 1
