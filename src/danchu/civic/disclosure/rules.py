"""What the law asks of a disclosure, as data and pure functions.

The clauses are rules of the catalogue with mode "inform"; days are counted by the statutory
clock (``core.law.clock``), which starts again after each interruption of a posting.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from danchu.core.calendar.days import CalendarClass
from danchu.core.calendar.words import Phrase, printed
from danchu.core.errors import BadInput, Refusal
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.law.citing import cited
from danchu.core.law.clock import Derivation
from danchu.core.law.events import ClockEvent
from danchu.core.law.selectors import current_catalogue, deadline
from danchu.core.law.words import UNIT_KIND_NAMES

from .models import Form, Place

_ONE_DAY = dt.timedelta(days=1)

# The kind of grassroots unit whose rules bind a unit (Law 10/2022 article 2). A village makes
# nothing known of its own: its board shows what the commune discloses. A committee is the Party's.
KIND_OF_LEVEL: dict[str, UnitKind] = {
    "commune": "commune",
    "agency": "agency",
    "district": "agency",
    "province": "agency",
    "nation": "agency",
    "state_enterprise": "state_enterprise",
    "workplace": "workplace",
}
# Rules of mode "inform" that ask for a form, a plan or an answer and are no content themselves.
ABOUT_FORMS = frozenset(
    {
        "xa_ck_web",
        "xa_ck_loa",
        "xa_ck_kh",
        "xa_ck_yc",
        "pl34_ck",
        "pl34_ck_niemyet",
        "pl34_ck_loa",
        "nd04_ck",
        "nlv_quyche",
    }
)
REGISTER_RULE = "xa_ck_so"  # article 13.2: the register of disclosures is itself posted
PLAN_RULE = "xa_ck_kh"  # article 14.1: the plan of a year
# Article 13.1.b: the commune's democracy regulation and its procedures hang all the time.
ALWAYS = ("xa_ck_04", "xa_ck_13")
_BROADCAST_RULE = "xa_ck_loa"  # article 13.3
_CLAUSE_11 = re.compile(r"11\.(\d{1,2})\b")


def kind_of_level(level: str) -> UnitKind:
    """The kind whose rules bind a unit of this level; ``BadInput`` for one that discloses nothing.

    Field "unit".
    """
    kind = KIND_OF_LEVEL.get(level)
    if kind is None:
        raise BadInput(
            "Thôn, tổ dân phố và ban chỉ đạo không có nội dung công khai riêng theo luật. "
            "Ghi ở xã, phường; nơi niêm yết có thể là nhà văn hóa của thôn.",
            "Villages and committees have no disclosures of their own in law. Write it down for "
            "the commune; the village hall may be the place of posting.",
            code="no_disclosure",
            field="unit",
        )
    return kind


def calendar_class(kind: str) -> CalendarClass:
    """In whose working days the terms of this kind of unit are counted."""
    return "enterprise" if kind in ("state_enterprise", "workplace") else "public"


def clauses(kind: UnitKind, on: dt.date) -> tuple[Rule, ...]:
    """The contents that a unit of this kind has to disclose on the day, in catalogue order."""
    return tuple(
        rule
        for rule in current_catalogue().in_force(kind, on, "inform")
        if rule.group.startswith("cong_khai") and rule.key not in ABOUT_FORMS
    )


def require_clause(key: str, kind: UnitKind, on: dt.date) -> Rule:
    """The rule of a notice decided on that day by a unit of this kind.

    Raises ``BadInput`` (field "rule_key") naming what would apply: a rule of another time, of
    another kind of unit, or one that is no content to be disclosed.
    """
    try:
        rule = current_catalogue().rule_on(key, on)
    except Refusal as refusal:
        raise BadInput(refusal.vi, refusal.en, code=refusal.code, field="rule_key") from None
    if rule.unit_kind == kind and rule.mode == "inform" and rule.key not in ABOUT_FORMS:
        return rule
    would = clauses(kind, on)
    named_vi = "; ".join(f"{cited(r).vi}: {r.title_vi}" for r in would[:3])
    named_en = "; ".join(f"{cited(r).en}: {r.title_en}" for r in would[:3])
    more_vi = f" và {len(would) - 3} khoản khác" if len(would) > 3 else ""
    more_en = f" and {len(would) - 3} others" if len(would) > 3 else ""
    raise BadInput(
        f"“{rule.title_vi}” không phải nội dung công khai của {UNIT_KIND_NAMES[kind].vi}. "
        + (
            f"Ngày {printed(on)} áp dụng: {named_vi}{more_vi}."
            if would
            else f"Danh mục không ghi nội dung nào phải công khai ngày {printed(on)}."
        ),
        f"“{rule.title_en}” is no content that a unit of this kind ({UNIT_KIND_NAMES[kind].en}) "
        "discloses. "
        + (
            f"On {printed(on)} these apply: {named_en}{more_en}."
            if would
            else f"The catalogue knows of nothing to disclose on {printed(on)}."
        ),
        code="not_this_kind",
        field="rule_key",
    )


def due_derivation(rule: Rule, decided_on: dt.date) -> Derivation | None:
    """By when a content decided on that day is to be published; None where the law sets no days.

    Article 12.3: 5 working days; articles 47.2 and 65.2: 5 working days, 15 days.
    """
    if rule.deadline_days is None or rule.deadline_unit not in ("working", "calendar"):
        return None
    start = [ClockEvent("start", decided_on)]
    return deadline(rule.key, start, calendar_class(rule.unit_kind))


@dataclass(frozen=True, slots=True)
class Prescribed:
    """How a content is to be made known. ``any_place``: one of the places is enough.

    ``where_there_is_one``: forms that bind only where the unit has them (portal, loudspeaker).
    """

    places: tuple[str, ...]
    any_place: bool
    forms: tuple[str, ...]
    broadcast_days: int | None
    basis: Phrase

    @property
    def where_there_is_one(self) -> tuple[str, ...]:
        """Forms that bind only where the unit has them."""
        return tuple(f for f in self.forms if f in (Form.PORTAL, Form.BROADCAST))


def prescribed(rule: Rule, on: dt.date) -> Prescribed:
    """The forms and places that the law prescribes for a clause on that day.

    Article 13.1: the portal where there is one, headquarters and, unless the content is permanent,
    village halls and community points; article 13.3: clauses 7 to 12 also over the loudspeakers
    where there are any and through the village heads. Articles 48 and 66: the internal network
    or portal where there is one, else the notice board.
    """
    basis = cited(rule)
    if rule.unit_kind == "commune" and rule.instrument.key == "l10_2022":
        places: tuple[str, ...] = (Place.HEADQUARTERS,)
        if rule.posting_days is not None:
            places = (Place.HEADQUARTERS, Place.CULTURE_HOUSE, Place.COMMUNITY_POINT)
        forms: tuple[str, ...] = (Form.POSTING, Form.PORTAL)
        days = None
        found = _CLAUSE_11.match(rule.article)
        if found and 7 <= int(found[1]) <= 12:
            forms = (*forms, Form.BROADCAST, Form.VILLAGE_HEAD)
            days = _broadcast_days(on)
        return Prescribed(places, False, forms, days, basis)
    if rule.unit_kind == "commune":
        return Prescribed((Place.HEADQUARTERS,), False, (Form.POSTING,), None, basis)
    return Prescribed((Place.PORTAL, Place.HEADQUARTERS), True, (), None, basis)


def _broadcast_days(on: dt.date) -> int | None:
    try:
        return current_catalogue().rule_on(_BROADCAST_RULE, on).posting_days
    except Refusal:
        return None


def longest_run(days: Collection[dt.date]) -> int:
    """The most consecutive days among these."""
    known = set(days)
    best = 0
    for day in known:
        if day - _ONE_DAY in known:
            continue
        length = 1
        while day + length * _ONE_DAY in known:
            length += 1
        best = max(best, length)
    return best


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a notice still lacks. ``advice``: only where the unit has such a thing."""

    code: str
    said: Phrase
    advice: bool = False


PLACE_NAMES: dict[str, Phrase] = {
    Place.HEADQUARTERS: Phrase("trụ sở", "headquarters"),
    Place.CULTURE_HOUSE: Phrase("nhà văn hóa", "village hall"),
    Place.COMMUNITY_POINT: Phrase("điểm sinh hoạt cộng đồng", "community point"),
    Place.PORTAL: Phrase("cổng, trang thông tin điện tử", "web portal"),
    Place.OTHER: Phrase("nơi khác", "another place"),
}
FORM_NAMES: dict[str, Phrase] = {
    Form.POSTING: Phrase("niêm yết", "posting"),
    Form.PORTAL: Phrase("đăng trên cổng, trang thông tin điện tử", "on the web portal"),
    Form.BROADCAST: Phrase("phát trên hệ thống truyền thanh", "over the loudspeakers"),
    Form.VILLAGE_HEAD: Phrase(
        "thông qua Trưởng thôn, Tổ trưởng tổ dân phố", "through the village heads"
    ),
    Form.LETTER: Phrase("gửi văn bản đến công dân", "in writing to citizens"),
    Form.DIALOGUE: Phrase("tại hội nghị trao đổi, đối thoại", "at a dialogue conference"),
    Form.SPOKEN: Phrase(
        "qua tiếp công dân, tiếp xúc cử tri, họp báo, người phát ngôn",
        "at receptions, meetings with voters, press briefings, by the spokesperson",
    ),
    Form.ORGANISATIONS: Phrase(
        "thông qua Mặt trận Tổ quốc và tổ chức chính trị - xã hội",
        "through the Fatherland Front and the mass organisations",
    ),
    Form.NETWORKS: Phrase("qua mạng viễn thông, mạng xã hội", "by phone and social networks"),
    Form.OTHER: Phrase("hình thức khác theo pháp luật", "another form that the law allows"),
}


def lacking(
    wanted: Prescribed,
    *,
    places: Collection[str],
    forms: Collection[str],
    broadcast_run: int,
    without: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Lack, ...]:
    """What the law prescribes and nobody has written down yet.

    ``places``: kinds of place with a posting; ``forms``: letters written down apart from them;
    ``broadcast_run``: the most consecutive days of one station; ``without``: by kind of place the
    known places of the unit where it was not posted (article 13.1: at each hall and point).
    """
    found: list[Lack] = []
    if wanted.any_place and not set(places) & set(wanted.places):
        found.append(
            Lack(
                "place",
                Phrase(
                    "Chưa đăng trên mạng nội bộ, cổng thông tin hoặc niêm yết tại trụ sở.",
                    "Neither on the internal network or portal nor on the notice board yet.",
                ),
            )
        )
    elif not wanted.any_place:
        for place in wanted.places:
            named = (without or {}).get(place, ())
            if named:
                told = ", ".join(f"{one[:1].lower()}{one[1:]}" for one in named)
                found.append(
                    Lack(place, Phrase(f"Chưa niêm yết tại {told}.", f"Not posted yet: {told}."))
                )
            elif place not in places:
                name = PLACE_NAMES[place]
                found.append(
                    Lack(
                        place,
                        Phrase(f"Chưa niêm yết tại {name.vi}.", f"Not posted yet: {name.en}."),
                    )
                )
    if Form.PORTAL in wanted.forms and Place.PORTAL not in places and Form.PORTAL not in forms:
        found.append(
            Lack(
                Place.PORTAL,
                Phrase(
                    "Chưa đăng trên cổng, trang thông tin điện tử.",
                    "Not on the web portal yet.",
                ),
                advice=True,
            )
        )
    if wanted.broadcast_days is not None and broadcast_run < wanted.broadcast_days:
        days = wanted.broadcast_days
        found.append(
            Lack(
                "broadcast",
                Phrase(
                    f"Phát truyền thanh mới {broadcast_run} trên {days} ngày liên tục.",
                    f"Broadcast on {broadcast_run} of {days} consecutive days.",
                ),
                advice=True,
            )
        )
    if Form.VILLAGE_HEAD in wanted.forms and Form.VILLAGE_HEAD not in forms:
        found.append(
            Lack(
                "village_head",
                Phrase(
                    "Chưa ghi việc gửi Trưởng thôn, Tổ trưởng tổ dân phố để báo đến hộ.",
                    "Not yet written down that it was sent to the village heads for the "
                    "households.",
                ),
            )
        )
    return tuple(found)


def office_path(public_id: UUID) -> str:
    """The office page of a notice."""
    return f"/office/ghi-viec/cong-khai/{public_id}/"


def plan_path(public_id: UUID) -> str:
    """The office page of a disclosure plan."""
    return f"/office/cong-khai/ke-hoach/{public_id}/"
