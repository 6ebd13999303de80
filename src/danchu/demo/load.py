"""Loading the demonstration from end to end."""

from __future__ import annotations

from dataclasses import dataclass

from danchu.core.outbox.services import drain

from .cast import PASSWORD as PASSWORD
from .cast import Cast, load_cast
from .differences import load_differences
from .law import load_confirmations
from .published import load_published
from .records import load_records
from .rounds import load_issued, load_notes, load_rounds, open_periods

# Who is printed at the start: one of each kind of work, in the order one would try them.
SHOWN = (
    "ghiviec.benmau@minhhoa.example",
    "baocao.benmau@minhhoa.example",
    "chutich.benmau@minhhoa.example",
    "bcd.tinh@minhhoa.example",
    "phapche@minhhoa.example",
    "quantri.benmau@minhhoa.example",
    "quantri@minhhoa.example",
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration and who it is."""

    email: str
    password: str
    who: str


def load_demo() -> list[DemoAccount]:
    """Load cast, records, rounds and published reports into an empty demonstration."""
    cast = load_cast()
    _open_doors(cast)
    open_periods()
    load_records(cast)
    load_confirmations(cast)
    settle()
    load_rounds(cast)
    load_notes(cast)
    load_published()
    settle()
    load_issued(cast)
    settle()
    load_differences(cast)
    settle()
    return [
        DemoAccount(email, PASSWORD, f"{cast.people[email].name}, {cast.people[email].post}")
        for email in SHOWN
    ]


def settle() -> None:
    """Fold everything that waits."""
    while drain():
        pass


def _open_doors(cast: Cast) -> None:
    """One hashing for everybody: a strong hash for each would take most of the loading."""
    hashed = ""
    for account in cast.people.values():
        if not hashed:
            account.set_password(PASSWORD)
            hashed = account.password
        account.password = hashed
        account.save(update_fields=["password"])
