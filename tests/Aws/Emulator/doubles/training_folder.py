"""The folder `/opt/ml` of a training container: what SageMaker writes to it, and what it reads from it."""

import json
import shutil
import tarfile
from pathlib import Path

import buckets

_HOST = "algo-1"


class DataMissing(Exception):
    """A channel has nothing to download."""


class TrainingFolder:
    """A job's `/opt/ml`, in a separate folder."""

    def __init__(self, root: Path):
        self.root = root
        self.model, self.data = root / "model", root / "output" / "data"

    def lay_out(self, request: dict) -> None:
        """Creates the folders and the three configuration files."""
        config = self.root / "input" / "config"
        for folder in (config, self.root / "input" / "data", self.model, self.data, self.root / "code"):
            folder.mkdir(parents=True, exist_ok=True)
        _write(config / "hyperparameters.json", request.get("HyperParameters") or {})
        _write(config / "inputdataconfig.json", {c["ChannelName"]: _channel(c) for c in request.get("InputDataConfig") or []})
        _write(config / "resourceconfig.json", _resources(request["ResourceConfig"]))

    def download(self, request: dict) -> None:
        """Downloads every channel, and the checkpoints of an earlier run."""
        for channel in request.get("InputDataConfig") or []:
            uri = channel["DataSource"]["S3DataSource"]["S3Uri"]
            if not buckets.download(uri, self.root / "input" / "data" / channel["ChannelName"]):
                raise DataMissing(f"ClientError: Data download failed: No S3 objects found under S3 URL \"{uri}\".")
        if checkpoints := request.get("CheckpointConfig"):
            self._checkpoints(checkpoints).mkdir(parents=True, exist_ok=True)
            buckets.download(_folder(checkpoints["S3Uri"]), self._checkpoints(checkpoints))

    def upload_checkpoints(self, request: dict) -> None:
        if checkpoints := request.get("CheckpointConfig"):
            folder = self._checkpoints(checkpoints)
            for file in (path for path in folder.rglob("*") if path.is_file()):
                buckets.upload(file, _folder(checkpoints["S3Uri"]) + file.relative_to(folder).as_posix())

    def upload_model(self, request: dict, address: str) -> None:
        self._upload(self.model, request, address)

    def upload_data(self, request: dict, address: str) -> None:
        """What the container left in `output/data`, if anything."""
        if any(self.data.iterdir()):
            self._upload(self.data, request, address)

    def failure(self) -> str:
        """The beginning of the file `output/failure`, truncated as by SageMaker."""
        file = self.root / "output" / "failure"
        return file.read_text(errors="replace")[:1024] if file.exists() else ""

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def _upload(self, folder: Path, request: dict, address: str) -> None:
        packed = self.root / f"{folder.name}.tar.gz"
        with tarfile.open(packed, "w:gz") as archive:
            for path in sorted(folder.iterdir()):
                archive.add(path, path.name)
        buckets.upload(packed, address, request["OutputDataConfig"].get("KmsKeyId"))

    def _checkpoints(self, config: dict) -> Path:
        path = config.get("LocalPath") or "/opt/ml/checkpoints"
        return self.root / path.removeprefix("/opt/ml").lstrip("/")


def _channel(channel: dict) -> dict:
    told = {
        "TrainingInputMode": channel.get("InputMode") or "File",
        "S3DistributionType": channel["DataSource"]["S3DataSource"].get("S3DataDistributionType") or "FullyReplicated",
        "RecordWrapperType": channel.get("RecordWrapperType") or "None",
    }
    return told | ({"ContentType": channel["ContentType"]} if channel.get("ContentType") else {})


def _resources(config: dict) -> dict:
    kind = config.get("InstanceType", "ml.m5.large")
    group = {"instance_group_name": "homogeneousCluster", "instance_type": kind, "hosts": [_HOST]}
    return {
        "current_host": _HOST,
        "current_instance_type": kind,
        "current_group_name": "homogeneousCluster",
        "hosts": [_HOST],
        "instance_groups": [group],
        "network_interface_name": "lo",
    }


def _folder(uri: str) -> str:
    return uri if uri.endswith("/") else uri + "/"


def _write(file: Path, content: dict) -> None:
    file.write_text(json.dumps(content))
