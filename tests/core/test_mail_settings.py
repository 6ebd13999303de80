"""The setting of the mail server, and how a message is made."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from danchu.core.mail import mail_is_on
from danchu.settings.mail import MailServer, sender_from, server_from


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("", None),
        ("smtp://mail.example.vn", MailServer("mail.example.vn", 587, "", "", True, False)),
        (
            "smtps://xa%40example.vn:m%2Fk@mail.example.vn",
            MailServer("mail.example.vn", 465, "xa@example.vn", "m/k", False, True),
        ),
        ("smtp+plain://localhost:2525", MailServer("localhost", 2525, "", "", False, False)),
    ],
)
def test_the_server_is_told_by_one_address(given, server):
    assert server_from(given) == server


@pytest.mark.parametrize(
    "given", ["mail.example.vn", "http://mail.example.vn", "smtp://", "smtp://u:mat-khau@h:cong"]
)
def test_anything_else_stops_the_start_without_telling_the_password(given):
    with pytest.raises(ImproperlyConfigured) as told:
        server_from(given)
    assert "mat-khau" not in str(told.value)


def test_a_server_needs_a_sender():
    server = server_from("smtp://mail.example.vn")
    assert sender_from("Xã <a@b.vn>", server) == "Xã <a@b.vn>"
    assert sender_from("Xã <a@b.vn>", None) == ""
    for wrong in ("", "Xã", "a@b.vn\nBcc: c@d.vn"):
        with pytest.raises(ImproperlyConfigured):
            sender_from(wrong, server)


def test_messages_are_sent_only_where_links_lead_somewhere(settings):
    for sender, address, on in (
        ("a@b.vn", "https://b.vn", True), ("", "https://b.vn", False), ("a@b.vn", "", False),
    ):  # fmt: skip
        settings.DANCHU_MAIL_FROM, settings.DANCHU_ADDRESS = sender, address
        assert mail_is_on() is on
