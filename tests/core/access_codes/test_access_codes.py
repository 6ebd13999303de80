"""A code and a PIN open one record; wrong ones are counted, alike for codes that do not exist."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest

from danchu.core import clock
from danchu.core.access_codes.models import AccessCode, CodeTry
from danchu.core.access_codes.services import code_for, keep_code, new_token, open_with
from danchu.core.acting import acting_as
from danchu.core.contracts import NOBODY
from danchu.core.errors import Conflict, NotAllowed
from tests.civic.disclosure.made import publish


@pytest.fixture
def given(cast):
    made = publish(cast.recorder_benmau, cast.benmau)
    new = code_for(new_token())
    with acting_as(NOBODY):
        keep_code(new, record_id=made.pk)
    return made.pk, new


def wrong(new):
    return f"{(int(new.pin) + 1) % 10**6:06d}"


def refused(code, pin):
    with pytest.raises(NotAllowed) as told:
        open_with(code, pin)
    return told.value


def test_code_and_pin_open_the_record_however_they_are_typed(given):
    record, new = given
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", new.shown)
    for typed in (new.code, new.shown, f" {new.shown.lower()} ", new.shown.replace("-", " ")):
        assert open_with(typed, f" {new.pin} ") == record


def test_the_pin_is_kept_as_a_slow_hash_and_nowhere_else(given):
    _record, new = given
    row = AccessCode.objects.get()
    assert new.pin not in (row.code, row.pin_hash)
    assert row.pin_hash.count("$") >= 2 or row.pin_hash.startswith("md5")  # tests hash fast
    assert len({code_for(new_token()).code for _ in range(20)}) == 20


def test_five_wrong_tries_lock_the_code_for_fifteen_minutes(given, monkeypatch):
    record, new = given
    for left in (4, 3, 2, 1, 0):
        assert f"Còn {left} lần thử" in refused(new.code, wrong(new)).vi
    assert refused(new.code, new.pin).code == "locked"
    later = clock.now() + dt.timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert open_with(new.code, new.pin) == record
    assert not CodeTry.objects.exists()


def test_a_right_pin_forgets_the_wrong_ones(given):
    record, new = given
    for _ in range(4):
        refused(new.code, wrong(new))
    assert open_with(new.code, new.pin) == record
    assert "Còn 4 lần thử" in refused(new.code, wrong(new)).vi


def test_a_code_that_does_not_exist_is_answered_alike(given):
    _record, new = given
    here, nowhere = refused(new.code, wrong(new)), refused("ZZZZ-ZZZZ", "000000")
    assert (here.vi, here.en, here.code) == (nowhere.vi, nowhere.en, nowhere.code)
    for _ in range(4):
        refused("ZZZZ-ZZZZ", "000000")
    assert refused("zzzzzzzz", "000000").code == "locked"
    assert refused(new.code, wrong(new)).code == "wrong_code"


def test_what_was_typed_is_not_kept_and_old_tries_go(given, monkeypatch):
    refused("0912 345 678", "nguyen van mau")
    assert re.fullmatch(r"[0-9a-f]{64}", CodeTry.objects.get().key)
    later = clock.now() + dt.timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    refused("ABCD", "1")
    assert CodeTry.objects.count() == 1


def test_keeping_outside_a_transaction_is_an_error(monkeypatch):
    from danchu.core.access_codes import services

    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        keep_code(code_for(new_token()), record_id=1)


def test_the_same_form_gives_the_same_code_and_pin_and_another_text_others():
    token = new_token()
    first, again = code_for(token, "a", "b"), code_for(token, "a", "b")
    assert (first.code, first.pin, first.client_key) == (again.code, again.pin, again.client_key)
    for other in (
        code_for(token, "a", "c"),
        code_for(token, "ab"),
        code_for(new_token(), "a", "b"),
    ):
        assert first.code != other.code and first.client_key != other.client_key
    assert first.client_key.hex not in first.code and str(first.pin) not in token


def test_a_token_that_was_not_made_here_or_is_old_is_refused(monkeypatch):
    import time

    token = new_token()
    for wrong in ("", "x", token[:-1] + ("A" if token[-1] != "A" else "B"), token + "x", "đ:đ:đ"):
        with pytest.raises(Conflict) as told:
            code_for(wrong)
        assert told.value.code == "form_expired"
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 12 * 3600 - 5)
    assert code_for(token).pin
    monkeypatch.setattr(time, "time", lambda: real + 12 * 3600 + 5)
    with pytest.raises(Conflict):
        code_for(token)
