"""A page or part of the API that is only read says so, also to a program without a form's token."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def strict():
    """A program that knows no token of a form."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("path", ["openapi.json", "", "units", "khong-co"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_api_answers_405_in_json(cast, strict, path, method):
    answer = getattr(strict, method)(f"/api/v1/{path}")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"] and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 405


@pytest.mark.parametrize("path", ["/open-data/", "/en/open-data/", "/", "/dia-phuong/"])
def test_a_page_for_everybody_answers_405(cast, strict, path):
    answer = strict.post(path)
    assert answer.status_code == 405 and "GET" in answer["Allow"]
    assert "Set-Cookie" not in answer


def test_a_download_answers_405_in_json(cast, strict):
    answer = strict.post("/open-data/figures.csv")
    assert answer.status_code == 405 and answer.json()["code"] == "method"


def test_a_form_without_its_token_is_still_refused(cast, strict):
    assert strict.post("/office/dang-nhap/", {"login": "a", "password": "b"}).status_code == 403
    assert strict.post("/office/bao-cao/han-nop/", {"cach": "cal"}).status_code == 403
