"""The first start: a demonstration from nothing; later starts keep what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .database import bring_up
from .output import tr

if TYPE_CHECKING:
    from danchu.core.accounts.models import Installation
    from danchu.demo.load import DemoAccount


def prepare() -> Installation:
    """Make sure there is an installation of this release, a demonstration when there was none.

    A demonstration whose loading was cut off is emptied and loaded again; one that was set
    up without its data, and a live installation, are never touched but for the migrations.
    """

    from danchu.core.accounts.installation import installation

    bring_up()
    known = installation()
    if known is not None and known.demo_state != "loading":
        return known
    print(
        tr(
            "Đang dựng bản minh họa lần đầu, mất một hai phút…",
            "Making the demonstration for the first time, a minute or two…",
        ),
        flush=True,
    )
    load_anew()
    known = installation()
    assert known is not None
    return known


def load_anew() -> None:
    """Empty the database of a demonstration and load it from the start; files go too."""
    import shutil

    from django.conf import settings
    from django.core.management import call_command

    from danchu.core.accounts.installation import loaded
    from danchu.demo.load import load_demo

    from .installation import set_up

    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.DANCHU_DATA / "files", ignore_errors=True)
    # Editions of the open data name reports that are no more.
    shutil.rmtree(settings.DANCHU_DATA / "cache" / "open-data", ignore_errors=True)
    set_up(demo=True, serves=[], loading=True)
    load_demo()
    loaded()


def demonstration_accounts() -> list[DemoAccount]:
    """The accounts of the demonstration that still have the password it was made with."""
    from danchu.core.accounts.models import Account
    from danchu.demo.load import PASSWORD, SHOWN, DemoAccount

    found = {account.email: account for account in Account.objects.filter(email__in=SHOWN)}
    known: dict[str, bool] = {}  # everybody shares one hash, and checking one is slow on purpose
    shown = []
    for email in SHOWN:
        account = found.get(email)
        if account is None:
            continue
        if account.password not in known:
            known[account.password] = account.check_password(PASSWORD)
        if known[account.password]:
            shown.append(DemoAccount(email, PASSWORD, f"{account.name}, {account.post}"))
    return shown
