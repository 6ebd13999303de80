"""Clauses as officers say them."""

from __future__ import annotations

import pytest

from danchu.core.law.citing import cited, clause_of, said_article
from danchu.core.law.shipped import shipped_catalogue


@pytest.mark.parametrize(
    ("article", "vi", "en"),
    [
        ("11.2; 12.3; 13", "khoản 2 Điều 11; khoản 3 Điều 12; Điều 13", "Article 11, clause 2"),
        ("43.1.đ", "điểm đ khoản 1 Điều 43", "Article 43, clause 1, point đ"),
        ("23-24", "Điều 23-24", "Articles 23-24"),
        ("Phụ lục I.II.3", "Phụ lục I.II.3", "Phụ lục I.II.3"),
        (
            "10 (sửa 16.1 NĐ 124/2020)",
            "Điều 10 (sửa khoản 1 Điều 16 NĐ 124/2020)",
            "Article 10 (sửa Article 16, clause 1 NĐ 124/2020)",
        ),
    ],
)
def test_an_article_is_said_as_officers_say_it(article: str, vi: str, en: str) -> None:
    said = said_article(article)
    assert said.vi == vi
    assert said.en.startswith(en)


def test_a_rule_is_called_by_its_clause_and_rests_on_its_instrument() -> None:
    rules = shipped_catalogue().rules
    budget = rules["xa_ck_02"]
    assert clause_of(budget).vi == "khoản 2 Điều 11"
    assert cited(budget).vi.endswith("Điều 13 Luật số 10/2022/QH15")
    assert cited(budget).en.endswith("Article 13, Law 10/2022/QH15")
    assert "Nghị định số 145/2020/NĐ-CP" in cited(rules["nlv_ck_a"]).vi
    assert all(cited(rule).vi for rule in rules.values())


def test_an_instrument_is_called_by_its_kind() -> None:
    rules = shipped_catalogue().rules
    assert cited(rules["dang_xa"]).vi == "Kết luận số 215-KL/TW"
    assert cited(rules["sipas"]).en == "Decision 1001/QĐ-BNV"
