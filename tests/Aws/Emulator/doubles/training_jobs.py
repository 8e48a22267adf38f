"""SageMaker training jobs that train: the four calls, and the requests that they reject."""

import json
import re
import threading

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.models import iam_backends
from moto.sagemaker.exceptions import ResourceInUseException, ValidationError
from moto.sagemaker.responses import SageMakerResponse

import buckets
import images
from doubles.events import EventBus
from doubles.training_job import TrainingJob
from doubles.training_run import TrainingRun
from settings import ACCOUNT, Settings

_NAME = re.compile(r"^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$")
_ORDER = {"Name": "name", "CreationTime": "created", "Status": "status"}


class TrainingJobs:
    """Replaces moto's training jobs, which are Completed as soon as they are created."""

    def __init__(self, events: EventBus, settings: Settings):
        self._events, self._settings = events, settings
        self._runs: dict[str, TrainingRun] = {}
        self._lock = threading.Lock()
        calls = {
            "create_training_job": self._create,
            "describe_training_job": lambda response: ActionResult(_find(response).describe()),
            "list_training_jobs": _list,
            "stop_training_job": self._stop,
        }
        for name, call in calls.items():
            # A plain function, because moto searches for functions of the class.
            setattr(SageMakerResponse, name, lambda response, call=call: call(response))

    def start(self) -> None:
        """Jobs start when they are created."""

    def close(self) -> None:
        """The jobs' processes end with all other child processes."""

    def _create(self, response) -> ActionResult:
        job = self.create(dict(response.params), response.sagemaker_backend.training_jobs, response.region)
        return ActionResult({"TrainingJobArn": job.arn})

    def create(self, request: dict, jobs: dict, region: str) -> TrainingJob:
        """Starts a job and adds it to those of its region."""
        _check(request, region)
        job = TrainingJob(request, ACCOUNT, region)
        with self._lock:
            if job.name in jobs:
                raise ResourceInUseException(
                    message="Training job names must be unique within an AWS account and region, and a training job "
                    f"with this name already exists ({job.arn})"
                )
            jobs[job.name] = job
            run = self._runs[job.arn] = TrainingRun(job, self._settings, self._tell)
        self._tell(job)
        run.start()
        return job

    def _stop(self, response) -> ActionResult:
        job = _find(response)
        if not self._runs[job.arn].stop():
            raise ValidationError(message=f"The request was rejected because the training job is in status {job.status}.")
        return EmptyResult()

    def _tell(self, job: TrainingJob) -> None:
        self._settings.says(f"Training job {job.name}: {job.secondary}{f' ({job.failure})' if job.failure else ''}")
        self._events.publish(job.region, "aws.sagemaker", "SageMaker Training Job State Change", [job.arn], job.event())


def _find(response) -> TrainingJob:
    job = response.sagemaker_backend.training_jobs.get(response._get_param("TrainingJobName"))
    if job is None:
        raise ValidationError(message="Requested resource not found.")
    return job


def _list(response) -> ActionResult:
    given = response._get_param
    jobs = [job for job in response.sagemaker_backend.training_jobs.values() if _wanted(job, given)]
    jobs.sort(key=lambda job: getattr(job, _ORDER[given("SortBy", "CreationTime")]))
    # AWS's default order is Ascending for this call, though the console shows the newest first.
    if given("SortOrder", "Ascending") == "Descending":
        jobs.reverse()
    start, size = int(given("NextToken") or 0), given("MaxResults") or 10
    page = {"TrainingJobSummaries": [job.summary() for job in jobs[start : start + size]]}
    return ActionResult(page | ({"NextToken": str(start + size)} if start + size < len(jobs) else {}))


def _wanted(job: TrainingJob, given) -> bool:
    return (
        (given("NameContains") or "") in job.name
        and given("StatusEquals") in (None, job.status)
        and (given("CreationTimeAfter") is None or job.created > _naive(given("CreationTimeAfter")))
        and (given("CreationTimeBefore") is None or job.created < _naive(given("CreationTimeBefore")))
    )


def _naive(moment):
    return moment.replace(tzinfo=None)


def _check(request: dict, region: str) -> None:
    problems = [*_problems(request, region)]
    if problems:
        raise ValidationError(message=problems[0])


def _problems(request: dict, region: str):
    role = request["RoleArn"]
    if not _NAME.match(request["TrainingJobName"]):
        yield (
            f"1 validation error detected: Value '{request['TrainingJobName']}' at 'trainingJobName' failed to satisfy "
            f"constraint: Member must satisfy regular expression pattern: {_NAME.pattern}"
        )
    if not _assumable(role):
        yield (
            f"Could not assume role {role}. Please ensure that the role exists and allows principal "
            "'sagemaker.amazonaws.com' to assume the role."
        )
    if not buckets.exists(buckets.split(request["OutputDataConfig"]["S3OutputPath"])[0]):
        yield f"The S3 bucket of S3OutputPath {request['OutputDataConfig']['S3OutputPath']} does not exist."
    if request["ResourceConfig"].get("InstanceCount", 1) != 1:
        yield "The emulator trains on one instance: set InstanceCount to 1."
    for channel in request.get("InputDataConfig") or []:
        yield from _channel_problems(channel, role, region)
    try:
        images.resolve(request["AlgorithmSpecification"]["TrainingImage"], region)
    except images.CannotPull as missing:
        yield f"Requested image {request['AlgorithmSpecification']['TrainingImage']} not found. {missing}"


def _channel_problems(channel: dict, role: str, region: str):
    source = channel["DataSource"].get("S3DataSource")
    if not source or source["S3DataType"] != "S3Prefix":
        yield f"The emulator supports only channels of the type S3Prefix; '{channel['ChannelName']}' has another type."
    elif not buckets.keys(source["S3Uri"]):
        yield (
            f"No S3 objects found under S3 URL \"{source['S3Uri']}\" given in input data source. Please ensure that the "
            f"bucket exists in the selected region ({region}), that objects exist under that S3 prefix, and that the role "
            f"\"{role}\" has \"s3:ListBucket\" permissions on bucket \"{buckets.split(source['S3Uri'])[0]}\"."
        )


def _assumable(arn: str) -> bool:
    role = next((role for role in iam_backends[ACCOUNT]["aws"].roles.values() if role.arn == arn), None)
    if role is None:
        return False
    document = role.assume_role_policy_document
    return "sagemaker.amazonaws.com" in (document if isinstance(document, str) else json.dumps(document))
