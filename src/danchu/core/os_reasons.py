"""What the system said of a file or folder, in the words of the house."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "không có thư mục đó",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EACCES: "không có quyền ghi ở đó",
    errno.EPERM: "không được phép ghi ở đó",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.ENAMETOOLONG: "tên hoặc đường dẫn quá dài",
    errno.ELOOP: "liên kết trỏ vòng quanh",
    errno.EISDIR: "đó là một thư mục",
    errno.EIO: "ổ đĩa báo lỗi",
}


def reason_of(error: OSError) -> str:
    """Why the system could not do it, in Vietnamese, without a full stop."""
    return _REASONS.get(error.errno or 0, f"máy báo lỗi số {error.errno or 0}")
