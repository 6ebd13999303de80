"""Links that work once: hashed, for one purpose, until they expire, for nobody stronger."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.core import clock
from danchu.core.accounts import links
from danchu.core.accounts.models import Account, OneTimeToken
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from tests.core.small_map import Map, grant, holder, person

GOOD = "bốn con trâu qua cầu"


def make(actor, account: Account, purpose: str = "welcome") -> str:
    return links.make_one_time_link(actor=actor, account_id=account.pk, purpose=purpose)


def redeem(token: str, purpose: str = "welcome", password: str = GOOD) -> Account:
    return links.redeem_link(token=token, purpose=purpose, password=password)


def test_a_link_sets_a_password_once(land: Map) -> None:
    admin, someone = holder("unit_admin", land["Bến Mẫu"]), holder("recorder", land["Bến Mẫu"])
    token = make(admin, someone)
    row = OneTimeToken.objects.get()
    assert token not in (row.token_hash, str(row.__dict__))
    assert row.expires_at - row.created_at == pytest.approx(
        dt.timedelta(days=7), abs=dt.timedelta(seconds=5)
    )
    # Looking at the page spends nothing; a weak password neither.
    assert links.owner_of_link(token, "welcome").pk == someone.pk
    for weak in ("", "ngắn", "1234567890123", "password12", someone.email):
        with pytest.raises(BadInput) as refused:
            redeem(token, password=weak)
        assert refused.value.field == "password"
    before = someone.get_session_auth_hash()
    assert redeem(token).pk == someone.pk
    changed = Account.objects.get(pk=someone.pk)
    assert changed.check_password(GOOD)
    assert changed.get_session_auth_hash() != before
    with pytest.raises(NotFound):
        redeem(token, password=GOOD + " khác")
    assert Account.objects.get(pk=someone.pk).check_password(GOOD)
    codes = list(Entry.objects.order_by("number").values_list("code", "account_id"))
    assert codes == [("account.link_made", admin.pk), ("account.password_set", someone.pk)]


def test_a_link_that_does_not_work_says_nothing_about_why(
    land: Map, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = holder("recorder", land["Bến Mẫu"])
    older = make(OPERATOR, someone)
    token = make(OPERATOR, someone, "reset")
    now = clock.now()
    told = set()

    def fails(*arguments: str) -> None:
        with pytest.raises(NotFound) as refused:
            redeem(*arguments)
        told.add(str(refused.value))

    fails(older)  # a newer one was made
    fails(token, "welcome")  # another purpose
    fails(token + "x", "reset")
    fails("", "reset")
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=24, minutes=1))
    fails(token, "reset")  # too late
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=23))
    Account.objects.filter(pk=someone.pk).update(is_active=False)
    fails(token, "reset")  # the account was closed
    Account.objects.filter(pk=someone.pk).update(is_active=True)
    redeem(token, "reset")
    fails(token, "reset")
    assert len(told) == 1


def test_a_link_is_no_way_to_somebody_stronger(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    above = holder("unit_admin", land["Minh Họa"])
    system = holder("admin", land["Bến Mẫu"])
    neighbour = holder("recorder", land["Cầu Mẫu"])
    both = holder("recorder", land["Bến Mẫu"])
    grant(both, "recorder", land["Cầu Mẫu"])
    later = holder("recorder", land["Bến Mẫu"])
    grant(later, "leader", land["Minh Họa"], begins=clock.today() + dt.timedelta(days=30))
    nobody = person("không-vai-trò")
    for strong in (above, system, neighbour, both, later, nobody):
        with pytest.raises(NotAllowed):
            make(admin, strong, "reset")
        with pytest.raises(NotAllowed):
            links.drop_second_factor(actor=admin, account_id=strong.pk)
    for actor in (NOBODY, holder("leader", land["Bến Mẫu"]), both):
        with pytest.raises(NotAllowed):
            make(actor, holder("recorder", land["Bến Mẫu"]), "reset")
    assert not OneTimeToken.objects.exists()
    for account in (admin, neighbour, both, later):
        make(holder("unit_admin", land["nation"]), account, "reset")
    make(OPERATOR, system, "reset")
    with pytest.raises(NotFound):
        links.make_one_time_link(actor=OPERATOR, account_id=10**9, purpose="reset")
    with pytest.raises(BadInput):
        make(OPERATOR, admin, "forever")


def test_a_past_role_elsewhere_does_not_bind(land: Map) -> None:
    someone = holder("recorder", land["Bến Mẫu"])
    grant(someone, "leader", land["Minh Họa"], ends=clock.today() - dt.timedelta(days=1))
    grant(someone, "recorder", land["Bến Mẫu cũ"])
    make(holder("unit_admin", land["Bến Mẫu"]), someone, "reset")


def test_people_set_their_own_password_only(land: Map) -> None:
    someone, other = holder("recorder", land["Bến Mẫu"]), holder("admin", land["Bến Mẫu"])

    def set_it(actor, password: str = GOOD, account_id: int = someone.pk) -> None:
        links.set_password(actor=actor, account_id=account_id, password=password)

    for actor in (other, NOBODY):
        with pytest.raises(NotAllowed):
            set_it(actor)
    with pytest.raises(BadInput):
        set_it(someone, "ngắn")
    with pytest.raises(NotFound):
        set_it(OPERATOR, account_id=10**9)
    assert not Account.objects.get(pk=someone.pk).check_password(GOOD)
    set_it(someone)
    assert Account.objects.get(pk=someone.pk).check_password(GOOD)
    set_it(OPERATOR, GOOD + " 2")
    assert Account.objects.get(pk=someone.pk).check_password(GOOD + " 2")
