"""One emulator for all tests of this process, and the helpers that they use."""

import atexit
import io
import json
import shutil
import time
import unittest
import uuid
import zipfile
from pathlib import Path
from tempfile import mkdtemp

import boto3
from botocore.config import Config

from host import Emulator

REGION = "eu-west-1"
REGISTRY = f"123456789012.dkr.ecr.{REGION}.amazonaws.com"
_emulator: Emulator | None = None


def emulator() -> Emulator:
    global _emulator
    if _emulator is None:
        _emulator = Emulator(lambda_retry_delays=(0.05, 0.1), says=lambda line: None, lambda_start_timeout=20, stop_training_grace=0.5, longest_schedule_interval=0.5)
        _emulator.start()
        atexit.register(_emulator.close)
    return _emulator


class EmulatorTest(unittest.TestCase):
    def setUp(self) -> None:
        self.emulator = emulator()
        self.name = f"t{uuid.uuid4().hex[:10]}"
        self.folder = Path(mkdtemp(prefix="emulator-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def client(self, service: str):
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.emulator.url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}),
        )

    def eventually(self, question, what: str, seconds: float = 90):
        """Repeats a check until it succeeds. Waiting for real processes takes real time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answer := question():
                return answer
            time.sleep(0.02)
        self.fail(f"{what} did not happen within {seconds} s")

    def script(self, name: str, text: str) -> str:
        """A program of a fake image or function."""
        file = self.folder / name
        file.write_text(text)
        file.chmod(0o755)
        return str(file)

    def image(self, **entries: str) -> str:
        """Pushes an image whose commands run these programs; returns its reference by digest."""
        ecr = self.client("ecr")
        try:
            ecr.create_repository(repositoryName=self.name)
        except ecr.exceptions.RepositoryAlreadyExistsException:
            pass
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "annotations": {f"dev.slipway.entry.{word}": path for word, path in entries.items()},
        }
        put = ecr.put_image(repositoryName=self.name, imageManifest=json.dumps(manifest), imageTag=uuid.uuid4().hex)
        return f"{REGISTRY}/{self.name}@{put['image']['imageId']['imageDigest']}"

    def role(self, service: str) -> str:
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
        name = f"{self.name}-{uuid.uuid4().hex[:6]}"
        return self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]

    def bucket(self, event_bridge: bool = False) -> str:
        s3 = self.client("s3")
        s3.create_bucket(Bucket=self.name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if event_bridge:
            s3.put_bucket_notification_configuration(Bucket=self.name, NotificationConfiguration={"EventBridgeConfiguration": {}})
        return self.name

    def queue(self, suffix: str = "queue") -> tuple[str, str]:
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=f"{self.name}-{suffix}")["QueueUrl"]
        return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def messages(self, url: str) -> list[dict]:
        answer = self.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        return answer.get("Messages", [])

    def rule(self, pattern: dict, target_arn: str, **target) -> str:
        events = self.client("events")
        arn = events.put_rule(Name=self.name, EventPattern=json.dumps(pattern))["RuleArn"]
        events.put_targets(Rule=self.name, Targets=[{"Id": "1", "Arn": target_arn, **target}])
        return arn

    def log_lines(self, group: str, prefix: str = "") -> list[str]:
        logs = self.client("logs")
        streams = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=prefix)["logStreams"] if prefix else logs.describe_log_streams(logGroupName=group)["logStreams"]
        return [
            event["message"]
            for stream in streams
            for event in logs.get_log_events(logGroupName=group, logStreamName=stream["logStreamName"], startFromHead=True)["events"]
        ]


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()
