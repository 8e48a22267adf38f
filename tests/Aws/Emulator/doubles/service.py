"""An ECS service: reconciles the running tasks with the desired ones, one step at a time."""

import time
import uuid

from clock import now
from doubles import targets
from doubles.deployments import Deployment, breaker_threshold, next_steps
from doubles.tasks import Task
from settings import Settings

_BREAKER = "ECS deployment circuit breaker: tasks failed to start."
_KEPT_EVENTS, _KEPT_TASKS = 100, 200


class Service:
    """Wraps moto's service, which DescribeServices returns; `tick` and the calls hold the lock of `Services`."""

    def __init__(self, model, cluster, backend, settings: Settings, metadata):
        self.model, self.cluster, self._backend = model, cluster, backend
        self._settings, self._metadata = settings, metadata
        self._shared = {
            name: model.deployments[0][name]
            for name in ("launchType", "platformVersion", "platformFamily", "networkConfiguration")
            if model.deployments and model.deployments[0].get(name) is not None
        }
        self.deployments = [Deployment(model.task_definition)]
        self.stopped: list[Task] = []
        self._last_good: Deployment | None = None
        self._steady = False
        self.show()

    @property
    def primary(self) -> Deployment:
        return self.deployments[0]

    @property
    def tasks(self) -> list[Task]:
        return [task for deployment in self.deployments for task in deployment.tasks]

    def public_targets(self) -> list[tuple[str, int]]:
        """The public addresses of healthy tasks."""
        definition = self._backend.describe_task_definition(self.primary.definition_arn)
        ports = targets.public_ports(self.model, definition)
        return [(task.ip, port) for task in self.tasks if task.healthy for port in ports]

    def deploy(self, definition_arn: str) -> None:
        """Makes a new deployment the primary one; the previous tasks keep running until the new ones have taken over."""
        self._supersede(Deployment(definition_arn))

    def tick(self) -> None:
        for deployment in self.deployments:
            self._reap(deployment)
        if self.model.status != "ACTIVE":
            self._stop_all()
        elif self.primary.rollout != "FAILED" or self.model.desired_count == 0:
            self._step()
            self._judge()
        targets.watch(self.model, self.tasks, self._backend.region_name, self._settings)
        self.deployments[1:] = [one for one in self.deployments[1:] if one.tasks or self._still_told(one)]
        self.show()

    def show(self) -> None:
        """Writes the actual state to the fields that moto's responses contain."""
        model, desired = self.model, self.model.desired_count
        model.deployments = [one.described(desired, self._shared) for one in self.deployments]
        model.running_count = sum(one["runningCount"] for one in model.deployments)
        model.pending_count = sum(one["pendingCount"] for one in model.deployments)
        model.task_definition = self.primary.definition_arn

    def say(self, what: str) -> None:
        message = f"(service {self.model.name}) {what}"
        event = {"id": str(uuid.uuid4()), "createdAt": now(), "message": message}
        self.model.events = [event, *self.model.events][:_KEPT_EVENTS]
        self._settings.says(f"ECS {message}")

    def _still_told(self, deployment: Deployment) -> bool:
        # A failed deployment is listed for a while after its last task, so that late callers see it.
        age = (now() - deployment.updated).total_seconds()
        return deployment.rollout == "FAILED" and age < self._settings.failed_deployment_shown

    def _supersede(self, deployment: Deployment) -> None:
        for one in self.deployments:
            one.status = "ACTIVE"
        self.deployments = [deployment, *(one for one in self.deployments if one is not deployment and one.tasks)]
        self._steady = False

    def _reap(self, deployment: Deployment) -> None:
        for task in [task for task in deployment.tasks if task.over]:
            deployment.tasks.remove(task)
            self.stopped = [task, *self.stopped][:_KEPT_TASKS]
            if task.stop_code in ("EssentialContainerExited", "TaskFailedToStart"):
                self._count_failure(deployment)
        for task in deployment.tasks:
            if not task.leaving and (complaint := task.complaint):
                self.say(f"(task {task.id}) {complaint.removeprefix('Task ')}.")
                task.stop(complaint)
                self._count_failure(deployment)

    def _count_failure(self, deployment: Deployment) -> None:
        deployment.failed += 1
        # ECS retries repeated failures with an increasing delay.
        deployment.not_before = time.monotonic() + min(5.0, 0.1 * 2 ** min(deployment.failed, 10))
        self._steady = False

    def _step(self) -> None:
        desired, old = self.model.desired_count, [task for one in self.deployments[1:] for task in one.present]
        limits = getattr(self.model, "deployment_configuration", None) or {}
        steps = next_steps(
            desired,
            (len(self.primary.present), len(self.primary.healthy)),
            (len(old), sum(task.healthy for task in old)),
            _or(limits.get("maximumPercent"), 200),
            _or(limits.get("minimumHealthyPercent"), 100),
        )
        if steps.start and time.monotonic() >= self.primary.not_before:
            self._start(steps.start)
        surplus = sorted(self.primary.present, key=lambda task: task.healthy)[: steps.stop_new]
        self._stop(sorted(old, key=lambda task: task.healthy)[: steps.stop_old] + surplus)

    def _start(self, count: int) -> None:
        definition = self._backend.describe_task_definition(self.primary.definition_arn)
        started = []
        for _ in range(count):
            group = f"service:{self.model.name}"
            about = (self._settings, self._metadata, group, self.primary.id)
            task = Task(self.cluster, definition, self._backend.region_name, *about)
            self.primary.tasks.append(task)
            started.append(task)
            task.start()
        self.say(f"has started {count} tasks: {_names(started)}.")
        self._steady = False

    def _stop(self, tasks: list[Task]) -> None:
        if tasks:
            self._steady = False
            self.say(f"has stopped {len(tasks)} running tasks: {_names(tasks)}.")
        for task in tasks:
            task.stop(f"Scaling activity initiated by (deployment {self.primary.id})")

    def _stop_all(self) -> None:
        for task in self.tasks:
            task.stop("Service was deleted")

    def _judge(self) -> None:
        primary, old = self.primary, [task for one in self.deployments[1:] for task in one.present]
        arrived = len(primary.healthy) == len(primary.present) == self.model.desired_count and not old
        if arrived and not self._steady:
            if primary.rollout == "IN_PROGRESS":
                self.say(f"(deployment {primary.id}) deployment completed.")
                primary.enter("COMPLETED", f"ECS deployment {primary.id} completed.")
                primary.failed, self._last_good = 0, primary
            self.say("has reached a steady state.")
            self._steady = True
        breaker = (getattr(self.model, "deployment_configuration", None) or {}).get("deploymentCircuitBreaker") or {}
        failed = primary.rollout == "IN_PROGRESS" and primary.failed >= breaker_threshold(self.model.desired_count)
        if failed and breaker.get("enable"):
            self._break(bool(breaker.get("rollback")))

    def _break(self, rollback: bool) -> None:
        failed = self.primary
        failed.enter("FAILED", _BREAKER)
        self.say(f"(deployment {failed.id}) deployment failed: tasks failed to start.")
        good = self._last_good
        if rollback and good is not None and good is not failed:
            self.say(f"rolling back to deployment {good.id}.")
            good.enter("IN_PROGRESS", f"ECS deployment circuit breaker: rolling back to deploymentId {good.id}.")
            good.failed, good.not_before = 0, 0.0
            self._supersede(good)
            good.status = "PRIMARY"
            if failed not in self.deployments:
                self.deployments.append(failed)
        else:
            self._stop(failed.present)


def _names(tasks: list[Task]) -> str:
    return " ".join(f"(task {task.id})" for task in tasks)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
