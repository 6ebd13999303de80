"""Files chosen in a form stay with it: what was taken in goes back signed, and is sent again.

A browser never fills a file box by itself. So a file is taken in as soon as it arrives, whatever
else is wrong; the page that comes back names it, ticked, and the next sending needs no second
upload. What is never sent again is swept with the other orphans after two days.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files import File
from django.utils.translation import gettext

from danchu.civic.disclosure.services import HandedIn
from danchu.core.contracts import Actor
from danchu.core.errors import Refusal
from danchu.web.design.forms import DanchuForm

_SALT = "danchu.office.kept"
_LASTS = dt.timedelta(hours=36)  # less than the two days after which a file is swept

TakingIn = Callable[..., HandedIn]


class KeptFileInput(forms.FileInput):
    """A file box with the files that were taken in already above it, each with its tick."""

    template_name = "office/parts/kept_file.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, many: bool = False) -> None:
        self.allow_multiple_selected = many
        super().__init__({**(attrs or {}), **({"multiple": True} if many else {})})
        self.many = many
        self.kept: list[tuple[str, str]] = []
        self.kept_name = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if self.many:
            return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        return files.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["kept"] = self.kept
        context["widget"]["kept_name"] = self.kept_name
        return context


class KeptFileField(forms.FileField):
    """One file or several; what arrives is taken in by the form, nothing is kept here."""

    widget = KeptFileInput
    comes_back = True  # with the form that was refused, so nothing has to be chosen again

    def __init__(
        self, *, many: bool = False, accept: str = "", camera: bool = False, **kwargs: Any
    ):
        attrs = {"accept": accept} if accept else {}
        if camera:
            attrs["capture"] = "environment"
        self.many = many
        kwargs.setdefault("required", False)
        super().__init__(widget=KeptFileInput(attrs, many=many), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if self.many:
            return [super(KeptFileField, self).clean(one, None) for one in data or ()]
        return super().clean(data, initial)


class KeepsFiles(DanchuForm):
    """A form whose files stay with it. ``TAKEN`` names the service that takes each field's in."""

    TAKEN: ClassVar[dict[str, TakingIn]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._handed: dict[str, tuple[HandedIn, ...]] = {}
        self._fresh: dict[str, list[HandedIn | None]] = {}
        self._faults: list[tuple[str, str]] = []

    def take_in(self, actor: Actor, unit_id: int) -> None:
        """Take in what was chosen, and what came back; call it before ``is_valid``."""
        for name, service in self.TAKEN.items():
            field = self.fields.get(name)
            if not isinstance(field, KeptFileField):
                continue
            key = self.add_prefix(f"{name}_kept")
            known = self._came_back(actor, name, key)
            arrived = [
                self._taken(service, actor, unit_id, name, given)
                for given in self._sent(field, name)
            ]
            self._fresh[name] = arrived
            fresh = [taken for taken in arrived if taken is not None]
            handed = [*known, *fresh] if field.many else (fresh or known)[:1]
            self._handed[name] = tuple(handed)
            widget = field.widget
            assert isinstance(widget, KeptFileInput)
            widget.kept_name = key
            widget.kept = [(_token(actor, one), one.name) for one in handed]

    def handed(self, name: str) -> tuple[HandedIn, ...]:
        """The files of a field, as they were taken in."""
        return self._handed.get(name, ())

    def arrived(self, name: str) -> list[HandedIn | None]:
        """The files chosen now, as the browser listed them; None for one that was refused."""
        return self._fresh.get(name, [])

    def clean(self) -> dict[str, Any]:
        for name, sentence in self._faults:
            self.add_error(name, sentence)
        return super().clean() or self.cleaned_data

    def _sent(self, field: KeptFileField, name: str) -> list[File[bytes]]:
        widget = field.widget
        assert isinstance(widget, KeptFileInput)
        value = widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return [one for one in (value if field.many else [value]) if one]

    def _taken(
        self, service: TakingIn, actor: Actor, unit_id: int, name: str, given: File[bytes]
    ) -> HandedIn | None:
        try:
            return service(actor=actor, unit_id=unit_id, data=given, name=given.name or "")
        except Refusal as refusal:
            told = gettext("Tệp “%(name)s”: %(why)s") % {"name": given.name, "why": str(refusal)}
            self._faults.append((name, told))
            return None

    def _came_back(self, actor: Actor, name: str, key: str) -> list[HandedIn]:
        found = []
        tokens = self.data.getlist(key) if hasattr(self.data, "getlist") else []
        for token in tokens:
            one = _read(actor, token)
            if one is None:
                self._faults.append(
                    (name, gettext("Tệp giữ từ lần gửi trước đã hết hạn; chọn lại."))
                )
            else:
                found.append(one)
        return found


def _token(actor: Actor, one: HandedIn) -> str:
    """What the page carries of a file; nobody but danchu writes it, and for this person only."""
    at = one.taken_at.isoformat() if one.taken_at else ""
    said = [actor.actor_id, one.public_id.hex, one.name, at, one.taken_place]
    return signing.dumps(said, salt=_SALT, compress=True)


def _read(actor: Actor, token: str) -> HandedIn | None:
    try:
        owner, public_id, name, at, place = signing.loads(token, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return None
    if owner != actor.actor_id:
        return None
    taken_at = dt.datetime.fromisoformat(at) if at else None
    return HandedIn(uuid.UUID(public_id), taken_at, place, name)
