"""One container of a task: its program, environment, secrets and log, taken from the task definition."""

import json
import uuid
from pathlib import Path

from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

import images
from logs import LogStream
from processes import Child
from settings import ACCOUNT, Settings


class CannotStart(Exception):
    """A container could not be started; the message is that of ECS."""


class Container:
    """`prepare` gets everything that it needs, `start` runs it."""

    def __init__(self, definition: dict, task, settings: Settings, metadata_url: str):
        self.definition, self._task, self._settings = definition, task, settings
        self.name, self.reference = definition["name"], definition["image"]
        self.id = uuid.uuid4().hex
        self.metadata_url = f"{metadata_url}/v4/{self.id}"
        self.image: images.Image | None = None
        self.exit_code: int | None = None
        self.reason: str | None = None
        self.status = "PENDING"
        self.health = "UNKNOWN"
        self._child: Child | None = None

    @property
    def ip(self) -> str:
        return self._task.ip

    @property
    def essential(self) -> bool:
        return self.definition.get("essential", True)

    @property
    def stop_timeout(self) -> float:
        return self.definition.get("stopTimeout") or 30

    def prepare(self) -> None:
        try:
            self.image = images.resolve(self.reference, self._task.region)
            self._command = self.image.command(list(self.definition.get("command") or []))
        except images.CannotPull as missing:
            self.reason = str(missing)
            raise CannotStart(self.reason) from missing
        self.folder = self._settings.work / "tasks" / self._task.id / self.name
        self.environment = self._environment(self.folder)
        self._log = self._open_log()

    def start(self, on_exit) -> None:
        def exited(code: int) -> None:
            self.exit_code, self.status = code, "STOPPED"
            on_exit(self)

        self.status = "RUNNING"
        self._child = Child(self._command, self.environment, self.folder, self._log, exited)

    def terminate(self) -> None:
        if self._child is not None:
            self._child.terminate(self.stop_timeout)

    def _environment(self, folder: Path) -> dict[str, str]:
        given = {pair["name"]: pair["value"] for pair in self.definition.get("environment") or []}
        # A container listens on all its addresses; here every task has only one loopback address.
        own = {name: value.replace("0.0.0.0", self._task.ip) for name, value in given.items()}
        secrets = {one["name"]: _secret(one["valueFrom"], self._task.region) for one in self.definition.get("secrets") or []}
        inherited = self._settings.child_environment(self._task.region, folder)
        return inherited | own | secrets | {"ECS_CONTAINER_METADATA_URI_V4": self.metadata_url}

    def _open_log(self):
        configuration = self.definition.get("logConfiguration") or {}
        if configuration.get("logDriver") != "awslogs":
            return lambda line: None
        options = configuration["options"]
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{self.name}/{self._task.id}"
        try:
            create = options.get("awslogs-create-group") == "true"
            region = options.get("awslogs-region", self._task.region)
            return LogStream(region, options["awslogs-group"], stream, create_group=create).write
        except Exception as missing:
            raise CannotStart(
                "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream: "
                f"ResourceNotFoundException: The specified log group {options.get('awslogs-group')} does not exist."
            ) from missing


def _secret(reference: str, region: str) -> str:
    try:
        if ":secretsmanager:" in reference:
            return _from_secrets_manager(reference)
        parameter = ssm_backends[ACCOUNT][region].get_parameter(reference.split(":parameter")[-1])
        return parameter.decrypt(parameter.value)
    except Exception as missing:
        raise CannotStart(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
            f"unable to retrieve secret {reference}: {missing or 'it does not exist or has no value'}"
        ) from missing


def _from_secrets_manager(reference: str) -> str:
    # arn:aws:secretsmanager:region:account:secret:name[:json-key[:version-stage[:version-id]]]
    parts = reference.split(":")
    key, stage, version = (parts[7:] + ["", "", ""])[:3]
    backend = secretsmanager_backends[parts[4]][parts[3]]
    text = backend.get_secret_value(":".join(parts[:7]), version or None, stage or None)["SecretString"]
    return str(json.loads(text)[key]) if key else text
