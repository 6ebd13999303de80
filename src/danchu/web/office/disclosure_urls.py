"""Addresses of disclosure: notices, plans, registers."""

from __future__ import annotations

from django.urls import path

from . import (
    disclosure_acts,
    disclosure_council,
    disclosure_home,
    disclosure_matrix,
    disclosure_page,
    disclosure_papers,
    disclosure_plans,
    disclosure_registers,
    disclosures,
)
from . import report_urls as _converters  # noqa: F401 - registers the converters used below

urlpatterns = [
    path("cong-khai/", disclosure_home.disclosure_home, name="disclosure_home"),
    path("ghi-viec/cong-khai/moi/", disclosures.disclosure_new, name="disclosure_new"),
    path(
        "ghi-viec/cong-khai/<uuid:public_id>/", disclosure_page.disclosure_page, name="disclosure"
    ),
    path(
        "ghi-viec/cong-khai/<uuid:public_id>/viec/",
        disclosure_acts.disclosure_act,
        name="disclosure_act",
    ),
    path(
        "ghi-viec/cong-khai/<uuid:public_id>/sua/",
        disclosures.disclosure_correct,
        name="disclosure_correct",
    ),
    path(
        "ghi-viec/cong-khai/<uuid:public_id>/huy/",
        disclosure_acts.disclosure_cancel,
        name="disclosure_cancel",
    ),
    path("cong-khai/ke-hoach/", disclosure_plans.disclosure_plan_year, name="disclosure_plan_year"),
    path(
        "cong-khai/ke-hoach/<uuid:public_id>/",
        disclosure_plans.disclosure_plan,
        name="disclosure_plan",
    ),
    path(
        "cong-khai/ke-hoach/<uuid:public_id>/sua/",
        disclosure_plans.disclosure_plan_correct,
        name="disclosure_plan_correct",
    ),
    path(
        "cong-khai/ke-hoach/<uuid:public_id>/huy/",
        disclosure_plans.disclosure_plan_cancel,
        name="disclosure_plan_cancel",
    ),
    path(
        "cong-khai/danh-muc/", disclosure_registers.disclosure_register, name="disclosure_register"
    ),
    path(
        "cong-khai/danh-muc/tai/",
        disclosure_registers.disclosure_register_file,
        name="disclosure_register_file",
    ),
    path(
        "cong-khai/danh-muc/cong-bo/",
        disclosure_registers.disclosure_register_publish,
        name="disclosure_register_publish",
    ),
    path("cong-khai/bao-cao/", disclosure_council.disclosure_council, name="disclosure_council"),
    path(
        "cong-khai/bao-cao/ky-hop/<uuid:session_id>/huy/",
        disclosure_council.disclosure_session_cancel,
        name="disclosure_session_cancel",
    ),
    path(
        "cong-khai/bao-cao/tai/",
        disclosure_council.disclosure_council_file,
        name="disclosure_council_file",
    ),
    path(
        "cong-khai/van-ban/<uuid:public_id>/",
        disclosure_papers.disclosure_paper,
        name="disclosure_paper",
    ),
    path(
        "cong-khai/van-ban/<uuid:public_id>/tai/",
        disclosure_papers.disclosure_paper_file,
        name="disclosure_paper_file",
    ),
    path(
        "cong-khai/van-ban/<uuid:public_id>/gui/",
        disclosure_papers.disclosure_paper_sent,
        name="disclosure_paper_sent",
    ),
    path(
        "cong-khai/van-ban/<uuid:public_id>/gui/<uuid:sent_id>/huy/",
        disclosure_papers.disclosure_sent_cancel,
        name="disclosure_sent_cancel",
    ),
    path(
        "cong-khai/van-ban/<uuid:public_id>/huy/",
        disclosure_papers.disclosure_paper_cancel,
        name="disclosure_paper_cancel",
    ),
    path("cong-khai/ma-tran/", disclosure_matrix.own_matrix, name="disclosure_matrix_own"),
    path(
        "cong-khai/ma-tran/<unit:code>/<period:period>/",
        disclosure_matrix.disclosure_matrix,
        name="disclosure_matrix",
    ),
    path(
        "cong-khai/ma-tran/<unit:code>/<period:period>/tai/",
        disclosure_matrix.disclosure_matrix_file,
        name="disclosure_matrix_file",
    ),
    path(
        "cong-khai/ma-tran/<unit:code>/<period:period>/nhac/",
        disclosure_matrix.disclosure_remind,
        name="disclosure_remind",
    ),
    path(
        "cong-khai/ma-tran/<unit:above>/<period:period>/<unit:code>/<key:key>/",
        disclosure_matrix.disclosure_clause,
        name="disclosure_clause",
    ),
]
