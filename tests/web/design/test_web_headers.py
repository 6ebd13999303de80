"""The headers every answer carries, and the two addresses for machines."""

from __future__ import annotations

import re

import pytest

from danchu.web.design.headers import POLICY


def test_the_policy_allows_this_site_and_nothing_else():
    sources = re.findall(r"'[^']+'|https?:\S+|\*|data:|blob:", POLICY)
    assert set(sources) == {"'self'", "'none'"}
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'self';")


@pytest.mark.parametrize("address", ["/healthz", "/khong-co-trang-nay/", "/en/none/"])
def test_every_answer_carries_the_headers(client, db, address):
    answer = client.get(address)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "accept-language" not in answer.get("Vary", "").lower()
    assert not answer.cookies


def test_the_office_is_kept_out_of_search_engines(client, db):
    assert client.get("/office/khong-co/")["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/en/office/none/")["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in client.get("/healthz")


def test_an_unknown_address_is_answered_in_the_language_of_the_address(client, db):
    vietnamese = client.get("/khong-co-trang-nay/", headers={"accept-language": "en"})
    assert vietnamese.status_code == 404
    assert "Không tìm thấy trang này" in vietnamese.content.decode()
    assert 'lang="vi"' in vietnamese.content.decode()
    english = client.get("/en/none/")
    assert english.status_code == 404
    assert 'lang="en"' in english.content.decode()


def test_alive_asks_nothing_and_ready_asks_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    body = answer.json()
    assert body["ok"] and body["database"] and body["migrations"]
    assert body["worker_lag_seconds"] is None and body["worker_late"] is False


def test_ready_tells_of_a_late_worker_and_keeps_serving(client, db):
    import datetime as dt

    from danchu.core.clock import now
    from danchu.core.outbox.models import Message

    message = Message.objects.create(topic="figures.source")
    Message.objects.filter(pk=message.pk).update(created_at=now() - dt.timedelta(minutes=5))
    body = client.get("/readyz").json()
    assert body["ok"] is True
    assert 300 <= body["worker_lag_seconds"] < 330
    assert body["worker_late"] is True
    assert body["worker_failed"] == 0
    assert body["search_index"] is True
    Message.objects.update(attempts=99)
    body = client.get("/readyz").json()
    assert body["worker_failed"] == 1
    assert body["worker_late"] is False


def test_ready_is_503_when_the_database_is_away(client, monkeypatch):
    from danchu.web.design import health

    monkeypatch.setattr(health, "connection", _Away())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False


class _Away:
    def cursor(self):
        from django.db import OperationalError

        raise OperationalError("gone")


def test_search_engines_may_have_the_public_pages_and_not_the_office(client, db):
    from urllib.robotparser import RobotFileParser

    from django.urls import reverse

    answer = client.get("/robots.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    robot = RobotFileParser()
    robot.parse(answer.content.decode().splitlines())
    for public in (reverse("portal:front"), reverse("portal:find"), "/en/", "/dia-phuong/9A001-x/"):
        assert robot.can_fetch("Robot", public), public
    for closed in (reverse("office:sign_in"), "/office/", "/en/office/", "/readyz", "/metrics"):
        assert not robot.can_fetch("Robot", closed), closed
    assert client.post("/robots.txt").status_code == 405
