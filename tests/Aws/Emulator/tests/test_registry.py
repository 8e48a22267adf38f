import json
import unittest

from tests.harness import EmulatorTest


class ModelRegistry(EmulatorTest):
    def setUp(self) -> None:
        super().setUp()
        self.sagemaker = self.client("sagemaker")
        self.sagemaker.create_model_package_group(ModelPackageGroupName=self.name)

    def package(self, **more) -> str:
        request = {"ModelPackageGroupName": self.name, "ModelApprovalStatus": "PendingManualApproval"} | more
        return self.sagemaker.create_model_package(**request)["ModelPackageArn"]

    def test_refuses_a_group_that_exists(self):
        with self.assertRaises(self.sagemaker.exceptions.ClientError) as refused:
            self.sagemaker.create_model_package_group(ModelPackageGroupName=self.name)
        self.assertEqual("ConflictException", refused.exception.response["Error"]["Code"])

    def test_keeps_the_properties_through_a_change_of_approval(self):
        arn = self.package(CustomerMetadataProperties={"version": "7"})
        self.sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
        package = self.sagemaker.describe_model_package(ModelPackageName=arn)
        self.assertEqual(({"version": "7"}, "Approved"), (package["CustomerMetadataProperties"], package["ModelApprovalStatus"]))
        self.sagemaker.update_model_package(ModelPackageArn=arn, CustomerMetadataProperties={"commit": "abc"})
        package = self.sagemaker.describe_model_package(ModelPackageName=arn)
        self.assertEqual({"version": "7", "commit": "abc"}, package["CustomerMetadataProperties"])
        self.assertEqual("Approved", package["ModelApprovalStatus"])

    def test_takes_the_same_request_once(self):
        self.assertEqual(self.package(ClientToken=self.name), self.package(ClientToken=self.name))
        self.assertEqual(1, len(self.sagemaker.list_model_packages(ModelPackageGroupName=self.name)["ModelPackageSummaryList"]))

    def test_tells_the_event_bus_of_a_rejection(self):
        arn = self.package()
        url, queue = self.queue()
        self.rule({"source": ["aws.sagemaker"], "detail-type": ["SageMaker Model Package State Change"], "detail": {"ModelPackageGroupName": [self.name]}}, queue)
        self.sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Rejected")
        event = json.loads(self.eventually(lambda: self.messages(url), "the event")[0]["Body"])
        self.assertEqual(("Rejected", arn, 1), tuple(event["detail"][name] for name in ("ModelApprovalStatus", "ModelPackageArn", "ModelPackageVersion")))

    def test_deletes_a_group_only_when_it_is_empty(self):
        arn = self.package()
        with self.assertRaises(self.sagemaker.exceptions.ClientError):
            self.sagemaker.delete_model_package_group(ModelPackageGroupName=self.name)
        self.sagemaker.delete_model_package(ModelPackageName=arn)
        self.sagemaker.delete_model_package_group(ModelPackageGroupName=self.name)


class Images(EmulatorTest):
    def put(self, tag: str, content: str) -> str:
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "annotations": {"is": content}}
        image = self.client("ecr").put_image(repositoryName=self.name, imageManifest=json.dumps(manifest), imageTag=tag)
        return image["image"]["imageId"]["imageDigest"]

    def repository(self, mutability: str) -> None:
        self.client("ecr").create_repository(repositoryName=self.name, imageTagMutability=mutability)

    def test_the_digest_is_of_the_manifest(self):
        self.repository("IMMUTABLE")
        self.assertNotEqual(self.put("a", "one"), self.put("b", "two"))

    def test_refuses_another_image_for_an_immutable_tag(self):
        self.repository("IMMUTABLE")
        self.put("a", "one")
        with self.assertRaises(self.client("ecr").exceptions.ClientError) as refused:
            self.put("a", "two")
        self.assertEqual("ImageTagAlreadyExistsException", refused.exception.response["Error"]["Code"])

    def test_says_that_the_same_image_is_there(self):
        self.repository("IMMUTABLE")
        self.put("a", "one")
        with self.assertRaises(self.client("ecr").exceptions.ClientError) as refused:
            self.put("a", "one")
        self.assertEqual("ImageAlreadyExistsException", refused.exception.response["Error"]["Code"])

    def test_moves_a_tag_where_it_may_be_moved(self):
        self.repository("MUTABLE")
        self.put("a", "one")
        self.put("a", "two")


if __name__ == "__main__":
    unittest.main()
