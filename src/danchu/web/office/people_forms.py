"""Forms about people: adding one, giving a role, ending it, taking in a list."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.accounts.roles import Role
from danchu.core.accounts.services import MAX_NAME, MAX_POST
from danchu.core.clock import today
from danchu.web.design.forms import DanchuForm, VietnameseDateField

# Five hundred people fill about 60 kB; the file travels back in the page between the two steps.
LARGEST_LIST = 1_000_000


def role_name(role: Role) -> str:
    """A role in the language of the page."""
    return role.name_en if get_language() == "en" else role.name_vi


class RoleForm(DanchuForm):
    """A role from one day to another. Only the roles that the person at work may give."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        help_text=_("Chỉ có những vai trò không rộng hơn quyền của tài khoản đang dùng."),
    )
    valid_from = VietnameseDateField(label=_("Từ ngày"))
    valid_to = VietnameseDateField(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa biết; kết thúc lúc nào cũng được."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("Chọn vai trò")),
            *((role.key, role_name(role)) for role in roles),
        ]


class PersonForm(RoleForm):
    """A person with a first role."""

    field_order = ("name", "post", "email", "role", "valid_from", "valid_to")

    name = forms.CharField(label=_("Họ và tên"), max_length=MAX_NAME)
    post = forms.CharField(
        label=_("Chức vụ"),
        max_length=MAX_POST,
        required=False,
        help_text=_("Ghi như trong văn bản, ví dụ: Công chức Văn phòng HĐND và UBND xã."),
    )
    email = forms.CharField(
        label=_("Thư điện tử công vụ"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Dùng làm tên đăng nhập. Người đã có tài khoản giữ nguyên họ tên, chức vụ."),
    )


class EndingForm(DanchuForm):
    """From which day on something is held no more."""

    from_day = VietnameseDateField(label=_("Thôi từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["from_day"]
        assert isinstance(day, VietnameseDateField)
        day.earliest = today()

    @property
    def last_day(self) -> dt.date:
        """The last day on which it is held: the one before."""
        day: dt.date = self.cleaned_data["from_day"]
        return day - dt.timedelta(days=1)


class StaffListForm(DanchuForm):
    """A list of staff as a file."""

    file = forms.FileField(
        label=_("Tệp danh sách (XLSX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """No larger than a list of people can be."""
        given: UploadedFile[Any] = self.cleaned_data["file"]
        if given.size is None or given.size > LARGEST_LIST:
            raise forms.ValidationError(gettext("Tệp lớn quá 1 MB. Bỏ bớt ảnh, trang tính thừa."))
        return given


class StaffListAgainForm(DanchuForm):
    """The list that was looked through, on its way back; it is looked through again."""

    listed = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST_LIST * 4 // 3 + 4)

    def clean_listed(self) -> bytes:
        """The file as it was given."""
        try:
            return base64.b64decode(self.cleaned_data["listed"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(gettext("Đưa lại tệp danh sách.")) from None
