"""A deployment of an ECS service, and the decisions of the rolling update: pure, without clock or process."""

import itertools
import math
from dataclasses import dataclass, field
from datetime import datetime

from clock import now
from doubles.tasks import Task

_numbers = itertools.count(1_000_000_001)


@dataclass
class Deployment:
    """The rollout or the replacement of one task definition of a service."""

    definition_arn: str
    id: str = field(default_factory=lambda: f"ecs-svc/{next(_numbers):019d}")
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    reason: str = ""
    failed: int = 0
    tasks: list[Task] = field(default_factory=list)
    created: datetime = field(default_factory=now)
    updated: datetime = field(default_factory=now)
    not_before: float = 0.0

    def __post_init__(self) -> None:
        self.enter("IN_PROGRESS", f"ECS deployment {self.id} in progress.")

    def enter(self, rollout: str, reason: str) -> None:
        self.rollout, self.reason, self.updated = rollout, reason, now()

    @property
    def present(self) -> list[Task]:
        """The tasks that are needed: all but those that are stopping."""
        return [task for task in self.tasks if not task.leaving]

    @property
    def healthy(self) -> list[Task]:
        return [task for task in self.tasks if task.healthy]

    def described(self, desired: int, shared: dict) -> dict:
        running = sum(task.status == "RUNNING" for task in self.present)
        return {
            **shared,
            "id": self.id,
            "status": self.status,
            "taskDefinition": self.definition_arn,
            "desiredCount": desired if self.status == "PRIMARY" else 0,
            "runningCount": running,
            "pendingCount": len(self.present) - running,
            "failedTasks": self.failed,
            "rolloutState": self.rollout,
            "rolloutStateReason": self.reason,
            "createdAt": self.created,
            "updatedAt": self.updated,
        }


@dataclass(frozen=True)
class Steps:
    """What to do next: how many tasks to start, and how many old and new ones to stop."""

    start: int
    stop_old: int
    stop_new: int


def next_steps(desired: int, new: tuple[int, int], old: tuple[int, int], maximum: int, minimum: int) -> Steps:
    """The rolling update. `new` and `old` are (present, healthy); the limits are percents of the desired count."""
    (new_present, new_healthy), (old_present, old_healthy) = new, old
    ceiling = desired * maximum // 100
    floor = math.ceil(desired * minimum / 100)
    start = max(0, min(desired - new_present, ceiling - new_present - old_present))
    spare = new_healthy + old_healthy - floor
    sick = old_present - old_healthy
    stop_old = old_present if new_healthy >= desired else max(0, min(old_present, sick + max(0, spare)))
    # No task is stopped before its replacement if there is room to start that first.
    if start and new_healthy < desired and maximum > 100:
        stop_old = 0
    return Steps(start, stop_old, max(0, new_present - desired))


def breaker_threshold(desired: int) -> int:
    """Failed tasks that end a deployment: half of the desired count, at least 3, at most 200."""
    return min(200, max(3, math.ceil(desired * 0.5)))
