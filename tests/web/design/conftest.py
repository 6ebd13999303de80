from __future__ import annotations

import pytest


@pytest.fixture
def sample_pages(settings):
    """The addresses of tests.web.design.pages instead of the installation's."""
    settings.ROOT_URLCONF = "tests.web.design.pages"


@pytest.fixture
def make_account(db):
    """Makes an account holding a role over a unit of its own; no role when none is named."""
    from danchu.core.accounts.models import Account, RoleGrant
    from danchu.core.clock import today
    from danchu.core.units.models import Placement, Unit

    def make(role: str = "") -> Account:
        account = Account.objects.create(
            email=f"{role or 'khong-vai-tro'}@mau.invalid", name="Người Mẫu"
        )
        if role:
            unit = Unit.objects.create(level="commune", is_demo=True)
            Placement.objects.create(unit=unit, path=f"/{unit.pk}/")
            RoleGrant.objects.create(account=account, role=role, unit=unit, valid_from=today())
        return account

    return make
