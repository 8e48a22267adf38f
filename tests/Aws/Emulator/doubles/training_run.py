"""Runs a training job as SageMaker runs a container: download, train, upload."""

import re
import threading

import images
from clock import now
from doubles.training_folder import DataMissing, TrainingFolder
from doubles.training_job import PHASES, TrainingJob
from logs import LogStream
from processes import Child
from settings import Settings

_GROUP = "/aws/sagemaker/TrainingJobs"


class TrainingRun:
    """The thread of a job. `changed` is called after every phase that the job enters."""

    def __init__(self, job: TrainingJob, settings: Settings, changed):
        self._job, self._settings, self._changed = job, settings, changed
        self._folder = TrainingFolder(settings.work / "training" / job.name)
        self._log = LogStream(job.region, _GROUP, f"{job.name}/algo-1-{int(job.created.timestamp())}")
        self._asked_to_stop = threading.Event()
        self._lock = threading.Lock()
        self._child: Child | None = None
        definitions = job.request["AlgorithmSpecification"].get("MetricDefinitions") or []
        self._metrics = [(definition["Name"], re.compile(definition["Regex"])) for definition in definitions]

    def start(self) -> None:
        threading.Thread(target=self._run, name=self._job.name, daemon=True).start()

    def stop(self) -> bool:
        """StopTrainingJob: SIGTERM, and SIGKILL after two minutes, as in SageMaker. Returns False if it is too late."""
        with self._lock:
            if self._job.status != "InProgress":
                return False
            self._asked_to_stop.set()
            self._job.enter("Stopping")
        self._changed(self._job)
        self._terminate()
        return True

    def _terminate(self) -> None:
        if self._child is not None:
            self._child.terminate(self._settings.stop_training_grace)

    def _run(self) -> None:
        try:
            self._enter("Downloading")
            self._folder.lay_out(self._job.request)
            self._folder.download(self._job.request)
            if not self._enter("Training"):
                self._enter("Stopped")
                return
            self._train()
        except (DataMissing, images.CannotPull) as error:
            self._fail(str(error))
        except Exception as error:
            self._fail(f"InternalServerError: {error}")
            raise
        finally:
            self._folder.remove()

    def _train(self) -> None:
        request = self._job.request
        image = images.resolve(request["AlgorithmSpecification"]["TrainingImage"], self._job.region)
        environment = self._settings.child_environment(self._job.region, self._folder.root / "home") | {
            "TRAINING_JOB_NAME": self._job.name,
            "TRAINING_JOB_ARN": self._job.arn,
            **(request.get("Environment") or {}),
        }
        command = [*image.command(["train"]), f"--root={self._folder.root}"]
        self._child = Child(command, environment, self._folder.root / "code", self._read)
        if self._asked_to_stop.is_set():
            self._terminate()  # It was requested before the process existed.
        limit = (request.get("StoppingCondition") or {}).get("MaxRuntimeInSeconds") or 86_400
        in_time = self._child.exited.wait(limit)
        if not in_time:
            self._terminate()
            self._child.exited.wait()
        self._finish(self._child.exit_code, in_time)

    def _finish(self, code: int, in_time: bool) -> None:
        request, job = self._job.request, self._job
        stopped = self._asked_to_stop.is_set() or not in_time
        if code != 0 and not stopped:
            self._folder.upload_data(request, job.address("output.tar.gz"))
            self._folder.upload_checkpoints(request)
            self._fail(f"AlgorithmError: {self._folder.failure()}, exit code: {code}")
            return
        self._enter("Uploading")
        self._folder.upload_model(request, job.address("model.tar.gz"))
        self._folder.upload_data(request, job.address("output.tar.gz"))
        self._folder.upload_checkpoints(request)
        self._enter("Stopped" if self._asked_to_stop.is_set() else "Completed" if in_time else "MaxRuntimeExceeded")

    def _fail(self, reason: str) -> None:
        self._job.failure = reason[:1024]
        self._enter("Failed")

    def _enter(self, secondary: str) -> bool:
        """Enters the next phase. A job that is being stopped skips all phases but the last."""
        with self._lock:
            if self._asked_to_stop.is_set() and PHASES[secondary][0] == "InProgress":
                return False
            self._job.enter(secondary)
        self._changed(self._job)
        return True

    def _read(self, line: str) -> None:
        self._log.write(line)
        for name, pattern in self._metrics:
            if match := pattern.search(line):
                try:
                    self._job.metrics[name] = (float(match.group(1)), now())
                except ValueError:
                    continue  # SageMaker ignores values that are not numbers.
