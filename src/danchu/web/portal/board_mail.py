"""The messages to who follows a board: the link to confirm, and what is new once a day.

Plain text. Titles, days and links only, as the board's list has them: never a name of a list, never
a text. Composed here because links come from ``addresses``; taken and noted in
``core.subscriptions``.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from danchu.core.accounts.installation import is_demonstration
from danchu.core.addresses import absolute
from danchu.core.clock import today
from danchu.core.mail import NotDelivered, mail_is_on, send_message
from danchu.core.subscriptions.letters import (
    Followed,
    Letter,
    News,
    letter_failed,
    letter_sent,
    news,
    next_letter,
)
from danchu.core.subscriptions.sealing import confirming, stopping, stopping_all
from danchu.core.units.selectors import UnitOnDay, ancestors, units_by_ids
from danchu.web.design.templatetags.danchu import vdate

from .addresses import unit_part_address
from .search import ADDRESSES

log = logging.getLogger(__name__)


def send_next() -> bool:
    """Send one message that is due; False when none is, or the mail server does not answer.

    For the worker. What goes wrong is logged without the address, and tried again in an hour.
    """
    letter = next_letter() if mail_is_on() else None
    if letter is None:
        return False
    with override(letter.language):
        composed = _invitation(letter) if letter.kind == "invitation" else _news(letter)
    if composed is None:
        letter_sent(letter, empty=True)
        return True
    subject, body = composed
    try:
        send_message(
            to=letter.address,
            subject=subject,
            body=body,
            headers={
                "List-Unsubscribe": f"<{_stop_all(letter)}>",
                # The mail program itself shows a button that sends to this address (RFC 8058).
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    except NotDelivered as failure:
        log.warning("mail: a message did not go out (%s)", failure)
        letter_failed(letter, refused=failure.refused)
        return failure.refused
    letter_sent(letter)
    return True


def _invitation(letter: Letter) -> tuple[str, str] | None:
    (followed,) = letter.followed
    unit = _units(letter).get(followed.unit_id)
    if unit is None:
        return None
    confirm = reverse("portal:mail_confirm", args=[confirming(followed.public_id)])
    lines = [
        _("Có người nhập địa chỉ thư này để nhận thư báo khi %(place)s công khai nội dung mới.")
        % {"place": _where(unit)},
        "",
        _("Muốn nhận thì mở đường dẫn sau trong 7 ngày rồi bấm “Xác nhận”:"),
        absolute(confirm),
        "",
        _("Không đăng ký thì bỏ qua thư này: sau 7 ngày địa chỉ tự được xóa. Xóa ngay:"),
        _stop(followed),
    ]
    return _marked(_("Xác nhận nhận thư báo của %(unit)s") % {"unit": unit.name}), _body(lines)


def _news(letter: Letter) -> tuple[str, str] | None:
    units = _units(letter)
    told: list[tuple[UnitOnDay, Followed, list[News], int]] = []
    for followed in letter.followed:
        found, number = news(followed)
        unit = units.get(followed.unit_id)
        if unit is not None and found:
            told.append((unit, followed, found, number))
    if not told:
        return None
    lines: list[str] = []
    for unit, followed, found, number in told:
        lines += [_head(_where(unit)), ""]
        for one in found:
            lines += [
                f"- {one.title}",
                "  " + _("Công khai ngày %(day)s.") % {"day": vdate(one.day)},
                f"  {absolute(ADDRESSES[one.kind](unit, one.public_id))}",
                "",
            ]
        board = absolute(unit_part_address("portal:board", unit))
        if number > len(found):
            more = ngettext(
                "Còn %(n)d nội dung nữa: %(address)s",
                "Còn %(n)d nội dung nữa: %(address)s",
                number - len(found),
            )
            lines += [more % {"n": number - len(found), "address": board}, ""]
        if len(letter.followed) > 1:
            stop = _("Dừng thư của %(unit)s: %(address)s")
            lines += [stop % {"unit": unit.name, "address": _stop(followed)}, ""]
    lines += [
        "--",
        _("Mỗi ngày nhiều nhất một thư. Dừng nhận thư: %(address)s")
        % {"address": _stop_all(letter)},
    ]
    total = sum(number for _unit, _followed, _found, number in told)
    counted = {"n": total, "unit": _head(told[0][0].name)}
    if len(told) == 1:
        subject = ngettext(
            "%(unit)s công khai %(n)d nội dung mới",
            "%(unit)s công khai %(n)d nội dung mới",
            total,
        )
    else:
        subject = ngettext(
            "%(n)d nội dung mới được công khai", "%(n)d nội dung mới được công khai", total
        )
    return _marked(subject % counted), _body(lines)


def _units(letter: Letter) -> dict[int, UnitOnDay]:
    return units_by_ids([one.unit_id for one in letter.followed], today())


def _where(unit: UnitOnDay) -> str:
    """ "xã Bến Mẫu, tỉnh Minh Họa"."""
    above = [one for one in ancestors(unit.id, today()) if one.level != "nation"]
    return ", ".join([unit.name, *(one.name for one in reversed(above))])


def _head(name: str) -> str:
    return name[:1].upper() + name[1:]


def _stop(followed: Followed) -> str:
    return absolute(reverse("portal:mail_stop", args=[stopping(followed.public_id)]))


def _stop_all(letter: Letter) -> str:
    return absolute(reverse("portal:mail_stop", args=[stopping_all(letter.mailbox)]))


def _marked(subject: str) -> str:
    """A demonstration says so wherever it is met."""
    return f"[{_('dữ liệu minh họa')}] {subject}" if is_demonstration() else subject


def _body(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    if is_demonstration():
        mark = _("Dữ liệu minh họa: đơn vị và nội dung trong thư này không có thật.")
        text = f"{mark}\n\n{text}"
    return text + "\n"
