"""Addresses of the citizens' face: readable and permanent (INTERFACE, Web)."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from . import (
    about,
    board,
    board_feeds,
    board_papers,
    claims,
    dialogues,
    figures,
    find,
    front,
    one_click,
    open_data,
    reports,
    search,
    subscriptions,
    unit,
)
from .addresses import UNIT

app_name = "portal"

_PLACE = rf"^dia-phuong/{UNIT}/"
# What a link of a message carries: signed, so nothing of it is guessed.
_SIGNED = r"(?P<token>[0-9A-Za-z._-]{20,200})"
_ID = r"(?P<public_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("ve-trang-nay/", about.about, name="about"),
    path("dia-phuong/", find.find, name="find"),
    path("tim/", search.search, name="search"),
    re_path(rf"{_PLACE}$", unit.unit, name="unit"),
    re_path(
        rf"{_PLACE}den-(?P<last>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})/$",
        unit.ended_unit,
        name="ended_unit",
    ),
    re_path(rf"{_PLACE}doi-thoai/$", dialogues.dialogues, name="dialogues"),
    re_path(
        rf"{_PLACE}doi-thoai/{_ID}/$",
        dialogues.dialogue,
        name="dialogue",
    ),
    re_path(rf"{_PLACE}cong-khai/$", board.board, name="board"),
    re_path(rf"{_PLACE}cong-khai/nguon\.atom$", board_feeds.feed, name="board_feed"),
    re_path(rf"{_PLACE}cong-khai/lich\.ics$", board_feeds.calendar, name="board_calendar"),
    re_path(rf"{_PLACE}cong-khai/nhan-thu/$", subscriptions.board_mail, name="board_mail"),
    re_path(rf"^nhan-thu/xac-nhan/{_SIGNED}/$", subscriptions.mail_confirm, name="mail_confirm"),
    re_path(rf"^nhan-thu/dung/{_SIGNED}/$", one_click.mail_stop, name="mail_stop"),
    re_path(rf"{_PLACE}cong-khai/{_ID}/$", board.notice, name="notice"),
    re_path(
        rf"{_PLACE}cong-khai/{_ID}/to-dan-(?P<paper>a4|a3)\.pdf$",
        board_papers.poster,
        name="notice_poster",
    ),
    re_path(
        rf"{_PLACE}cong-khai/{_ID}/tep-(?P<order>[0-9]{{1,3}})\.(?P<ending>pdf|docx)$",
        board.notice_document,
        name="notice_document",
    ),
    re_path(r"^ck/(?P<short>[0-9A-Za-z-]{10,12})$", board_papers.short, name="notice_short"),
    re_path(rf"{_PLACE}cong-khai/{_ID}/bai-doc\.txt$", board_papers.script, name="notice_script"),
    re_path(rf"{_PLACE}cong-khai/{_ID}/bai-doc\.wav$", board_papers.heard, name="notice_heard"),
    re_path(rf"{_PLACE}cong-khai/{_ID}/phan-anh/$", claims.claim_new, name="claim"),
    path("xem-tra-loi/", claims.claim_follow, name="claim_follow"),
    re_path(
        rf"{_PLACE}cong-khai/{_ID}/bang\.(?P<ending>xlsx|csv)$",
        board.notice_table,
        name="notice_table",
    ),
    re_path(rf"{_PLACE}so-lieu/$", figures.figures, name="figures"),
    re_path(rf"{_PLACE}bao-cao/$", reports.reports, name="reports"),
    re_path(rf"{_PLACE}bao-cao/{_ID}/$", reports.report, name="report"),
    re_path(
        rf"{_PLACE}bao-cao/{_ID}/(?P<name>[a-z-]+\.[a-z]+)$",
        reports.report_file,
        name="report_file",
    ),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/chi-tieu/", open_data.open_dictionary, name="open_dictionary"),
    path("dia-phuong/<str:code>/", unit.by_code, name="by_code"),
    re_path(
        r"^dia-phuong/(?P<code>[^/]+)/(?P<part>bao-cao|so-lieu|doi-thoai|cong-khai)/$",
        unit.part_by_code,
        name="part_by_code",
    ),
]
