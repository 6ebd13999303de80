"""SQLite by default, PostgreSQL where DATABASE_URL says so: the same models on both."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_from_environment(data: Path) -> dict[str, Any]:
    """The DATABASES entry for ``DATABASE_URL``, or SQLite below ``data``.

    Raises ``ValueError`` for a scheme that is neither sqlite nor postgresql.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        data.mkdir(parents=True, exist_ok=True)
        return sqlite(str(data / "danchu.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(url.removeprefix("sqlite:///")) or ":memory:")
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL: {parts.scheme!r} is neither postgresql nor sqlite")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def sqlite(name: str) -> dict[str, Any]:
    """An SQLite entry in which a writer waits for its turn instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # Opening the file and setting it up costs as much as three statements: not every time.
        "CONN_MAX_AGE": 60,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
