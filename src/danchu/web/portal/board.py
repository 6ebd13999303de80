"""The public board of a unit: what was made known, newest first, and one notice with its days."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.civic.disclosure.reading_aloud import short_enough_to_hear
from danchu.civic.disclosure.rules import FORM_NAMES, PLACE_NAMES
from danchu.civic.disclosure.selectors import notice as notice_of
from danchu.civic.disclosure.selectors import open_document
from danchu.civic.disclosure.selectors.public import (
    as_corrected,
    board_page,
    newest_lines,
    unit_of_notice,
)
from danchu.civic.disclosure.views import NoticeView, PostingView
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.core.documents.poster import PAPERS
from danchu.core.errors import NotFound
from danchu.core.law.catalog import Rule
from danchu.core.law.citing import cited, clause_of
from danchu.core.mail import mail_is_on
from danchu.core.units.selectors import UnitOnDay, unit_by_id
from danchu.core.voice import voice
from danchu.web.design.access import public
from danchu.web.design.data_tables import table_shown
from danchu.web.design.parameters import parameters
from danchu.web.design.programs import open_to_programs, require_known
from danchu.web.design.templatetags.danchu import vdate
from danchu.web.design.whole_address import whole

from .addresses import (
    claim_address,
    notice_address,
    notice_document_address,
    notice_file_address,
    notice_heard_address,
    notice_poster_address,
    notice_script_address,
    unit_part_address,
)
from .caching import depends_on, whole_page
from .known import ON_THE_MAP
from .notice_tables import MEDIA, SHOWN_ROWS, file_of, money_charts
from .places import Place, place_of_record, place_of_today
from .posting_bars import LineShown, PostingBar, bar_of, line_shown

PER_PAGE = 20
MOST_PAGES = 500
HANGING = "dang-niem-yet"
MOST_PREVIEW = 200  # letters of a preview card
MOST_CHOICE = 34  # letters of the name of a clause in the filter


def notice_lines(unit: UnitOnDay, *, limit: int) -> list[LineShown]:
    """The newest notices of a unit, for a page that shows some of them."""
    return _shown(unit, newest_lines(NOBODY, unit_id=unit.id, limit=limit))


def _shown(unit: UnitOnDay, lines: list[Any]) -> list[LineShown]:
    english, day = _english(), today()
    return [
        line_shown(line, notice_address(unit, line.public_id), on=day, english=english)
        for line in lines
    ]


@public
@whole_page
def board(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The notices of a unit, of one clause or those that hang today."""
    asked = parameters(request, {"trang": int, "khoan": str, "tinh-trang": (HANGING,)})
    number = max(1, asked["trang"] or 1)
    found = place_of_today(
        request, code, slug, lambda unit: unit_part_address("portal:board", unit)
    )
    if isinstance(found, HttpResponseRedirectBase):
        return found
    if number > MOST_PAGES:
        raise _no_page()
    shown = board_page(
        NOBODY,
        unit_id=found.unit.id,
        rule_key=asked["khoan"] or "",
        hanging=asked["tinh-trang"] == HANGING,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    if number > 1 and not shown.lines:
        raise _no_page()
    if not shown.clauses:
        require_known_to_all(found.unit, shown_there=False)
    return render(
        request,
        "portal/board.html",
        {
            "place": found,
            "notices": _shown(found.unit, shown.lines),
            "clauses": [_named(rule) for rule in shown.clauses],
            "chosen_name": _named(shown.chosen).name if shown.chosen else "",
            "chosen": shown.chosen,
            "hanging": asked["tinh-trang"] == HANGING,
            "filtered": shown.chosen is not None or asked["tinh-trang"] is not None,
            "board_address": unit_part_address("portal:board", found.unit),
            "feed": unit_part_address("portal:board_feed", found.unit),
            "by_mail": mail_is_on() and unit_part_address("portal:board_mail", found.unit),
            "calendar": unit_part_address("portal:board_calendar", found.unit),
            "before": _page_address(request, number - 1) if number > 1 else "",
            "after": _page_address(request, number + 1) if shown.more else "",
            "number": number,
        },
    )


@dataclass(frozen=True, slots=True)
class ClauseNamed:
    """A clause to choose: ``short`` fits a phone of 320 px, ``name`` is the whole of it."""

    key: str
    clause: str
    short: str
    name: str


def _named(rule: Rule) -> ClauseNamed:
    language = get_language() or "vi"
    said = clause_of(rule).said(language)
    clause = said[:1].upper() + said[1:]
    name = rule.title_en if _english() else rule.title_vi
    return ClauseNamed(rule.key, clause, f"{clause}: {_cut(name, MOST_CHOICE)}", name)


def require_known_to_all(unit: UnitOnDay, *, shown_there: bool) -> None:
    """Raise ``NotFound`` for a unit registered here of which nothing is public: a private
    workplace has no page that names it."""
    if unit.level not in ON_THE_MAP and not shown_there:
        raise _no_page()


def _no_page() -> NotFound:
    return NotFound("Không có trang này.", "There is no such page.")


def _page_address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(number)
    return f"?{query.urlencode()}"


@dataclass(frozen=True, slots=True)
class PostingShown:
    """A posting on the page of its notice."""

    posting: PostingView
    kind: str
    bar: PostingBar


@public
@whole_page
def notice(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponse:
    """One notice, found by its id alone; an old or wrong unit in the address redirects."""
    parameters(request, {})
    shown, found = _notice_there(request, code, public_id)
    address = notice_address(found.unit, shown.public_id)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    english, day = _english(), today()
    absolute = whole(request, address)
    # What is read aloud, put up and passed on is what stands now, never the wrong number.
    now = as_corrected(NOBODY, shown)
    answer = render(
        request,
        "portal/notice.html",
        {
            "place": found,
            "notice": shown,
            "basis": cited(shown.rule) if shown.rule else None,
            "table": table_shown(shown.table, SHOWN_ROWS) if shown.table else None,
            "charts": money_charts(shown.table) if shown.table else (),
            "documents": [
                (one, notice_document_address(found.unit, shown.public_id, one.order, one.ending))
                for one in shown.documents
            ],
            "files": [
                (ending.upper(), notice_file_address(found.unit, shown.public_id, ending))
                for ending in MEDIA
            ],
            "postings": [
                PostingShown(
                    posting,
                    PLACE_NAMES[posting.kind].said("en" if english else "vi"),
                    bar_of(posting, permanent=shown.permanent, on=day),
                )
                for posting in shown.postings
            ],
            "forms": [
                (FORM_NAMES[form.form].said("en" if english else "vi"), form)
                for form in shown.forms
            ],
            "corrections": [
                (other, notice_address(found.unit, other.public_id)) for other in shown.corrections
            ],
            "corrects": shown.corrects
            and (shown.corrects, notice_address(found.unit, shown.corrects.public_id)),
            "board_address": unit_part_address("portal:board", found.unit),
            "claim_address": claim_address(found.unit, shown.public_id),
            "posters": [
                (paper.upper(), notice_poster_address(found.unit, now.public_id, paper))
                for paper in PAPERS
            ],
            "script": notice_script_address(found.unit, now.public_id),
            "heard": voice()
            and short_enough_to_hear(now)
            and notice_heard_address(found.unit, now.public_id),
            "absolute": absolute,
            "preview": _preview(shown, found),
            "papers_of": now if now is not shown else None,
            "to_paste": _to_paste(
                now, found, whole(request, notice_address(found.unit, now.public_id))
            ),
        },
    )
    _keep_nowhere(answer, shown)
    return answer


def _keep_nowhere(answer: HttpResponseBase, shown: NoticeView) -> None:
    """A notice with a list of people is kept by nobody on the way, as the documents beside it."""
    if shown.has_names:
        answer["Cache-Control"] = "no-store"


def _notice_there(request: HttpRequest, code: str, public_id: str) -> tuple[NoticeView, Place]:
    """The notice as everybody sees it, and its unit as it is today or as it was then."""
    depends_on(request, unit_of_notice(NOBODY, uuid.UUID(public_id)))
    shown = notice_of(NOBODY, uuid.UUID(public_id))
    return shown, place_of_record(request, shown.unit_id, code, shown.occurred_on)


def _preview(shown: NoticeView, found: Place) -> str:
    """What a preview card says under the title: where, when, the first words. No names."""
    first = " ".join(shown.text.split())
    said = _("%(place)s công khai ngày %(day)s.") % {
        "place": found.name,
        "day": vdate(shown.occurred_on),
    }
    return _cut(f"{said} {first}".strip(), MOST_PREVIEW)


def _cut(text: str, most: int) -> str:
    """Cut at a word, never between a number and what it counts."""
    if len(text) <= most:
        return text
    words = text[: most - 1].split(" ")[:-1]
    while words and any(sign.isdigit() for sign in words[-1]):
        words.pop()
    return " ".join(words).rstrip(" ,;:") + "…"


def _to_paste(shown: NoticeView, found: Place, address: str) -> str:
    """A short text for a group of neighbours: what, who, until when, where to read it."""
    lines = [
        shown.title,
        _("%(place)s công khai ngày %(day)s.")
        % {"place": found.name, "day": vdate(shown.occurred_on)},
    ]
    ends = [p.standing.until for p in shown.postings if p.standing.state == "hanging"]
    last = max((day for day in ends if day), default=None)
    if last is not None and not shown.permanent:
        lines.append(_("Niêm yết đến ngày %(day)s.") % {"day": vdate(last)})
    lines.append(_("Xem đầy đủ: %(address)s") % {"address": address})
    return "\n".join(lines)


@open_to_programs
def notice_table(
    request: HttpRequest, code: str, slug: str, public_id: str, ending: str
) -> HttpResponseBase:
    """The table of a notice as a file."""
    require_known(request, frozenset())
    shown = notice_of(NOBODY, uuid.UUID(public_id))
    if shown.table is None:
        raise NotFound("Nội dung này không có bảng.", "This notice has no table.")
    unit = unit_by_id(shown.unit_id, shown.occurred_on)
    answer = HttpResponse(file_of(shown, ending, is_demo=unit.is_demo), content_type=MEDIA[ending])
    answer["Content-Disposition"] = f'attachment; filename="cong-khai-{public_id[:8]}.{ending}"'
    _keep_nowhere(answer, shown)
    return answer


@open_to_programs
def notice_document(
    request: HttpRequest, code: str, slug: str, public_id: str, order: str, ending: str
) -> HttpResponseBase:
    """A document of a notice, as it is kept."""
    require_known(request, frozenset())
    found = open_document(NOBODY, uuid.UUID(public_id), int(order), ending)
    answer = FileResponse(
        found.handle, as_attachment=True, filename=found.name, content_type=found.media_type
    )
    # One taken back, or gone with the names beside it, is kept by nobody on the way.
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _english() -> bool:
    return (get_language() or "vi").startswith("en")
