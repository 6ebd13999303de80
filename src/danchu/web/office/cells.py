"""Indicators and their values as the pages of a form show them."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language, gettext

from danchu.core.clock import VIET_NAM
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.rounds.form import exact_text
from danchu.web.design.templatetags.danchu import written


def named(meaning: Definition) -> str:
    """The indicator's name in the language of the page."""
    return meaning.name_en if get_language() == "en" else meaning.name_vi


def unit_of(meaning: Definition) -> str:
    """What it is counted in; "" for a share."""
    if meaning.is_rate:
        return ""
    return meaning.unit_en if get_language() == "en" else meaning.unit_vi


def state_text(meaning: Definition, state: str, amount: int | None) -> str:
    """A value in one of its four states; no digit is rounded away."""
    if amount is not None:
        text = written(exact_text(meaning, amount))
        return f"{text}%" if meaning.is_rate else text
    if state == "not_applicable":
        return gettext("không áp dụng")
    return gettext("chưa báo cáo")


def clock_text(moment: dt.datetime | None) -> str:
    """The time of day of a change, as "14:30"."""
    return f"{moment.astimezone(VIET_NAM):%H:%M}" if moment else ""
