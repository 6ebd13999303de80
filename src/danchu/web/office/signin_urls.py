"""Addresses of signing in and of one's own account."""

from __future__ import annotations

from django.urls import path

from .signin import views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-nhap/ma/", views.code, name="code"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("duong-dan/<str:purpose>/<str:token>/", views.one_time_link, name="one_time_link"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/mat-khau/", views.password, name="password"),
    path("tai-khoan/xac-nhan/", views.again_by_password, name="again_by_password"),
    path("tai-khoan/xac-nhan/ma/", views.again_by_code, name="again_by_code"),
    path("tai-khoan/xac-thuc/bat/", views.activate, name="activate_second_factor"),
    path("tai-khoan/xac-thuc/ma-qr.svg", views.qr, name="second_factor_qr"),
    path("tai-khoan/xac-thuc/tat/", views.deactivate, name="deactivate_second_factor"),
    path("tai-khoan/ma-du-phong/", views.codes, name="recovery_codes"),
    path("tai-khoan/ma-du-phong/moi/", views.new_codes, name="new_recovery_codes"),
]
