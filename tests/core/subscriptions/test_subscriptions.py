"""Following a unit by e-mail: asked for, confirmed, told once a day, stopped, forgotten."""

from __future__ import annotations

import datetime as dt

import pytest

from danchu.civic.disclosure.services import correct_notice
from danchu.core import clock
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.subscriptions import services
from danchu.core.subscriptions.letters import (
    letter_failed,
    letter_sent,
    may_have_been_told,
    news,
    next_letter,
)
from danchu.core.subscriptions.models import Subscription
from danchu.core.subscriptions.sealing import confirming, mailbox_of, opened, stopping, stopping_all
from danchu.core.subscriptions.services import confirm, stop, subscribe, sweep, waiting_for
from tests.civic.disclosure.made import notice_input, publish, publish_names

LAN = "Mau.Lan@example.vn"
MORNING = dt.datetime(2026, 6, 10, 2, tzinfo=dt.UTC)  # nine in the morning in Viet Nam
EVENING = dt.datetime(2026, 6, 10, 10, 30, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def at(monkeypatch):
    """``at(instant)``: it is that moment, from the morning on."""

    def set_(instant):
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_(MORNING)
    return set_


def ask(unit, address=LAN, language="vi"):
    subscribe(unit_id=unit, address=address, language=language)


def follow(unit, address=LAN):
    """Somebody who has confirmed."""
    ask(unit, address)
    row = Subscription.objects.get(unit_id=unit, mailbox=mailbox_of(address))
    Subscription.objects.filter(pk=row.pk).update(invited_at=clock.now())
    return confirm(confirming(row.public_id))


def test_the_address_is_kept_encrypted_and_known_again_however_it_is_capitalised(cast, at):
    ask(cast.benmau)
    ask(cast.benmau, LAN.upper())
    row = Subscription.objects.get()
    kept = " ".join(str(value) for value in vars(row).values()).lower()
    assert "lan" not in kept and "example" not in kept
    assert opened(row.address) == LAN
    ask(cast.caumau)
    assert len(set(Subscription.objects.values_list("mailbox", flat=True))) == 1
    assert len(set(Subscription.objects.values_list("address", flat=True))) == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lan",
        "lan@",
        "@example.vn",
        "a@b.vn, c@d.vn",
        "a@b.vn\nBcc: c@d.vn",
        "lân@example.vn",
        "a" * 250 + "@b.vn",
    ],
)
def test_what_is_no_address_is_refused_beside_its_field(cast, at, address):
    with pytest.raises(BadInput) as told:
        ask(cast.benmau, address)
    assert told.value.field == "address"
    assert not Subscription.objects.exists()


def test_first_goes_a_link_and_nothing_else_until_it_is_used(cast, at):
    ask(cast.benmau)
    publish(cast.recorder_benmau, cast.benmau)
    letter = next_letter()
    assert (letter.kind, letter.address, letter.language) == ("invitation", LAN, "vi")
    assert next_letter() is None  # begun: not by another worker too
    letter_sent(letter)
    at(EVENING)
    assert next_letter() is None
    confirm(confirming(Subscription.objects.get().public_id))
    assert next_letter() is None  # what was there before is not told


def test_what_is_new_is_told_once_a_day_in_the_evening(cast, at):
    follow(cast.benmau)
    at(MORNING + HOUR)
    first = publish(cast.recorder_benmau, cast.benmau, title="Dự toán năm 2026")
    publish(cast.recorder_benmau, cast.benmau, title="Việc nội bộ", public=False)
    publish(cast.recorder_caumau, cast.caumau, title="Của phường bên")
    at(MORNING + 2 * HOUR)
    assert next_letter() is None  # not before the evening
    at(EVENING)
    letter = next_letter()
    (followed,) = letter.followed
    told, number = news(followed)
    assert ([one.title for one in told], number) == ([first.title], 1)
    assert told[0].public_id == first.record.public_id
    letter_sent(letter)
    at(EVENING + HOUR)
    second = publish(cast.recorder_benmau, cast.benmau, title="Đính chính")
    at(EVENING + 2 * HOUR)
    assert next_letter() is None  # one a day
    at(EVENING + DAY)
    letter = next_letter()
    assert [one.title for one in news(letter.followed[0])[0]] == [second.title]
    letter_sent(letter)
    at(EVENING + 2 * DAY)
    assert next_letter() is None  # nothing new


def test_what_was_written_for_inside_is_told_once_when_it_is_made_public(cast, at, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now())
    follow(cast.benmau)
    at(MORNING + HOUR)
    inside = publish(cast.recorder_benmau, cast.benmau, title="Nội bộ", public=False)
    slip = publish(cast.recorder_benmau, cast.benmau, title="Lỡ tay")
    at(MORNING + 2 * HOUR)
    turn(cast, slip, public=False)
    at(EVENING)
    assert next_letter() is None

    def told(days):
        at(EVENING + days * DAY)
        letter = next_letter()
        if letter is None:
            return []
        (followed,) = letter.followed
        letter_sent(letter)
        return [one.title for one in news(followed)[0]]

    at(MORNING + 3 * DAY)
    turn(cast, inside, public=True)
    assert told(3) == ["Nội bộ"], "days after it was written down"
    at(MORNING + 4 * DAY)
    turn(cast, slip, public=True)
    assert told(4) == ["Lỡ tay"], "nobody was told while it stood public by mistake"
    for day in (5, 6):
        at(MORNING + day * DAY)
        turn(cast, inside, public=day == 6)
        turn(cast, slip, public=day == 6)
        assert told(day) == []


def turn(cast, notice, *, public):
    notice.refresh_from_db()
    correct_notice(
        actor=cast.recorder_benmau,
        record_id=notice.pk,
        version=notice.record.version,
        occurred_on=notice.record.occurred_on,
        content=notice_input(title=notice.title, public=public),
        reason="Đổi nơi hiện",
    )


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (MORNING, MORNING + 2 * HOUR, False),
        (MORNING, EVENING, True),
        (EVENING, EVENING + dt.timedelta(minutes=5), False),
        (EVENING, EVENING + HOUR, True),
        (EVENING + 8 * HOUR, EVENING + 20 * HOUR, False),
        (EVENING + 8 * HOUR, EVENING + 24 * HOUR, True),
    ],
)
def test_messages_go_out_in_the_evening_of_what_stood_for_some_minutes(since, until, told):
    assert may_have_been_told(since, until) is told


def test_names_of_a_list_are_never_told_and_what_was_cancelled_is_not(cast, at):
    from danchu.civic.disclosure.services import cancel_notice

    follow(cast.benmau)
    at(MORNING + HOUR)
    named = publish_names(cast.recorder_benmau, cast.benmau)
    gone = publish(cast.recorder_benmau, cast.benmau, title="Ghi nhầm")
    at(EVENING)
    letter = next_letter()
    cancel_notice(actor=cast.leader_benmau, record_id=gone.pk, reason="Ghi nhầm.")
    told, number = news(letter.followed[0])
    assert ([one.title for one in told], number) == ([named.title], 1)
    assert "Đoàn Mẫu" not in str(told)


def test_what_is_still_being_written_waits_for_the_next_message(cast, at):
    follow(cast.benmau)
    at(EVENING - dt.timedelta(minutes=5))
    publish(cast.recorder_benmau, cast.benmau)
    at(EVENING)
    assert next_letter() is None
    at(EVENING + dt.timedelta(minutes=6))
    assert next_letter() is not None


def test_who_follows_two_units_gets_one_message(cast, at):
    follow(cast.benmau)
    follow(cast.caumau, LAN.lower())
    follow(cast.benmau, "khac@example.vn")
    at(MORNING + HOUR)
    publish(cast.recorder_benmau, cast.benmau, title="Của xã")
    publish(cast.recorder_caumau, cast.caumau, title="Của phường")
    at(EVENING)
    letters = [next_letter(), next_letter()]
    assert next_letter() is None
    by_address = {one.address.lower(): len(one.followed) for one in letters}
    assert by_address == {LAN.lower(): 2, "khac@example.vn": 1}
    for one in letters:
        letter_sent(one)
    at(EVENING + HOUR)
    publish(cast.recorder_caumau, cast.caumau, title="Của phường nữa")
    at(EVENING + 2 * HOUR)
    assert next_letter() is None


def test_a_message_that_was_begun_and_not_sent_goes_an_hour_later(cast, at):
    ask(cast.benmau)
    letter = next_letter()
    letter_failed(letter, refused=False)
    at(MORNING + HOUR / 2)
    assert next_letter() is None
    at(MORNING + HOUR)
    again = next_letter()
    assert (again.kind, again.address) == ("invitation", LAN)


def test_a_mailbox_that_refuses_three_times_is_forgotten_with_all_it_follows(cast, at):
    follow(cast.caumau)
    ask(cast.benmau)
    for hours in (0, 1, 2):
        at(MORNING + hours * HOUR)
        letter_failed(next_letter(), refused=True)
        assert Subscription.objects.count() == (2 if hours < 2 else 0)


def test_a_link_to_confirm_ends_after_seven_days_and_so_does_what_is_kept(cast, at, monkeypatch):
    import time

    ask(cast.benmau)
    follow(cast.caumau)
    token = confirming(Subscription.objects.get(confirmed_at=None).public_id)
    assert waiting_for(token).confirmed_at is None
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 7 * 86400 + 5)
    with pytest.raises(NotFound):
        confirm(token)
    at(MORNING + 7 * DAY)
    assert sweep() == 0
    at(MORNING + 7 * DAY + HOUR)
    assert sweep() == 1
    assert Subscription.objects.get().unit_id == cast.caumau


def test_only_a_link_made_here_for_that_confirms_or_stops(cast, at):
    row = follow(cast.benmau)
    ask(cast.caumau)
    other = Subscription.objects.get(unit_id=cast.caumau)
    for wrong in (
        "",
        row.public_id.hex,
        stopping(other.public_id),
        confirming(other.public_id)[:-1],
        confirming(other.public_id).replace(other.public_id.hex, row.public_id.hex),
    ):
        with pytest.raises(NotFound):
            confirm(wrong)
    for wrong in ("", row.mailbox, confirming(row.public_id), stopping(row.public_id)[:-1]):
        with pytest.raises(NotFound):
            stop(wrong)
    assert Subscription.objects.filter(confirmed_at=None).count() == 1
    assert Subscription.objects.count() == 2


def test_stopping_deletes_one_or_all_of_a_mailbox_and_twice_is_the_same(cast, at):
    first, second = follow(cast.benmau), follow(cast.caumau)
    neighbour = follow(cast.benmau, "khac@example.vn")
    stop(stopping(first.public_id))
    assert set(Subscription.objects.values_list("pk", flat=True)) == {second.pk, neighbour.pk}
    stop(stopping(first.public_id))
    stop(stopping_all(first.mailbox))
    assert list(Subscription.objects.values_list("pk", flat=True)) == [neighbour.pk]
    with pytest.raises(NotFound):
        confirm(confirming(first.public_id))


def test_somebody_elses_mailbox_is_not_filled_from_here(cast, at, monkeypatch):
    for unit in (cast.benmau, cast.caumau, cast.minhhoa, cast.mautrung):
        ask(unit)
    assert Subscription.objects.count() == 3
    for _ in range(3):
        letter_sent(next_letter())
    ask(cast.benmau)  # on the same day: no second message
    assert next_letter() is None
    at(MORNING + DAY + HOUR)
    ask(cast.benmau)
    assert next_letter().followed[0].unit_id == cast.benmau
    monkeypatch.setattr(services, "MOST_OF_DAY", 1)
    with pytest.raises(Conflict) as told:
        ask(cast.caumau, "khac@example.vn")
    assert told.value.code == "too_many"


def test_who_has_confirmed_gets_no_link_again(cast, at):
    follow(cast.benmau)
    at(MORNING + 2 * DAY)
    ask(cast.benmau)
    assert next_letter() is None
    assert Subscription.objects.get().confirmed_at == MORNING


def test_who_followed_a_unit_that_ended_follows_who_took_over(cast, at):
    follow(cast.old_benmau)
    follow(cast.old_dongmau)
    follow(cast.old_benmau, "khac@example.vn")
    sweep()
    units = Subscription.objects.values_list("unit_id", flat=True)
    assert sorted(units) == [cast.benmau, cast.benmau]


def test_what_was_sealed_with_another_key_is_deleted(cast, at, settings, caplog):
    ask(cast.benmau)
    settings.SECRET_KEY = "another key"
    assert next_letter() is None
    assert not Subscription.objects.exists()
    assert "sealed with another key" in caplog.text


def test_forgetting_who_did_not_confirm_is_a_daily_duty():
    from danchu.cli.serving import daily_duties

    assert sweep in daily_duties()
