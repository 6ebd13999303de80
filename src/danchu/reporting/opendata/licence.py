"""Under which licence the open data of this installation may be used (``DANCHU_OPEN_LICENCE``)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Licence:
    """An open licence by its SPDX name."""

    name: str
    title_vi: str
    title_en: str
    address: str
    needs_source: bool


LICENCES = {
    one.name: one
    for one in (
        Licence(
            "CC-BY-4.0",
            "Creative Commons Ghi công 4.0 Quốc tế",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
            True,
        ),
        Licence(
            "CC0-1.0",
            "Creative Commons CC0 1.0, không giữ quyền",
            "Creative Commons Zero 1.0 Universal",
            "https://creativecommons.org/publicdomain/zero/1.0/",
            False,
        ),
        Licence(
            "ODC-By-1.0",
            "Open Data Commons Ghi công 1.0",
            "Open Data Commons Attribution License 1.0",
            "https://opendatacommons.org/licenses/by/1-0/",
            True,
        ),
    )
}


def licence() -> Licence:
    """The licence of the installation. Raises ``ValueError`` where the setting names no known one.

    The settings refuse such a name at start, so no page ever meets it.
    """
    found = LICENCES.get(settings.DANCHU_OPEN_LICENCE)
    if found is None:
        known = ", ".join(LICENCES)
        raise ValueError(f"DANCHU_OPEN_LICENCE is none of: {known}")
    return found
