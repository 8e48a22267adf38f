"""Who may ask: programs of this machine. A page in a browser on it may not, though it reaches the same ports.

Whoever may ask here can start programs, so every port of the emulator refuses what only a browser sends on behalf of a page
(`Origin`, `Sec-Fetch-Site`), and any `Host` that is not loopback (a name of somebody's own that points to 127.0.0.1).
"""

import re
from email.message import Message
from http.server import BaseHTTPRequestHandler

# Names under localhost are nobody's to register; S3 is asked with the bucket's before it.
_LOOPBACK = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9.-]+\.)?localhost)(:(?P<port>\d{1,5}))?", re.IGNORECASE)
_FOREIGN_PAGES = ("cross-site", "same-site")


def refusal(headers: Message, port: int) -> str | None:
    """Why a request with these headers is not answered at this port; nothing where it is."""
    if "Origin" in headers:
        return f"Pages in a browser may not ask the emulator, and this request comes from one: Origin is {headers['Origin'][:200]!r}."
    if (headers.get("Sec-Fetch-Site") or "").strip().lower() in _FOREIGN_PAGES:
        return "Pages in a browser may not ask the emulator, and this request comes from one of another site."
    hosts = headers.get_all("Host") or []
    loopback = _LOOPBACK.fullmatch(hosts[0].strip()) if len(hosts) == 1 else None
    if loopback is None or int(loopback["port"] or 80) != port:
        named = ", ".join(repr(host[:200]) for host in hosts) or "not there"
        return f"The emulator answers at 127.0.0.1:{port} or localhost:{port} alone, and Host is {named}."
    return None


class LocalOnlyHandler(BaseHTTPRequestHandler):
    """Answers 403 before anything but the headers is read."""

    def handle(self) -> None:
        """A caller that goes away is no failure here, and a traceback of it would bury one."""
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
        # The body was not read, so nothing that follows could be told from it.
        self.close_connection = True
        self.send_error(403, "Forbidden", why)
        return False
