import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import unittest
from pathlib import Path

from tests.harness import REGION, EmulatorTest

SAYS_WHAT_IT_WAS_GIVEN = """#!/bin/sh
root=${2#--root=}
cat "$root/input/config/hyperparameters.json"
echo
echo "score=$(sed 's/.*"depth": "\\([0-9]*\\)".*/\\1/' "$root/input/config/hyperparameters.json");"
"""
SAYS_NOTHING = "#!/bin/sh\necho done\n"
ROOT = Path(__file__).parents[4]
MODEL = ROOT / "training" / "models" / "tumor-diagnosis"
TRAINER = os.environ.get("SLIPWAY_TEST_TRAINER")


class TuningJobs(EmulatorTest):
    def setUp(self) -> None:
        super().setUp()
        self.sagemaker = self.client("sagemaker")
        self.bucket()
        self.put("input/training/data.csv", b"1,2,3")

    def put(self, key: str, content: bytes) -> None:
        self.client("s3").put_object(Bucket=self.name, Key=key, Body=content)

    def tune(self, script: str, ranges: dict, metric: str, regex: str, channels=("training",), jobs: int = 3) -> dict:
        self.sagemaker.create_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=self.name,
            HyperParameterTuningJobConfig={
                "Strategy": "Bayesian",
                "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": metric},
                "ResourceLimits": {"MaxNumberOfTrainingJobs": jobs, "MaxParallelTrainingJobs": 1},
                "ParameterRanges": ranges,
            },
            TrainingJobDefinition={
                "StaticHyperParameters": {"seed": "3"},
                "AlgorithmSpecification": {
                    "TrainingImage": self.image(train=self.script("train", script)),
                    "TrainingInputMode": "File",
                    "MetricDefinitions": [{"Name": metric, "Regex": regex}],
                },
                "RoleArn": self.role("sagemaker.amazonaws.com"),
                "InputDataConfig": [
                    {
                        "ChannelName": channel,
                        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{self.name}/input/{channel}/"}},
                    }
                    for channel in channels
                ],
                "OutputDataConfig": {"S3OutputPath": f"s3://{self.name}/jobs"},
                "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
                "StoppingCondition": {"MaxRuntimeInSeconds": 120},
            },
        )
        ended = ("Completed", "Failed", "Stopped")
        return self.eventually(lambda: (d := self.describe())["HyperParameterTuningJobStatus"] in ended and d, "the end of the tuning job")

    def describe(self) -> dict:
        return self.sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=self.name)

    def test_trains_with_values_from_the_ranges_and_tells_the_best(self):
        ranges = {
            "IntegerParameterRanges": [{"Name": "depth", "MinValue": "1", "MaxValue": "1000"}],
            "CategoricalParameterRanges": [{"Name": "kind", "Values": ['"a"']}],
        }
        job = self.tune(SAYS_WHAT_IT_WAS_GIVEN, ranges, "score", "score=(.*?);")
        self.assertEqual(3, job["TrainingJobStatusCounters"]["Completed"], job)
        best = job["BestTrainingJob"]
        tried = self.sagemaker.list_training_jobs(NameContains=self.name)["TrainingJobSummaries"]
        scores = [
            self.sagemaker.describe_training_job(TrainingJobName=one["TrainingJobName"])["FinalMetricDataList"][0]["Value"] for one in tried
        ]
        self.assertEqual(3, len(scores))
        self.assertAlmostEqual(max(scores), best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"], places=3)
        given = json.loads(self.log_lines("/aws/sagemaker/TrainingJobs", best["TrainingJobName"])[0])
        self.assertEqual(best["TunedHyperParameters"] | {"seed": "3", "_tuning_objective_metric": "score"}, given)

    def test_counts_what_never_said_the_metric_as_failed(self):
        job = self.tune(SAYS_NOTHING, {}, "score", "score=(.*?);", jobs=1)
        self.assertEqual((0, 1), (job["ObjectiveStatusCounters"]["Succeeded"], job["ObjectiveStatusCounters"]["Failed"]))
        self.assertNotIn("BestTrainingJob", job)

    @unittest.skipUnless(TRAINER, "SLIPWAY_TEST_TRAINER names the trainer's assembly where the tests of the repository run these")
    def test_tunes_the_trainer(self):
        self.put("input/training/2026/data.csv", (MODEL / "breast-cancer-wisconsin-diagnostic.csv").read_bytes())
        self.client("s3").delete_object(Bucket=self.name, Key="input/training/data.csv")
        self.put("input/spec/model.json", (MODEL / "model.json").read_bytes())
        ranges = {
            "ContinuousParameterRanges": [{"Name": "l2Regularization", "MinValue": "0.1", "MaxValue": "10"}],
            "CategoricalParameterRanges": [{"Name": "l1Regularization", "Values": ['"0"', '"0.1"']}],
        }
        metric = "averagePrecision"
        job = self.tune(
            f'#!/bin/sh\nexec dotnet "{TRAINER}" "$@"\n', ranges, metric, rf"\b{metric}=(-?[0-9]+(?:\.[0-9]+)?);", ("training", "spec"), jobs=2
        )
        failures = [
            self.sagemaker.describe_training_job(TrainingJobName=one["TrainingJobName"]).get("FailureReason")
            for one in self.sagemaker.list_training_jobs(NameContains=self.name)["TrainingJobSummaries"]
        ]
        self.assertEqual(2, job["ObjectiveStatusCounters"]["Succeeded"], failures)
        best = job["BestTrainingJob"]
        self.assertGreater(best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"], 0.9)
        used = self.evidence(best["TrainingJobName"])["hyperparameters"]
        self.assertAlmostEqual(float(best["TunedHyperParameters"]["l2Regularization"]), float(used["l2Regularization"]))
        self.assertEqual(best["TunedHyperParameters"]["l1Regularization"], f'"{used["l1Regularization"]}"')
        self.assertFalse([name for name in used if name.startswith("_")])

    @unittest.skipUnless(TRAINER, "SLIPWAY_TEST_TRAINER names the trainer's assembly where the tests of the repository run these")
    @unittest.skipUnless(shutil.which("aws") and shutil.which("bash"), "the AWS CLI is not here: pip install awscli")
    def test_tunes_by_the_command_of_the_guide(self):
        self.put("training-jobs/tumor-diagnosis-1/input/training/data.csv", (MODEL / "breast-cancer-wisconsin-diagnostic.csv").read_bytes())
        self.put("training-jobs/tumor-diagnosis-1/input/spec/model.json", (MODEL / "model.json").read_bytes())
        command = self.guide(
            {
                "<training job>": "tumor-diagnosis-1",
                "<bucket>": self.name,
                "<image by digest>": self.image(train=self.script("train", f'#!/bin/sh\nexec dotnet "{TRAINER}" "$@"\n')),
                "<role of the training job>": self.role("sagemaker.amazonaws.com"),
                "tumor-tuning-1": self.name,
                '"MaxNumberOfTrainingJobs": 20': '"MaxNumberOfTrainingJobs": 2',
            }
        )
        here = {"AWS_ENDPOINT_URL": self.emulator.url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        ran = subprocess.run(["bash", "-euc", command], env=os.environ | here, capture_output=True, text=True, timeout=120)
        self.assertEqual(0, ran.returncode, ran.stderr)

        job = self.eventually(lambda: (d := self.describe())["HyperParameterTuningJobStatus"] in ("Completed", "Failed") and d, "the end of the tuning job")
        self.assertEqual(2, job["ObjectiveStatusCounters"]["Succeeded"], job)
        best = job["BestTrainingJob"]
        self.assertGreater(best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"], 0.9)
        used = self.evidence(best["TrainingJobName"], "training-jobs")["hyperparameters"]
        self.assertAlmostEqual(float(best["TunedHyperParameters"]["l2Regularization"]), float(used["l2Regularization"]))

    def guide(self, values: dict[str, str]) -> str:
        """The command in docs/operations.md, with its placeholders filled in."""
        section = (ROOT / "docs" / "operations.md").read_text().split("\n## Tuning hyperparameters\n")[1].split("\n## ")[0]
        command = section.split("```\n")[1]
        for placeholder, value in values.items():
            self.assertIn(placeholder, command)
            command = command.replace(placeholder, value)
        self.assertEqual([], re.findall(r"<[a-z][a-z ]*>", command), "a placeholder that is not filled in")
        return command

    def evidence(self, job: str, output: str = "jobs") -> dict:
        body = self.client("s3").get_object(Bucket=self.name, Key=f"{output}/{job}/output/model.tar.gz")["Body"].read()
        with tarfile.open(fileobj=io.BytesIO(body)) as packed:
            return json.load(packed.extractfile("training.json"))


if __name__ == "__main__":
    unittest.main()
