"""The table of a unit's figures as its template takes it: rows of markup.

It has some two hundred rows. They are put together of few pieces made by ``format_html``, as those
of the matrix of clauses are: tags of a template for each cell would take longer than everything
else of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from danchu.reporting.reviews.figure_page import TableLine
from danchu.reporting.reviews.figures import Beside
from danchu.reporting.reviews.prose import counts_or_text
from danchu.web.design.templatetags.danchu import tag_state, written

from .overview_shown import n_of


def rows_shown(lines: Sequence[TableLine]) -> list[SafeString]:
    """A row for each indicator: its name, value, what it rests on, of how many units.

    A name leads to the figure's page, told from the address of the table.
    """
    language = get_language() or "vi"
    return [_row(line, language) for line in lines]


def _row(line: TableLine, language: str) -> SafeString:
    figure, key = line.figure, line.meaning.key
    if figure is None:
        return _form(key, _named(line, language), "", "", language)
    form = _form(key, _named(line, language), figure.state, figure.layer, language)
    remark = figure.remark_en if language == "en" else figure.remark_vi
    more = format_html("; {}", remark) if remark else ""
    if figure.beside:
        more = format_html("{}; {}", more, _beside(figure.beside))
    return format_html(form, written(counts_or_text(figure)), more, n_of(figure))


def _named(line: TableLine, language: str) -> tuple[str, str]:
    meaning = line.meaning
    if language == "en":
        return meaning.name_en, "" if meaning.is_rate else meaning.unit_en
    return meaning.name_vi, "" if meaning.is_rate else meaning.unit_vi


def _beside(beside: Beside) -> SafeString:
    return render_to_string("office/parts/beside.html", {"beside": beside})


@lru_cache(maxsize=4096)
def _form(key: str, named: tuple[str, str], state: str, layer: str, _language: str) -> SafeString:
    """A row without what changes: the value {0}, remarks {1}, of how many units {2}.

    Without a value there is nothing that changes.
    """
    name, unit_of = named if not state else (w.replace("{", "{{").replace("}", "}}") for w in named)
    told = format_html(' <span class="hint">({})</span>', unit_of) if unit_of else ""
    head = format_html('<tr><th scope="row"><a href="{}/">{}</a>{}</th>', key, name, told)
    if not state:
        empty = tag_state("draft", gettext("chưa báo cáo"))
        return format_html('{}<td class="n">{}</td><td></td><td class="n"></td></tr>', head, empty)
    return format_html(
        '{}<td class="n">{}{}</td><td>{}{}{}</td><td class="n">{}{}</td></tr>',
        head,
        _label(gettext("Giá trị")),
        _value(state),
        _label(gettext("Căn cứ")),
        _basis(layer),
        "{1}",
        _label(gettext("Đơn vị có số liệu")),
        "{2}",
    )


def _label(words: str) -> SafeString:
    """The head of the column, for a phone, which shows none."""
    return format_html('<span class="lb">{}: </span>', words)


def _value(state: str) -> SafeString | str:
    if state == "not_applicable":
        return format_html("<em>{}</em>", gettext("không áp dụng"))
    return gettext("0 đã xác nhận") if state == "zero" else "{0}"


def _basis(layer: str) -> str:
    if layer == "recorded":
        return gettext("hồ sơ gốc")
    return gettext("số đã nộp") if layer == "reported" else gettext("báo cáo đã công bố")
