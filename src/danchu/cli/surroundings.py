"""Where a command stands: the folder of the data, whether there is a database, Django.

A command that only reads makes nothing anywhere, whichever folder it is run from.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from danchu.core.calendar.selectors import django_is_ready
from danchu.core.errors import BadInput, Refusal
from danchu.core.os_reasons import reason_of

from .output import language


def data_folder() -> Path:
    """The folder that holds all state: ``DANCHU_DATA``, or ``var`` where the command is run."""
    return Path(os.environ.get("DANCHU_DATA") or "var").resolve()


def there_is_a_database() -> bool:
    """Whether a database is there, or may be on another machine; asked without making one."""
    if django_is_ready():
        return True
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return (data_folder() / "danchu.sqlite3").is_file()
    if urlsplit(url).scheme == "sqlite":
        return Path(unquote(url.removeprefix("sqlite:///"))).is_file()
    return True


def setup_django(*, may_make: Literal["nothing", "key", "database"] = "nothing") -> None:
    """Load Django; a command that needs the database calls this first.

    ``may_make``: a command that reads makes nothing; one that serves or gives access may make
    a lost key of the installation; one that sets up makes the folder and the database too.
    Raises a ``Refusal`` that names the folder when there is no database and none may be made.
    """
    import django

    os.umask(0o077)  # the database, keys and files hold personal data: for the owner alone
    if may_make != "database":
        _require_database()
    if may_make == "nothing":
        _spare_the_key()
    try:
        django.setup()
    except ValueError as error:
        raise BadInput(f"Cấu hình sai: {error}", f"Wrong configuration: {error}") from None
    except OSError as error:
        raise Refusal(
            f"Không dùng được thư mục dữ liệu {data_folder()}: {reason_of(error)}. "
            "Đặt DANCHU_DATA là thư mục ghi được.",
            f"The data folder {data_folder()} cannot be used: {error.strerror}. "
            "Set DANCHU_DATA to a folder that can be written.",
        ) from None
    from django.utils import translation

    translation.activate(language())


def _require_database() -> None:
    if not there_is_a_database():
        where = os.environ.get("DATABASE_URL") or data_folder()
        raise Refusal(
            f"Chưa có cơ sở dữ liệu ở {where}. Chạy danchu init, hoặc đặt DANCHU_DATA là thư mục "
            "dữ liệu của hệ thống (mặc định là var trong thư mục đang đứng).",
            f"There is no database at {where}. Run danchu init, or set DANCHU_DATA to the folder "
            "of the installation (var in the current folder if not set).",
        )


def _spare_the_key() -> None:
    """Have the settings not make the key of the installation: this process signs nothing."""
    if not django_is_ready() and not (data_folder() / "keys" / "secret-key").is_file():
        os.environ.setdefault("DANCHU_SECRET_KEY", secrets.token_urlsafe(64))
