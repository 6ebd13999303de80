"""A sentence takes its figures from one source, and prints no part larger than its whole.

What records count and what a published report stated are of different days and rules: put into one
sentence they say what neither does. What is left out for it is told on the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from danchu.reporting.figures.models import Layer

from ..figures import ReportFigure
from ..outline import Section, Sentence
from ..prose import is_sayable, name_inside, stands

Figures = Mapping[str, ReportFigure]


def fitting(sentence: Sentence, figures: Figures) -> dict[str, ReportFigure]:
    """The figures without those of the sentence that do not fit the one it begins with.

    A part of a whole that the same sentence prints is left out where it is the larger one.
    """
    keys = _in_order(sentence)
    known = [key for key in keys if is_sayable(figures.get(key))]
    if not known:
        return dict(figures)
    source = _source(figures[known[0]])
    unfit = {key for key in known if _source(figures[key]) != source}
    for key in known:
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
                kept = fitting(sentence, figures)
                for key in _in_order(sentence):
                    if key in figures and key not in kept:
                        found.setdefault(key, _told(figures[key], figures, language))
        for text in left_out(section.children, level, on, figures, language):
            found.setdefault(text, text)
    return list(dict.fromkeys(found.values()))


def _in_order(sentence: Sentence) -> list[str]:
    """The figures of a sentence, those it needs first."""
    return [*sentence.needs, *sorted(sentence.keys - set(sentence.needs))]


def _source(figure: ReportFigure) -> bool:
    return figure.layer == Layer.STATED


def _larger(part: ReportFigure, whole: ReportFigure) -> bool:
    if part.amount is None or whole.amount is None or not is_sayable(whole):
        return False
    return part.amount * whole.meaning.scale > whole.amount * part.meaning.scale


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
    if english:
        return (
            f"The number of {name} ({text}) is from another source than the other numbers of its "
            "sentence; it is left out of it."
        )
    return (
        f"Số {name} ({text}) lấy từ nguồn khác với các số cùng câu, nên câu của báo cáo không "
        "nêu số này."
    )
