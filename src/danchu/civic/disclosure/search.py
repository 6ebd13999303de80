"""How disclosures are shown in lists that mix kinds of records. Names of lists never are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from danchu.core.contracts import Actor, Findable
from danchu.core.prepared import Prepared
from danchu.core.records.selectors import seen_among
from danchu.core.text import format_date

from .models import (
    Broadcast,
    CouncilReport,
    CouncilSession,
    Dispatch,
    FormUsed,
    Notice,
    Plan,
    Posting,
)
from .quarters import reported_span, span_name
from .rules import FORM_NAMES, office_path, plan_path
from .sending import COUNCIL_PATH, RECIPIENT_NAMES, paper_path

_SPINE = ("pk", "record__visibility", "record__unit_id", "record__occurred_on")
Lines = Callable[[Actor, list[int]], dict[int, tuple[str, str]]]


def _shown(
    rows: Callable[[list[int]], QuerySet[Any, Any]],
    words: Callable[..., str],
    path: Callable[[Any], str] = office_path,
) -> Lines:
    """Lines of one kind: the columns of the spine, the address, then what ``words`` takes."""
    prepared = Prepared(rows)

    def lines(viewer: Actor, record_ids: list[int]) -> dict[int, tuple[str, str]]:
        found = prepared.rows(record_ids)
        seen = seen_among(viewer, (row[:3] for row in found))
        return {
            pk: (f"{format_date(day)}: {words(*said)}", path(address))
            for pk, _visibility, _unit, day, address, *said in found
            if pk in seen
        }

    return lines


def _posted(title: str, place: str, ends_on: dt.date | None) -> str:
    until = f", đến {format_date(ends_on)}" if ends_on else ""
    return f"{place}{until}: {title}"


_NOTICES = _shown(
    lambda ids: Notice.objects.filter(pk__in=ids).values_list(
        *_SPINE, "record__public_id", "title"
    ),
    lambda title: title,
)
_POSTINGS = _shown(
    lambda ids: Posting.objects.filter(pk__in=ids).values_list(
        *_SPINE, "notice__record__public_id", "notice__title", "place", "ends_on"
    ),
    _posted,
)
_BROADCASTS = _shown(
    lambda ids: Broadcast.objects.filter(pk__in=ids).values_list(
        *_SPINE, "notice__record__public_id", "notice__title", "station"
    ),
    lambda title, station: f"{station}: {title}",
)
_FORMS = _shown(
    lambda ids: FormUsed.objects.filter(pk__in=ids).values_list(
        *_SPINE, "notice__record__public_id", "notice__title", "form"
    ),
    lambda title, form: f"{FORM_NAMES[form].vi}: {title}",
)
_PLANS = _shown(
    lambda ids: Plan.objects.filter(pk__in=ids).values_list(
        *_SPINE, "record__public_id", "year", "number"
    ),
    lambda year, number: f"kế hoạch công khai năm {year}" + (f" ({number})" if number else ""),
    plan_path,
)
_REPORTS = _shown(
    lambda ids: CouncilReport.objects.filter(pk__in=ids).values_list(
        *_SPINE, "record__public_id", "period"
    ),
    lambda period: f"báo cáo HĐND về công khai {span_name(reported_span(period)).vi}",
    paper_path,
)
_SESSIONS = _shown(
    lambda ids: CouncilSession.objects.filter(pk__in=ids).values_list(*_SPINE, "record__public_id"),
    lambda: "kỳ họp thường lệ của HĐND",
    lambda _public_id: COUNCIL_PATH,
)
_SENT = _shown(
    lambda ids: Dispatch.objects.filter(pk__in=ids).values_list(
        *_SPINE, "about__public_id", "recipient"
    ),
    lambda recipient: f"gửi {RECIPIENT_NAMES[recipient].vi}",
    paper_path,
)

FINDABLES = [
    Findable("disclosure", "Công khai", "Disclosure", _NOTICES),
    Findable("posting", "Niêm yết", "Posting", _POSTINGS),
    Findable("broadcast", "Phát truyền thanh", "Broadcast", _BROADCASTS),
    Findable("disclosure_form", "Hình thức công khai khác", "Other form of disclosure", _FORMS),
    Findable("disclosure_plan", "Kế hoạch công khai", "Disclosure plan", _PLANS),
    Findable("council_report", "Báo cáo HĐND về công khai", "Report to the Council", _REPORTS),
    Findable("council_session", "Kỳ họp HĐND", "Council session", _SESSIONS),
    Findable("disclosure_dispatch", "Gửi văn bản công khai", "Disclosure paper sent", _SENT),
]
