"""Of how many units the figures are is said once; beside a paragraph only what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danchu.reporting.figures.dictionary import shipped
from danchu.reporting.reviews.compose.coverage import coverage_said, whole_of
from danchu.reporting.reviews.compose.sections import Saying, sections_of
from danchu.reporting.reviews.ground import Ground
from danchu.reporting.reviews.outline import outlines
from tests.reporting.reviews.test_compose import made_up

NOW = dt.date(2026, 6, 30)
KEYS = ("dialogues_held", "opinions_received", "opinions_answered", "citizens_received")
WHOLE = (13, 42)


def figures(*counts: tuple[int, int], layer: str = "reported") -> list[Any]:
    return [
        made_up(shipped()[key], 1)._replace(n_reported=n, n_expected=of, layer=layer)
        for key, (n, of) in zip(KEYS, counts, strict=False)
    ]


def said(given: list[Any], language: str = "vi", whole: tuple[int, int] | None = WHOLE) -> str:
    kinds = "xã, phường" if language == "vi" else "communes and wards"
    return "".join(piece.text for piece in coverage_said(given, kinds, language, whole))


def paragraphs(
    counts: dict[str, tuple[int, int]], *, done_below: bool, whole: tuple[int, int]
) -> str:
    held = {
        key: made_up(shipped()[key], 5)._replace(
            text="5", n_reported=n, n_expected=of, layer="reported"
        )
        for key, (n, of) in counts.items()
    }
    saying = Saying(
        "province", NOW, "vi", False, {}, {}, "xã, phường", done_below, area="tỉnh", whole=whole
    )
    made = sections_of(outlines()["state"].sections, saying, held, {})
    return "\n".join(p.text for section in made for p in section.paragraphs)


def test_the_work_of_some_is_never_told_as_that_of_all() -> None:
    one, both = (1, 2), (2, 2)
    told = paragraphs({"conferences_held": one}, done_below=True, whole=one)
    assert told == (
        "Theo số liệu của 01/02 xã, phường đã nộp: tổ chức 05 hội nghị, cuộc họp, cuộc đối thoại."
    )
    # Both handed in and one left the figure open. Whose figure it is stands before it: no sentence
    # after the paragraph says so again.
    told = paragraphs({"documents_issued": one}, done_below=True, whole=both)
    assert told.startswith("Theo số liệu của 01/02 xã, phường: ban hành 05 văn bản")
    assert "Số liệu của" not in told
    assert "xã, phường đã ban hành" not in told  # as if the other had issued none
    told = paragraphs(
        {"conferences_held": both, "opinions_answered": one}, done_below=True, whole=both
    )
    assert told.startswith("Toàn tỉnh đã tổ chức 05 hội nghị")
    assert "là của 01/02 xã, phường" in told
    assert paragraphs({"documents_issued": both}, done_below=True, whole=both).startswith(
        "Các xã, phường đã ban hành"
    )
    # Known from records, the province's own offices' among them.
    told = paragraphs({"conferences_held": one}, done_below=False, whole=one)
    assert told.startswith("Đã tổ chức 05 hội nghị")


def test_what_the_opening_said_is_not_said_again() -> None:
    assert said(figures(WHOLE, WHOLE)) == ""
    assert said(figures(WHOLE), "en") == ""


def test_a_figure_of_other_units_is_named_with_its_own_number() -> None:
    name = shipped()["opinions_answered"].name_vi
    inside = name[:1].lower() + name[1:]
    assert said(figures(WHOLE, WHOLE, (9, 42))) == (
        f" Trong đó, số liệu về {inside} là của 09/42 xã, phường."
    )
    assert said(figures((9, 42), (9, 42))) == " Số liệu của 09/42 xã, phường."
    assert said(figures((9, 42), (9, 42), WHOLE)) == (
        f" Số liệu của 09/42 xã, phường; riêng {inside}: 13/42."
    )
    many = said(figures((12, 42), (12, 42), (11, 42), (9, 42)))
    assert "12/42" in many and "11/42" in many and "09/42" in many
    assert said(figures((9, 42)), "en") == " Figures of 9 of 42 communes and wards."


def test_a_share_is_of_the_units_of_its_two_numbers() -> None:
    rate = made_up(shipped()["opinions_resolved_pct"], 1)._replace(
        n_reported=9, n_expected=42, layer="reported"
    )
    taken_up = made_up(shipped()["opinions_resolved"], 1)._replace(
        n_reported=9, n_expected=42, layer="reported"
    )
    told = said([*figures(WHOLE, WHOLE), taken_up, rate])
    assert "tỷ lệ" not in told and "tiếp nhận, xem xét giải quyết" in told


def test_nothing_is_said_where_nobody_lacks_or_nobody_must_report() -> None:
    assert said(figures((42, 42), (42, 42)), whole=(42, 42)) == ""
    assert said(figures((42, 42), (42, 42)), whole=None) == ""
    assert said(figures((1, 1))) == ""  # a commune speaks for itself
    assert said(figures((0, 42), layer="recorded")) == ""  # offices of the province alone
    assert said(figures((1, 42), layer="stated")) == ""
    assert said([]) == ""


def test_without_a_round_the_whole_is_what_most_figures_stand_on() -> None:
    ground = Ground("records", 0, 0, 0, (), from_texts=False)
    assert whole_of(ground, figures((2, 42), (2, 42), (1, 42))) == (2, 42)
    assert whole_of(ground, []) is None
    asked = Ground("versions", 13, 42, 13, ("xã",), from_texts=False)
    assert whole_of(asked, figures((2, 42))) == WHOLE
