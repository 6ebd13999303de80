"""Refusals as pages: the sentence of the error, and a way on, in the look of the face."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound, NotYet, Refusal

_STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (BadInput, 400),
    (Conflict, 409),
    (NotYet, 503),
)
ASK_AGAIN = 3  # seconds


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal; 409 for one that is none of the named kinds."""
    return next((code for kind, code in _STATUS if isinstance(refusal, kind)), 409)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says what was refused and what to do, with the status it deserves."""
    status = status_of(refusal)
    titles = {
        400: _("Không làm được với yêu cầu này"),
        403: _("Tài khoản này không mở được trang này"),
        404: _("Không tìm thấy trang này"),
        409: _("Chưa làm được việc này"),
        503: _("Đang chuẩn bị"),
    }
    response = _page(request, status, titles[status], str(refusal))
    if isinstance(refusal, NotYet):
        response["Retry-After"] = str(ASK_AGAIN)
        if request.method == "GET":
            response["Refresh"] = str(ASK_AGAIN)  # what was asked for comes by itself
    return response


def method_refused(request: HttpRequest) -> HttpResponse:
    """A page that is only read was sent something."""
    response = _page(
        request,
        405,
        _("Trang này chỉ để xem"),
        _("Trang này không nhận nội dung gửi lên. Mở lại trang và dùng các nút trên trang."),
    )
    response["Allow"] = "GET, HEAD"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 400: a request that could not be read at all."""
    if isinstance(exception, TooManyFilesSent):
        return _page(
            request,
            400,
            _("Gửi quá nhiều tệp một lần"),
            _(
                "Mỗi lần gửi nhiều nhất %(most)s tệp. Chia thành nhiều lần gửi. Chưa có tệp nào "
                "được lưu."
            )
            % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
            + " "
            + _back(),
        )
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _page(
            request,
            400,
            _("Nội dung gửi lên quá nhiều"),
            _("Phần chữ gửi lên một lần quá dài hoặc có quá nhiều ô. Chưa có gì được lưu.")
            + " "
            + _back(),
        )
    return _page(
        request,
        400,
        _("Không đọc được yêu cầu này"),
        _("Địa chỉ hoặc nội dung gửi lên không đúng dạng. Chưa có gì thay đổi."),
    )


def _back() -> str:
    """What a browser brings back of the form: what was written, but not what forbids to be filled
    in by it, as days and numbers do, nor files."""
    return _(
        "Bấm nút Quay lại của trình duyệt để trở về trang đang ghi: phần chữ đã gõ thường vẫn còn, "
        "ngày tháng, con số và tệp phải ghi, chọn lại."
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 403."""
    return _page(
        request,
        403,
        _("Tài khoản này không mở được trang này"),
        _("Trang cần một quyền mà tài khoản này chưa có. Người quản trị của đơn vị cấp quyền."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 404: no such address."""
    return _page(
        request,
        404,
        _("Không tìm thấy trang này"),
        _("Địa chỉ có thể đã gõ sai. Tìm xã, phường ở trang đầu."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500. Asks the database for nothing: it may be what failed."""
    request.danchu_without_database = True  # type: ignore[attr-defined]  # read by context.page
    return _page(
        request,
        500,
        _("Hệ thống gặp lỗi"),
        _(
            "Lỗi đã được ghi lại để người quản trị xem. Nội dung đã lưu trước đó vẫn còn. "
            "Mở lại trang sau ít phút."
        ),
    )


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "status": status}
    response = render(request, "design/refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
