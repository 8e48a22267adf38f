import io
import json
import tarfile
import unittest

from tests.harness import EmulatorTest

TRAINS = """#!/bin/sh
root=${2#--root=}
echo "epoch 1 loss=0.5"
echo "epoch 2 loss=0.25"
cat "$root/input/config/hyperparameters.json" > "$root/model/seen.json"
cp "$root/input/data/train/data.csv" "$root/model/model.txt"
echo report > "$root/output/data/report.txt"
"""
FAILS = """#!/bin/sh
root=${2#--root=}
python3 -c "print('x' * 5000, end='')" > "$root/output/failure"
exit 3
"""
RUNS_ON = """#!/bin/sh
trap 'echo stopped > ${2#--root=}/model/state; exit 0' TERM
echo started
while true; do sleep 0.05; done
"""
DEAF = """#!/bin/sh
trap '' TERM
echo started
while true; do sleep 0.05; done
"""


class TrainingJobs(EmulatorTest):
    def setUp(self) -> None:
        super().setUp()
        self.sagemaker = self.client("sagemaker")
        self.bucket()
        self.client("s3").put_object(Bucket=self.name, Key="input/train/data.csv", Body=b"1,2,3")

    def train(self, script: str, **changes):
        request = {
            "TrainingJobName": self.name,
            "RoleArn": self.role("sagemaker.amazonaws.com"),
            "HyperParameters": {"epochs": "2"},
            "AlgorithmSpecification": {
                "TrainingImage": self.image(train=self.script("train", script)),
                "TrainingInputMode": "File",
                "MetricDefinitions": [{"Name": "loss", "Regex": "loss=([0-9.]+)"}],
            },
            "InputDataConfig": [
                {
                    "ChannelName": "train",
                    "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{self.name}/input/train/"}},
                }
            ],
            "OutputDataConfig": {"S3OutputPath": f"s3://{self.name}/jobs"},
            "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
            "StoppingCondition": {"MaxRuntimeInSeconds": 60},
        }
        return self.sagemaker.create_training_job(**(request | changes))

    def describe(self) -> dict:
        return self.sagemaker.describe_training_job(TrainingJobName=self.name)

    def ended(self) -> dict:
        final = ("Completed", "Failed", "Stopped")
        return self.eventually(lambda: (d := self.describe())["TrainingJobStatus"] in final and d, "the end of the job")

    def files(self, archive: str) -> dict[str, bytes]:
        body = self.client("s3").get_object(Bucket=self.name, Key=f"jobs/{self.name}/output/{archive}")["Body"].read()
        with tarfile.open(fileobj=io.BytesIO(body)) as packed:
            return {member.name: packed.extractfile(member).read() for member in packed if member.isfile()}

    def test_trains_and_leaves_the_model(self):
        self.train(TRAINS)
        job = self.ended()
        self.assertEqual("Completed", job["TrainingJobStatus"], job.get("FailureReason"))
        phases = [transition["Status"] for transition in job["SecondaryStatusTransitions"]]
        self.assertEqual(["Starting", "Downloading", "Training", "Uploading", "Completed"], phases)
        self.assertTrue(all("EndTime" in transition for transition in job["SecondaryStatusTransitions"]))
        self.assertEqual([("loss", 0.25)], [(m["MetricName"], m["Value"]) for m in job["FinalMetricDataList"]])
        self.assertEqual(f"s3://{self.name}/jobs/{self.name}/output/model.tar.gz", job["ModelArtifacts"]["S3ModelArtifacts"])
        self.assertEqual({"model.txt": b"1,2,3", "seen.json": b'{"epochs": "2"}'}, self.files("model.tar.gz"))
        self.assertEqual({"report.txt": b"report\n"}, self.files("output.tar.gz"))
        self.assertIn("epoch 2 loss=0.25", self.log_lines("/aws/sagemaker/TrainingJobs", f"{self.name}/algo-1-"))

    def test_tells_the_event_bus_each_change(self):
        url, arn = self.queue()
        self.rule({"source": ["aws.sagemaker"], "detail": {"TrainingJobName": [self.name]}}, arn)
        self.train(TRAINS)
        self.ended()
        events = [json.loads(message["Body"]) for message in self.messages(url)]
        said = [event["detail"]["SecondaryStatus"] for event in events]
        self.assertCountEqual(["Starting", "Downloading", "Training", "Uploading", "Completed"], said)
        last = next(event for event in events if event["detail"]["SecondaryStatus"] == "Completed")
        self.assertEqual("SageMaker Training Job State Change", last["detail-type"])
        self.assertIsInstance(last["detail"]["CreationTime"], int)
        self.assertIn("S3ModelArtifacts", last["detail"]["ModelArtifacts"])

    def test_gives_the_first_1024_characters_of_the_failure_file_as_reason(self):
        self.train(FAILS)
        job = self.ended()
        self.assertEqual("Failed", job["TrainingJobStatus"])
        self.assertTrue(job["FailureReason"].startswith("AlgorithmError: xxx"))
        self.assertEqual(1024, len(job["FailureReason"]))
        self.assertNotIn("ModelArtifacts", job)

    def test_says_the_exit_code_where_no_failure_file_is(self):
        self.train("#!/bin/sh\nexit 7\n")
        self.assertIn("exit code: 7", self.ended()["FailureReason"])

    def test_refuses_a_name_in_use(self):
        self.train(TRAINS)
        with self.assertRaises(self.sagemaker.exceptions.ResourceInUse):
            self.train(TRAINS)

    def test_stops_when_asked(self):
        self.train(RUNS_ON)
        self.eventually(lambda: "started" in self.log_lines("/aws/sagemaker/TrainingJobs", self.name), "the start")
        self.sagemaker.stop_training_job(TrainingJobName=self.name)
        job = self.ended()
        self.assertEqual(("Stopped", "Stopped"), (job["TrainingJobStatus"], job["SecondaryStatus"]))
        self.assertEqual({"state": b"stopped\n"}, self.files("model.tar.gz"))
        with self.assertRaisesRegex(self.sagemaker.exceptions.ClientError, "status Stopped"):
            self.sagemaker.stop_training_job(TrainingJobName=self.name)

    def test_kills_what_does_not_stop(self):
        self.train(DEAF)
        self.eventually(lambda: "started" in self.log_lines("/aws/sagemaker/TrainingJobs", self.name), "the start")
        self.sagemaker.stop_training_job(TrainingJobName=self.name)
        self.assertEqual("Stopping", self.describe()["TrainingJobStatus"])
        self.assertEqual("Stopped", self.ended()["TrainingJobStatus"])

    def test_begins_with_the_checkpoints_of_before_and_keeps_its_own(self):
        s3, uri = self.client("s3"), f"s3://{self.name}/checkpoints"
        s3.put_object(Bucket=self.name, Key="checkpoints/1", Body=b"one")
        script = "#!/bin/sh\ncd ${2#--root=}/checkpoints && cp 1 2\n"
        self.train(script, CheckpointConfig={"S3Uri": uri})
        self.assertEqual("Completed", self.ended()["TrainingJobStatus"])
        self.assertEqual(b"one", s3.get_object(Bucket=self.name, Key="checkpoints/2")["Body"].read())

    def test_stops_a_job_that_takes_too_long(self):
        self.train(RUNS_ON, StoppingCondition={"MaxRuntimeInSeconds": 1})
        job = self.ended()
        self.assertEqual(("Stopped", "MaxRuntimeExceeded"), (job["TrainingJobStatus"], job["SecondaryStatus"]))

    def test_refuses_what_could_never_train(self):
        for change, message in (
            ({"RoleArn": self.role("ecs-tasks.amazonaws.com")}, "Could not assume role"),
            ({"AlgorithmSpecification": {"TrainingImage": "nowhere@sha256:00", "TrainingInputMode": "File"}}, "not found"),
            ({"OutputDataConfig": {"S3OutputPath": "s3://no-such-bucket-here/x"}}, "does not exist"),
        ):
            with self.subTest(message), self.assertRaisesRegex(self.sagemaker.exceptions.ClientError, message):
                self.train(TRAINS, **change)

    def test_lists_the_newest_first_when_asked(self):
        self.train(TRAINS)
        self.train(TRAINS, TrainingJobName=self.name + "-b")
        answer = self.sagemaker.list_training_jobs(NameContains=self.name, SortBy="CreationTime", SortOrder="Descending")
        self.assertEqual([self.name + "-b", self.name], [job["TrainingJobName"] for job in answer["TrainingJobSummaries"]])


if __name__ == "__main__":
    unittest.main()
