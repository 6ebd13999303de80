"""What citizens answer to the question that an indicator counts.

A package of ``civic`` that asks citizens (after an answer, a visit, a case; in a survey) lists its
questions in ``questions.py`` as ``QUESTIONS``. Their answers stand beside what a unit says and what
its records show, and are never added to either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitizensAnswers:
    """How the citizens whom a unit served answered one question, as counts of people.

    ``asked`` were asked, ``answered`` of them answered, ``agreeing`` of those said yes.
    """

    unit_id: int
    indicator: str
    asked: int
    answered: int
    agreeing: int


@dataclass(frozen=True, slots=True)
class CitizensQuestion:
    """A question put to citizens about what these ``indicators`` count.

    ``agreeing_*``: what a yes means, in words ("đã được trả lời"). ``rows(unit_ids, start, end)``:
    the answers about exactly those units whose legal day lies in [start, end], in as many queries
    for many units as for one.
    """

    name: str
    indicators: tuple[str, ...]
    question_vi: str
    question_en: str
    agreeing_vi: str
    agreeing_en: str
    rows: Callable[[Collection[int], dt.date, dt.date], Iterable[CitizensAnswers]]
