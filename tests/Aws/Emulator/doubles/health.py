"""Health as in ECS: a container's own check, and a target group's requests. Each runs in its own thread."""

import http.client
import threading
import time

from processes import Child
from settings import Settings


class HealthCheck:
    """Repeats a check until the task ends: often until it first succeeds, then at the configured interval."""

    def __init__(self, probe, interval: float, retries: int, start_period: float, settings: Settings):
        self._probe, self._interval, self._retries = probe, interval, retries
        self._quick = min(interval, settings.longest_health_interval)
        # As long as AWS would check before it gives up, although here the checks are more frequent.
        self._patience = start_period + interval * retries
        self._end = threading.Event()
        self.status = "UNKNOWN"

    def start(self) -> None:
        threading.Thread(target=self._run, name="health", daemon=True).start()

    def close(self) -> None:
        self._end.set()

    def _run(self) -> None:
        begin, failures = time.monotonic(), 0
        while not self._end.wait(self._interval if self.status == "HEALTHY" else self._quick):
            if self._probe():
                self.status, failures = "HEALTHY", 0
                continue
            failures += 1
            waited = time.monotonic() - begin > self._patience
            if failures >= self._retries and (self.status == "HEALTHY" or waited):
                self.status = "UNHEALTHY"


def container_check(container, settings: Settings) -> HealthCheck | None:
    """The `healthCheck` of a container definition."""
    check = container.definition.get("healthCheck")
    if not check or check["command"][0] == "NONE":
        return None
    command, timeout = container.image.check(check["command"], container.ip), check.get("timeout") or 5

    def probe() -> bool:
        child = Child(command, container.environment, container.folder, lambda line: None)
        if not child.exited.wait(timeout):
            child.kill()
            return False
        return child.exit_code == 0

    return HealthCheck(probe, check.get("interval") or 30, check.get("retries") or 3, check.get("startPeriod") or 0, settings)


def target_check(ip: str, port: int, group, grace: float, settings: Settings) -> HealthCheck:
    """The health check of a load balancer's target group, over HTTP."""
    matcher = (getattr(group, "matcher", None) or {}).get("HttpCode", "200")

    def probe() -> bool:
        connection = http.client.HTTPConnection(ip, port, timeout=float(group.health_check_timeout_seconds))
        try:
            connection.request("GET", group.health_check_path or "/", headers={"User-Agent": "ELB-HealthChecker/2.0"})
            return _matches(connection.getresponse().status, matcher)
        except OSError:
            return False
        finally:
            connection.close()

    interval = float(group.health_check_interval_seconds)
    return HealthCheck(probe, interval, int(group.unhealthy_threshold_count), grace, settings)


def _matches(status: int, codes: str) -> bool:
    for part in codes.split(","):
        low, _, high = part.partition("-")
        if int(low) <= status <= int(high or low):
            return True
    return False
