"""Addresses of what citizens say of notices."""

from __future__ import annotations

from django.urls import path

from . import claims

urlpatterns = [
    path("phan-anh/", claims.claims_page, name="claims"),
    path("phan-anh/<uuid:public_id>/", claims.claim_page, name="claim"),
    path("phan-anh/<uuid:public_id>/sua/", claims.claim_amend, name="claim_amend"),
    path("phan-anh/<uuid:public_id>/huy/", claims.claim_cancel, name="claim_cancel"),
]
