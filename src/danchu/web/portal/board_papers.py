"""A notice on paper and in the ear: the poster with its code, the script for the loudspeakers and
its recording."""

from __future__ import annotations

import uuid

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.civic.disclosure.posters import places_named, summaries
from danchu.civic.disclosure.reading_aloud import (
    discloses,
    script_of,
    short_enough_to_hear,
)
from danchu.civic.disclosure.rules import PLACE_NAMES
from danchu.civic.disclosure.selectors import notice as notice_of
from danchu.civic.disclosure.selectors.public import as_corrected, notice_between, unit_of_notice
from danchu.civic.disclosure.views import NoticeView, PostingView
from danchu.core.contracts import NOBODY
from danchu.core.documents import DEMONSTRATION_MARK
from danchu.core.documents.poster import Paper, Poster, render_poster
from danchu.core.errors import NotFound, NotYet
from danchu.core.law.citing import cited
from danchu.core.units.selectors import unit_by_id
from danchu.core.voice import kept_recording, recording, voice
from danchu.web.design.access import public
from danchu.web.design.client_address import counted_address
from danchu.web.design.parameters import parameters
from danchu.web.design.rate import Buckets
from danchu.web.design.refusals import refused
from danchu.web.design.templatetags.danchu import vdate
from danchu.web.design.whole_address import whole

from .addresses import notice_address, notice_poster_address, notice_short_address
from .caching import depends_on, whole_page
from .places import Place, place_of_record, stands_today
from .short_addresses import ids_of


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
    # The code on an old poster leads to what stands now.
    now = as_corrected(NOBODY, shown)
    address = whole(request, notice_short_address(now.public_id))
    data = render_poster(
        Poster(
            head=discloses(found.unit) + found.where.removeprefix(found.unit.name),
            title=shown.title,
            warning=_warning(shown),
            summaries=_about(shown, english),
            facts=_facts(shown, found, english),
            invitation=_("Quét mã để đọc đầy đủ"),
            address=address,
            alt=_("Mã QR dẫn đến trang của nội dung này"),
            basis=_basis(shown, english),
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
    read = script_of(shown, unit=found.unit)
    minutes, seconds = divmod(read.seconds, 60)
    head = f"[Đọc khoảng {minutes} phút {seconds} giây, {read.syllables} tiếng]"
    now = as_corrected(NOBODY, shown)
    address = whole(request, notice_short_address(now.public_id))
    head += f"\n[Bản đầy đủ: {address}]"
    if found.unit.is_demo:
        head += f"\n[{DEMONSTRATION_MARK}]"
    return HttpResponse(f"{head}\n\n{read.text}\n", content_type="text/plain; charset=utf-8")


RECORDINGS_A_MINUTE = 6  # that one address may have made anew, in each process
makings = Buckets()


@public
def heard(request: HttpRequest, code: str, slug: str, public_id: str) -> HttpResponseBase:
    """The script of a notice as a recording (WAV), where this machine has a voice.

    What was made is kept and given to anybody; to have one made is counted by address.
    """
    shown, found = _there(request, code, public_id)
    if not short_enough_to_hear(shown):
        raise NotFound(
            "Nội dung này quá dài nên không có tệp âm thanh. Tải bài đọc bằng chữ.",
            "This notice is too long for a recording. The script itself is there.",
        )
    said = script_of(shown, unit=found.unit).spoken
    if found.unit.is_demo:
        said = f"{DEMONSTRATION_MARK}.\n{said}"
    handle = kept_recording(said)
    if handle is None:
        seconds = makings.wait(counted_address(request), RECORDINGS_A_MINUTE) if voice() else 0
        if seconds:
            return _too_many(request, seconds)
        handle = recording(said)
    answer = FileResponse(
        handle,
        as_attachment=True,
        filename=f"bai-doc-{public_id[:8]}.wav",
        content_type="audio/wav",
    )
    # A notice may be cancelled or corrected; who plays it asks here again.
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = refused(
        request,
        NotYet(
            f"Đã tải quá nhiều tệp âm thanh trong một phút. Mở lại sau {seconds} giây.",
            f"Too many recordings were asked for in a minute. Ask again in {seconds} seconds.",
        ),
    )
    answer.status_code = 429
    answer["Retry-After"] = str(seconds)
    del answer["Refresh"]
    return answer


@public
def short(request: HttpRequest, short: str) -> HttpResponse:
    """The short address of a paper leads to the notice; what is none leads nowhere."""
    parameters(request, {})
    ids = ids_of(short)
    if ids is None:
        raise NotFound("Không có trang này.", "There is no such page.")
    public_id = notice_between(NOBODY, *ids)
    found = notice_of(NOBODY, public_id)
    then = unit_by_id(found.unit_id, found.occurred_on)
    return HttpResponseRedirect(notice_address(stands_today(then) or then, public_id))


def _basis(shown: NoticeView, english: bool) -> str:
    if shown.rule is None:
        return ""
    said = cited(shown.rule).said("en" if english else "vi")
    return said[:1].upper() + said[1:]


def _there(request: HttpRequest, code: str, public_id: str) -> tuple[NoticeView, Place]:
    parameters(request, {})
    depends_on(request, unit_of_notice(NOBODY, uuid.UUID(public_id)))
    shown = notice_of(NOBODY, uuid.UUID(public_id))
    return shown, place_of_record(request, shown.unit_id, code, shown.occurred_on)


def _warning(shown: NoticeView) -> str:
    if not shown.corrections:
        return ""
    return _("Bản này đã được đính chính ngày %(day)s. Đọc bản đính chính.") % {
        "day": vdate(shown.corrections[-1].occurred_on)
    }


def _about(shown: NoticeView, english: bool) -> tuple[str, ...]:
    """What it is about; a wrong number that was corrected is not put up again."""
    if shown.corrections:
        return ()
    said = summaries(shown)
    if said:
        return said
    if shown.has_names:
        return (_("Danh sách xem tại nơi niêm yết."),)
    if shown.table is not None:
        return (_("Bảng chi tiết xem tại nơi niêm yết."),)
    return ()


def _facts(shown: NoticeView, found: Place, english: bool) -> tuple[tuple[str, str], ...]:
    """Where it hangs and from when to when, the paper, whom to ask."""
    facts = []
    hanging = [p for p in shown.postings if p.standing.state in ("hanging", "not_yet")]
    if hanging:
        kinds = {kind: name.said("en" if english else "vi") for kind, name in PLACE_NAMES.items()}
        facts.append((_("Niêm yết tại"), places_named(hanging, kinds)))
        facts.append((_("Thời gian niêm yết"), _posted(shown, hanging)))
    day = {"day": vdate(shown.decided_on)}
    said = _("Công khai ngày %(day)s.") % {"day": vdate(shown.occurred_on)}
    if shown.document_number:
        paper = _("%(number)s, ngày %(day)s.") % {"number": shown.document_number, **day}
    else:
        paper = _("Ngày %(day)s.") % day
    facts.append((_("Văn bản"), f"{paper} {said}"))
    if asked := _whom_to_ask(found):
        facts.append((_("Hỏi tại"), asked))
    return tuple(facts)


def _posted(shown: NoticeView, hanging: list[PostingView]) -> str:
    days = {"start": vdate(min(posting.starts_on for posting in hanging))}
    if shown.permanent:
        return _("từ ngày %(start)s, thường xuyên") % days
    until = max((p.standing.until for p in hanging if p.standing.until), default=None)
    if until is None:
        return _("từ ngày %(start)s") % days
    return _("từ ngày %(start)s đến ngày %(end)s") % {**days, "end": vdate(until)}


def _whom_to_ask(found: Place) -> str:
    """How the unit is reached, as it says so itself; "" where it says nothing."""
    contact = found.contact
    if contact is None:
        return ""
    said = [contact.address]
    if contact.telephone:
        said.append(_("điện thoại %(number)s") % {"number": contact.telephone})
    said += [contact.email, contact.hours]
    return "; ".join(part.rstrip(" .;") for part in said if part)
