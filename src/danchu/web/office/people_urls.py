"""Addresses of the people of a unit."""

from __future__ import annotations

from django.urls import path

from . import people, staff_list

urlpatterns = [
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/them/", people.person_new, name="person_new"),
    path("nguoi-dung/danh-sach/", staff_list.staff_list, name="staff_list"),
    path("nguoi-dung/danh-sach/mau.xlsx", staff_list.staff_list_blank, name="staff_list_blank"),
    path("nguoi-dung/<number:account_id>/", people.person, name="person"),
    path("nguoi-dung/<number:account_id>/viec/", people.person_act, name="person_act"),
]
