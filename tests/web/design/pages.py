"""Addresses for the tests of the decorators, forms and tags: pages no installation has."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from danchu.web.design.access import declared_access, public, public_form, signed_in, staff
from danchu.web.design.forms import DanchuForm, VietnameseDateField, VietnameseNumberField
from danchu.web.design.parameters import parameters

KINDS: dict[str, type[Refusal]] = {
    "xau": BadInput,
    "khong": NotFound,
    "cam": NotAllowed,
    "trung": Conflict,
    "khac": Refusal,
}


class SampleForm(DanchuForm):
    """One field of each kind."""

    place = forms.CharField(label="Nơi họp", help_text="Ghi <b>tên</b> thôn.")
    held_on = VietnameseDateField(label="Ngày")
    number = VietnameseNumberField(label="Số người dự")
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "Loại A"), ("b", "Loại B")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Nội dung",
        required=False,
        choices=[("x", "Đất đai"), ("y", "Rác thải")],
        widget=forms.CheckboxSelectMultiple,
    )
    office = forms.ChoiceField(label="Giao cho", choices=[("1", "Phòng Kinh tế")], required=False)
    agreed = forms.BooleanField(label="Đã đọc", required=False)
    text = forms.CharField(label="Tóm tắt", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Ảnh", required=False)


@public
def open_page(request: HttpRequest) -> HttpResponse:
    given = parameters(request, {"q": str, "trang": int, "loai": ("a", "b")})
    return HttpResponse(repr(given), content_type="text/plain")


@public
def refusing(request: HttpRequest, kind: str) -> HttpResponse:
    raise KINDS[kind]("Câu <b>từ chối</b>.", "The sentence.", field="x")


@public_form
def form_page(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        form.refuse(Conflict("Đã có người ghi.", "Somebody wrote it.", field="held_on"))
    page = engines["django"].from_string(
        '{% extends "design/plain.html" %}{% block main %}<h1>Biểu mẫu</h1>'
        '<form method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}{{ form }}'
        '<button class="govuk-button" data-module="govuk-button">Lưu biên bản</button></form>'
        "{% endblock %}"
    )
    return HttpResponse(page.render({"form": form}, request))


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("own")


@staff("records.write", "reports.write")
def office_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("office")


@public_form
def sheet(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states, as the office shows them."""
    request.danchu_access = declared_access(office_page)
    form = SampleForm({"place": "", "held_on": "31/02/2026", "number": "4.984", "kind": "a"})
    page = engines["django"].from_string(Path(__file__).with_name("sheet.html").read_text())
    context = {
        "form": form,
        "page": Paginator(range(300), 10).page(7),
        "cells": ["p", "p w", "p w", "p", "p", "s", "s", "t", "w", "w", "", "h", "e", "x"],
    }
    return HttpResponse(page.render(context, request))


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody said who may see this")


sign_in = ([path("dang-nhap/", open_page, name="sign_in")], "office")

urlpatterns = [
    path("office/", include(sign_in)),
    path("mo/", open_page),
    path("tu-choi/<kind>/", refusing),
    path("bieu-mau/", form_page),
    path("thanh-phan/", sheet),
    path("cua-toi/", own),
    path("office/viec/", office_page),
    path("en/office/viec/", office_page),
]
handler404 = "danchu.web.design.refusals.not_found"
handler500 = "danchu.web.design.refusals.server_error"
