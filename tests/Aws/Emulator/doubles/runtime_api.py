"""The Lambda Runtime API, which a custom runtime's `bootstrap` calls; one address for each environment."""

import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from queue import Empty, Queue

from local_only import LocalOnlyHandler

_ROOT = "/2018-06-01/runtime/"


@dataclass
class Invocation:
    """An event that a function handles. `done` is set when `payload` is the response or the error."""

    payload_in: bytes
    arn: str
    deadline: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    payload: bytes = b""
    failed: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def finish(self, payload: bytes, failed: bool = False) -> None:
        if not self.done.is_set():
            self.payload, self.failed = payload, failed
            self.done.set()

    def fail(self, kind: str, message: str) -> None:
        self.finish(json.dumps({"errorType": kind, "errorMessage": message}).encode(), failed=True)


class RuntimeApi:
    """Passes invocations to one environment, one at a time, and receives its responses."""

    def __init__(self):
        self._waiting: Queue[Invocation] = Queue(maxsize=1)
        self._current: Invocation | None = None
        self._closed = threading.Event()
        self.asked = threading.Event()
        self.init_error: bytes | None = None
        handler = type("Handler", (_Handler,), {"api": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, name="runtime api", daemon=True).start()

    def hand_over(self, invocation: Invocation) -> None:
        self._waiting.put(invocation)

    def next(self) -> Invocation | None:
        """Waits for the next invocation; returns None when the environment is abandoned."""
        self.asked.set()
        while not self._closed.is_set():
            try:
                self._current = self._waiting.get(timeout=0.5)
                return self._current
            except Empty:
                continue
        return None

    def answer(self, request_id: str, payload: bytes, failed: bool) -> bool:
        current = self._current
        if current is None or current.id != request_id:
            return False
        current.finish(payload, failed)
        return True

    def close(self) -> None:
        self._closed.set()
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(LocalOnlyHandler):
    protocol_version = "HTTP/1.1"
    api: RuntimeApi

    def do_GET(self) -> None:
        if self.path != f"{_ROOT}invocation/next":
            return self._say(404)
        invocation = self.api.next()
        if invocation is None:
            self.close_connection = True
            return None
        milliseconds = int(time.time() * 1000 + (invocation.deadline - time.monotonic()) * 1000)
        return self._say(200, invocation.payload_in, {
            "Lambda-Runtime-Aws-Request-Id": invocation.id,
            "Lambda-Runtime-Deadline-Ms": str(milliseconds),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.arn,
            "Lambda-Runtime-Trace-Id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]};Sampled=0",
        })

    def do_POST(self) -> None:
        body = self._body()
        parts = self.path.removeprefix(_ROOT).split("/")
        if parts == ["init", "error"]:
            self.api.init_error = body
            return self._say(202, b'{"status":"OK"}')
        if len(parts) == 3 and parts[0] == "invocation" and parts[2] in ("response", "error"):
            known = self.api.answer(parts[1], body, failed=parts[2] == "error")
            return self._say(202, b'{"status":"OK"}') if known else self._say(400, b'{"errorType":"InvalidRequestID"}')
        return self._say(404)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # Trailers: no runtime uses them, but they end the body.
        return body

    def _say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Logs nothing: the function's own log contains what matters."""
