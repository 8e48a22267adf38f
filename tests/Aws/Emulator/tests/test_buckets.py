import json
import threading
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from moto.s3.responses import S3Response

from tests.harness import EmulatorTest


class Buckets(EmulatorTest):
    def policy(self, statement: dict) -> None:
        everything = {"Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{self.name}", f"arn:aws:s3:::{self.name}/*"]}
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny"} | everything | statement]}
        self.client("s3").put_bucket_policy(Bucket=self.name, Policy=json.dumps(document))

    def test_a_policy_for_tls_keeps_nobody_out(self):
        self.bucket()
        self.policy({"Condition": {"Bool": {"aws:SecureTransport": "false"}}})
        self.client("s3").put_object(Bucket=self.name, Key="a", Body=b"1")
        self.assertEqual(b"1", self.client("s3").get_object(Bucket=self.name, Key="a")["Body"].read())

    def test_a_policy_without_conditions_does(self):
        self.bucket()
        self.policy({})
        with self.assertRaises(self.client("s3").exceptions.ClientError):
            self.client("s3").put_object(Bucket=self.name, Key="a", Body=b"1")

    def test_a_policy_against_overwriting_spares_writes_that_cannot(self):
        self.bucket()
        self.policy({"Action": "s3:PutObject", "Condition": {"Null": {"s3:if-none-match": "true"}}})
        self.client("s3").put_object(Bucket=self.name, Key="a", Body=b"1", IfNoneMatch="*")
        with self.assertRaises(self.client("s3").exceptions.ClientError) as refused:
            self.client("s3").put_object(Bucket=self.name, Key="a", Body=b"2")
        self.assertEqual(403, refused.exception.response["ResponseMetadata"]["HTTPStatusCode"])

    def test_of_two_writers_with_the_same_condition_one_writes(self):
        self.bucket()
        s3 = self.client("s3")
        first = s3.put_object(Bucket=self.name, Key="changed", Body=b"0")["ETag"]
        for key, condition in (("changed", {"IfMatch": first}), ("created", {"IfNoneMatch": "*"})):
            with self.subTest(key), self.meeting_between_check_and_write(), ThreadPoolExecutor(2) as writers:
                written = list(writers.map(lambda body: self.writes(s3, Key=key, Body=body, **condition), (b"1", b"2")))
                self.assertEqual([False, True], sorted(written))

    def writes(self, s3, **put) -> bool:
        try:
            s3.put_object(Bucket=self.name, **put)
        except s3.exceptions.ClientError as refused:
            self.assertEqual(412, refused.response["ResponseMetadata"]["HTTPStatusCode"])
            return False
        return True

    def meeting_between_check_and_write(self):
        """Two writers that get past the check together meet there. One that is alone waits for a moment, and goes on."""
        meeting, step = threading.Barrier(2), S3Response._get_checksum

        def meet(response, *args):
            try:
                meeting.wait(0.2)
            except threading.BrokenBarrierError:
                pass
            return step(response, *args)

        return mock.patch.object(S3Response, "_get_checksum", meet)

    def test_can_be_emptied_once_its_versions_are_suspended(self):
        self.bucket()
        client = self.client("s3")
        client.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Enabled"})
        client.put_object(Bucket=self.name, Key="a", Body=b"1")
        client.delete_object(Bucket=self.name, Key="a")
        client.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Suspended"})
        kept = client.list_object_versions(Bucket=self.name)
        keys = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in kept["Versions"] + kept["DeleteMarkers"]]
        client.delete_objects(Bucket=self.name, Delete={"Objects": keys})
        self.assertNotIn("Versions", client.list_object_versions(Bucket=self.name))

    def test_tells_its_switch_for_events(self):
        self.bucket(event_bridge=True)
        told = self.client("s3").get_bucket_notification_configuration(Bucket=self.name)
        self.assertIn("EventBridgeConfiguration", told)

    def test_the_sequencer_of_a_key_grows(self):
        self.bucket(event_bridge=True)
        url, queue = self.queue()
        self.rule({"source": ["aws.s3"], "detail": {"bucket": {"name": [self.name]}}}, queue)
        for body in (b"1", b"2"):
            self.client("s3").put_object(Bucket=self.name, Key="a", Body=body)
        events = [json.loads(message["Body"]) for message in self.messages(url)]
        first, second = sorted(events, key=lambda event: event["detail"]["object"]["sequencer"])
        self.assertNotEqual(first["id"], second["id"])
        self.assertNotEqual(first["detail"]["object"]["etag"], second["detail"]["object"]["etag"])


    def test_a_large_upload_is_one_new_object(self):
        self.bucket(event_bridge=True)
        url, queue = self.queue()
        self.rule({"source": ["aws.s3"], "detail": {"bucket": {"name": [self.name]}}}, queue)
        s3, place = self.client("s3"), {"Bucket": self.name, "Key": "a"}
        upload = s3.create_multipart_upload(**place)["UploadId"]
        part = s3.upload_part(**place, UploadId=upload, PartNumber=1, Body=b"1")
        parts = [{"ETag": part["ETag"], "PartNumber": 1}]
        s3.complete_multipart_upload(**place, UploadId=upload, MultipartUpload={"Parts": parts})
        details = [json.loads(message["Body"])["detail"] for message in self.messages(url)]
        self.assertEqual(["CompleteMultipartUpload"], [detail["reason"] for detail in details])


class RequestCounts(EmulatorTest):
    def ask(self, path: str, method: str = "GET") -> dict:
        return json.load(urllib.request.urlopen(urllib.request.Request(self.emulator.url + path, method=method)))

    def test_counts_by_service_and_operation(self):
        self.bucket()
        self.ask("/emulator/reset", "POST")
        s3 = self.client("s3")
        s3.put_object(Bucket=self.name, Key="a/b", Body=b"1")
        s3.list_objects_v2(Bucket=self.name, Prefix="a/")
        for _ in range(2):
            s3.get_object(Bucket=self.name, Key="a/b")
        self.client("sts").get_caller_identity()
        counts = self.ask("/emulator/requests")
        self.assertEqual({"GET object": 2, "LIST bucket": 1, "PUT object": 1}, counts["s3"])
        self.assertEqual({"GetCallerIdentity": 1}, counts["sts"])


if __name__ == "__main__":
    unittest.main()
