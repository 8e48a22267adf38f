"""ECS services that run: the calls of ECS about services and tasks, and the thread that keeps services going."""

import threading

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from doubles.service import Service
from doubles.task_description import described
from doubles.task_metadata import TaskMetadata
from doubles.tasks import Task
from settings import ACCOUNT, Settings

_TICK = 0.1
# What moto's CreateService does not keep of its request.
_KEPT = (
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "placementConstraints",
    "placementStrategy",
    "serviceConnectConfiguration",
)
# A change of any of these replaces every task.
_DEPLOYED = ("network_configuration", "platform_version", "load_balancers", "capacity_provider_strategy", "service_connect_configuration", "service_registries")


class Services:
    """Takes the place of moto's services and tasks, which are counters."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._metadata = TaskMetadata()
        self._services: list[Service] = []
        self._single: list[Task] = []
        self._lock = threading.RLock()
        self._end = threading.Event()
        self._hang_in()

    def start(self) -> None:
        self._metadata.start()
        threading.Thread(target=self._run, name="services", daemon=True).start()

    def close(self) -> None:
        self._end.set()
        self._metadata.close()

    def targets(self) -> list[tuple[str, int]]:
        """Where the load balancer may send a connection now: to services with a load balancer, or else to the gateway."""
        with self._lock:
            active = [one for one in self._services if one.model.status == "ACTIVE"]
            behind = [one.public_targets() for one in active if one.model.load_balancers]
            return sum(behind or [one.public_targets() for one in active], [])

    def _run(self) -> None:
        while not self._end.wait(_TICK):
            with self._lock:
                for service in self._services:
                    service.tick()
                self._services = [one for one in self._services if one.model.status == "ACTIVE" or one.tasks]

    def _hang_in(self) -> None:
        response, backend = EC2ContainerServiceResponse, EC2ContainerServiceBackend
        create, update, list_services = response.create_service, backend.update_service, backend.list_services

        def create_service(call):
            with self._lock:
                _refuse_duplicate(call)
                create(call)
                return ActionResult({"service": self._created(call)})

        def update_service(store, properties):
            with self._lock:
                return self._updated(store, properties, update)

        def list_active(store, *args, **kwargs):
            arns = list_services(store, *args, **kwargs)
            active = {service.arn for service in store.services.values() if service.status == "ACTIVE"}
            return [arn for arn in arns if arn in active]

        response.create_service = create_service
        response.run_task = lambda call: self._run_task(call)
        response.stop_task = lambda call: self._stop_task(call)
        response.list_tasks = lambda call: self._list_tasks(call)
        response.describe_tasks = lambda call: self._describe_tasks(call)
        backend.update_service, backend.list_services = update_service, list_active

    def _created(self, call):
        store = call.ecs_backend
        cluster = store._get_cluster(call._get_param("cluster", "default"))
        model = store.services[f"{cluster.name}:{call._get_param('serviceName')}"]
        model.availability_zone_rebalancing = "DISABLED"
        for name in _KEPT:
            if call._get_param(name) is not None:
                setattr(model, camelcase_to_underscores(name), call._get_param(name))
        self._services.append(Service(model, cluster, store, self._settings, self._metadata))
        return model

    def _updated(self, store, properties, update):
        model = store._get_service(properties.get("cluster", "default"), properties["service"].split("/")[-1])
        service = next(one for one in self._services if one.model is model)
        if model.status != "ACTIVE":
            raise InvalidParameterException("Service was not ACTIVE.")
        before = [getattr(model, name, None) for name in _DEPLOYED]
        definition = properties.get("task_definition") or service.primary.definition_arn
        arn = store.describe_task_definition(definition).arn
        forced = properties.get("force_new_deployment", False)
        update(store, properties)
        if forced or arn != service.primary.definition_arn or before != [getattr(model, name, None) for name in _DEPLOYED]:
            service.deploy(arn)
        service.show()
        return model

    def _tasks(self, cluster) -> list[tuple[str, Task]]:
        """Every task of a cluster with the name of its service, the newest last."""
        of_services = [(one.model.name, task) for one in self._services for task in [*one.stopped, *one.tasks]]
        alone = [("", task) for task in self._single]
        return sorted(
            (pair for pair in of_services + alone if pair[1].cluster is cluster), key=lambda pair: pair[1].created
        )

    def _list_tasks(self, call) -> ActionResult:
        given = call._get_param
        cluster = call.ecs_backend._get_cluster(given("cluster", "default"))
        service = (given("serviceName") or "").split("/")[-1]
        with self._lock:
            arns = [
                task.arn
                for name, task in self._tasks(cluster)
                if (not service or service == name)
                and task.desired_status == (given("desiredStatus") or "RUNNING")
                and given("family") in (None, task.definition.family)
                and given("startedBy") in (None, task.started_by)
            ]
        return ActionResult({"taskArns": arns[: given("maxResults") or 100]})

    def _describe_tasks(self, call) -> ActionResult:
        cluster = call.ecs_backend._get_cluster(call._get_param("cluster", "default"))
        if not call._get_param("tasks"):
            raise InvalidParameterException("Tasks cannot be empty.")
        with self._lock:
            known = {task.id: task for _, task in self._tasks(cluster)}
        wanted = {reference.split("/")[-1]: reference for reference in call._get_param("tasks")}
        return ActionResult({
            "tasks": [described(known[id]) for id in wanted if id in known],
            "failures": [{"arn": wanted[id], "reason": "MISSING"} for id in wanted if id not in known],
        })

    def _stop_task(self, call) -> ActionResult:
        cluster = call.ecs_backend._get_cluster(call._get_param("cluster", "default"))
        id = call._get_param("task").split("/")[-1]
        with self._lock:
            task = next((task for _, task in self._tasks(cluster) if task.id == id), None)
        if task is None:
            raise InvalidParameterException("The referenced task was not found.")
        task.stop(call._get_param("reason") or "Task stopped by user", "UserInitiated")
        return ActionResult({"task": described(task)})

    def _run_task(self, call) -> ActionResult:
        store, given = call.ecs_backend, call._get_param
        cluster = store._get_cluster(given("cluster", "default"))
        definition = store.describe_task_definition(given("taskDefinition"))
        group = given("group") or f"family:{definition.family}"
        tasks = [
            Task(cluster, definition, store.region_name, self._settings, self._metadata, group, given("startedBy") or "")
            for _ in range(given("count") or 1)
        ]
        with self._lock:
            self._single = [*self._single, *tasks][-200:]
        for task in tasks:
            task.start()
        return ActionResult({"tasks": [described(task) for task in tasks], "failures": []})


def _refuse_duplicate(call) -> None:
    cluster = call.ecs_backend._get_cluster(call._get_param("cluster", "default"))
    known = call.ecs_backend.services.get(f"{cluster.name}:{call._get_param('serviceName')}")
    if known is not None and known.status == "ACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")
