"""A log line never holds the token of a link."""

from __future__ import annotations

import logging

from danchu.settings.logs import WithoutTokens


def test_the_token_of_a_link_is_taken_out_of_every_line():
    for message, args in (
        ("Forbidden (CSRF cookie not set.): %s", ("/office/duong-dan/dat-mat-khau/AbC-123_x/",)),
        ("Not Found: /en/office/duong-dan/dat-mat-khau/AbC-123_x/?a=1", ()),
    ):
        record = logging.LogRecord("django.request", 30, __file__, 1, message, args, None)
        assert WithoutTokens().filter(record)
        assert "AbC-123_x" not in record.getMessage()
        assert "/duong-dan/dat-mat-khau/…" in record.getMessage()
    record = logging.LogRecord(
        "django.request", 30, __file__, 1, "Not Found: %s", ("/en/nhan-thu/dung/AbC.123_x/",), None
    )
    WithoutTokens().filter(record)
    assert record.getMessage() == "Not Found: /en/nhan-thu/dung/…/"
    other = logging.LogRecord("x", 30, __file__, 1, "%s of %s", (1, 2), None)
    WithoutTokens().filter(other)
    assert other.getMessage() == "1 of 2"
