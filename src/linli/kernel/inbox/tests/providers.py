"""Small providers that the tests start: a text message gateway that may be away, and a mail server."""

import json
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway(ThreadingHTTPServer):
    """Takes messages while ``mood`` is "open"; knows each reference and passes a message on once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.mood = "open"
        self.calls: list[dict[str, Any]] = []
        self.handset: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.dedupes = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"

    def passed_on(self) -> list[str]:
        return sorted(self.handset.elements())

    def take(self, call: dict[str, Any]) -> int:
        with self.lock:
            self.calls.append(call)
            ref = call["headers"].get("Idempotency-Key", str(len(self.calls)))
            if self.dedupes and ref in self.handset:
                return 409
            self.handset[ref] += 1
            return 200


class Call(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        mood = self.server.mood
        if mood == "hangs up":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif mood == "drips":
            self.drip()
        elif mood == "takes it and hangs up":
            self.server.take(self.described(content))
            self.connection.shutdown(socket.SHUT_RDWR)
        elif mood == "open":
            self.say(self.server.take(self.described(content)), b'{"code": 0, "errcode": 0}')
        else:
            self.refuse(mood)

    def described(self, content: bytes) -> dict[str, Any]:
        return {"path": self.path, "headers": dict(self.headers), "content": content}

    def refuse(self, mood: str) -> None:
        status, _space, body = mood.partition(" ")
        self.say(int(status), body.encode())

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """One byte of the answer at a time, for ever."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        try:
            for _ in range(300):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_args: Any) -> None:
        """The tests look at ``calls``."""


@contextmanager
def gateway() -> Iterator[Gateway]:
    with Gateway() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as is needed to take a mail or to refuse one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MailCall)
        self.answer = "250 taken"
        self.mails: list[bytes] = []


class MailCall(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 post office")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            elif word == b"RCPT":
                self.say(self.server.answer)
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        self.server.mails.append(b"".join(lines))
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def read_json(call: dict[str, Any]) -> Any:
    return json.loads(call["content"])
