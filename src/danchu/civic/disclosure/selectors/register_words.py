"""Forms and time of what was disclosed, as the register tells them (Law 10/2022 article 13.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from danchu.core.calendar.words import Phrase, printed
from danchu.core.clock import today

from .. import rules
from ..models import Form, Notice, Place, Posting
from ..standing import Gap, gap_on


def forms(
    postings: list[Posting], broadcasts: dict[str, list[dt.date]], others: list[str]
) -> Phrase:
    """In which forms of article 13 a content was disclosed.

    ``broadcasts``: the days of each station, by its name; ``others``: forms that were written down
    as used.
    """
    vi: list[str] = []
    en: list[str] = []
    places = [posting.place for posting in postings if posting.kind != Place.PORTAL]
    if places:
        named = "; ".join(dict.fromkeys(places))
        vi.append(f"niêm yết tại {named}")
        en.append(f"posted at {named}")
    if any(posting.kind == Place.PORTAL for posting in postings) or Form.PORTAL in others:
        vi.append("đăng trên cổng, trang thông tin điện tử")
        en.append("on the web portal")
    if broadcasts:
        # Article 13.3 asks for consecutive days: those of one station.
        if len(broadcasts) == 1:
            said = _aired(next(iter(broadcasts.values())))
            vi.append(f"phát truyền thanh {said.vi}")
            en.append(f"broadcast on {said.en}")
        else:
            aired = {name: _aired(found) for name, found in broadcasts.items()}
            vi.append(
                "phát truyền thanh: "
                + ", ".join(f"{name} {said.vi}" for name, said in aired.items())
            )
            en.append(
                "broadcast: " + ", ".join(f"{name} on {said.en}" for name, said in aired.items())
            )
    for form in dict.fromkeys(others):
        if form != Form.PORTAL:
            vi.append(rules.FORM_NAMES[form].vi)
            en.append(rules.FORM_NAMES[form].en)
    if not vi:
        return Phrase("Chưa ghi nơi niêm yết", "No place of posting yet")
    return headed(Phrase("; ".join(vi), "; ".join(en)))


def _with(said: Phrase, more: Phrase) -> Phrase:
    """The phrase with another after a comma, where there is one."""
    return Phrase(f"{said.vi}, {more.vi}", f"{said.en}, {more.en}") if more.vi else said


def _aired(on: list[dt.date]) -> Phrase:
    """On how many days a station broadcast, and how many of them followed each other at best."""
    days, run = len(set(on)), rules.longest_run(on)
    number = "1 day" if days == 1 else f"{days} days"
    if run < days:
        if run == 1:
            return Phrase(f"{days} ngày (không liên tục)", f"{number} (not consecutive)")
        return Phrase(f"{days} ngày ({run} ngày liên tục)", f"{number} ({run} consecutive)")
    if days == 1:
        return Phrase("1 ngày", number)
    return Phrase(f"{days} ngày liên tục", f"{days} consecutive days")


def headed(said: Phrase) -> Phrase:
    """The phrase as it begins a cell."""
    return Phrase(*(one[:1].upper() + one[1:] for one in said))


def hung_time(row: Notice, postings: list[Posting], gaps: Mapping[int, list[Gap]]) -> Phrase:
    """From when to when a content was disclosed, and whether it is not to be read today.

    ``gaps``: the interruptions of each posting.
    """
    first, now = printed(row.record.occurred_on), today()
    up = [one for one in postings if one.ends_on is None or one.ends_on > now]
    dark = [gap_on(gaps.get(one.pk, ()), one.ends_on, now) for one in up]
    since = [gap.from_on for gap in dark if gap is not None]
    told = Phrase("", "")
    if since:
        # Which place it is stands in the remark.
        day = printed(min(since))
        told = Phrase(f"gián đoạn từ {day}", f"interrupted since {day}")
    if row.permanent:
        return _with(Phrase(f"Từ {first}, thường xuyên", f"from {first}, permanently"), told)
    ends = [posting.ends_on for posting in postings]
    if not postings:
        return Phrase(first, first)
    if since and len(since) == len(up):
        return _with(Phrase(f"Từ {first}", f"from {first}"), told)
    if None in ends:
        where = Phrase(f"; có nơi {told.vi}", f"; somewhere {told.en}") if since else told
        return Phrase(
            f"Từ {first}, đang niêm yết{where.vi}", f"from {first}, still posted{where.en}"
        )
    last = printed(max(end for end in ends if end is not None))
    return Phrase(f"Từ {first} đến {last}", f"{first} to {last}")
