"""The list of reports taken in as markup, put together of few pieces: see ``today_shown``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from danchu.reporting.reading.selectors import DocumentLine
from danchu.web.design.templatetags.danchu import head, tag_state, vdate
from danchu.web.design.templatetags.kept import address_with

from .periods import period_label


def lines_shown(lines: Sequence[DocumentLine], names: Mapping[int, str]) -> SafeString:
    """An item for each report: of which unit and period, and how many figures wait.

    ``names``: unit -> its name.
    """
    periods = {code: period_label(code) for code in {line.period_code for line in lines} if code}
    return format_html_join(
        "",
        '<li><span><a href="{}">{}</a><br><span class="hint">{}</span></span>{}</li>',
        (
            (
                address_with("office:reading", line.public_id),
                line.title,
                ", ".join(
                    [
                        head(names.get(line.unit_id, "")),
                        *([periods[line.period_code]] if line.period_code else ()),
                        *([vdate(line.event_date)] if line.event_date else ()),
                    ]
                ),
                _state(line),
            )
            for line in lines
        ),
    )


def _state(line: DocumentLine) -> SafeString:
    if not line.waiting:
        return tag_state("done", gettext("%(t)s số đã xử lý") % {"t": line.figures})
    words = gettext("Chờ %(n)s/%(t)s số") % {"n": line.waiting, "t": line.figures}
    return tag_state("wait", words)
