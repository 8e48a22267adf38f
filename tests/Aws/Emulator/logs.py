"""CloudWatch Logs: the output of processes, written as their log driver would."""

import threading
import time

from moto.logs.models import logs_backends

from settings import ACCOUNT

_lock = threading.Lock()


class LogStream:
    """One stream of a group. Lines are written immediately."""

    def __init__(self, region: str, group: str, stream: str, create_group: bool = True):
        self._backend = logs_backends[ACCOUNT][region]
        self.group, self.stream = group, stream
        with _lock:
            if create_group:
                self._backend.ensure_log_group(group)
            self._backend.ensure_log_stream(group, stream)

    def write(self, line: str) -> None:
        with _lock:
            event = {"timestamp": int(time.time() * 1000), "message": line}
            self._backend.put_log_events(self.group, self.stream, [event])
