"""What every template knows: ``site``, the installation and the face around the page.

Everything is computed when a template asks for it, so a page that shows no office bar costs
no query, and a citizens' page never touches the session.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from danchu.core.accounts.installation import installation
from danchu.core.clock import today

from .access import Access

EN = "/en/"

_mode = ""  # "live" or "demo" once it is known: an installation is one of them for good


def forget_mode() -> None:
    """Ask the database again; for tests, which make and unmake installations."""
    global _mode
    _mode = ""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in the other language."""

    code: str
    name: str
    address: str


class Site:
    """The installation and the request, as templates see them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def is_demo(self) -> bool:
        """Whether the data are invented and every page has to say so.

        An installation is one or the other for good, so a page that must not ask the database
        (it may be what failed) goes by what was last seen.
        """
        global _mode
        if not _mode and not getattr(self._request, "danchu_without_database", False):
            with contextlib.suppress(DatabaseError):
                known = installation()
                _mode = known.mode if known else ""
        return _mode == "demo"

    @cached_property
    def language(self) -> str:
        """ "vi" or "en": the language of this page."""
        return "en" if (get_language() or "vi").startswith("en") else "vi"

    @cached_property
    def other_language(self) -> OtherLanguage:
        """Where the same page is in the other language: the address alone decides."""
        path = self._request.get_full_path()
        if self._request.path_info.startswith(EN):
            # Two slashes at the front of an address would lead to another site.
            return OtherLanguage("vi", "Tiếng Việt", "/" + path[len(EN) :].lstrip("/\\"))
        return OtherLanguage("en", "English", "/en" + path)

    @property
    def most_sent(self) -> int:
        """How many bytes one sending may hold."""
        return int(settings.DANCHU_MAX_REQUEST)

    @property
    def today(self) -> Any:
        """The legal day in Viet Nam."""
        return today()

    @cached_property
    def office(self) -> Any:
        """The office bar of the signed-in person; None on the citizens' face."""
        access: Access | None = getattr(self._request, "danchu_access", None)
        if access is None or access.kind == "public":
            return None
        from .office_bar import office_bar

        return office_bar(self._request)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``site``."""
    return {"site": Site(request)}


def served_codes() -> list[str]:
    """The codes of the units this installation works for, as its first day wrote them down."""
    known = installation()
    return list(known.serves) if known else []
