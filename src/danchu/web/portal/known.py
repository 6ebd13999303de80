"""Which units the citizens' face may name: those of the map, others once they are public."""

from __future__ import annotations

import datetime as dt

from danchu.civic.dialogue.selectors import dialogues as dialogues_of
from danchu.civic.disclosure.selectors.public import newest_lines
from danchu.civic.reception.selectors import published_schedule
from danchu.core.contracts import NOBODY
from danchu.core.errors import NotFound
from danchu.core.units.selectors import contact_of
from danchu.core.units.selectors.states import unknown_code
from danchu.reporting.reading.selectors import periods_with_stated
from danchu.reporting.reviews.published import published_lines

# Kinds of unit that stand on the official map and always have a page; others have one when
# something public hangs on them.
ON_THE_MAP = ("nation", "province", "district", "commune")


def is_known_to_all(unit_id: int, level: str, day: dt.date) -> bool:
    """Whether a unit may be named to everybody: a private workplace of which nothing is public
    may not, not even by the address to which another leads."""
    return level in ON_THE_MAP or bool(
        newest_lines(NOBODY, unit_id=unit_id, limit=1)
        or contact_of(unit_id)
        or published_schedule(NOBODY, unit_id, day)
        or dialogues_of(NOBODY, unit_id=unit_id, published_only=True, limit=1)[1]
        or published_lines(NOBODY, unit_id, limit=1)[0]
        or periods_with_stated(NOBODY, unit_id)
    )


def no_such_unit(code: str, day: dt.date) -> NotFound:
    """The refusal for a code that nobody ever held, to the letter."""
    return unknown_code(code, day, ())
