"""Addresses of writing work down."""

from __future__ import annotations

from django.urls import path

from . import attachments, dialogues, plain_records, records, today

urlpatterns = [
    path("", today.home, name="today"),
    path("ghi-viec/", records.records, name="record"),
    path("ghi-viec/doi-thoai/moi/", dialogues.dialogue_new, name="dialogue_new"),
    path("ghi-viec/doi-thoai/<uuid:public_id>/", dialogues.dialogue_page, name="dialogue"),
    path("ghi-viec/doi-thoai/<uuid:public_id>/viec/", dialogues.dialogue_act, name="dialogue_act"),
    path(
        "ghi-viec/doi-thoai/<uuid:public_id>/sua/",
        dialogues.dialogue_correct,
        name="dialogue_correct",
    ),
    path(
        "ghi-viec/doi-thoai/<uuid:public_id>/huy/",
        dialogues.dialogue_cancel,
        name="dialogue_cancel",
    ),
    path(
        "ghi-viec/doi-thoai/<uuid:public_id>/y-kien/<number:order>/sua/",
        dialogues.opinion_correct,
        name="opinion_correct",
    ),
    path("ghi-viec/tiep-cong-dan/moi/", plain_records.reception_new, name="reception_new"),
    path(
        "ghi-viec/tiep-cong-dan/<uuid:public_id>/", plain_records.reception_page, name="reception"
    ),
    path(
        "ghi-viec/tiep-cong-dan/<uuid:public_id>/sua/",
        plain_records.reception_correct,
        name="reception_correct",
    ),
    path(
        "ghi-viec/tiep-cong-dan/<uuid:public_id>/huy/",
        plain_records.reception_cancel,
        name="reception_cancel",
    ),
    path("ghi-viec/viec-khac/moi/", plain_records.other_work_new, name="other_work_new"),
    path("ghi-viec/viec-khac/<uuid:public_id>/", plain_records.other_work_page, name="other_work"),
    path(
        "ghi-viec/viec-khac/<uuid:public_id>/sua/",
        plain_records.other_work_correct,
        name="other_work_correct",
    ),
    path(
        "ghi-viec/viec-khac/<uuid:public_id>/huy/",
        plain_records.other_work_cancel,
        name="other_work_cancel",
    ),
    path("tep/<uuid:public_id>/", attachments.file, name="file"),
    path("ho-so/<uuid:public_id>/dinh-kem/", attachments.attach, name="attach"),
]
