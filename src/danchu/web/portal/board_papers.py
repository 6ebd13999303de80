"""A notice on paper and in the ear: the poster with its code, the script for the loudspeakers."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.civic.disclosure.reading_aloud import script_of
from danchu.civic.disclosure.rules import PLACE_NAMES
from danchu.civic.disclosure.selectors import notice as notice_of
from danchu.civic.disclosure.selectors.public import unit_of_notice
from danchu.civic.disclosure.views import NoticeView
from danchu.core.contracts import NOBODY
from danchu.core.documents import DEMONSTRATION_MARK
from danchu.core.documents.poster import Paper, Poster, render_poster
from danchu.core.law.catalog import cited
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters
from danchu.web.design.templatetags.danchu import vdate
from danchu.web.design.whole_address import whole

from .addresses import notice_address, notice_poster_address
from .caching import depends_on, whole_page
from .places import Place, place_of_record


@public
@whole_page
def poster(
    request: HttpRequest, code: str, slug: str, public_id: str, paper: Paper
) -> HttpResponse:
    """The poster of a notice as PDF; kept like a page, so that it is set once."""
    shown, found = _there(request, code, public_id)
    right = notice_poster_address(found.unit, shown.public_id, paper)
    if request.path != right:
        return HttpResponsePermanentRedirect(right)
    english = (get_language() or "vi").startswith("en")
    address = whole(request, notice_address(found.unit, shown.public_id))
    data = render_poster(
        Poster(
            head=f"{found.where[:1].upper()}{found.where[1:]}",
            title=shown.title,
            lines=_lines(shown, english),
            invitation=_("Quét mã để đọc đầy đủ"),
            address=address,
            alt=_("Mã QR dẫn đến trang của nội dung này"),
            basis=cited(shown.rule).said("en" if english else "vi") if shown.rule else "",
            mark=DEMONSTRATION_MARK if found.unit.is_demo else "",
            day=shown.occurred_on,
            language="en" if english else "vi",
        ),
        paper=paper,
    )
    return HttpResponse(data, content_type="application/pdf")


@public
@whole_page
def script(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponse:
    """The script of a notice as plain text, with its reading time at the head."""
    shown, found = _there(request, code, public_id)
    read = script_of(shown, unit=found.unit.name)
    minutes, seconds = divmod(read.seconds, 60)
    head = f"[Đọc khoảng {minutes} phút {seconds} giây, {read.syllables} tiếng]"
    if found.unit.is_demo:
        head += f"\n[{DEMONSTRATION_MARK}]"
    return HttpResponse(f"{head}\n\n{read.text}\n", content_type="text/plain; charset=utf-8")


def _there(request: HttpRequest, code: str, public_id: str) -> tuple[NoticeView, Place]:
    parameters(request, {})
    depends_on(request, unit_of_notice(NOBODY, uuid.UUID(public_id)))
    shown = notice_of(NOBODY, uuid.UUID(public_id))
    return shown, place_of_record(request, shown.unit_id, code, shown.occurred_on)


def _lines(shown: NoticeView, english: bool) -> tuple[str, ...]:
    lines = [_("Công khai ngày %(day)s.") % {"day": vdate(shown.occurred_on)}]
    if shown.document_number:
        lines.append(_("Văn bản %(number)s.") % {"number": shown.document_number})
    hanging = [p for p in shown.postings if p.standing.state in ("hanging", "not_yet")]
    kinds = dict.fromkeys(PLACE_NAMES[p.kind].said("en" if english else "vi") for p in hanging)
    if kinds:
        lines.append(_("Niêm yết tại %(places)s.") % {"places": ", ".join(kinds)})
    until = max((p.standing.until for p in hanging if p.standing.until), default=None)
    if until is not None and not shown.permanent:
        lines.append(_("Niêm yết đến ngày %(day)s.") % {"day": vdate(until)})
    return tuple(lines)
