"""A training job: its request, its state, and SageMaker's descriptions of both."""

from datetime import datetime, timezone

from clock import now

_ARN = "arn:aws:sagemaker:{region}:{account}:training-job/{name}"

# Secondary status -> (status of the job, message of the transition), as in the console.
PHASES = {
    "Starting": ("InProgress", "Starting the training job"),
    "Downloading": ("InProgress", "Downloading input data"),
    "Training": ("InProgress", "Training image download completed. Training in progress."),
    "Uploading": ("InProgress", "Uploading generated training model"),
    "Completed": ("Completed", "Training job completed"),
    "Failed": ("Failed", "Training job failed"),
    "Stopping": ("Stopping", "Stopping the training job"),
    "Stopped": ("Stopped", "Training job stopped"),
    "MaxRuntimeExceeded": ("Stopped", "Training job runtime exceeded MaxRuntimeInSeconds provided"),
}

_ECHOED = (
    "AlgorithmSpecification",
    "CheckpointConfig",
    "EnableInterContainerTrafficEncryption",
    "EnableManagedSpotTraining",
    "EnableNetworkIsolation",
    "Environment",
    "ExperimentConfig",
    "HyperParameters",
    "InputDataConfig",
    "OutputDataConfig",
    "ResourceConfig",
    "RetryStrategy",
    "RoleArn",
    "StoppingCondition",
    "VpcConfig",
)


class TrainingJob:
    """Only `enter` changes it; moto's tag calls use `tags`."""

    def __init__(self, request: dict, account: str, region: str):
        self.request, self.region = request, region
        self.name = self.training_job_name = request["TrainingJobName"]
        self.arn = _ARN.format(region=region, account=account, name=self.name)
        self.tags = list(request.get("Tags") or [])
        self.created = self.modified = now()
        self.started: datetime | None = None
        self.ended: datetime | None = None
        self.failure: str | None = None
        self.metrics: dict[str, tuple[float, datetime]] = {}
        self.transitions: list[dict] = []
        self.status = self.secondary = ""
        self.enter("Starting")

    def enter(self, secondary: str) -> None:
        """Starts the next phase, and ends the previous one."""
        self.modified = now()
        if self.transitions:
            self.transitions[-1]["EndTime"] = self.modified
        self.status, message = PHASES[secondary]
        self.secondary = secondary
        self.transitions.append({"Status": secondary, "StartTime": self.modified, "StatusMessage": message})
        if secondary in ("Downloading", "Training") and self.started is None:
            self.started = self.modified
        if self.over:
            self.ended = self.transitions[-1]["EndTime"] = self.modified

    @property
    def over(self) -> bool:
        return self.status in ("Completed", "Failed", "Stopped")

    def address(self, file: str) -> str:
        """The address of an output file of the job in S3."""
        return f"{self.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{self.name}/output/{file}"

    def summary(self) -> dict:
        told = {
            "TrainingJobName": self.name,
            "TrainingJobArn": self.arn,
            "CreationTime": self.created,
            "TrainingEndTime": self.ended,
            "LastModifiedTime": self.modified,
            "TrainingJobStatus": self.status,
            "SecondaryStatus": self.secondary,
        }
        return {name: value for name, value in told.items() if value is not None}

    def describe(self) -> dict:
        told = self.summary() | {name: self.request[name] for name in _ECHOED if self.request.get(name) is not None}
        told["SecondaryStatusTransitions"] = [dict(transition) for transition in self.transitions]
        if self.started:
            told["TrainingStartTime"] = self.started
        if self.failure:
            told["FailureReason"] = self.failure
        if self.status in ("Completed", "Stopped"):
            told["ModelArtifacts"] = {"S3ModelArtifacts": self.address("model.tar.gz")}
        if self.metrics:
            told["FinalMetricDataList"] = [
                {"MetricName": name, "Value": value, "Timestamp": when} for name, (value, when) in self.metrics.items()
            ]
        if self.ended and self.started:
            seconds = max(1, round((self.ended - self.started).total_seconds()))
            told["TrainingTimeInSeconds"] = told["BillableTimeInSeconds"] = seconds
        return told

    def event(self) -> dict:
        """The detail of `SageMaker Training Job State Change`: the description with times in epoch milliseconds."""
        return _milliseconds(self.describe()) | {"Tags": {tag["Key"]: tag["Value"] for tag in self.tags}}


def _milliseconds(value):
    if isinstance(value, datetime):
        return int(value.replace(tzinfo=timezone.utc).timestamp() * 1000)
    if isinstance(value, dict):
        return {name: _milliseconds(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_milliseconds(inner) for inner in value]
    return value
