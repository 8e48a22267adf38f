"""SageMaker's automatic model tuning, as far as containers notice it: training jobs with the tuner's hyperparameters, and the metric from their logs."""

import random
import threading
import uuid

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import ResourceInUseException, ValidationError
from moto.sagemaker.responses import SageMakerResponse

from clock import now
from doubles.training_job import TrainingJob
from doubles.training_jobs import TrainingJobs
from settings import ACCOUNT

_ARN = "arn:aws:sagemaker:{region}:{account}:hyper-parameter-tuning-job/{name}"


class TuningJob:
    """A tuning job. Whatever the strategy, values are drawn at random: this tests the container, not the search."""

    def __init__(self, request: dict, region: str):
        self.request, self.region = request, region
        self.name = request["HyperParameterTuningJobName"]
        self.arn = _ARN.format(region=region, account=ACCOUNT, name=self.name)
        self.config = request["HyperParameterTuningJobConfig"]
        self.metric = self.config["HyperParameterTuningJobObjective"]["MetricName"]
        self.status, self.failure = "InProgress", None
        self.created = now()
        self.tried: list[tuple[TrainingJob, dict[str, str]]] = []

    def training_request(self, values: dict[str, str]) -> dict:
        """The training job for a set of values, with SageMaker's own additions."""
        definition = self.request["TrainingJobDefinition"]
        kept = {name: value for name, value in definition.items() if name not in ("StaticHyperParameters", "DefinitionName", "TuningObjective")}
        return kept | {
            "TrainingJobName": f"{self.name}-{len(self.tried) + 1:03d}-{uuid.uuid4().hex[:8]}",
            "HyperParameters": (definition.get("StaticHyperParameters") or {}) | values | {"_tuning_objective_metric": self.metric},
        }

    def draw(self, source: random.Random) -> dict[str, str]:
        ranges = self.config.get("ParameterRanges") or {}
        drawn = {r["Name"]: str(source.randint(int(r["MinValue"]), int(r["MaxValue"]))) for r in ranges.get("IntegerParameterRanges") or []}
        drawn |= {r["Name"]: str(source.uniform(float(r["MinValue"]), float(r["MaxValue"]))) for r in ranges.get("ContinuousParameterRanges") or []}
        return drawn | {r["Name"]: source.choice(r["Values"]) for r in ranges.get("CategoricalParameterRanges") or []}

    def describe(self) -> dict:
        summaries = [self._summary(job, values) for job, values in self.tried]
        told = {
            "HyperParameterTuningJobName": self.name,
            "HyperParameterTuningJobArn": self.arn,
            "HyperParameterTuningJobConfig": self.config,
            "TrainingJobDefinition": self.request["TrainingJobDefinition"],
            "HyperParameterTuningJobStatus": self.status,
            "CreationTime": self.created,
            "TrainingJobStatusCounters": {
                "Completed": sum(job.status == "Completed" for job, _ in self.tried),
                "InProgress": sum(not job.over for job, _ in self.tried),
                "NonRetryableError": sum(job.status == "Failed" for job, _ in self.tried),
                "Stopped": sum(job.status == "Stopped" for job, _ in self.tried),
            },
            "ObjectiveStatusCounters": {
                word: sum(summary["ObjectiveStatus"] == word for summary in summaries) for word in ("Succeeded", "Pending", "Failed")
            },
        }
        measured = [summary for summary in summaries if summary["ObjectiveStatus"] == "Succeeded"]
        if measured:
            sign = 1 if self.config["HyperParameterTuningJobObjective"]["Type"] == "Maximize" else -1
            told["BestTrainingJob"] = max(measured, key=lambda s: sign * s["FinalHyperParameterTuningJobObjectiveMetric"]["Value"])
        return told | ({"FailureReason": self.failure} if self.failure else {})

    def _summary(self, job: TrainingJob, values: dict[str, str]) -> dict:
        told = {
            "TrainingJobName": job.name,
            "TrainingJobArn": job.arn,
            "CreationTime": job.created,
            "TrainingJobStatus": job.status,
            "TunedHyperParameters": values,
            # A job that ends without printing the metric has failed the objective, whatever its exit code.
            "ObjectiveStatus": "Pending" if not job.over else "Succeeded" if job.status == "Completed" and self.metric in job.metrics else "Failed",
        }
        if self.metric in job.metrics:
            told["FinalHyperParameterTuningJobObjectiveMetric"] = {"MetricName": self.metric, "Value": job.metrics[self.metric][0]}
        return told | ({"FailureReason": job.failure} if job.failure else {})


class TuningJobs:
    """Replaces moto's tuning jobs, which never run a job. Training jobs run one after the other."""

    def __init__(self, training: TrainingJobs):
        self._training = training
        self._jobs: dict[tuple[str, str], TuningJob] = {}
        self._closing = threading.Event()
        calls = {
            "create_hyper_parameter_tuning_job": self._create,
            "describe_hyper_parameter_tuning_job": lambda response: ActionResult(self._find(response).describe()),
        }
        for name, call in calls.items():
            setattr(SageMakerResponse, name, lambda response, call=call: call(response))

    def start(self) -> None:
        """Jobs start when they are created."""

    def close(self) -> None:
        self._closing.set()

    def _create(self, response) -> ActionResult:
        job = TuningJob(dict(response.params), response.region)
        _check(job)
        if self._jobs.setdefault((job.region, job.name), job) is not job:
            raise ResourceInUseException(message=f"Hyper parameter tuning job names must be unique; {job.name} already exists.")
        jobs = response.sagemaker_backend.training_jobs
        threading.Thread(target=self._run, args=(job, jobs), name=job.name, daemon=True).start()
        return ActionResult({"HyperParameterTuningJobArn": job.arn})

    def _run(self, job: TuningJob, jobs: dict) -> None:
        source = random.Random(job.name)
        try:
            for _ in range(int(job.config["ResourceLimits"]["MaxNumberOfTrainingJobs"])):
                values = job.draw(source)
                training = self._training.create(job.training_request(values), jobs, job.region)
                job.tried.append((training, values))
                while not training.over:
                    if self._closing.wait(0.02):
                        return
            job.status = "Completed"
        except ValidationError as error:
            job.status, job.failure = "Failed", str(error)

    def _find(self, response) -> TuningJob:
        job = self._jobs.get((response.region, response._get_param("HyperParameterTuningJobName")))
        if job is None:
            raise ValidationError(message="Requested resource not found.")
        return job


def _check(job: TuningJob) -> None:
    defined = job.request["TrainingJobDefinition"]["AlgorithmSpecification"].get("MetricDefinitions") or []
    if job.metric not in [definition["Name"] for definition in defined]:
        raise ValidationError(message=f"The objective metric {job.metric} is not among the metric definitions of the training job.")
