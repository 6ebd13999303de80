"""A new notice with the places where it hangs: none counts unless ticked, each with its own day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.civic.disclosure import rules
from danchu.civic.disclosure.models import Place, PostingEvidence
from danchu.civic.disclosure.services import (
    AlikeStands,
    EvidenceInput,
    HandedIn,
    PostingInput,
    hand_in_evidence,
)
from danchu.core.clock import today
from danchu.core.contracts import Actor
from danchu.core.errors import Refusal
from danchu.core.law.catalog import Rule, UnitKind
from danchu.core.units.selectors import UnitOnDay
from danchu.web.design.asking import AsksOnceMore
from danchu.web.design.forms import VietnameseDateField, of_row

from .counted_rows import RowSet, count_rows
from .disclosure_forms import NoticeForm, clause_choices
from .disclosure_step_forms import PHOTOS
from .kept_files import KeepsFiles, KeptFileField, TakingIn
from .photo_dealing import EACH, WHICH, at_once, deal, tick_all

MOST_PLACES = 60
_BLANK = 2  # rows for places that were never written down


class PlaceForm(KeepsFiles):
    """One place. ``known``: where this unit usually posts, told by its name; else typed here."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {"photo": hand_in_evidence}

    posted = forms.BooleanField(label=_("Nơi khác"), required=False)
    known = forms.BooleanField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Loại nơi niêm yết"))
    place = forms.CharField(label=_("Tên nơi niêm yết"), max_length=200, required=False)
    day = VietnameseDateField(label=_("Ngày khác, nếu không cùng ngày trên"), required=False)
    link = forms.CharField(
        label=_("Đường dẫn"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    photo = KeptFileField(label=_("Chụp ảnh tại đây"), accept=PHOTOS, camera=True)

    same_day: dt.date | None = None  # the day of all places that say none of their own
    dealt: HandedIn | None = None  # which of the pictures chosen for all places is of this one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        self.is_known = self["known"].value() in (True, "True", "on")
        names = {
            code: _first(name.said(language))
            for code, name in rules.PLACE_NAMES.items()
            if self.is_known or code != Place.PORTAL  # the portal has a row of its own
        }
        kind.choices = list(names.items())
        on_portal = self.is_known and self["kind"].value() == Place.PORTAL
        if self.is_known:
            self["posted"].label = str(self["place"].value() or names[Place.PORTAL])
            kind.widget = forms.HiddenInput()
            self.fields["place"].widget = forms.HiddenInput()
        del self.fields["photo" if on_portal else "link"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("posted"):
            if not data.get("day") and "day" not in self.errors and self.same_day is None:
                where = data.get("place") or self["posted"].label
                self.add_error(
                    "day", gettext("Ghi ngày niêm yết tại %(place)s.") % {"place": where}
                )
            return data
        # A day stands there to begin with; of a place that is not ticked nothing is taken.
        for name in ("day", "kind", "link", "place"):
            self.errors.pop(name, None)
        if self.handed("photo") or (not self.is_known and data.get("place")):
            self.add_error(
                "posted",
                gettext("Đánh dấu ô này nếu đã niêm yết; chưa thì bỏ ảnh và tên nơi."),
            )
        return data

    def show_pictures(self, handed: Sequence[HandedIn]) -> None:
        """Have it chosen which of the pictures for all places is of this one."""
        if "photo" not in self.fields:
            return  # what stands at an address is its own evidence
        names = [(one.public_id.hex, one.name) for one in handed]
        choices = [("", gettext("chưa có ảnh")), *names]
        self.add_field(
            WHICH,
            forms.ChoiceField(label=gettext("Ảnh của nơi này"), choices=choices, required=False),
        )

    def posting(self) -> PostingInput:
        """The place, for the service."""
        data = self.cleaned_data
        photo = [*self.handed("photo"), *([self.dealt] if self.dealt else [])]
        return PostingInput(
            kind=data.get("kind", ""),
            place=data.get("place", ""),
            starts_on=data.get("day") or self.same_day,
            link=data.get("link", ""),
            evidence=EvidenceInput(PostingEvidence.Moment.START, photo[0]) if photo else None,
        )

    def field_of(self, fault: Any) -> str | None:
        name = {"starts_on": "day", "file": "photo"}.get(fault.field, fault.field)
        if name in ("place", "kind") and self.is_known:
            return "posted"
        return name if name in self.fields else None


PlaceFormSet = forms.formset_factory(
    PlaceForm,
    formset=RowSet,
    extra=0,
    max_num=MOST_PLACES,
    absolute_max=MOST_PLACES,
    validate_max=True,
)


def usual_rows(
    unit: UnitOnDay,
    kind: UnitKind,
    wanted: rules.Prescribed,
    usual: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """The rows to begin with: the places prescribed and usual, none of them ticked."""
    seat = f"Trụ sở Ủy ban nhân dân {unit.name}" if kind == "commune" else f"Trụ sở {unit.name}"
    named: list[tuple[str, str]] = [
        (Place.HEADQUARTERS, place) for place in usual.get(Place.HEADQUARTERS, (seat,))
    ]
    if Place.CULTURE_HOUSE in wanted.places:
        for code in (Place.CULTURE_HOUSE, Place.COMMUNITY_POINT):
            named += [(code, place) for place in usual.get(code, ())]
    named += [(Place.OTHER, place) for place in usual.get(Place.OTHER, ())]
    named = named[: MOST_PLACES - _BLANK - 1]
    named.append((Place.PORTAL, ""))
    rows: list[dict[str, Any]] = [
        {"known": True, "kind": code, "place": place} for code, place in named
    ]
    rows += [{"kind": Place.CULTURE_HOUSE}] * _BLANK
    return rows


class ClauseChoice(forms.ChoiceField):
    """The clauses of the unit, where the address of the form named one that it does not have."""

    def __init__(self, offered: tuple[Rule, ...], *, required: bool) -> None:
        super().__init__(
            label=_("Khoản luật"),
            choices=[("", _("chọn khoản")), *clause_choices(offered)],
            required=required,
            error_messages={
                "required": _("Đơn vị không có khoản này. Chọn khoản của nội dung."),
                "invalid_choice": _("Đơn vị không có khoản này. Chọn khoản của nội dung."),
            },
        )


class NewNoticeForm(AsksOnceMore, NoticeForm):
    """A notice with its places. ``rows``: those of :func:`usual_rows`, for a form not yet sent."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {**NoticeForm.TAKEN, "photos": hand_in_evidence}

    asked_by = "alike"
    all_the_same = _("Vẫn ghi thêm một nội dung giống hệt")

    stands_at: uuid.UUID | None = None  # the notice that says the same, where there is one
    shows_dealing = False  # pictures were dealt to the places and nobody has looked at it yet

    posted_at = forms.ChoiceField(
        label=_("Nơi đã niêm yết"),
        required=False,
        initial=EACH,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
    )
    posted_on = VietnameseDateField(
        label=_("Niêm yết từ ngày"), required=False, help_text=_("Cùng ngày cho mọi nơi đã chọn.")
    )
    photos = KeptFileField(
        label=_("Ảnh niêm yết, chọn nhiều ảnh một lần"),
        many=True,
        accept=PHOTOS,
        help_text=_("Ảnh được chia cho các nơi đã chọn theo thứ tự; ảnh của từng nơi đổi được."),
    )

    village_heads = forms.BooleanField(
        label=_("Đã gửi Trưởng thôn, Tổ trưởng tổ dân phố để báo đến hộ"), required=False
    )
    public = forms.BooleanField(
        label=_("Hiện trên trang của người dân"),
        required=False,
        help_text=_("Cơ quan, doanh nghiệp công khai cho người của mình; chọn nếu cho mọi người."),
    )

    def __init__(
        self,
        *args: Any,
        rule: Rule,
        kind: UnitKind,
        wanted: rules.Prescribed,
        rows: list[dict[str, Any]] | None = None,
        choose: ClauseChoice | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, rule_key=rule.key, **kwargs)
        if choose is not None:
            self.add_field("rule_key", choose)
        if kind == "commune":
            del self.fields["public"]
        if "d" not in wanted.forms:
            del self.fields["village_heads"]
        self.places: Any
        self._miscounted = ""
        if self.is_bound:
            data = QueryDict(mutable=True)
            data.update(self.data)
            tick_all(data)
            self.data = data
            # Every row is meant as it was sent: none counts as it was offered.
            data["noi-INITIAL_FORMS"] = "0"
            self._miscounted = count_rows(data, "noi", MOST_PLACES)
            self.places = PlaceFormSet(data, self.files, prefix="noi")
        else:
            self.places = PlaceFormSet(prefix="noi", initial=rows or [])
        others = [row for row in self.places if not row.is_known]
        for number, row in enumerate(others[1:], start=2):  # a box of its own name for each
            row["posted"].label = gettext("Nơi khác (%(n)s)") % {"n": number}
        kinds = [row["kind"].value() for row in self.places if row.is_known]
        offered = at_once(kinds)
        chosen = self.fields["posted_at"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = offered
        if len(offered) < 2:
            del self.fields["posted_at"]

    def take_in(self, actor: Actor, unit_id: int) -> None:
        super().take_in(actor, unit_id)
        for row in self.places:
            row.take_in(actor, unit_id)

    def is_valid(self) -> bool:
        mine = super().is_valid()
        for row in self.places:
            row.same_day = self.cleaned_data.get("posted_on")
            if "posted_on" in self.errors:
                row.same_day = today()  # told once, beside the day of all
        theirs = self.places.is_valid()
        self._deal()
        if self._miscounted:
            self.add_error(None, self._miscounted)
            mine = False
        if not theirs and self.places.non_form_errors():
            for sentence in self.places.non_form_errors():
                self.add_error(None, sentence)
        return mine and theirs and not self.errors and not self.shows_dealing

    def _deal(self) -> None:
        """Give the pictures chosen for all places to those ticked; unseen, they are shown first."""
        handed = self.handed("photos")
        if not handed:
            return
        arrived = [one.public_id.hex if one else None for one in self.arrived("photos")]
        dealing = deal(
            [
                (str(row.prefix), self.data.get(row.add_prefix(WHICH)))
                for row in self.ticked
                if "photo" in row.fields and not row.handed("photo")
            ],
            [one.public_id.hex for one in handed],
            arrived,
        )
        by_key = {one.public_id.hex: one for one in handed}
        for row in self.places:
            row.show_pictures(handed)
            row.dealt = by_key.get(dealing.given.get(str(row.prefix), ""))
            row.data[row.add_prefix(WHICH)] = dealing.given.get(str(row.prefix), "")
            if row.prefix in dealing.twice:
                row.add_error(WHICH, gettext("Ảnh này đã chọn cho nơi khác."))
        if dealing.left:
            names = ", ".join(f"“{by_key[key].name}”" for key in dealing.left)
            self.add_error(
                "photos",
                gettext(
                    "Chưa chia cho nơi nào: %(names)s. Đánh dấu thêm nơi đã niêm yết, chọn ảnh của "
                    "từng nơi hoặc bỏ ảnh này."
                )
                % {"names": names},
            )
        self.shows_dealing = dealing.by_us

    @cached_property
    def ticked(self) -> list[PlaceForm]:
        """The places that were ticked, in order; those still that are refused afterwards."""
        return [row for row in self.places if row.cleaned_data.get("posted")]

    def postings(self) -> tuple[PostingInput, ...]:
        """The places ticked, for the service."""
        return tuple(row.posting() for row in self.ticked)

    def tell(self, fault: Refusal) -> None:
        """What was refused of a posting ("postings-2-place") stands beside its row; of a notice
        that says the same it is kept which, for a link to it."""
        if isinstance(fault, AlikeStands):
            self.stands_at = fault.public_id
        found = of_row(fault, "postings")
        if found is None:
            super().tell(fault)
            return
        index, told = found
        row = self.ticked[index]
        if told.field == "starts_on" and not row.cleaned_data.get("day"):
            if "posted_on" not in self.errors:  # one day of many places is told once
                self.add_error("posted_on", str(fault))
            return
        if row.field_of(told) not in row.errors:
            row.tell(told)

    @property
    def wrong_fields(self) -> list[tuple[str, str]]:
        """What is wrong with the notice, then with its places."""
        found = super().wrong_fields
        for row in self.places:
            found = [*found, *row.wrong_fields]
        return found


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
