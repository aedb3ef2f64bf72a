"""A small listener that the tests start: it takes a recording and tells what it is told to tell."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from linli.kernel.inbox.listening import Ear, Sound

SOUND = Sound(b"RIFF....WAVE", "audio/wav", "wav")


class Listener(ThreadingHTTPServer):
    """``says`` is a status and a body; ``slow`` the seconds it thinks first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.says: tuple[int, Any] = (200, {"text": "三号楼楼道灯不亮"})
        self.slow = 0.0
        self.asked: list[dict[str, Any]] = []

    def ear(self, **more: Any) -> Ear:
        """Where it is, as a district that runs it inside its own network would set it up."""
        url = f"http://127.0.0.1:{self.server_port}/v1/audio/transcriptions"
        return Ear(**{"url": url, "key": "geheim", "inside": True, "seconds": 5, **more})


class Asked(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(
            {"path": self.path, "key": self.headers["Authorization"], **self.fields(content)}
        )
        time.sleep(self.server.slow)
        status, body = self.server.says
        answer = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return

    def fields(self, content: bytes) -> dict[str, Any]:
        """The form as a mail reader takes it apart, which knows nothing of how we put it together."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + content, policy=policy.HTTP).iter_parts()
        return {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in parts
        }

    def log_message(self, *_args: Any) -> None:
        """The tests look at ``asked``."""


@contextmanager
def listener() -> Iterator[Listener]:
    with Listener() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()
