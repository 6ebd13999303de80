"""Where a notice stands for everybody: its public page, its poster, what is read of it aloud."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danchu.civic.disclosure.selectors import NoticeView
from danchu.core.documents.poster import PAPERS
from danchu.core.units.selectors import unit_by_id
from danchu.web.portal.addresses import (
    notice_address,
    notice_poster_address,
    notice_script_address,
)


def papers_outside(notice: NoticeView) -> list[tuple[str, str]]:
    """(name, address) of what everybody can open; nothing for a notice that is not public.

    Of one that was corrected only the page, which leads to the papers of the correction: a wrong
    number is not put up again.
    """
    if not notice.public or notice.cancelled:
        return []
    unit = unit_by_id(notice.unit_id, notice.occurred_on)
    found = [(_("Xem trang của người dân"), notice_address(unit, notice.public_id))]
    if notice.corrections:
        return found
    for paper in PAPERS:
        name = _("Tờ dán khổ %(name)s (PDF)") % {"name": paper.upper()}
        found.append((name, notice_poster_address(unit, notice.public_id, paper)))
    return [*found, (_("Bài đọc trên loa"), notice_script_address(unit, notice.public_id))]
