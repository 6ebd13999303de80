"""The same pages under the names by which allauth finds them, outside the office's namespace."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="account_login"),
    path("dang-xuat/", views.sign_out, name="account_logout"),
    path("dang-nhap/ma/", views.code, name="mfa_authenticate"),
    path("tai-khoan/", views.account, name="mfa_index"),
    path("tai-khoan/", views.account, name="account_email"),
    path("tai-khoan/xac-nhan/", views.again_by_password, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", views.again_by_code, name="mfa_reauthenticate"),
    path("tai-khoan/xac-thuc/bat/", views.activate, name="mfa_activate_totp"),
    path("tai-khoan/xac-thuc/tat/", views.deactivate, name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", views.codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/moi/", views.new_codes, name="mfa_generate_recovery_codes"),
]
