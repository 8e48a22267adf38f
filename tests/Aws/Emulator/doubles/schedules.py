"""EventBridge: rules with a rate fire by themselves, more often than on AWS."""

import re
import threading
import time

from moto.events.models import Rule, events_backends

from background import surviving
from doubles.events import EventBus
from settings import ACCOUNT, Settings

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}
_LOOK_SECONDS = 0.25


class Schedules:
    """Fires each scheduled rule, for the first time when its interval has passed since it was found."""

    def __init__(self, events: EventBus, settings: Settings):
        self._events, self._settings = events, settings
        self._due: dict[str, float] = {}
        self._closed = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="schedules", daemon=True).start()

    def close(self) -> None:
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            with surviving("firing scheduled rules"):
                self._look(time.monotonic())

    def _look(self, now: float) -> None:
        rules = {rule.arn: (rule, interval) for rule in _rules() if (interval := self._interval(rule))}
        self._due = {arn: self._due.get(arn, now + interval) for arn, (_, interval) in rules.items()}
        for arn, due in list(self._due.items()):
            if now >= due:
                rule, interval = rules[arn]
                self._due[arn] = now + interval
                self._events.fire(rule)

    def _interval(self, rule: Rule) -> float | None:
        rate = _RATE.fullmatch(rule.scheduled_expression or "")
        if rate is None or rule.state != "ENABLED":
            return None
        return min(int(rate[1]) * _SECONDS[rate[2]], self._settings.longest_schedule_interval)


def _rules() -> list[Rule]:
    return [
        rule
        for backend in list(events_backends[ACCOUNT].values())
        for rule in list(backend.event_buses["default"].rules.values())
    ]
