"""Pages in a browser on this machine can reach the same ports, but must be rejected there."""

import socket
import struct
import sys
import threading
import unittest
import urllib.request
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from urllib.parse import urlsplit

from local_only import LocalOnlyHandler
from tests.harness import REGION, EmulatorTest

PAGE = {"Origin": "https://evil.example"}
PREFLIGHT = PAGE | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target,content-type"}
PUT_IMAGE = {"X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository", "Content-Type": "application/x-amz-json-1.1"}


class Callers(EmulatorTest):
    def ask(self, url: str, method: str = "GET", path: str = "/", body: bytes | None = None, **headers: str) -> HTTPResponse:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
        self.addCleanup(connection.close)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        self.said = answer.read().decode()
        return answer

    def ports(self) -> dict[str, str]:
        services = next(double for double in self.emulator._doubles if hasattr(double, "targets"))
        return {"AWS": self.emulator.url, "load balancer": self.emulator.public_url, "task metadata": services._metadata.url}

    def refused(self, answer: HTTPResponse) -> None:
        self.assertEqual(403, answer.status, self.said)
        self.assertEqual([], [name for name, _ in answer.getheaders() if name.lower().startswith("access-control-")])

    def test_gives_no_page_leave_to_ask(self):
        for name, url in self.ports().items():
            with self.subTest(name):
                self.refused(self.ask(url, "OPTIONS", **PREFLIGHT))

    def test_does_nothing_for_a_page_that_asks_without_leave(self):
        repositories = self.client("ecr").describe_repositories()["repositories"]
        for origin in ("https://evil.example", "null", f"http://localhost:{urlsplit(self.emulator.url).port}"):
            with self.subTest(origin):
                body = f'{{"repositoryName": "{self.name}"}}'.encode()
                self.refused(self.ask(self.emulator.url, "POST", "/", body, Origin=origin, **PUT_IMAGE))
                self.assertIn("Origin", self.said)
        self.assertEqual(repositories, self.client("ecr").describe_repositories()["repositories"])

    def test_does_nothing_for_what_a_page_asks_without_saying_so(self):
        for name, url in self.ports().items():
            with self.subTest(name):
                self.refused(self.ask(url, Sec_Fetch_Site="cross-site"))

    def test_answers_at_its_own_address_alone(self):
        for name, url in self.ports().items():
            port = urlsplit(url).port
            for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", f"localhost.evil.example:{port}", f"127.0.0.1:{port + 1}", "127.0.0.1", ""):
                with self.subTest(name, host=host):
                    self.refused(self.ask(url, Host=host))
            for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", f"bucket.localhost:{port}"):
                with self.subTest(name, host=host):
                    self.assertNotEqual(403, self.ask(url, Host=host).status)

    def test_refuses_a_request_with_two_addresses(self):
        for name, url in self.ports().items():
            port = urlsplit(url).port
            with self.subTest(name), socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n".encode())
                self.assertIn(b" 403 ", connection.recv(100))

    def test_takes_nothing_after_a_request_that_it_refused(self):
        port = urlsplit(self.emulator.url).port
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            good = f"GET /emulator/requests HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            connection.sendall(f"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: {len(good)}\r\n\r\n{good}".encode())
            answered = b""
            while received := connection.recv(65_536):
                answered += received
        self.assertEqual(1, answered.count(b"HTTP/1."))

    def test_finds_a_bucket_by_its_name_before_the_host(self):
        bucket = self.bucket()
        self.client("s3").put_object(Bucket=bucket, Key="a", Body=b"there")
        port = urlsplit(self.emulator.url).port
        signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential=a/20260101/{REGION}/s3/aws4_request, SignedHeaders=host, Signature=b"}
        answer = self.ask(self.emulator.url, "GET", "/a", Host=f"{bucket}.s3.localhost:{port}", **signed)
        self.assertEqual((200, "there"), (answer.status, self.said))

    def test_answers_programs(self):
        self.assertEqual(200, urllib.request.urlopen(f"{self.emulator.url}/emulator/requests", timeout=10).status)


class _Answering(LocalOnlyHandler):
    """Responds only when it is allowed to, so that a test can disconnect before."""

    def do_GET(self) -> None:
        self.server.go_on.wait(10)
        for _ in range(100):
            self.wfile.write(b" " * 65_536)

    def log_message(self, *_) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def __init__(self, handler: type):
        super().__init__(("127.0.0.1", 0), handler)
        self.failures, self.go_on, self.ended = [], threading.Event(), threading.Event()

    def handle_error(self, request, client_address) -> None:
        self.failures.append(repr(sys.exception()))

    def shutdown_request(self, request) -> None:
        super().shutdown_request(request)
        self.ended.set()


class LostCallers(unittest.TestCase):
    def hang_up(self, sent: str, handler: type = _Answering) -> list[str]:
        """The failures that the server reports."""
        with _Server(handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            connection = socket.create_connection(server.server_address, timeout=10)
            connection.sendall(sent.replace("PORT", str(server.server_port)).encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # sends a reset instead of a normal close
            connection.close()
            server.go_on.set()
            self.assertTrue(server.ended.wait(10))
            server.shutdown()
            return server.failures

    def test_says_nothing_of_a_caller_that_goes_away_while_it_asks(self):
        self.assertEqual([], self.hang_up("GET / HTTP/1.1\r\nHo"))

    def test_says_nothing_of_a_caller_that_does_not_wait_for_the_answer(self):
        self.assertEqual([], self.hang_up("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"))

    def test_tells_of_a_failure_of_its_own(self):
        class Failing(_Answering):
            def do_GET(self) -> None:
                raise ValueError("a defect")

        self.assertEqual(["ValueError('a defect')"], self.hang_up("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", Failing))


if __name__ == "__main__":
    unittest.main()
