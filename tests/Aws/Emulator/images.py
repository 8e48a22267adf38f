"""Images without Docker: an image is a manifest in ECR whose annotations contain the program of each command."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from moto.ecr.models import ecr_backends

from settings import ACCOUNT

_ENTRY = "dev.slipway.entry."
_REFERENCE = re.compile(
    r"^(?P<registry>(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/)?"
    r"(?P<repository>[^:@]+)(:(?P<tag>[^@]+))?(@(?P<digest>sha256:[0-9a-f]+))?$"
)


class CannotPull(Exception):
    """The image is not in the container registry; the message is that of ECS."""


@dataclass(frozen=True)
class Image:
    """An image: its digest, and the absolute path of the program for each command."""

    digest: str
    entries: dict[str, str] = field(default_factory=dict)

    def command(self, words: list[str]) -> list[str]:
        """The command line for a container's command; the first word selects the program."""
        entry = self.entries.get(words[0] if words else "default") or self.entries.get("default")
        if entry is None:
            raise CannotPull(
                f"CannotStartContainerError: image {self.digest} has no entry for '{' '.join(words)}': "
                f"add to its manifest the annotation {_ENTRY}{words[0] if words else 'default'}"
            )
        return program(entry) + words

    def check(self, health: list[str], ip: str) -> list[str]:
        """The command line of a container's health check (`CMD ...` or `CMD-SHELL ...`)."""
        # Inside a container, loopback is the container; here that is the address of its task.
        health = [word.replace("127.0.0.1", ip).replace("//localhost", f"//{ip}") for word in health]
        if health[0] == "CMD-SHELL":
            return ["/bin/sh", "-c", health[1]]
        words = health[1:] if health[0] == "CMD" else health
        if words[0] in self.entries:
            return program(self.entries[words[0]]) + words
        if words[0] == "dotnet" and len(words) > 1:
            return ["dotnet", self._inside(words[1]), *words[2:]]
        return [self._inside(words[0]), *words[1:]]

    def _inside(self, path: str) -> str:
        # The path is in one of the image's own folders, whose name is next to the entries.
        for entry in self.entries.values():
            candidate = Path(entry).parent / Path(path).name
            if candidate.exists():
                return str(candidate)
        return path


def program(path: str) -> list[str]:
    """The command for a file: `dotnet` for a .NET assembly, the file itself for anything else."""
    return ["dotnet", path] if path.endswith(".dll") else [path]


def resolve(reference: str, region: str) -> Image:
    """Finds an image by the digest or the tag in a reference."""
    parts = _REFERENCE.match(reference)
    if parts is None:
        raise CannotPull(f"CannotPullContainerError: invalid reference format: {reference}")
    backend = ecr_backends[parts["account"] or ACCOUNT][parts["region"] or region]
    repository = backend.repositories.get(parts["repository"])
    if repository is None:
        raise CannotPull(f"CannotPullContainerError: pull access denied for {reference}, repository does not exist")
    tag = parts["tag"] or "latest"
    for image in repository.images:
        digest = image.get_image_digest()
        if digest == parts["digest"] or (not parts["digest"] and tag in image.image_tags):
            return Image(digest, _entries(image.image_manifest))
    raise CannotPull(f"CannotPullContainerError: failed to resolve ref {reference}: not found")


def _entries(manifest: str) -> dict[str, str]:
    annotations = json.loads(manifest).get("annotations") or {}
    return {name.removeprefix(_ENTRY): path for name, path in annotations.items() if name.startswith(_ENTRY)}
