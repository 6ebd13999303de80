"""Adding people and giving roles: nobody gives, ends or takes over more than they hold."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from danchu.core import clock
from danchu.core.accounts import selectors, services
from danchu.core.accounts.models import Account, RoleGrant
from danchu.core.accounts.roles import ROLES
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from tests.core.small_map import Map, grant, holder, person

TODAY = dt.date(2026, 3, 1)
YESTERDAY = dt.date(2026, 2, 28)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _day():
    with clock.on_day(TODAY):
        yield


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def add(actor, land: Map, unit: str = "Bến Mẫu", **more):
    given = {"email": "Lan@Vi-Du.Example ", "name": "  Mẫu   Lan ", "role": "recorder", **more}
    return services.add_person(actor=actor, unit_id=land[unit].pk, **given)


def test_an_administrator_adds_a_person_of_the_own_unit_only(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    added = add(admin, land, post="Công chức")
    assert added.created
    account = fresh(added.account)
    assert (account.email, account.name, account.post) == (
        "lan@vi-du.example",
        "Mẫu Lan",
        "Công chức",
    )
    assert not account.has_usable_password()
    assert account.may("records.write", land["Bến Mẫu"].pk)
    assert (added.grant.granted_by_id, added.grant.valid_from) == (admin.pk, TODAY)
    assert sorted(Entry.objects.values_list("code", flat=True)) == [
        "account.added",
        "account.role_granted",
    ]
    # Down the own tree, never beside or above it.
    assert add(admin, land, "thôn Một", email="a@vi-du.example").created
    for unit in ("Cầu Mẫu", "Minh Họa", "nation", "Chợ Mẫu"):
        with pytest.raises(NotAllowed):
            add(admin, land, unit, email="b@vi-du.example")
    for actor in (holder("recorder", land["Bến Mẫu"]), holder("leader", land["Bến Mẫu"]), NOBODY):
        with pytest.raises(NotAllowed):
            add(actor, land, email="b@vi-du.example")
    assert not Account.objects.filter(email="b@vi-du.example").exists()


def test_a_person_who_has_an_account_keeps_it_and_gets_the_role(land: Map) -> None:
    first = add(holder("unit_admin", land["Bến Mẫu"]), land)
    again = add(holder("unit_admin", land["Cầu Mẫu"]), land, "Cầu Mẫu", name="Tên Khác")
    assert not again.created
    assert again.account.pk == first.account.pk
    account = fresh(first.account)
    assert account.name == "Mẫu Lan"
    assert account.may("records.write", land["Cầu Mẫu"].pk)
    with pytest.raises(Conflict):
        add(holder("unit_admin", land["Cầu Mẫu"]), land, "Cầu Mẫu")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(Conflict):
        add(holder("unit_admin", land["Chợ Mẫu"]), land, "Chợ Mẫu")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "không phải thư"}, "email"),
        ({"email": "a@b@c.vn"}, "email"),
        ({"email": "a" * 300 + "@vi-du.example"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"post": "x" * 161}, "post"),
        ({"role": "superuser"}, "role"),
        ({"tree": "family"}, "tree"),
        ({"tree": "party"}, "unit_id"),
        ({"valid_from": TODAY, "valid_to": YESTERDAY}, "valid_to"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(land: Map, wrong: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        add(OPERATOR, land, **wrong)
    assert refused.value.field == field
    assert not Account.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("giver", sorted(ROLES))
@pytest.mark.parametrize("given", sorted(ROLES))
def test_nobody_gives_a_role_with_rights_they_do_not_hold(
    land: Map, giver: str, given: str
) -> None:
    actor = holder(giver, land["Bến Mẫu"])
    someone = person("ai-đó")
    allowed = ROLES[given].rights | {"people.manage"} <= ROLES[giver].rights

    def give(unit: str = "Bến Mẫu", to: Account = someone) -> None:
        services.grant_role(actor=actor, account_id=to.pk, role=given, unit_id=land[unit].pk)

    if allowed:
        give()
    else:
        with pytest.raises(NotAllowed):
            give()
    with pytest.raises(NotAllowed):
        give("Minh Họa")
    with pytest.raises(NotAllowed):
        give(to=actor)
    assert RoleGrant.objects.filter(account=someone).count() == int(allowed)


def test_rights_over_two_units_do_not_add_up(land: Map) -> None:
    """People are managed in one unit and law is confirmed in another: neither gives both."""
    actor = holder("unit_admin", land["Bến Mẫu"])
    grant(actor, "legal_officer", land["Cầu Mẫu"])
    for unit in ("Bến Mẫu", "Cầu Mẫu"):
        with pytest.raises(NotAllowed):
            services.grant_role(
                actor=fresh(actor),
                account_id=person(f"ai-{unit}").pk,
                role="legal_officer",
                unit_id=land[unit].pk,
            )


def test_a_role_in_another_tree_needs_a_giver_in_that_tree(land: Map) -> None:
    land.place("Bến Mẫu", None, tree="party")
    state, someone = holder("unit_admin", land["Bến Mẫu"]), person("ai-đó")

    def give(actor):
        services.grant_role(
            actor=actor,
            account_id=someone.pk,
            role="viewer",
            unit_id=land["Bến Mẫu"].pk,
            tree="party",
        )

    with pytest.raises(NotAllowed):
        give(state)
    # Reading the Party's side and managing the State's people is still not both in one tree.
    grant(state, "viewer", land["Bến Mẫu"], tree="party")
    with pytest.raises(NotAllowed):
        give(fresh(state))
    give(holder("unit_admin", land["Bến Mẫu"], tree="party"))
    assert RoleGrant.objects.get(account=someone).tree == "party"


def test_the_same_role_is_not_given_twice_for_one_day(land: Map) -> None:
    someone, unit = person("ai-đó"), land["Bến Mẫu"].pk

    def give(begins: dt.date, ends: dt.date | None = None, role: str = "recorder") -> RoleGrant:
        return services.grant_role(
            actor=OPERATOR,
            account_id=someone.pk,
            role=role,
            unit_id=unit,
            valid_from=begins,
            valid_to=ends,
        )

    first = give(TODAY, TODAY + 9 * DAY)
    for begins, ends in [
        (TODAY, None),
        (TODAY + 9 * DAY, None),
        (TODAY - 5 * DAY, TODAY),
        (TODAY - 5 * DAY, None),
    ]:
        with pytest.raises(Conflict):
            give(begins, ends)
    give(TODAY + 10 * DAY)
    give(TODAY - 5 * DAY, TODAY - DAY)
    give(TODAY, role="viewer")
    assert RoleGrant.objects.count() == 4
    # Ended before it began, then given again for the same first day.
    services.end_role(actor=OPERATOR, grant_id=first.pk, last_day=YESTERDAY)
    assert give(TODAY, TODAY + 9 * DAY).pk == first.pk


def test_ending_a_role(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    added = add(admin, land)
    key = added.grant.pk

    def end(actor, last_day: dt.date = TODAY, grant_id: int = key) -> RoleGrant:
        return services.end_role(actor=actor, grant_id=grant_id, last_day=last_day)

    for actor in (holder("unit_admin", land["Cầu Mẫu"]), holder("leader", land["Bến Mẫu"])):
        with pytest.raises(NotAllowed):
            end(actor)
    with pytest.raises(BadInput):
        end(admin, TODAY - 2 * DAY)
    with pytest.raises(NotFound):
        end(admin, grant_id=key + 100)
    ended = end(admin)
    assert (ended.valid_to, ended.ended_by_id) == (TODAY, admin.pk)
    assert fresh(added.account).may("records.write", land["Bến Mẫu"].pk)
    with clock.on_day(TODAY + DAY):
        assert not fresh(added.account).may("records.write", land["Bến Mẫu"].pk)
    with pytest.raises(Conflict):
        end(admin)
    assert end(admin, YESTERDAY).valid_to == YESTERDAY
    assert not fresh(added.account).may("records.write", land["Bến Mẫu"].pk)
    assert fresh(added.account).last_day == YESTERDAY


def test_someone_who_moves_keeps_what_others_gave(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    account = add(admin, land).account
    add(OPERATOR, land, "Cầu Mẫu")
    add(admin, land, role="reporter", valid_to=YESTERDAY, valid_from=YESTERDAY)

    def end(actor, last_day: dt.date = TODAY) -> int:
        return services.end_access(actor=actor, account_id=account.pk, last_day=last_day)

    with pytest.raises(NotAllowed):
        end(holder("unit_admin", land["Chợ Mẫu"]))
    with pytest.raises(BadInput):
        end(admin, TODAY - 3 * DAY)
    assert end(admin) == 1
    moved = fresh(account)
    assert moved.last_day is None
    with clock.on_day(TODAY + DAY):
        assert not fresh(account).may("records.write", land["Bến Mẫu"].pk)
        assert fresh(account).may("records.write", land["Cầu Mẫu"].pk)
    with pytest.raises(NotAllowed):
        end(admin)
    assert end(OPERATOR) == 1
    assert fresh(account).last_day == TODAY
    # A new role opens the door again.
    services.grant_role(
        actor=OPERATOR, account_id=account.pk, role="viewer", unit_id=land["Chợ Mẫu"].pk
    )
    assert fresh(account).last_day is None


def test_a_lower_administrator_cannot_end_a_higher_one(land: Map) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    higher = person("cao")
    above = grant(higher, "unit_admin", land["Minh Họa"])
    here = grant(higher, "admin", land["Bến Mẫu"])
    for key in (above.pk, here.pk):
        with pytest.raises(NotAllowed):
            services.end_role(actor=admin, grant_id=key, last_day=TODAY)
    with pytest.raises(NotAllowed):
        services.end_access(actor=admin, account_id=higher.pk, last_day=TODAY)
    assert not RoleGrant.objects.filter(ended_by=admin).exists()


def test_a_role_over_an_ended_unit_is_ended_by_who_answers_for_it(land: Map) -> None:
    old = grant(person("cũ"), "recorder", land["Bến Mẫu cũ"])
    with pytest.raises(NotAllowed):
        services.end_role(
            actor=holder("unit_admin", land["Cầu Mẫu"]), grant_id=old.pk, last_day=TODAY
        )
    services.end_role(actor=holder("unit_admin", land["Bến Mẫu"]), grant_id=old.pk, last_day=TODAY)
    with pytest.raises(BadInput):
        services.grant_role(
            actor=OPERATOR,
            account_id=person("mới").pk,
            role="recorder",
            unit_id=land["Bến Mẫu cũ"].pk,
        )


def test_the_list_of_people_is_for_who_manages_them(
    land: Map, django_assert_max_num_queries
) -> None:
    admin = holder("unit_admin", land["Bến Mẫu"])
    for number in range(5):
        add(OPERATOR, land, email=f"n{number}@vi-du.example", name=f"Mẫu {number}")
    add(OPERATOR, land, email="n0@vi-du.example", role="reporter")
    add(OPERATOR, land, "Cầu Mẫu", email="xa@vi-du.example", name="Xa")
    past = add(
        OPERATOR,
        land,
        email="cu@vi-du.example",
        name="Cũ",
        valid_from=YESTERDAY,
        valid_to=YESTERDAY,
    )
    with django_assert_max_num_queries(4):
        people = selectors.people_of(fresh(admin), land["Bến Mẫu"].pk)
    names = [row.name for row in people]
    assert names == [*[f"Mẫu {n}" for n in range(5)], admin.name]
    assert [role.role for role in people[0].roles] == ["recorder", "reporter"]
    assert people[0].roles[0].is_current
    with_past = selectors.people_of(admin, land["Bến Mẫu"].pk, with_past=True)
    assert {row.account_id for row in with_past} - {row.account_id for row in people} == {
        past.account.pk
    }
    for viewer in (
        holder("unit_admin", land["Cầu Mẫu"]),
        holder("leader", land["Bến Mẫu"]),
        NOBODY,
    ):
        assert selectors.people_of(viewer, land["Bến Mẫu"].pk) == []
    assert selectors.people_of(admin, 10**9) == []


def test_the_posts_of_a_person_are_those_of_today(land: Map) -> None:
    someone = holder("recorder", land["Bến Mẫu"])
    grant(someone, "reporter", land["Bến Mẫu"])
    grant(someone, "viewer", land["Cầu Mẫu"], ends=YESTERDAY)
    grant(someone, "viewer", land["Chợ Mẫu"])
    assert [(post.unit_id, post.roles) for post in selectors.posts_of(fresh(someone))] == [
        (land["Bến Mẫu"].pk, ("recorder", "reporter")),
        (land["Chợ Mẫu"].pk, ("viewer",)),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_adding_one_person_at_once_make_one_account() -> None:
    land = Map()
    land.add("nation", "nation", None)
    together, refused = threading.Barrier(2, timeout=20), []

    def work() -> None:
        together.wait()
        try:
            with clock.on_day(TODAY):
                add(OPERATOR, land, "nation")
        except Conflict as conflict:
            refused.append(conflict.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    if connection.vendor != "postgresql":
        # The in-memory database of SQLite is one connection; the second comes right after.
        together = threading.Barrier(1)
        work()
        work()
    else:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert refused == ["conflict"]
    assert Account.objects.count() == RoleGrant.objects.count() == 1
