"""HTTP/1.1 with persistent connections. Werkzeug's own handler closes each of them 10 ms after its response."""

import io
import sys
import traceback

from werkzeug.serving import WSGIRequestHandler

from local_only import LocalOnlyHandler

# Longer than clients keep an idle connection (.NET a minute, Go 90 seconds), so that they close it and not the server:
# closing while a request is in flight would lose it.
_IDLE_SECONDS = 120
_WITHOUT_BODY = (204, 304)


class KeepAliveHandler(LocalOnlyHandler, WSGIRequestHandler):
    """Reads the whole request before the response, so that the next one starts at the right place."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE_SECONDS

    def run_wsgi(self) -> None:
        environ = self._environ()
        answer: dict = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=status, headers=headers)

        try:
            content = self.server.app(environ, start_response)
            try:
                body = b"".join(content)
            finally:
                if hasattr(content, "close"):
                    content.close()
        except Exception as error:
            # Something that moto lacks, or a defect here: reported on the console, and to the caller as AWS would.
            self._tell(error)
            answer.update(status="500 Internal Server Error", headers=[("Content-Type", "text/plain")])
            body = f"{type(error).__name__}: {error}".encode()
        self._send(answer["status"], answer["headers"], body)

    def log_request(self, code="-", size="-") -> None:
        """Logs nothing: one poll per second would bury what matters. `/emulator/requests` has the counts."""

    def _tell(self, error: Exception) -> None:
        said = f"{self.command} {self.path} {self.headers.get('X-Amz-Target', '')}".strip()
        if isinstance(error, NotImplementedError):
            print(f"Not emulated: {said}: {error}", file=sys.stderr, flush=True)
        else:
            print(f"Failed in the emulator: {said}\n{traceback.format_exc()}", file=sys.stderr, flush=True)

    def _environ(self) -> dict:
        environ = self.make_environ()
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            body = io.BufferedReader(environ["wsgi.input"]).read()
        else:
            body = self.rfile.read(int(environ.get("CONTENT_LENGTH") or 0))
        environ.update({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "wsgi.input_terminated": True})
        return environ

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code = int(status.split(" ", 1)[0])
        silent = self.command == "HEAD" or code in _WITHOUT_BODY
        kept = [(name, value) for name, value in headers if name.lower() not in ("connection", "transfer-encoding")]
        if not silent:
            # moto's length is from before a patch changed the text.
            kept = [(name, value) for name, value in kept if name.lower() != "content-length"]
            kept.append(("Content-Length", str(len(body))))
        elif code not in _WITHOUT_BODY and not any(name.lower() == "content-length" for name, _ in kept):
            kept.append(("Content-Length", "0"))
        if not any(name.lower() == "date" for name, _ in kept):
            kept.append(("Date", self.date_time_string()))
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in kept), "", ""]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + (b"" if silent else body))
