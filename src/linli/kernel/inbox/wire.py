"""One HTTP call to one checked address: no redirects, no proxies, ten seconds for everything."""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from linli.kernel.inbox.errors import Outage
from linli.kernel.inbox.guard import Target

SECONDS = 10.0
ANSWER_BYTES = 65_536
TROUBLE = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


class TimedStream(httpcore.NetworkStream):
    """A stream on which waiting in small portions does not add up to more than the whole time."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self.stream, self.until = stream, until

    def left(self) -> float:
        rest = self.until - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("The provider took longer than the time it has.")
        return rest

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return TimedStream(self.stream.start_tls(ssl_context, server_hostname, self.left()), self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Pinned(httpcore.SyncBackend):
    """Connects to the address that was checked, whatever name it is asked for."""

    def __init__(self, address: str, until: float) -> None:
        super().__init__()
        self.address, self.until = address, until

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        rest = self.until - time.monotonic()
        return TimedStream(super().connect_tcp(self.address, port, max(rest, 0.001)), self.until)


@cache
def certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def call(
    target: Target,
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    content: bytes,
    seconds: float = SECONDS,
) -> Reply:
    """Send and read the answer; every way of not getting one is an outage."""
    backend = Pinned(target.address, time.monotonic() + seconds)
    fields = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
    with httpcore.ConnectionPool(
        ssl_context=certificates(), network_backend=backend, max_connections=1
    ) as pool:
        try:
            with pool.stream(method, url, headers=fields, content=content) as response:
                return Reply(response.status, beginning(response))
        except TROUBLE as problem:
            raise Outage(type(problem).__name__) from problem


def beginning(response: httpcore.Response) -> bytes:
    """As much of the answer as an honest provider needs."""
    body = b""
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > ANSWER_BYTES:
            raise Outage("answer too long")
    return body
