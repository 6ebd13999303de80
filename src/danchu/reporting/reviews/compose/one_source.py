"""A sentence takes its figures from one source, and prints no part larger than its whole.

What records count and what a published report stated are of different days and rules: put into one
sentence they say what neither does. Where what a sentence needs comes from both and a published
report states all of it, the sentence is that report's. What is left out is told on the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from danchu.reporting.figures.display import amount_text
from danchu.reporting.figures.models import CellState, Layer

from ..figures import ReportFigure
from ..outline import Section, Sentence
from ..prose import english_numbers, is_sayable, name_inside, stands

Figures = Mapping[str, ReportFigure]
_NAMES = {
    Layer.RECORDED: ("hồ sơ", "records"),
    Layer.REPORTED: ("bản đã nộp", "versions handed in"),
    Layer.STATED: ("báo cáo đã công bố", "a published report"),
}


def fitting(sentence: Sentence, figures: Figures, language: str = "vi") -> dict[str, ReportFigure]:
    """The figures without those of the sentence that do not fit the one it begins with.

    Where those it needs come from two sources and a published report states all of them, they are
    that report's, each with what records say where that is another number. A part of a whole that
    the same sentence prints is left out where it is the larger one.
    """
    figures = _of_one(sentence, figures, language)
    keys = _in_order(sentence)
    known = [key for key in keys if is_sayable(figures.get(key))]
    if not known:
        return dict(figures)
    source = _source(figures[known[0]])
    unfit = {key for key in known if _source(figures[key]) != source}
    # From the widest whole on: what is left out itself is no whole to be larger than.
    for key in sorted(known, key=lambda key: _depth(figures[key], figures)):
        whole = figures.get(figures[key].meaning.part_of)
        if key in unfit or whole is None or whole.key in unfit or whole.key not in keys:
            continue
        if _larger(figures[key], whole):
            unfit.add(key)
    return {key: figure for key, figure in figures.items() if key not in unfit}


def left_out(
    sections: Iterable[Section], level: str, on: dt.date, figures: Figures, language: str
) -> list[str]:
    """What the sentences of these sections leave out, one sentence for each figure."""
    found: dict[str, str] = {}
    for section in sections:
        if not section.holds(level, on):
            continue
        for sentence in section.sentences:
            if stands(sentence, figures):
                kept = fitting(sentence, figures, language)
                if not all(key in kept for key in sentence.needs):
                    told = _not_said(sentence, figures, language)
                    found.setdefault(sentence.id, told)
                    continue
                for key in _in_order(sentence):
                    if key in figures and key not in kept:
                        found.setdefault(key, _told(figures[key], figures, language))
        for text in left_out(section.children, level, on, figures, language):
            found.setdefault(text, text)
    return list(dict.fromkeys(found.values()))


def _of_one(sentence: Sentence, figures: Figures, language: str) -> Figures:
    """The figures, those of the sentence as a published report states them where it needs that."""
    needed = [figures[key] for key in sentence.needs if is_sayable(figures.get(key))]
    if len({_source(figure) for figure in needed}) < 2:
        return figures
    if not all(_source(figure) or figure.stated for figure in needed):
        return figures
    stated = {
        key: _as_stated(figures[key], language)
        for key in sentence.keys
        if key in figures and figures[key].stated and not _source(figures[key])
    }
    return {**figures, **stated}


def _as_stated(figure: ReportFigure, language: str) -> ReportFigure:
    said, meaning = figure.stated, figure.meaning
    assert said is not None
    # A stated share keeps its own digits (DESIGN decision 15).
    digits = meaning.is_rate and said.stated[:1].isdigit()
    text = said.stated if digits else amount_text(meaning, said.amount)
    if language == "en":
        text = english_numbers(text)
    other = figure.has_value and figure.text != text
    return figure._replace(
        layer=Layer.STATED,
        state=CellState.REPORTED if said.amount else CellState.ZERO,
        amount=said.amount,
        numerator=None,
        denominator=None,
        text=text,
        remark_vi=f"theo báo cáo đã công bố; hồ sơ ghi {figure.text}" if other else "",
        remark_en=f"as a published report states; records give {figure.text}" if other else "",
        n_reported=1,
        n_expected=1,
    )


def _name(figure: ReportFigure, *, english: bool) -> str:
    return _NAMES[Layer(figure.layer)][english]


def _depth(figure: ReportFigure, figures: Figures) -> int:
    """Of how many wholes one inside the other a figure is a part."""
    whole = figures.get(figure.meaning.part_of)
    return 0 if whole is None else 1 + _depth(whole, figures)


def _in_order(sentence: Sentence) -> list[str]:
    """The figures of a sentence, those it needs first."""
    return [*sentence.needs, *sorted(sentence.keys - set(sentence.needs))]


def _source(figure: ReportFigure) -> bool:
    return figure.layer == Layer.STATED


def _larger(part: ReportFigure, whole: ReportFigure) -> bool:
    if part.amount is None or whole.amount is None or not is_sayable(whole):
        return False
    return part.amount * whole.meaning.scale > whole.amount * part.meaning.scale


def _not_said(sentence: Sentence, figures: Figures, language: str) -> str:
    """Why the report has no sentence on what a sentence needs, and what can be done."""
    english = language == "en"
    named = "; ".join(
        f"{name_inside(figure.meaning, language)}: {figure.text} ({_name(figure, english=english)})"
        for figure in (figures[key] for key in sentence.needs)
    )
    if english:
        return (
            f"The report leaves out the sentence with these numbers: {named}. Numbers of two "
            "sources are not put into one sentence. Write down the missing records, or word the "
            "sentence yourself."
        )
    return (
        f"Báo cáo bỏ câu nêu các số sau: {named}. Số của hai nguồn không ghép vào một câu. Ghi bổ "
        "sung hồ sơ còn thiếu, hoặc tự viết câu này vào báo cáo."
    )


def _told(figure: ReportFigure, figures: Figures, language: str) -> str:
    name, text = name_inside(figure.meaning, language), figure.text
    whole = figures.get(figure.meaning.part_of)
    english = language == "en"
    if whole is not None and _source(whole) == _source(figure) and _larger(figure, whole):
        of = name_inside(whole.meaning, language)
        if english:
            return (
                f"The number of {name} ({text}) is larger than that of {of} ({whole.text}), of "
                "which it is a part; it is left out of the sentence. Check both."
            )
        return (
            f"Số {name} ({text}) lớn hơn số {of} ({whole.text}) mà nó là một phần, nên câu của "
            "báo cáo không nêu. Kiểm tra lại hai số."
        )
    source = _name(figure, english=english)
    if english:
        return (
            f"The number of {name} ({text}) is from {source}, the other numbers of its sentence "
            "are not; it is left out of it."
        )
    return (
        f"Số {name} ({text}) lấy từ {source} còn các số cùng câu thì không, nên câu của báo cáo "
        "không nêu số này."
    )
