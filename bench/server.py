"""The application server as ``danchu serve`` runs it, for measurements over a real socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PATIENCE = 30.0  # seconds for the server to answer for the first time


@dataclass(frozen=True, slots=True)
class Answer:
    """Status line, headers in lower case, and the body as it came over the wire."""

    status: str
    headers: dict[str, str]
    body: bytes
    size: int  # of all of it, in bytes


class Connection:
    """One kept-alive connection that costs the client next to nothing."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def get(self, address: str) -> Answer:
        """Ask for an address and wait for the whole answer."""
        self._socket.sendall(request_for(address))
        return self._answer()

    def spend(self, request: bytes) -> None:
        """The same for a request put together before, the answer read and dropped."""
        self._socket.sendall(request)
        head, length = self._head()
        self._body(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.partition(b"\r\n")[0].decode("latin-1"))

    def close(self) -> None:
        self._socket.close()

    def _answer(self) -> Answer:
        head, length = self._head()
        lines = head.decode("latin-1").split("\r\n")
        named = (line.partition(":") for line in lines[1:])
        body = self._body(length)
        return Answer(
            status=lines[0],
            headers={name.lower(): value.strip() for name, _colon, value in named},
            body=body,
            size=len(head) + 4 + len(body),
        )

    def _head(self) -> tuple[bytes, int]:
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            self._rest += self._more()
        head, self._rest = self._rest[:end], self._rest[end + 4 :]
        lowered = head.lower()
        if b"transfer-encoding" in lowered:
            raise RuntimeError("an answer of unknown length")
        mark = lowered.find(b"content-length:")
        return head, int(lowered[mark + 15 :].partition(b"\r\n")[0]) if mark >= 0 else 0

    def _body(self, length: int) -> bytes:
        while len(self._rest) < length:
            self._rest += self._more()
        body, self._rest = self._rest[:length], self._rest[length:]
        return body

    def _more(self) -> bytes:
        found = self._socket.recv(1 << 18)
        if not found:
            raise RuntimeError("the server closed the connection")
        return found


def request_for(address: str) -> bytes:
    """A GET request as a browser's, without cookies."""
    return (
        f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
        "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: vi\r\n\r\n"
    ).encode()


@contextmanager
def serving() -> Iterator[int]:
    """Runs the server with its two workers; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.server", str(port)],
        env={**os.environ, "DANCHU_LOG": "ERROR"},
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = Connection(port)
            connection.get("/healthz")
            connection.close()
        except (OSError, RuntimeError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer")


def main() -> None:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "danchu.web.wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
