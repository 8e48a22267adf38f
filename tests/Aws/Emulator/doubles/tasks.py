"""An ECS task: its containers as processes on a separate loopback address, and its states."""

import itertools
import os
import shutil
import threading
import time
import uuid

from clock import now
from doubles.container import CannotStart, Container
from doubles.health import HealthCheck, container_check
from settings import ACCOUNT, Settings

_addresses = itertools.count(1)
_address_lock = threading.Lock()


class Task:
    """Runs from `start` until its essential container ends or `stop`. It never returns to an earlier state."""

    def __init__(self, cluster, definition, region: str, settings: Settings, metadata, group: str, started_by: str = ""):
        self.id, self.region, self.cluster, self.definition = uuid.uuid4().hex, region, cluster, definition
        self.arn = f"arn:aws:ecs:{region}:{ACCOUNT}:task/{cluster.name}/{self.id}"
        self.group, self.started_by, self._settings, self._metadata = group, started_by, settings, metadata
        self.ip = _next_address()
        self.status, self.desired_status = "PROVISIONING", "RUNNING"
        self.created, self.started, self.stopping, self.stopped = now(), None, None, None
        self.stop_code: str | None = None
        self.stopped_reason: str | None = None
        self.tags: list[dict] = []
        self.target_checks: dict[str, HealthCheck] = {}
        self._running_since = 0.0
        self._checks: dict[str, HealthCheck] = {}
        self._lock = threading.RLock()
        self.containers = [
            Container(one, self, settings, metadata.url) for one in definition.container_definitions
        ]

    def start(self) -> None:
        self._metadata.add(self)
        threading.Thread(target=self._start, name=f"task {self.id}", daemon=True).start()

    def stop(self, reason: str, code: str = "ServiceSchedulerInitiated") -> None:
        """Stops the containers: SIGTERM, then SIGKILL after the stopTimeout of each."""
        with self._lock:
            if self.desired_status == "STOPPED":
                return
            self.desired_status, self.status, self.stopping = "STOPPED", "DEACTIVATING", now()
            self.stopped_reason, self.stop_code = reason, code
            running = [one for one in self.containers if one.status == "RUNNING"]
        self._end_checks()
        for container in running:
            container.terminate()
        if not running:
            self._gone()

    @property
    def over(self) -> bool:
        return self.status == "STOPPED"

    @property
    def leaving(self) -> bool:
        return self.desired_status == "STOPPED"

    @property
    def health(self) -> str:
        for name, check in list(self._checks.items()):
            next(one for one in self.containers if one.name == name).health = check.status
        states = {check.status for check in list(self._checks.values())}
        return next((state for state in ("UNHEALTHY", "UNKNOWN", "HEALTHY") if state in states), "UNKNOWN")

    @property
    def healthy(self) -> bool:
        """Whether it is running and every check succeeds. Without a check, a task counts as healthy after it has run for a moment."""
        if self.status != "RUNNING" or self.leaving:
            return False
        checks = [*self._checks.values(), *self.target_checks.values()]
        if not checks:
            return time.monotonic() - self._running_since >= self._settings.settling
        return all(check.status == "HEALTHY" for check in checks)

    @property
    def complaint(self) -> str | None:
        """Why the scheduler should replace it although it is still running."""
        if self.health == "UNHEALTHY":
            return "Task failed container health checks"
        for group, check in list(self.target_checks.items()):
            if check.status == "UNHEALTHY":
                return f"Task failed ELB health checks in (target-group {group})"
        return None

    def _start(self) -> None:
        try:
            self.status = "PENDING"
            for container in self.containers:
                container.prepare()
            with self._lock:
                if self.leaving:
                    return
                for container in self.containers:
                    container.start(self._container_ended)
                self.status, self.started, self._running_since = "RUNNING", now(), time.monotonic()
            for container in self.containers:
                check = container_check(container, self._settings)
                if check and not self.leaving:
                    self._checks[container.name] = check
                    check.start()
        except (CannotStart, OSError) as error:
            self.stop(str(error), "TaskFailedToStart")

    def _container_ended(self, container: Container) -> None:
        if container.essential:
            self.stop("Essential container in task exited", "EssentialContainerExited")
        if all(one.status != "RUNNING" for one in self.containers) and self.leaving:
            self._gone()

    def _gone(self) -> None:
        self._end_checks()
        self._metadata.remove(self)
        shutil.rmtree(self._settings.work / "tasks" / self.id, ignore_errors=True)
        with self._lock:
            if self.stopped is None:
                self.stopped = now()
                self.status = "STOPPED"
                what = ", ".join(f"{one.name} exit code {one.exit_code}" for one in self.containers)
                self._settings.says(f"Task {self.id} of {self.group} stopped: {self.stopped_reason} ({what})")

    def _end_checks(self) -> None:
        for check in [*self._checks.values(), *self.target_checks.values()]:
            check.close()


def _next_address() -> str:
    with _address_lock:
        number = next(_addresses) % 65_000 + 1
    # all of 127/8 is this machine; emulators that run at the same time use different networks
    network = os.getpid() % 250 + 2
    return f"127.{network}.{number // 254}.{number % 254 + 1}"
