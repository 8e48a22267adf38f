"""The calls of ECS for tasks, those of services and standalone ones."""

import threading

from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.responses import EC2ContainerServiceResponse

from doubles.task_description import described
from doubles.tasks import Task

# ECS lists a task for about an hour after its end; here the number is limited, to bound memory.
_KEPT = 200


class TaskCalls:
    """Replaces moto's tasks. `of_services` lists those of a cluster's services, `make` creates a standalone one."""

    def __init__(self, of_services, make):
        self._of_services, self._make = of_services, make
        self._single: list[Task] = []
        self._lock = threading.Lock()
        calls = {"list_tasks": self._list, "describe_tasks": self._describe, "stop_task": self._stop, "run_task": self._run}
        for name, call in calls.items():
            setattr(EC2ContainerServiceResponse, name, lambda response, call=call: call(response))

    def _all(self, call) -> list[tuple[str, Task]]:
        """Every task of the requested cluster with the name of its service, the newest last."""
        cluster = call.ecs_backend._get_cluster(call._get_param("cluster", "default"))
        alone = [("", task) for task in self._single if task.cluster is cluster]
        return sorted(self._of_services(cluster) + alone, key=lambda pair: pair[1].created)

    def _list(self, call) -> ActionResult:
        given = call._get_param
        service = (given("serviceName") or "").split("/")[-1]
        arns = [
            task.arn
            for name, task in self._all(call)
            if (not service or service == name)
            and task.desired_status == (given("desiredStatus") or "RUNNING")
            and given("family") in (None, task.definition.family)
            and given("startedBy") in (None, task.started_by)
        ]
        return ActionResult({"taskArns": arns[: given("maxResults") or 100]})

    def _describe(self, call) -> ActionResult:
        if not call._get_param("tasks"):
            raise InvalidParameterException("Tasks cannot be empty.")
        known = {task.id: task for _, task in self._all(call)}
        wanted = {reference.split("/")[-1]: reference for reference in call._get_param("tasks")}
        return ActionResult({
            "tasks": [described(known[id]) for id in wanted if id in known],
            "failures": [{"arn": wanted[id], "reason": "MISSING"} for id in wanted if id not in known],
        })

    def _stop(self, call) -> ActionResult:
        id = call._get_param("task").split("/")[-1]
        task = next((task for _, task in self._all(call) if task.id == id), None)
        if task is None:
            raise InvalidParameterException("The referenced task was not found.")
        task.stop(call._get_param("reason") or "Task stopped by user", "UserInitiated")
        return ActionResult({"task": described(task)})

    def _run(self, call) -> ActionResult:
        store, given = call.ecs_backend, call._get_param
        cluster = store._get_cluster(given("cluster", "default"))
        definition = store.describe_task_definition(given("taskDefinition"))
        about = (given("group") or f"family:{definition.family}", given("startedBy") or "")
        tasks = [self._make(cluster, definition, store.region_name, *about) for _ in range(given("count") or 1)]
        with self._lock:
            self._single = [*self._single, *tasks][-_KEPT:]
        for task in tasks:
            task.start()
        return ActionResult({"tasks": [described(task) for task in tasks], "failures": []})
