"""Target groups of a load balancer: which tasks are registered, and whether they are healthy."""

from moto.elbv2.models import elbv2_backends

from doubles.health import target_check
from doubles.tasks import Task
from settings import ACCOUNT, Settings


def public_ports(model, definition) -> list[int]:
    """The ports in a service's load balancers; without any, the first port of a container `gateway`."""
    if model.load_balancers:
        return [int(balancer["containerPort"]) for balancer in model.load_balancers]
    gateways = [one for one in definition.container_definitions if one["name"] == "gateway"]
    return [int(one["portMappings"][0]["containerPort"]) for one in gateways if one.get("portMappings")]


def watch(model, tasks: list[Task], region: str, settings: Settings) -> None:
    """Registers running tasks, deregisters stopping ones, and starts a check for each new target."""
    for balancer in model.load_balancers or []:
        group = elbv2_backends[ACCOUNT][region].target_groups.get(balancer.get("targetGroupArn"))
        if group is None:
            continue  # Terraform deletes the group before the service's last task has stopped.
        for task in tasks:
            if task.leaving and task.ip in group.targets:
                group.deregister([{"Id": task.ip}])
            elif task.status == "RUNNING" and not task.leaving and group.name not in task.target_checks:
                _register(task, group, int(balancer["containerPort"]), model, settings)


def _register(task: Task, group, port: int, model, settings: Settings) -> None:
    grace = getattr(model, "health_check_grace_period_seconds", 0) or 0
    task.target_checks[group.name] = check = target_check(task.ip, port, group, grace, settings)
    # Not with moto's own call, which requires an EC2 instance with this address.
    group.targets[task.ip] = {"Id": task.ip, "Port": port}
    check.start()
