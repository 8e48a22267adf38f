"""The description of a task for DescribeTasks and for the metadata endpoint."""

from doubles.tasks import Task


def described(task: Task) -> dict:
    """The description in the response of DescribeTasks."""
    health = task.health
    told = {
        "taskArn": task.arn,
        "clusterArn": task.cluster.arn,
        "taskDefinitionArn": task.definition.arn,
        "lastStatus": task.status,
        "desiredStatus": task.desired_status,
        "healthStatus": health,
        "group": task.group,
        "startedBy": task.started_by,
        "launchType": "FARGATE",
        "platformFamily": "Linux",
        "connectivity": "CONNECTED",
        "availabilityZone": f"{task.region}a",
        "cpu": task.definition.cpu,
        "memory": task.definition.memory,
        "createdAt": task.created,
        "startedAt": task.started,
        "stoppingAt": task.stopping,
        "stoppedAt": task.stopped,
        "stopCode": task.stop_code,
        "stoppedReason": task.stopped_reason,
        "tags": task.tags,
        "version": 1,
        "attachments": [_interface(task)],
        "containers": [_container(task, container) for container in task.containers],
    }
    return {name: value for name, value in told.items() if value is not None}


def container_metadata(task: Task, container) -> dict:
    """`${ECS_CONTAINER_METADATA_URI_V4}`."""
    family = {"com.amazonaws.ecs.task-definition-family": task.definition.family}
    return {
        "DockerId": container.id,
        "Name": container.name,
        "DockerName": f"ecs-{task.definition.family}-{task.definition.revision}-{container.name}",
        "Image": container.reference,
        "ImageID": container.image.digest if container.image else "",
        "Labels": {
            "com.amazonaws.ecs.cluster": task.cluster.arn,
            "com.amazonaws.ecs.container-name": container.name,
            "com.amazonaws.ecs.task-arn": task.arn,
            "com.amazonaws.ecs.task-definition-version": str(task.definition.revision),
            **family,
        },
        "DesiredStatus": task.desired_status,
        "KnownStatus": container.status,
        "Type": "NORMAL",
        "Networks": [{"NetworkMode": "awsvpc", "IPv4Addresses": [task.ip], "AttachmentIndex": 0}],
    }


def task_metadata(task: Task) -> dict:
    """`${ECS_CONTAINER_METADATA_URI_V4}/task`."""
    return {
        "Cluster": task.cluster.arn,
        "TaskARN": task.arn,
        "Family": task.definition.family,
        "Revision": str(task.definition.revision),
        "DesiredStatus": task.desired_status,
        "KnownStatus": task.status,
        "AvailabilityZone": f"{task.region}a",
        "LaunchType": "FARGATE",
        "Containers": [container_metadata(task, container) for container in task.containers],
    }


def _interface(task: Task) -> dict:
    details = [{"name": "privateIPv4Address", "value": task.ip}]
    status = "DELETED" if task.over else "ATTACHED"
    return {"id": task.id, "type": "ElasticNetworkInterface", "status": status, "details": details}


def _container(task: Task, container) -> dict:
    told = {
        "containerArn": f"{task.arn.replace(':task/', ':container/')}/{container.id}",
        "taskArn": task.arn,
        "name": container.name,
        "image": container.reference,
        "imageDigest": container.image.digest if container.image else None,
        "runtimeId": container.id,
        "lastStatus": task.status if not task.over else "STOPPED",
        "exitCode": container.exit_code,
        "reason": container.reason,
        "healthStatus": container.health,
        "networkInterfaces": [{"attachmentId": task.id, "privateIpv4Address": task.ip}],
    }
    return {name: value for name, value in told.items() if value is not None}
