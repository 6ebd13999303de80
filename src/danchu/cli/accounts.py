"""``danchu account``: a person with a role, and the link to set a password."""

from __future__ import annotations

import argparse
import os
from typing import Any

from danchu.core.accounts.roles import ROLES
from danchu.core.errors import NotFound

from .installation import require_installation
from .output import date_argument, day_word, tr
from .surroundings import setup_django


def add(commands: Any) -> None:
    """Add the command."""
    account = commands.add_parser("account", help=tr("tài khoản người dùng", "people's accounts"))
    parts = account.add_subparsers(dest="part", metavar=tr("VIỆC", "WHAT"), required=True)
    create = parts.add_parser(
        "create", help=tr("thêm người và vai trò", "add a person with a role")
    )
    _add_email(create)
    create.add_argument(
        "--role",
        required=True,
        metavar=tr("VAI_TRÒ", "ROLE"),
        help="; ".join(f"{one.key}: {tr(one.name_vi, one.name_en)}" for one in ROLES.values()),
    )
    create.add_argument(
        "--unit",
        required=True,
        metavar=tr("MÃ", "CODE"),
        help=tr(
            "mã đơn vị giữ vai trò, cả các đơn vị bên dưới; VN là cả nước",
            "code of the unit over which, with all below it; VN is the whole country",
        ),
    )
    create.add_argument(
        "--name",
        default="",
        metavar=tr("HỌ_TÊN", "NAME"),
        help=tr("họ và tên", "the person's name"),
    )
    create.add_argument(
        "--post", default="", metavar=tr("CHỨC_VỤ", "POST"), help=tr("chức vụ", "the post held")
    )
    create.add_argument(
        "--from",
        dest="valid_from",
        type=date_argument,
        metavar=day_word(),
        help=tr("ngày bắt đầu, mặc định là hôm nay", "the first day, today if not given"),
    )
    create.add_argument(
        "--to",
        dest="valid_to",
        type=date_argument,
        metavar=day_word(),
        help=tr("ngày cuối, không nêu thì chưa định", "the last day, open if not given"),
    )
    create.set_defaults(run=_create)
    reset = parts.add_parser(
        "reset", help=tr("in đường dẫn đặt lại mật khẩu", "print a link to set a new password")
    )
    _add_email(reset)
    reset.add_argument(
        "--second-factor",
        action="store_true",
        help=tr("bỏ cả lớp xác thực thứ hai đã mất", "drop a lost second factor as well"),
    )
    reset.set_defaults(run=_reset)


def _add_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "email",
        metavar=tr("THƯ_ĐIỆN_TỬ", "EMAIL"),
        help=tr("thư điện tử dùng để đăng nhập", "the e-mail address that signs in"),
    )


def _create(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
    from danchu.core.accounts.links import make_one_time_link
    from danchu.core.accounts.services import add_person
    from danchu.core.clock import today
    from danchu.core.contracts import OPERATOR
    from danchu.core.units.selectors import unit_on

    require_installation()
    unit = unit_on(options.unit, today())
    added = add_person(
        actor=OPERATOR,
        email=options.email,
        name=options.name or options.email.split("@")[0],
        post=options.post,
        unit_id=unit.id,
        role=options.role,
        valid_from=options.valid_from,
        valid_to=options.valid_to,
    )
    account = added.account
    print(
        tr(
            f"Đã cấp vai trò {ROLES[options.role].name_vi} ở {unit.name} cho {account.email}.",
            f"{account.email} now holds the role {ROLES[options.role].name_en} over {unit.name}.",
        )
    )
    if account.has_usable_password():
        return 0
    token = make_one_time_link(actor=OPERATOR, account_id=account.pk, purpose="welcome")
    _print_link(token, "welcome")
    return 0


def _reset(options: argparse.Namespace) -> int:
    setup_django(may_make="key")
    from danchu.core.accounts.links import drop_second_factor, make_one_time_link
    from danchu.core.accounts.models import Account
    from danchu.core.contracts import OPERATOR

    require_installation()
    account = Account.objects.filter(email=options.email.strip().lower()).first()
    if account is None:
        raise NotFound(
            f"Không có tài khoản {options.email}.", f"There is no account {options.email}."
        )
    if options.second_factor and drop_second_factor(actor=OPERATOR, account_id=account.pk):
        print(tr("Đã bỏ lớp xác thực thứ hai.", "The second factor was dropped."))
    token = make_one_time_link(actor=OPERATOR, account_id=account.pk, purpose="reset")
    _print_link(token, "reset")
    return 0


def _print_link(token: str, purpose: str) -> None:
    from django.urls import reverse

    from danchu.core.addresses import absolute

    # Where the server runs is known only where it was said: else the path, after its address.
    asked_at = f"http://localhost:{os.environ['PORT']}" if "PORT" in os.environ else ""
    address = absolute(reverse("office:one_time_link", args=[purpose, token]), asked_at=asked_at)
    whole = not address.startswith("/")
    life = {"welcome": tr("7 ngày", "7 days"), "reset": tr("24 giờ", "24 hours")}[purpose]
    after_vi = "" if whole else ", ghi sau địa chỉ của hệ thống"
    after_en = "" if whole else ", to be written after the address of the system"
    print(
        tr(
            f"Đường dẫn dùng một lần, trong {life}{after_vi}:\n{address}",
            f"A link that works once, for {life}{after_en}:\n{address}",
        )
    )
