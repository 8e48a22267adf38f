"""The public address of an environment: a TCP forwarder to the healthy tasks of services with a load balancer."""

import asyncio
import http.client
import io
import threading
from itertools import count

from local_only import refusal

_CONNECT_TIMEOUT = 2.0
# As long as AWS's load balancers keep an idle connection.
_HEAD_TIMEOUT = 60.0


class LoadBalancer:
    """Listens on loopback; each new connection goes to the next task, or to the one after that if it does not respond."""

    def __init__(self, port: int, targets):
        self._targets, self._next = targets, count()
        self._loop = asyncio.new_event_loop()
        # Opened here and not in the thread, so that a port in use fails the start of the emulator.
        server = asyncio.start_server(self._forward, "127.0.0.1", port)
        self._server = self._loop.run_until_complete(server)
        self.port = self._server.sockets[0].getsockname()[1]

    def start(self) -> None:
        threading.Thread(target=self._loop.run_forever, name="load balancer", daemon=True).start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _forward(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(client_in.readuntil(b"\r\n\r\n"), _HEAD_TIMEOUT)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError):
            await _close(client_out)
            return
        # Only the first request of a connection is checked: browsers mix neither names nor sites on one.
        if why := _refusal(head, self.port):
            await _answer(client_in, client_out, "403 Forbidden", why)
            return
        target = await self._connect()
        if target is None:
            await _answer(client_in, client_out, "503 Service Temporarily Unavailable", "")
            return
        target_in, target_out = target
        target_out.write(head)
        await asyncio.gather(_copy(client_in, target_out), _copy(target_in, client_out))

    async def _connect(self):
        targets = self._targets()
        turn = next(self._next)
        for offset in range(len(targets)):
            address = targets[(turn + offset) % len(targets)]
            try:
                return await asyncio.wait_for(asyncio.open_connection(*address), _CONNECT_TIMEOUT)
            except OSError:  # The task has stopped in the meantime; timeouts are also included.
                continue
        return None


def _refusal(head: bytes, port: int) -> str | None:
    lines = io.BytesIO(head)
    lines.readline()  # the request line
    try:
        return refusal(http.client.parse_headers(lines), port)
    except http.client.HTTPException as unreadable:
        return str(unreadable)


async def _answer(client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter, status: str, why: str) -> None:
    body = f"{why}\n".encode() if why else b""
    client_out.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    try:
        client_out.write_eof()
        # Closing with unread bytes would reset the connection, and the client would not get the response.
        await asyncio.wait_for(client_in.read(65_536), _CONNECT_TIMEOUT)
    except OSError:  # The client has disconnected, or does not disconnect; timeouts are also included.
        pass
    await _close(client_out)


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    except ConnectionError:
        pass  # One side has disconnected, which also ends the other side's connection.
    finally:
        await _close(target)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    try:
        await writer.wait_closed()
    except ConnectionError:
        pass
