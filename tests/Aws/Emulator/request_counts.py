"""Counts the requests to each service, to measure the cost of polling."""

import io
import json
import threading
from collections import Counter
from urllib.parse import parse_qs


class RequestCounts:
    """A WSGI layer around moto, with its own `GET /emulator/requests` and `POST /emulator/reset`."""

    def __init__(self, application):
        self._application = application
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path == "/emulator/requests" and method == "GET":
            return _answer(start_response, self.by_service())
        if path == "/emulator/reset" and method == "POST":
            with self._lock:
                self._counts.clear()
            return _answer(start_response, {})
        with self._lock:
            self._counts[_operation(environ)] += 1
        return self._application(environ, start_response)

    def by_service(self) -> dict[str, dict[str, int]]:
        result: dict[str, dict[str, int]] = {}
        with self._lock:
            for (service, operation), count in sorted(self._counts.items()):
                result.setdefault(service, {})[operation] = count
        return result


def _answer(start_response, content) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(content).encode()]


def _operation(environ) -> tuple[str, str]:
    service = _service(environ)
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return service, target.split(".")[-1]
    if service == "s3":
        return service, _s3_operation(environ)
    if action := _action(environ):
        return service, action
    return service, f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"


def _service(environ) -> str:
    # Authorization: AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, ...
    scope = environ.get("HTTP_AUTHORIZATION", "").split("Credential=")[-1].split(",")[0].split("/")
    if len(scope) == 5:
        return scope[3]
    return "moto" if environ.get("PATH_INFO", "").startswith("/moto-api") else "s3"


def _s3_operation(environ) -> str:
    method = environ["REQUEST_METHOD"]
    parts = environ.get("PATH_INFO", "").lstrip("/").split("/", 1)
    if len(parts) == 2 and parts[1]:
        return f"{method} object"
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if method == "GET" and parts[0] and ("list-type" in query or not query or "prefix" in query):
        return "LIST bucket"
    return f"{method} {'bucket' if parts[0] else 'service'}"


def _action(environ) -> str | None:
    if not environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode("utf-8", "replace")).get("Action", [None])[0]
