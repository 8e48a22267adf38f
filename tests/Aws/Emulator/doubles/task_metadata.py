"""The task metadata endpoint, version 4: a container's information about itself."""

import json
import threading
from http.server import ThreadingHTTPServer

from doubles import task_description
from local_only import LocalOnlyHandler


class TaskMetadata:
    """One server for all tasks; only a container itself knows its address."""

    def __init__(self):
        self._containers: dict[str, tuple] = {}
        handler = type("Handler", (_Handler,), {"metadata": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, name="task metadata", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def add(self, task) -> None:
        self._containers |= {container.id: (task, container) for container in task.containers}

    def remove(self, task) -> None:
        for container in task.containers:
            self._containers.pop(container.id, None)

    def answer(self, path: str) -> dict | None:
        parts = path.strip("/").split("/")
        if len(parts) < 2 or parts[0] != "v4" or parts[1] not in self._containers:
            return None
        task, container = self._containers[parts[1]]
        if parts[2:] == []:
            return task_description.container_metadata(task, container)
        return task_description.task_metadata(task) if parts[2:] == ["task"] else None


class _Handler(LocalOnlyHandler):
    metadata: TaskMetadata

    def do_GET(self) -> None:
        answer = self.metadata.answer(self.path)
        body = json.dumps(answer).encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Logs nothing: containers call often."""
