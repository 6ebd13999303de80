"""From the file of a report to the figures it states, without Django and without a network.

``extract_text`` takes a file to its text, ``read_text`` a text to a :class:`Reading`, and
``check_reading`` tries the arithmetic of the figures read.
"""

from .against import Held, against_earlier, against_held
from .arithmetic import amounts_in
from .checking import check_reading
from .given import GivenNumber, numbers_given
from .model import (
    Check,
    Finding,
    Findings,
    Inconsistency,
    Indicator,
    LegalRef,
    PeriodRead,
    Person,
    Reading,
    SourceText,
    UnitRead,
)
from .reader import read_text
from .sources import extract_text
from .unit_places import Place, places_named

__all__ = [
    "Check",
    "Finding",
    "Findings",
    "GivenNumber",
    "Held",
    "Inconsistency",
    "Indicator",
    "LegalRef",
    "PeriodRead",
    "Person",
    "Place",
    "Reading",
    "SourceText",
    "UnitRead",
    "against_earlier",
    "against_held",
    "amounts_in",
    "check_reading",
    "extract_text",
    "numbers_given",
    "places_named",
    "read_text",
]
