"""Dialogues in a list of citizens as markup, put together of few pieces."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from danchu.civic.dialogue.selectors import DialogueLine
from danchu.core.units.selectors import UnitOnDay
from danchu.web.design.templatetags.danchu import at, tag_state, vdate, vnumber, word_of

from .addresses import dialogue_address


def dialogue_items(lines: Iterable[DialogueLine], unit: UnitOnDay) -> list[SafeString]:
    """An item for each: what it was, when the result was published, how many were answered."""
    return [
        format_html(
            '<article class="notice"><div><h3><a href="{}">{}</a></h3><p class="meta">{}.<br>{}</p>'
            '</div>\n<div class="post">{}</div></article>',
            dialogue_address(unit, line.public_id),
            line.topic,
            _held(line),
            gettext("Công bố kết quả ngày %(day)s.") % {"day": vdate(line.result_published_on)},
            _answered(line),
        )
        for line in lines
    ]


def _held(line: DialogueLine) -> str:
    """ "Đối thoại, 02/03/2026. Nhà văn hóa thôn Mẫu. 42 người dự"."""
    told = f"{word_of(line.kind, 'dialogue')}, {vdate(line.occurred_on)}. {line.place}"
    n = line.participants
    if n is None:
        return told
    words = ngettext("%(shown)s người dự", "%(shown)s người dự", n) % {"shown": vnumber(n)}
    return f"{told}. {words}"


def _answered(line: DialogueLine) -> SafeString:
    if not line.opinions:
        return format_html("<p>{}</p>", gettext("Không có ý kiến nào được nêu"))
    given = {"a": vnumber(line.answered), "o": vnumber(line.opinions)}
    late: SafeString | str = ""
    if line.late:
        words = ngettext(
            "%(n)s ý kiến quá hạn trả lời", "%(n)s ý kiến quá hạn trả lời", line.late
        ) % {"n": line.late}
        late = format_html('<p class="mt-1">{}</p>', tag_state("late", words))
    return format_html(
        '<p><b>{}</b> {}</p><span class="meter {}" aria-hidden="true"><i></i></span>{}',
        gettext("%(a)s/%(o)s ý kiến") % given,
        gettext("đã trả lời"),
        at(line.answered, line.opinions),
        late,
    )
