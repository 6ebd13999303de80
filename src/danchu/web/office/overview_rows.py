"""The lists and tables of an overview as markup, put together of few pieces: see
``figures_shown``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from danchu.reporting.overviews.needs import Need, Needs
from danchu.reporting.overviews.selectors import FigureLine, Overview
from danchu.reporting.overviews.trends import Given, TrendPoint
from danchu.reporting.reviews.prose import is_of_few
from danchu.web.design.templatetags.danchu import at, head, tag_state, vdate, vnumber, written
from danchu.web.design.templatetags.kept import address_of_codes

from .overview_shown import TileShown, figure_lines, name_of
from .periods import period_label

Markup = SafeString | str


def tile_items(tiles: Iterable[TileShown]) -> SafeString:
    """The units below as the items of a list, each leading to its own page."""
    return format_html_join(
        "",
        '<li class="{}"><a href="{}"><span>{}</span><b>{}</b></a></li>',
        ((one.class_name, one.address, _name(one), one.words) for one in tiles),
    )


def _name(one: TileShown) -> str:
    if one.tile.unit.ended_on is None:
        return one.name
    until = gettext("đến %(day)s") % {"day": vdate(one.tile.unit.ended_on)}
    return f"{one.name} ({until})"


def tile_rows(tiles: Iterable[TileShown], *, is_rate: bool) -> SafeString:
    """The same units as rows of a table; ``is_rate``: with a column for the share."""
    form = (
        '<tr><th scope="row"><a href="{}">{}</a></th><td class="n">{}</td>{}'
        '<td class="n">{}</td></tr>'
    )
    share, given = gettext("Tỷ lệ"), gettext("Đơn vị có số liệu")
    return format_html_join(
        "",
        form,
        (
            (
                one.address,
                one.name,
                _words(one),
                format_html('<td class="n">{}</td>', _told(share, written(one.share)))
                if is_rate
                else "",
                _told(given, _n_of(one.tile.n, one.tile.of) if one.tile.of else ""),
            )
            for one in tiles
        ),
    )


def _words(one: TileShown) -> Markup:
    if not one.is_word:
        return one.words
    if one.tile.state == "missing":
        return tag_state("idle", one.words)
    return format_html("<em>{}</em>", one.words)


def figure_rows(found: Overview) -> SafeString:
    """A row for each indicator: its figure, the two numbers of a share, of how many units."""
    language = get_language()
    two_numbers, given = gettext("Tử số/mẫu số"), gettext("Đơn vị có số liệu")
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="{}">{}</a></th><td class="n">{}</td><td class="n">{}</td>'
        '<td class="n">{}</td><td>{}</td></tr>\n',
        (
            (
                address,
                name,
                _figure(line, two),
                _told(two_numbers, two),
                _told(given, n),
                _choice(line.meaning.key, name, line.is_chosen, language),
            )
            for line, name, address, n, two in figure_lines(found)
        ),
    )


def _figure(line: FigureLine, two: str) -> Markup:
    figure = line.figure
    if figure is None:
        return tag_state("idle", gettext("chưa báo cáo"))
    if figure.state == "not_applicable":
        return format_html("<em>{}</em>", gettext("không áp dụng"))
    if figure.state == "zero":
        return gettext("0 đã xác nhận")
    return two if is_of_few(figure) else format_html("<b>{}</b>", written(figure.text))


@lru_cache(maxsize=256)
def _choice(key: str, name: str, is_chosen: bool, _language: str | None) -> SafeString:
    """Which indicator the page tells unit by unit, and the way to have it tell another."""
    if is_chosen:
        return format_html('<b class="nw">{}</b>', gettext("đang xem"))
    return format_html(
        '<a class="nw" href="?chi-tieu={}">{}<span class="vh">: {}</span></a>',
        key,
        gettext("Chọn"),
        name,
    )


def trend_rows(found: Overview) -> SafeString:
    """A row for each period: what was given then, and where the map changed within it."""
    names = [name_of(meaning) for meaning in found.trend.meanings]
    return format_html_join(
        "",
        '<tr><th scope="row">{}{}</th>{}{}</tr>',
        (
            (
                period_label(point.span.code),
                _changes(point.changed_on),
                format_html_join("", '<td class="n">{}</td>', _numbers(names, point)),
                _share(point) if found.chosen.is_rate else "",
            )
            for point in found.trend.points
        ),
    )


def _changes(days: Iterable[dt.date]) -> SafeString:
    words = gettext("địa giới thay đổi %(day)s")
    told = ((words % {"day": vdate(day)},) for day in days)
    return format_html_join("", '<br><span class="hint">{}</span>', told)


def _numbers(names: Sequence[str], point: TrendPoint) -> Iterable[tuple[Markup]]:
    for name, number in zip(names, point.numbers, strict=True):
        yield (_told(name, _given(number)),)


def _given(number: Given | None) -> SafeString:
    if number is None:
        return tag_state("idle", gettext("chưa báo cáo"))
    n_of = _n_of(number.n, number.of)
    return format_html('{} <span class="hint">({})</span>', written(number.text), n_of)


def _share(point: TrendPoint) -> SafeString:
    share = written(point.share) if point.share else ""
    return format_html('<td class="n">{}</td>', _told(gettext("Tỷ lệ"), share))


def _n_of(n: int, of: int) -> str:
    return f"{vnumber(n)}/{vnumber(of)}"


def _told(label: str, value: Markup) -> Markup:
    """A cell with the head of its column, for a phone, which shows none; "" without a value."""
    return format_html('<span class="lb">{}: </span>{}', label, value) if value else ""


def need_rows(needs: Needs, found: Overview, most: int) -> SafeString:
    """A row for each of the first ``most`` units that need a hand: what is open, how its report
    stands."""
    shown = needs.lines[:most]
    longest = max((one.waiting for one in needs.lines), default=0)
    open_, oldest = gettext("Ý kiến chưa trả lời"), gettext("Chờ lâu nhất")
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="{}?chi-tieu={}">{}</a></th><td class="n">{}{}</td>'
        '<td class="br">{}</td><td class="n">{}</td><td>{}</td></tr>\n',
        (
            (
                address_of_codes("office:overview", one.unit.code, found.span.code),
                found.chosen.key,
                head(one.unit.name),
                _told(open_, vnumber(one.waiting)),
                _past(one.late),
                format_html('<i class="{}"></i>', at(one.waiting, longest)) if one.waiting else "",
                _told(oldest, _days(one.days) if one.waiting else ""),
                _report(one),
            )
            for one in shown
        ),
    )


def _past(late: int) -> Markup:
    words = gettext("%(n)s quá hạn") % {"n": vnumber(late)}
    return format_html(' <span class="hint">({})</span>', words) if late else ""


def _days(days: int) -> str:
    return ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days}


def _report(need: Need) -> Markup:
    """Where the unit's report of the period stands; "" where no round asks it."""
    if need.report == "late":
        words = ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", need.days_late)
        return tag_state("late", words % {"n": need.days_late})
    if need.report == "returned":
        return tag_state("wait", gettext("trả lại, chờ nộp lại"))
    if need.report == "missing":
        return tag_state("idle", gettext("chưa nộp"))
    if need.report == "submitted":
        return tag_state("wait", gettext("chờ xem xét"))
    if need.report == "accepted":
        return tag_state("done", gettext("đã nhận"))
    return gettext("không thuộc diện") if need.report == "excused" else ""
