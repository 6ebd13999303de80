"""The tags of the design; a builtin, so templates need no ``{% load %}``.

Nothing here marks text as safe by hand: markup is put together by ``format_html``, which
escapes what it is given, or by the templates in ``design/parts``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from danchu.core.clock import VIET_NAM
from danchu.web.design.words import TONES, word

register = template.Library()

_ICONS = Path(__file__).resolve().parent.parent / "static/design/vendor/bootstrap-icons.svg"


@cache
def icon_paths() -> dict[str, tuple[tuple[str, bool], ...]]:
    """The icons at hand: name -> paths, each with whether it is filled by even-odd."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    for name, body in re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', _ICONS.read_text()):
        paths = re.findall(r"<path([^>]*)/>", body)
        found[name] = tuple(
            (re.search(r'\bd="([^"]+)"', path)[1], "evenodd" in path)  # type: ignore[index]
            for path in paths
        )
    return found


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """An outline icon beside a word; hidden from screen readers. Unknown names are an error."""
    if name not in icon_paths():
        raise TemplateSyntaxError(f"no icon {name!r}; add it to vendor/bootstrap-icons.svg")
    drawn = format_html_join(
        "",
        "{}",
        (
            (
                format_html('<path fill-rule="evenodd" d="{}"/>', outline)
                if even_odd
                else format_html('<path d="{}"/>', outline),
            )
            for outline, even_odd in icon_paths()[name]
        ),
    )
    return format_html(
        '<svg class="i{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        f" {extra}" if extra else "",
        drawn,
    )


# Numbers and days


def grouped(value: int, separator: str) -> str:
    """1246 -> "1.246"."""
    return f"{value:,}".replace(",", separator)


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


@register.filter
def vnumber(value: Any, decimals: int = 0) -> str:
    """A number as it is written: 4984 -> "4.984" (English: "4,984"); None -> "".

    ``decimals``: the value is an integer count of the last decimal place, so
    ``948|vnumber:1`` is "94,8". Figures are integers; a float is refused.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a figure is an integer in its smallest unit, not {value!r}")
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 10**decimals)
    thousands, comma = (",", ".") if _english() else (".", ",")
    text = sign + grouped(whole, thousands)
    return f"{text}{comma}{rest:0{decimals}d}" if decimals else text


_WRITTEN = re.compile(r"[+\u2212-]?[0-9.]+(,[0-9]+)?%?", re.ASCII)
_SWAPPED = str.maketrans(".,", ",.")


@register.filter
def written(text: str) -> str:
    """A number written by the rooms below ("1.246", "94,8%") as the page's language writes it.

    On English pages the two signs change places; anything that is not one number stays.
    """
    return text.translate(_SWAPPED) if _english() and _WRITTEN.fullmatch(text) else text


@register.filter
def vdate(value: dt.date | dt.datetime | None, style: str = "") -> str:
    """A day as dd/mm/yyyy; in English with the month by name, for 03/12 is read two ways there.

    ``style``: "" 20/11/2026 · "short" 20/11 · "long" Thứ Sáu, 20/11/2026 · "in" (within a
    sentence) thứ Sáu, 20/11/2026 · "weekday" Thứ Sáu · "time" 14 giờ 30,
    20/11/2026 (an instant, told in the time of Viet Nam). None -> "".
    """
    if value is None or value == "":
        return ""
    moment = ""
    if isinstance(value, dt.datetime):
        local = value.astimezone(VIET_NAM)
        moment, value = vtime(local.time()), local.date()
    if style == "short":
        return f"{value.day} {_MONTHS[value.month - 1][:3]}" if _english() else f"{value:%d/%m}"
    if style == "weekday":
        return weekday_name(value)
    day = f"{value:%d/%m/%Y}"
    if _english():
        day = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if style == "in":
        name = weekday_name(value)
        if not _english() and value.weekday() != 6:  # "thứ Năm", but "Chủ nhật"
            name = name[0].lower() + name[1:]
        return f"{name}, {day}"
    if style == "long":
        return f"{weekday_name(value)}, {day}"
    if style == "time" and moment:
        return f"{moment}, {day}"
    return day


# By hand: the names of the machine's locale are not always there, and would be of its language.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@register.filter
def vtime(value: dt.time | None) -> str:
    """A time of day: "14 giờ", "14 giờ 30" (English: "14:30"); None -> ""."""
    if value is None:
        return ""
    if _english():
        return f"{value:%H:%M}"
    return f"{value.hour} giờ" + (f" {value:%M}" if value.minute else "")


def weekday_name(day: dt.date) -> str:
    """The name of the weekday with a capital, as at the head of a line."""
    return _(_WEEKDAYS[day.weekday()])


_WEEKDAYS = [
    gettext_noop("Thứ Hai"),
    gettext_noop("Thứ Ba"),
    gettext_noop("Thứ Tư"),
    gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"),
    gettext_noop("Thứ Bảy"),
    gettext_noop("Chủ nhật"),
]


def share_text(numerator: int, denominator: int, decimals: int = 1) -> str:
    """A share from its two numbers, rounded half away from zero, trailing zero dropped.

    "95,8%", "96%"; nothing of nothing has no share: "" for a zero denominator (DESIGN 15).
    """
    if not denominator:
        return ""
    scale = 10**decimals
    top = numerator * 100 * scale
    sign = -1 if (top < 0) != (denominator < 0) else 1
    scaled = sign * ((2 * abs(top) + abs(denominator)) // (2 * abs(denominator)))
    places = decimals
    while places and scaled % 10 == 0:
        scaled, places = scaled // 10, places - 1
    return vnumber(scaled, places) + "%"


@register.simple_tag
def percent(numerator: int | None, denominator: int | None, decimals: int = 1) -> str:
    """``{% percent 1181 1246 %}`` -> "94,8%". A share never stands without its two numbers."""
    if numerator is None or denominator is None:
        return ""
    return share_text(numerator, denominator, decimals)


@register.simple_tag
def at(part: int, whole: int) -> str:
    """The class that gives a bar its width: ``{% at 131 214 %}`` -> "at-61"."""
    if whole <= 0:
        return "at-0"
    hundredth = min(100, max(0, (200 * part + whole) // (2 * whole)))
    # What exists is seen, and what is not whole is not drawn whole.
    if part > 0 and hundredth == 0:
        hundredth = 1
    if part < whole and hundredth == 100:
        hundredth = 99
    return f"at-{hundredth}"


@register.filter(name="word")
def word_of(value: str, of: str) -> str:
    """``{{ line.kind|word:"dialogue" }}``: the word for a code (``design/words.py``)."""
    return word(value, of)


@register.filter
def head(value: str) -> str:
    """A name at the head of a line: "xã Bến Mẫu" -> "Xã Bến Mẫu"."""
    return value[:1].upper() + value[1:]


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with "…": what ``truncatechars`` writes, which takes its time."""
    whole = unicodedata.normalize("NFC", text)
    if any(map(unicodedata.combining, whole[: length + 1])):  # a mark is no letter of its own
        return Truncator(whole).chars(length)
    return whole if len(whole) <= length else f"{whole[: length - 1]}…"


@register.filter
def telephone(text: str) -> SafeString | str:
    """A telephone number that can be called by touching it; text that is more stays text."""
    number = re.sub(r"[\s.()-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{3,15}", number, re.ASCII):
        return text
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', number, text)


# Parts with a template


_TONES: Mapping[str, tuple[str, str]] = {
    "draft": ("", ""),
    "idle": ("", ""),
    "wait": ("is-wait", "hourglass-split"),
    "soon": ("is-soon", "clock"),
    "late": ("is-late", "exclamation-circle"),
    "done": ("is-done", "check-lg"),
}


@register.simple_tag
def tag_state(tone: str, words: str, icon_name: str = "") -> SafeString:
    """A state in words: ``{% tag_state "late" "Quá hạn 2 ngày" %}``.

    ``tone``: draft or idle grey, wait indigo, soon ochre, late red, done green. Red means
    late, blocked or wrong; nothing else. Written here and not in a template: a list shows one
    on every line.
    """
    if tone not in _TONES:
        raise TemplateSyntaxError(f"tone {tone!r} is none of {', '.join(_TONES)}")
    return _state(tone, words if isinstance(words, SafeString) else str(words), icon_name)


@lru_cache(maxsize=256, typed=True)  # typed: text that is marked safe is not that which is not
def _state(tone: str, words: str, icon_name: str) -> SafeString:
    css, standard = _TONES[tone]
    shown = icon_name or standard
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" {css}" if css else "",
        format_html("{} ", icon(shown)) if shown else "",
        words,
    )


@register.simple_tag
def opinion_state(state: str, outcome: str = "", days_late: int = 0) -> SafeString:
    """The state of an opinion as a tag. Taken up is not settled; outside is not refused.

    An answer that came after the promised day says so, and one that another body is to give
    says that it was passed on.
    """
    late = state == "answered" and days_late > 0
    late_words = ngettext("Trả lời chậm %(n)s ngày", "Trả lời chậm %(n)s ngày", days_late)
    if state == "answered" and outcome == "transferred":
        passed_on = tag_state("wait", _("Đã chuyển cơ quan khác"))
        if not late:
            return passed_on
        late_words = ngettext("Chuyển chậm %(n)s ngày", "Chuyển chậm %(n)s ngày", days_late)
        return format_html("{} {}", passed_on, tag_state("late", late_words % {"n": days_late}))
    if late:
        return tag_state("late", late_words % {"n": days_late})
    return tag_state(TONES[state], word(state, "opinion"))


@register.inclusion_tag("design/parts/day_bar.html")
def day_bar(n: int, m: int, working: bool = False) -> dict[str, Any]:
    """Day N of M in a list: green, ochre in the last tenth or last day, red when past."""
    left = m - n
    tone = "is-late" if left < 0 else "is-soon" if left <= max(1, m // 10) else ""
    return {"n": n, "m": m, "left": left, "tone": tone, "working": working, "at": at(n, m)}


@register.inclusion_tag("design/parts/day_cells.html")
def day_cells(cells: list[Any], sentence: str) -> dict[str, Any]:
    """Day N of M in full: a cell a day. ``cells``: css letters of ``.dayn`` for each day.

    p past, w weekend, h holiday, t today, s suspended, e extended, l late, x the moved last
    day; combine with a space ("p w"). ``sentence`` is what a screen reader says instead.
    """
    return {"cells": cells, "sentence": sentence}


@register.inclusion_tag("design/parts/fig.html")
def fig(text: Any, address: str = "", tone: str = "", label: str = "") -> dict[str, Any]:
    """A figure that opens: the number as a link to where it comes from.

    ``tone``: "" computed from records, "hand" entered by hand, "why" waits for a
    justification, "bad" does not add up. ``label`` names the figure for screen readers.
    """
    if tone not in ("", "hand", "why", "bad"):
        raise TemplateSyntaxError(f"a figure is computed, hand, why or bad, not {tone!r}")
    shown = vnumber(text) if isinstance(text, int) else text
    return {"text": shown, "address": address, "tone": tone, "label": label}


@register.inclusion_tag("design/parts/crumbs.html")
def crumbs(trail: list[tuple[str, str]]) -> dict[str, Any]:
    """The way here: a list of (words, address), the nearest last."""
    return {"trail": trail}


@register.inclusion_tag("design/parts/pagination.html", takes_context=True)
def pagination(context: template.Context, page_obj: Any, name: str = "trang") -> dict[str, Any]:
    """Links to the other pages of a ``django.core.paginator.Page``; keeps the other parameters."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    rest = query.urlencode()
    numbers: list[int | None] = []
    for number in page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1):
        numbers.append(number if isinstance(number, int) else None)
    return {"page": page_obj, "numbers": numbers, "name": name, "rest": rest}


@register.inclusion_tag("design/parts/empty.html")
def empty(fact: str, rule: str = "", words: str = "", address: str = "") -> dict[str, str]:
    """An empty list: what is not there yet, the rule, and one thing to do."""
    return {"fact": fact, "rule": rule, "words": words, "address": address}


@register.inclusion_tag("design/forms/errors.html")
def error_summary(form: Any) -> dict[str, Any]:
    """The box at the top of a form with a link to each field that is wrong."""
    return {"form": form}
