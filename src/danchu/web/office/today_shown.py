"""The tasks of a day, the opinions and old reports that wait, as markup.

Put together of few pieces made by ``format_html``, as the rows of the table of figures are: tags
of a template for each task took a quarter of the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from danchu.civic.dialogue.selectors import WaitingOpinion
from danchu.core.work.selectors import OpenTask
from danchu.reporting.reading.selectors import DocumentLine
from danchu.web.design.templatetags.danchu import shortened, tag_state, vdate
from danchu.web.design.templatetags.kept import address_with

from .templatetags.office_words import here
from .words import task_title

MOST_LETTERS = 70  # of an opinion or a title that lead to their page


def jobs_shown(tasks: Sequence[OpenTask], off: str = "") -> SafeString:
    """A task each: its title, what it rests on, by when, how late. ``off``: why nobody works on
    their last day, "" for a working day."""
    language = get_language()
    return format_html_join("\n", "{}", ((_job(task, off, language),) for task in tasks))


def _job(task: OpenTask, off: str, language: str | None) -> SafeString:
    told = [f"{task.basis}."] if task.basis else []
    if task.owner_name:
        told.append(gettext("Giao: %(name)s.") % {"name": task.owner_name})
    when = _when(task.due_on, off, language)
    return format_html(
        _form(max(task.days_late, 0), language),
        here(task.path),
        task_title(task.title),
        " ".join([*told, when] if when else told),
    )


@lru_cache(maxsize=256)
def _when(due_on: dt.date | None, off: str, _language: str | None) -> str:
    told = [gettext("Hạn %(day)s.") % {"day": vdate(due_on)}] if due_on else []
    if off:
        told.append(gettext("Ngày này %(why)s.") % {"why": off})
    return " ".join(told)


@lru_cache(maxsize=1024)
def _form(days_late: int, _language: str | None) -> SafeString:
    """A task without what is its own: its address {0}, title {1}, and what is told of it {2}."""
    return format_html(
        '<article class="job"><div><h3><a href="{}">{}</a></h3><p>{}</p></div>{}'
        '<a class="btn is-s is-quiet" href="{}">{}<span class="vh"> {}</span></a></article>',
        "{0}",
        "{1}",
        "{2}",
        tag_state("late", _late(days_late)) if days_late else format_html("<span>{}</span>", ""),
        "{0}",
        gettext("Mở"),
        "{1}",
    )


def _late(days: int) -> str:
    return ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", days) % {"n": days}


def opinions_shown(opinions: Sequence[WaitingOpinion], day: dt.date) -> SafeString:
    """Opinions without an answer as items of a list, each with how long it waits on ``day``."""
    return format_html_join(
        "",
        '<li><a href="{}#y-kien-{}">{}</a>{}</li>',
        (
            (
                address_with("office:dialogue", one.public_id),
                one.order,
                shortened(one.text, MOST_LETTERS),
                _waits(one, day),
            )
            for one in opinions
        ),
    )


def _waits(opinion: WaitingOpinion, day: dt.date) -> SafeString:
    late = opinion.days_late
    if late:
        return tag_state("late", _late(late))
    if opinion.due_on is None:
        n = opinion.days_waiting
        return tag_state(
            "wait", ngettext("Chưa hẹn, %(n)s ngày", "Chưa hẹn, %(n)s ngày", n) % {"n": n}
        )
    words = gettext("Hẹn %(day)s") % {"day": vdate(opinion.due_on, "short")}
    return tag_state("soon" if opinion.due_on == day else "wait", words)


def readings_shown(readings: Sequence[DocumentLine]) -> SafeString:
    """Old reports with figures to be decided as items of a list, each with how many."""
    return format_html_join(
        "",
        '<li><a href="{}">{}</a>{}</li>',
        (
            (
                address_with("office:reading", one.public_id),
                shortened(one.title, MOST_LETTERS),
                tag_state("wait", gettext("%(n)s số") % {"n": one.waiting}),
            )
            for one in readings
        ),
    )
