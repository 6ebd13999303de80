"""A paragraph whose figures lack units says of how many they are, shortly."""

from __future__ import annotations

from typing import Any

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reviews.compose.coverage import coverage_said
from tests.reporting.reviews.test_compose import made_up

KEYS = ("dialogues_held", "opinions_received", "opinions_answered", "citizens_received")


def figures(*counts: tuple[int, int], layer: str = "reported") -> list[Any]:
    return [
        made_up(shipped()[key], 1)._replace(n_reported=n, n_expected=of, layer=layer)
        for key, (n, of) in zip(KEYS, counts, strict=False)
    ]


def said(given: list[Any], language: str = "vi") -> str:
    kinds = "xã, phường" if language == "vi" else "communes and wards"
    return "".join(piece.text for piece in coverage_said(given, kinds, language))


def test_a_paragraph_says_once_of_how_many_units_its_figures_are() -> None:
    assert said(figures((13, 42), (13, 42))) == " Số liệu của 13/42 xã, phường."
    assert said(figures((13, 42)), "en") == " Figures of 13 of 42 communes and wards."
    one_apart = figures((13, 42), (13, 42), (9, 42))
    name = shipped()["opinions_answered"].name_vi
    told = said(one_apart)
    assert told.startswith(" Số liệu của 13/42 xã, phường; riêng ") and told.endswith(": 9/42.")
    assert name[1:] in told
    assert said(figures((13, 42), (12, 42), (11, 42), (9, 42))) == (
        " Số liệu của từ 9 đến 13/42 xã, phường, tùy nội dung."
    )


def test_nothing_is_said_where_nobody_lacks_or_nobody_must_report() -> None:
    assert said(figures((42, 42), (42, 42))) == ""
    assert said(figures((1, 1))) == ""  # a commune speaks for itself
    assert said(figures((0, 42), layer="recorded")) == ""  # offices of the province alone
    assert said(figures((1, 42), layer="stated")) == ""
    assert said([]) == ""
