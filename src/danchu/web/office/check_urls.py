"""Addresses of the rules that figures are checked by."""

from __future__ import annotations

from django.urls import path

from . import checks

urlpatterns = [
    path("quy-tac/", checks.checks, name="checks"),
    path("quy-tac/moi/", checks.check_new, name="check_new"),
    path("quy-tac/<number:rule_id>/thoi-dung/", checks.check_retire, name="check_retire"),
]
