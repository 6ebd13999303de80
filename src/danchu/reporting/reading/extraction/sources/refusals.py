"""What is said of a file that cannot be opened."""

from __future__ import annotations

from danchu.core.errors import BadInput


def damaged(name: str, called: str) -> BadInput:
    """The refusal of a file that is broken or was cut off in the middle."""
    return BadInput(
        f"{name}: tệp {called} bị hỏng hoặc bị cắt ngang nên không đọc được. "
        "Lấy lại bản gốc đầy đủ rồi đọc lại.",
        f"{name}: the {called} file is damaged or cut off and cannot be read. "
        "Get the complete original and read it again.",
        code="damaged",
    )


def locked(name: str) -> BadInput:
    """The refusal of a file that only opens with a password."""
    return BadInput(
        f"{name}: tệp có mật khẩu nên không đọc được. Bỏ mật khẩu rồi đọc lại.",
        f"{name}: the file is protected by a password. Remove the password and read it again.",
        code="encrypted",
    )
