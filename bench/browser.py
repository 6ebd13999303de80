"""Asking the product for pages inside this process, through its own WSGI door."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from danchu.core.accounts.models import Account

BACKEND = "danchu.core.accounts.backends.StaffBackend"


def cookie_of(account: Account) -> str:
    """The cookie of a session in which this person has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Browser:
    """Sends GET requests to the application, as one person or as nobody."""

    def __init__(self, cookie: str = "") -> None:
        from danchu.web.wsgi import application

        self._application: Callable[..., Any] = application
        self._cookie = cookie

    def get(self, address: str) -> bytes:
        """The body of a page; raises ``RuntimeError`` for anything but a page."""
        path, _mark, query = address.partition("?")
        status: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if self._cookie:
            environ["HTTP_COOKIE"] = self._cookie
        answer = self._application(environ, lambda line, headers: status.append(line))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{address}: {status}")
        return body
