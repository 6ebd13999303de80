"""Search and sorting: the same on every database because the text itself is made so."""

from __future__ import annotations

import itertools
import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.core.text import fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Khiếu nại về đất đai", "khieu nai ve dat dai"),
        ("ĐẤT ĐAI", "dat dai"),
        (unicodedata.normalize("NFD", "Ủy ban Mặt trận"), "uy ban mat tran"),
        ("  hai\u00a0 bên\n\tcùng ", "hai ben cung"),
        ("dân\u200bchủ", "danchu"),
        ("4.200 m²", "4.200 m2"),
        ("Ðông", "dong"),
        ("ÅNGSTRÖM ﬁle", "angstrom file"),
        ("54-KL/TW", "54-kl/tw"),
        ("", ""),
    ],
)
def test_folding_leaves_what_is_searched(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_a_plain_one() -> None:
    for base, marks in itertools.product(
        "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ", ("", *"\u0300\u0301\u0303\u0309\u0323")
    ):
        assert fold(base + marks) in set("aeiouyd")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == once


@pytest.mark.parametrize(
    "order",
    [
        ["An", "Ăn", "Ấn", "Da", "Đà", "On", "Ôn", "Ơn", "U", "Ư"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["Bến Mẫu", "Bến Mẫu A", "Bình Mẫu", "Cầu Mẫu"],
        ["An", "Án", "An Bình", "Anh"],
        ["Tổ", "Tổ 2", "Tổ 02 A", "Tổ 10", "Tổ 100", "Tổ An"],
        ["9", "10", "a"],
        ["Thôn 1", "Thôn 1A", "Thôn 2", "Thôn Đoài", "Thôn Thượng"],
        ["z", "я"],
    ],
)
def test_names_sort_as_a_vietnamese_reader_expects(order: list[str]) -> None:
    for shuffled in (order[::-1], order[1:] + order[:1]):
        assert sorted(shuffled, key=sort_key) == order


def test_letters_decide_before_tones_and_case_never_does() -> None:
    assert sorted(["Hòa Bình", "Hoa Mai", "Hoa Bình"], key=sort_key) == [
        "Hoa Bình",
        "Hòa Bình",
        "Hoa Mai",
    ]
    assert sort_key("BẾN MẪU") == sort_key("bến mẫu") == sort_key("Bến-Mẫu ")
    assert sort_key("Hoà Bình") == sort_key("Hòa Bình")
    assert sort_key(unicodedata.normalize("NFD", "Đà Nẵng")) == sort_key("Đà Nẵng")


@given(st.text())
def test_a_key_holds_only_digits_and_never_more_than_its_column(text: str) -> None:
    key = sort_key(text)
    assert set(key) <= set("0123456789")
    assert len(key) <= 10 * len(unicodedata.normalize("NFD", text)) + 2


@given(st.text(alphabet="aăâàáạbBđĐ eêu 0129,-", max_size=60))
def test_the_key_of_a_vietnamese_name_is_at_most_four_digits_a_letter(text: str) -> None:
    assert len(sort_key(text)) <= 4 * len(text) + 2


@given(st.lists(st.text(alphabet="aăâàbcdđ 12", max_size=6), max_size=8))
def test_a_database_sorts_the_key_as_python_does(names: list[str]) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("create table t (name text, key text)")
        db.executemany("insert into t values (?, ?)", [(n, sort_key(n)) for n in names])
        found = [key for (key,) in db.execute("select key from t order by key")]
    assert found == sorted(map(sort_key, names))
