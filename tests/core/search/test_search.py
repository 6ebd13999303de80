"""Finding public records by their words, alike on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.search import selectors
from danchu.core.search.models import IndexedRecord
from danchu.core.search.selectors import search
from danchu.core.search.services import index_record
from danchu.core.search.tokens import asked, words_of
from tests.civic.disclosure.made import publish, publish_names


def titles(text, **scope):
    return [hit.title for hit in search(NOBODY, text, **scope).hits]


def test_accents_that_were_typed_count_and_words_without_find_both(cast):
    with_accents = publish(cast.recorder_benmau, cast.benmau, title="Thu hồi đất", text="Xã").title
    without = publish(cast.recorder_benmau, cast.benmau, title="Thu hoi dat", text="Xã").title
    assert set(titles("dat")) == {with_accents, without}
    assert titles("đất") == [with_accents]
    assert titles("đát") == []
    assert titles("hồi dat") == [with_accents]
    assert set(titles("THU HOI")) == {with_accents, without}


@pytest.mark.parametrize(
    "question", ["hoà giải", "hòa giải", "HÒA  GIẢI", "hoa\u0300 giải", "hoa giai", "“hòa giải”!"]
)
def test_every_way_of_writing_an_accent_finds_the_word(cast, question):
    made = publish(cast.recorder_benmau, cast.benmau, title="Tổ hòa giải cơ sở").title
    assert titles(question) == [made]


@pytest.mark.parametrize("nothing", ["", "   ", "!?", "“”", "* OR -", "\U0001f600"])
def test_a_question_without_words_finds_nothing_and_breaks_nothing(cast, nothing):
    publish(cast.recorder_benmau, cast.benmau)
    found = search(NOBODY, nothing)
    assert (found.hits, found.total, found.more) == ((), 0, False) or asked(nothing) == ["or"]


@pytest.mark.parametrize(
    "text", ['"', "a' OR 1=1 --", "NEAR(a b)", "words:x", "a:* & !b | (c", "%"]
)
def test_signs_of_the_engines_are_only_signs(cast, text):
    publish(cast.recorder_benmau, cast.benmau)
    assert titles(text) == []


def test_number_text_and_table_are_searched_and_all_words_have_to_be_there(cast):
    table = {"header": ["Khoản", "Tiền"], "rows": [["Sửa kênh mương", 5_000_000]], "money": True}
    made = publish(cast.recorder_benmau, cast.benmau, table=table).title
    for question in ("12/QĐ-UBND", "khoản chi chính", "kênh mương", "ngan sach kenh"):
        assert titles(question) == [made], question
    assert titles("ngân sách mèo") == []


def test_the_newest_come_first_page_by_page_and_beyond_the_bound_nothing_is_counted(
    cast, monkeypatch
):
    for number in range(6):
        publish(
            cast.recorder_benmau, cast.benmau, title=f"Ngân sách {number}",
            on=dt.date(2026, 5, 20 + number),
        )  # fmt: skip
    assert titles("ngan sach", limit=2) == ["Ngân sách 5", "Ngân sách 4"]
    assert titles("ngan sach", limit=2, offset=4) == ["Ngân sách 1", "Ngân sách 0"]
    whole = search(NOBODY, "ngan sach")
    assert (whole.total, whole.more) == (6, False)
    monkeypatch.setattr(selectors, "MOST_FOUND", 4)
    some = search(NOBODY, "ngan sach", limit=3, offset=3)
    assert (len(some.hits), some.total, some.more) == (1, 4, True)
    assert search(NOBODY, "ngan sach", offset=4).hits == ()


def test_the_scope_is_a_unit_a_subtree_or_all(cast):
    here = publish(cast.recorder_benmau, cast.benmau, title="Ngân sách xã").title
    beside = publish(cast.recorder_caumau, cast.caumau, title="Ngân sách phường").title
    far = publish(cast.recorder_mautrung, cast.mautrung, title="Ngân sách tỉnh khác").title
    assert set(titles("ngan sach")) == {here, beside, far}
    assert titles("ngan sach", unit_id=cast.benmau) == [here]
    assert set(titles("ngan sach", below=cast.minhhoa)) == {here, beside}
    assert titles("ngan sach", kinds=["dialogue"]) == []
    assert titles("ngan sach", kinds=["disclosure"], unit_id=cast.caumau) == [beside]
    with pytest.raises(NotFound):
        titles("ngan sach", below=10**9)


def test_of_a_long_question_about_one_province_every_word_has_to_be_there(cast):
    made = publish(cast.recorder_benmau, cast.benmau, title="Quyết toán thu chi ngân sách 2025")
    question = "quyết toán thu chi ngân sách 2025"
    assert titles(question, below=cast.minhhoa) == [made.title]
    for odd in ("meo", "mèo", "2024", "nghieng"):  # shorter, written, as short, longest of all
        assert titles(f"{question} {odd}", below=cast.minhhoa) == [], odd
        assert titles(f"{odd} {question}", unit_id=cast.benmau) == [], odd


def test_what_is_internal_or_cancelled_is_not_found(cast):
    from danchu.civic.disclosure.services import cancel_notice

    made = publish(cast.recorder_benmau, cast.benmau, title="Ngân sách xã")
    publish(cast.recorder_benmau, cast.benmau, title="Ngân sách nội bộ", public=False)
    assert titles("ngan sach") == ["Ngân sách xã"]
    cancel_notice(actor=cast.leader_benmau, record_id=made.pk, reason="Ghi nhầm.")
    assert titles("ngan sach") == []
    assert not IndexedRecord.objects.exists()


def test_a_record_that_was_hidden_without_telling_the_index_is_not_shown(cast):
    made = publish(cast.recorder_benmau, cast.benmau, title="Ngân sách xã")
    made.record.visibility = "internal"
    made.record.save(update_fields=["visibility"])
    assert titles("ngan sach") == []
    assert search(cast.recorder_benmau, "ngan sach").hits == ()
    assert index_record(made.record, "Ngân sách xã", "") is False


def test_a_correction_is_found_by_what_it_says_now(cast):
    from danchu.civic.disclosure.services import correct_notice
    from tests.civic.disclosure.made import notice_input
    from tests.making import DAY

    made = publish(cast.recorder_benmau, cast.benmau, title="Ngân sách cũ")
    correct_notice(
        actor=cast.recorder_benmau, record_id=made.pk, version=1, occurred_on=DAY,
        content=notice_input(title="Học phí mới"), reason="Ghi nhầm tên.",
    )  # fmt: skip
    assert titles("cũ") == []
    assert titles("hoc phi") == ["Học phí mới"]


def test_names_of_a_list_are_never_found(cast):
    publish_names(cast.recorder_benmau, cast.benmau, title="Kết quả bình xét")
    assert titles("bình xét") == ["Kết quả bình xét"]
    assert titles("Đoàn Mẫu Một") == [] == titles("doan mau mot")


def test_one_question_costs_few_queries(cast, django_assert_max_num_queries):
    for number in range(12):
        publish(cast.recorder_benmau, cast.benmau, title=f"Ngân sách {number}")
    with django_assert_max_num_queries(2):
        assert len(search(NOBODY, "ngan sach", unit_id=cast.benmau).hits) == 12
    with django_assert_max_num_queries(4):  # the path, the units that have anything, the words
        assert len(search(NOBODY, "ngan sach", below=cast.minhhoa).hits) == 12


def test_where_nothing_is_in_the_index_nothing_of_others_is_found(cast):
    publish(cast.recorder_benmau, cast.benmau, title="Ngân sách xã")
    assert search(NOBODY, "ngan sach").total == 1
    assert search(NOBODY, "ngan sach", below=cast.minhhoa).total == 1
    assert search(NOBODY, "ngan sach", unit_id=cast.benmau, below=cast.minhhoa).total == 1
    assert search(NOBODY, "ngan sach", below=cast.maunguyen).total == 0
    assert search(NOBODY, "ngan sach", unit_id=cast.caumau).total == 0
    assert search(NOBODY, "ngan sach", unit_id=cast.benmau, below=cast.maunguyen).total == 0
    assert search(NOBODY, f"zqxu{cast.benmau} ngan", below=cast.maunguyen).total == 0


def test_words_are_plain_ascii_whatever_was_written():
    for text in ("Đường Nguyễn Huệ, 3 km²", "漢字 ﬁ Ⅳ ß", "a_b 12/QĐ"):
        assert words_of(text).isascii()
    assert asked("a b a b") == ["a", "b"]
    assert len(asked(" ".join(f"w{n}" for n in range(40)))) == 12


def test_the_index_of_the_engine_is_asked_and_not_every_row(cast):
    from django.db import connection

    publish(cast.recorder_benmau, cast.benmau, title="Ngân sách xã")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A handful of rows is read faster than any index.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
    rows = IndexedRecord.objects.filter(selectors._HasWords(asked("ngân sách")))
    assert rows.count() == 1
    plan = rows.explain()
    assert "search_indexedrecord_words" in plan or "VIRTUAL TABLE INDEX" in plan, plan
