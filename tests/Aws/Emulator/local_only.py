"""Which requests are accepted: those of programs on this machine, but not of pages in a browser, which can reach the same ports.

Callers can start programs, so every port of the emulator rejects what only a browser sends on behalf of a page
(`Origin`, `Sec-Fetch-Site`), and any `Host` that is not loopback (such as a stranger's domain that points to 127.0.0.1).
"""

import re
from email.message import Message
from http.server import BaseHTTPRequestHandler

# Nobody can register names under localhost; S3 is called with the bucket's name in front of it.
_LOOPBACK = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9.-]+\.)?localhost)(:(?P<port>\d{1,5}))?", re.IGNORECASE)
_FOREIGN_PAGES = ("cross-site", "same-site")


def refusal(headers: Message, port: int) -> str | None:
    """Why a request with these headers is rejected at this port; None if it is accepted."""
    if "Origin" in headers:
        return f"Pages in a browser must not call the emulator, and this request comes from one: Origin is {headers['Origin'][:200]!r}."
    if (headers.get("Sec-Fetch-Site") or "").strip().lower() in _FOREIGN_PAGES:
        return "Pages in a browser must not call the emulator, and this request comes from one of another site."
    hosts = headers.get_all("Host") or []
    loopback = _LOOPBACK.fullmatch(hosts[0].strip()) if len(hosts) == 1 else None
    if loopback is None or int(loopback["port"] or 80) != port:
        named = ", ".join(repr(host[:200]) for host in hosts) or "missing"
        return f"The emulator accepts only 127.0.0.1:{port} and localhost:{port} as Host, which is {named}."
    return None


class LocalOnlyHandler(BaseHTTPRequestHandler):
    """Responds with 403 before anything but the headers is read."""

    def handle(self) -> None:
        """A caller that disconnects is not a failure, and its traceback would bury actual ones."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        why = refusal(self.headers, self.server.server_port)
        if why is None:
            return True
        # The body was not read, so later requests could not be distinguished from it.
        self.close_connection = True
        self.send_error(403, "Forbidden", why)
        return False
