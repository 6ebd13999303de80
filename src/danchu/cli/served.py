"""What a process of the server runs: the application, for as long as the server itself lives.

``kill -9`` of the server tells its processes nothing: they would keep the port, and with it their
copy of the pipe by which the worker knows that the server is there.
"""

from __future__ import annotations

import os
import signal
import threading
import time

from danchu.web.wsgi import application as application

SERVER = "DANCHU_SERVER_PID"  # set by ``serve`` for its own processes
EVERY = 1.0  # seconds
GRACE = 5.0  # seconds for requests under way


def watch(server: int) -> None:
    """End this process, requests under way first, once ``server`` is no longer its parent."""
    while os.getppid() == server:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


if SERVER in os.environ:
    threading.Thread(
        target=watch, args=(int(os.environ[SERVER]),), name="server-watch", daemon=True
    ).start()
