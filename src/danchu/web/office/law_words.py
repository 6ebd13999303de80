"""Rules of the law in the words of a page: article, rhythm, number of days, text basis."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.calendar.words import Phrase
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import cited
from danchu.core.law.shipped import source_names
from danchu.core.law.words import DEADLINE_UNIT_NAMES, MODE_NAMES, UNIT_KIND_NAMES, period_name
from danchu.reporting.duties.instances import State

STATES: Mapping[str, str | Promise] = {
    "done": _("đã làm"),
    "done_late": _("làm muộn"),
    "short": _("chưa đủ ngày"),
    "late": _("quá hạn"),
    "open": _("trong hạn"),
    "ahead": _("chưa đến kỳ"),
    "unknown": _("chưa theo dõi"),
}


def said(phrase: Phrase) -> str:
    """A phrase in the language of the page."""
    return phrase.said(get_language() or "vi")


def rule_title(rule: Rule) -> str:
    """The rule's title in the language of the page."""
    return rule.title(get_language() or "vi")


def rule_cited(rule: Rule) -> str:
    """Clause and instrument: "khoản 1 Điều 32 Luật số 10/2022/QH15"."""
    return said(cited(rule))


def basis_in_short(rule: Rule) -> str:
    """The same for a line of a list."""
    return said(rule.basis_in_short())


def basis_words(rule: Rule) -> str:
    """What is known of the text of the rule."""
    return said(rule.basis_words())


def source_name(rule: Rule) -> str:
    """Where the wording was seen, in Vietnamese; "" where the catalogue names no source."""
    return source_names().get(rule.source, rule.source)


def rhythm_words(rule: Rule) -> str:
    """When the rule wants something: its rhythm, its days, its least time of posting."""
    parts = []
    if rule.period:
        parts.append(said(period_name(rule.period)))
    if rule.deadline_days is not None and rule.deadline_unit is not None:
        parts.append(f"{rule.deadline_days} {said(DEADLINE_UNIT_NAMES[rule.deadline_unit])}")
    if rule.posting_days is not None:
        parts.append(gettext("niêm yết ít nhất %(n)s ngày liên tục") % {"n": rule.posting_days})
    return "; ".join(parts)


def mode_name(mode: str) -> str:
    """What kind of thing a rule asks: disclosure, dialogue, reception…"""
    return said(MODE_NAMES[mode])  # type: ignore[index]  # the catalogue admits no other


def unit_kind_name(kind: str) -> str:
    """The catalogue's kind of unit."""
    return said(UNIT_KIND_NAMES[kind])  # type: ignore[index]


def state_name(state: State) -> str:
    """How one instance of a duty stands."""
    return str(STATES[state])
