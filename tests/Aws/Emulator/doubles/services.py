"""ECS services that run: the calls of ECS for services, and the thread that reconciles them."""

import threading

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from background import surviving
from doubles.service import Service
from doubles.task_calls import TaskCalls
from doubles.task_metadata import TaskMetadata
from doubles.tasks import Task
from settings import Settings

_TICK = 0.1
# The members of the request that moto's CreateService does not store.
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
_DEPLOYED = (
    "capacity_provider_strategy",
    "load_balancers",
    "network_configuration",
    "platform_version",
    "service_connect_configuration",
    "service_registries",
)


class Services:
    """Replaces moto's services, which are only counters."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._metadata = TaskMetadata()
        self._services: list[Service] = []
        self._lock = threading.RLock()
        self._end = threading.Event()
        self._hang_in()
        TaskCalls(self.tasks, lambda *about: Task(*about[:3], settings, self._metadata, *about[3:]))

    def start(self) -> None:
        self._metadata.start()
        threading.Thread(target=self._run, name="services", daemon=True).start()

    def close(self) -> None:
        self._end.set()
        self._metadata.close()

    def targets(self) -> list[tuple[str, int]]:
        """The current targets of the load balancer: services with a load balancer, or else the gateway."""
        with self._lock:
            active = [one for one in self._services if one.model.status == "ACTIVE"]
            behind = [one.public_targets() for one in active if one.model.load_balancers]
            return sum(behind or [one.public_targets() for one in active], [])

    def tasks(self, cluster) -> list[tuple[str, Task]]:
        """The tasks of all services in a cluster, including stopped ones, each with the name of its service."""
        with self._lock:
            return [
                (one.model.name, task)
                for one in self._services
                if one.cluster is cluster
                for task in [*one.stopped, *one.tasks]
            ]

    def _run(self) -> None:
        while not self._end.wait(_TICK):
            with self._lock:
                for service in self._services:
                    with surviving(f"reconciling the service {service.model.name}"):
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
        before = _deployed(model)
        definition = properties.get("task_definition") or service.primary.definition_arn
        arn = store.describe_task_definition(definition).arn
        forced = properties.get("force_new_deployment", False)
        update(store, properties)
        if forced or arn != service.primary.definition_arn or before != _deployed(model):
            service.deploy(arn)
        service.show()
        return model


def _deployed(model) -> list:
    return [getattr(model, name, None) for name in _DEPLOYED]


def _refuse_duplicate(call) -> None:
    cluster = call.ecs_backend._get_cluster(call._get_param("cluster", "default"))
    known = call.ecs_backend.services.get(f"{cluster.name}:{call._get_param('serviceName')}")
    if known is not None and known.status == "ACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")
