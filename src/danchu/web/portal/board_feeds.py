"""What a unit made known as a feed (Atom, RFC 4287) and as a calendar (iCalendar, RFC 5545).

Both hold what the board's list holds: titles, days, places. Never a name of a list (K8).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.civic.disclosure.selectors.public import newest_lines, posted_days
from danchu.core.clock import today
from danchu.core.contracts import NOBODY
from danchu.web.design.access import public
from danchu.web.design.context import Site
from danchu.web.design.parameters import parameters
from danchu.web.design.templatetags.danchu import vdate
from danchu.web.design.whole_address import whole

from .addresses import notice_address, unit_part_address
from .board import require_known_to_all
from .caching import whole_page
from .places import Place, place_of_today
from .posting_bars import line_shown

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 40
MOST_EVENTS = 100
_FOLD_AT = 75  # octets of a line (RFC 5545, 3.1)


@public
@whole_page
def feed(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The newest notices of a unit."""
    found = _place(request, code, slug, "portal:board_feed")
    if isinstance(found, HttpResponseRedirectBase):
        return found
    ElementTree.register_namespace("", ATOM)
    english, day = (get_language() or "vi").startswith("en"), today()
    here = whole(request, request.path)
    board = whole(request, unit_part_address("portal:board", found.unit))
    lines = newest_lines(NOBODY, unit_id=found.unit.id, limit=MOST_ENTRIES)
    require_known_to_all(found.unit, shown_there=bool(lines))
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en" if english else "vi"})
    _add(root, "id", here)
    _add(root, "title", _name(request, found))
    _add(root, "updated", _moment(max((line.occurred_on for line in lines), default=day)))
    _add(_add(root, "author"), "name", found.name)
    _add(root, "link", href=here, rel="self", type="application/atom+xml")
    _add(root, "link", href=board, rel="alternate", type="text/html")
    for line in lines:
        address = notice_address(found.unit, line.public_id)
        shown = line_shown(line, address, on=day, english=english)
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:uuid:{line.public_id}")
        _add(entry, "title", line.title)
        _add(entry, "published", _moment(line.occurred_on))
        _add(entry, "updated", _moment(line.occurred_on))
        _add(entry, "link", href=whole(request, address), type="text/html")
        told = [_("Công khai ngày %(day)s.") % {"day": vdate(line.occurred_on)}]
        if line.document_number:
            told.append(_("Văn bản %(number)s.") % {"number": line.document_number})
        if shown.places:
            told.append(_("Niêm yết tại %(places)s.") % {"places": shown.places})
        if line.is_correction:
            told.insert(0, _("Đính chính nội dung đã công khai."))
        if line.corrected:
            told.insert(0, _("Đã có đính chính."))
        _add(entry, "summary", " ".join(told))
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@public
@whole_page
def calendar(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The first and the last day of each posting of a unit."""
    found = _place(request, code, slug, "portal:board_calendar")
    if isinstance(found, HttpResponseRedirectBase):
        return found
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//danchu//cong-khai//VI", "METHOD:PUBLISH"]
    out.append(f"X-WR-CALNAME:{_escaped(_name(request, found))}")
    posted = posted_days(NOBODY, unit_id=found.unit.id, limit=MOST_EVENTS)
    require_known_to_all(found.unit, shown_there=bool(posted))
    for one in posted:
        address = whole(request, notice_address(found.unit, one.notice_id))
        days = [("dau", one.starts_on, _("Bắt đầu niêm yết: %(title)s"))]
        if one.last_on is not None and one.last_on > one.starts_on:
            days.append(("cuoi", one.last_on, _("Ngày cuối niêm yết: %(title)s")))
        for part, day, words in days:
            out += [
                "BEGIN:VEVENT",
                f"UID:{one.public_id}-{part}@danchu",
                f"DTSTAMP:{one.starts_on:%Y%m%d}T000000Z",
                f"SEQUENCE:{one.changed - 1}",
                f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
                f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{_escaped(words % {'title': one.title})}",
                f"LOCATION:{_escaped(one.place)}",
                f"URL:{address}",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
    out.append("END:VCALENDAR")
    text = "".join(f"{part}\r\n" for line in out for part in _folded(line))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _place(
    request: HttpRequest, code: str, slug: str, part: str
) -> Place | HttpResponseRedirectBase:
    parameters(request, {})
    return place_of_today(request, code, slug, lambda unit: unit_part_address(part, unit))


def _name(request: HttpRequest, found: Place) -> str:
    name = _("Nội dung đã công khai: %(name)s") % {"name": found.where}
    return f"{name} ({_('dữ liệu minh họa')})" if Site(request).is_demo else name


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child


def _moment(day: dt.date) -> str:
    """The beginning of a legal day in Viet Nam."""
    return f"{day.isoformat()}T00:00:00+07:00"


def _escaped(text: str) -> str:
    """A text of iCalendar (RFC 5545, 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; those after the first begin with a blank."""
    lead, size, part = "", 0, ""
    for char in line:
        width = len(char.encode())
        if size + width > _FOLD_AT:
            yield lead + part
            lead, size, part = " ", 1, ""
        part += char
        size += width
    yield lead + part
